"""The word that somebody probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, whatever the case of its letters; None when none is near."""
    by_small = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word.casefold(), by_small, n=1)
    return by_small[near[0]] if near else None
