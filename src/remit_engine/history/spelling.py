"""Words compared as people mean them: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS: Final = re.compile(r"[\W_]+")
_UNFOLDED: Final = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "æ": "ae", "œ": "oe"})


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(words.split())


NO_WORD: Final = listed("- -- – — ? . n/a #n/a null nan N/A #N/A NULL NaN Null") | {""}
"""What stands for no word in any column. "None" and "NA" may be words."""
NOTHING: Final = {word.casefold() for word in NO_WORD} | {"na", "n.a.", "none", "nil", "k.a."}
"""What people and programs write into a cell that has no number, moment or answer, in lower case."""


def plain(text: str) -> str:
    """A word or name in lower case without accents; anything between words becomes one blank.

    >>> plain("Montant_demandé (EUR)"), plain("requestedAmount"), plain("Nicht genehmigt!")
    ('montant demande eur', 'requested amount', 'nicht genehmigt')
    """
    folded = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text).translate(_UNFOLDED))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _SEPARATORS.sub(" ", bare).strip().casefold()


def is_nothing(text: str) -> bool:
    """True for a cell that says that there is no value."""
    return text.strip().casefold() in NOTHING
