"""Facts that a log keeps as words, read as the charter declares them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np

from remit_engine import money
from remit_engine.charter.facts import ChoiceFact, Fact, NumberFact, Unit
from remit_engine.history.requests.columns import UNKNOWN, Numbers
from remit_engine.history.spelling import is_nothing, listed, plain
from remit_engine.history.table import MISSING, Labels
from remit_engine.limits import AMOUNT_MINOR_UNITS

_NUMBER: Final = re.compile(r"\d{1,18}(?:\.\d{1,6})?", re.ASCII)
_YES: Final = listed("yes y true t 1 ja oui si sim")
_NO: Final = listed("no n false f 0 nein non nao")


@dataclass(frozen=True, slots=True)
class FactColumn:
    """A fact as a column.

    Attributes:
        column: words, or numbers with -1 for missing.
        unread: rows with a word that can't be meant; they are missing.
    """

    column: Labels | Numbers
    unread: int


def fact_column(fact: Fact, words: Labels, currency: str) -> FactColumn:
    """Read a column of words as a declared fact.

    Args:
        fact: a choice keeps its words, spelled as the charter spells them; a number has to be written as a
            whole one, money in units of the currency (`12.50`); a flag as yes or no, true or false, 1 or 0.
        words: as the log has them.
        currency: of money.
    """
    if isinstance(fact, ChoiceFact):
        return FactColumn(as_listed(words, fact.values), 0)
    if isinstance(fact, NumberFact):
        places = money.decimals(currency) if fact.unit is Unit.MONEY else 0
        values = [_number(word, places) for word in words.names]
    else:
        values = [_flag(word) for word in words.names]
    nothing = [is_nothing(word) for word in words.names]
    unread = [value == UNKNOWN and not empty for value, empty in zip(values, nothing, strict=True)]
    kind = np.int64 if isinstance(fact, NumberFact) else np.int8
    column = np.array([*values, UNKNOWN], dtype=kind)[words.codes]
    return FactColumn(column, int(np.array([*unread, False])[words.codes].sum()))


def as_listed(words: Labels, spelled: Iterable[str]) -> Labels:
    """The same words, those that differ from a listed one only in case, accents or separators as listed."""
    by_plain = {plain(word): word for word in reversed(tuple(spelled))}
    exact = set(by_plain.values())
    return _renamed(
        words, [word if word in exact else by_plain.get(plain(word), word) for word in words.names]
    )


def _renamed(words: Labels, names: Sequence[str]) -> Labels:
    """Words under other names, each name once."""
    if tuple(names) == words.names:
        return words
    places: dict[str, int] = {}
    codes = [places.setdefault(name, len(places)) for name in names]
    table = np.asarray([*codes, MISSING], dtype=np.int32)
    return Labels(tuple(places), table[words.codes])


def _number(word: str, places: int) -> int:
    """A number from 0 on, in units of its last decimal place; -1 where it can't be meant."""
    text = word.strip()
    if not _NUMBER.fullmatch(text):
        return UNKNOWN
    scaled = Decimal(text).scaleb(places)
    return int(scaled) if scaled == int(scaled) and scaled <= AMOUNT_MINOR_UNITS else UNKNOWN


def _flag(word: str) -> int:
    spelled = plain(word)
    return 1 if spelled in _YES else 0 if spelled in _NO else UNKNOWN
