"""The same figures by segment and by role: of roles never for so few people that it would be about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remit_engine.charter.levels import Level
from remit_engine.evidence.letgo.values import Interval
from remit_engine.evidence.sums import total
from remit_engine.evidence.weeks import by_week, next_weeks
from remit_engine.evidence.what_if.facts import largest_share
from remit_engine.evidence.what_if.past import Moves, Past
from remit_engine.evidence.what_if.values import FEWEST_PEOPLE, Looking, Part
from remit_engine.history.table import MISSING, Bools, Integers, Labels

_MOST_WORDS = 12
"""A column of more words than this makes no segments: each would be too thin to say anything."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Figures by role.

    Attributes:
        parts: of the roles that are enough people, and of the others together.
        together: the roles that are taken together.
    """

    parts: tuple[Part, ...]
    together: tuple[str, ...]


def segments(moves: Moves, looking: Looking) -> tuple[tuple[str, ...], tuple[Part, ...]]:
    """What changes by kind, and by the first further column of few words; the rest last.

    Returns:
        The names of the columns, and the parts; those come first in which most rows change.
    """
    columns = {"kind": moves.past.requests.kind} | dict(moves.past.by)
    named = {name: words for name, words in columns.items() if 1 <= len(_used(words)) <= _MOST_WORDS}
    names = tuple(named)[:2]
    if not names:
        return (), ()
    cells, words = _cells([named[name] for name in names])
    matters = moves.avoided | moves.added | moves.stopped | moves.let_through
    changing = np.bincount(cells[matters], minlength=len(words))
    order = np.argsort(-changing, kind="stable")
    chosen = [int(cell) for cell in order[: looking.segments] if changing[cell]]
    parts = [part_of(moves, cells == cell, words[cell], looking) for cell in chosen]
    rest = ~np.isin(cells, chosen)
    if chosen and (rest & matters).any():
        parts.append(part_of(moves, rest, (), looking))
    return names, tuple(parts)


def roles(moves: Moves, looking: Looking) -> Roles:
    """By role; those of fewer than five people are taken together, with others until they are enough.

    What is taken together could be reckoned by subtracting the rest from the whole, so it has to be five
    people as well: the next smallest role joins until it is. Where that leaves only one figure, it is that
    of everybody, and there is nothing to show by role.
    """
    past = moves.past
    words = _used(past.requests.role)
    people = {word: _people(past, _is(past.requests.role, word)) for word in words}
    by_size = sorted(words, key=lambda word: (len(people[word]), word))
    together: list[str] = []
    some: set[int] = set()
    for word in by_size:
        if len(people[word]) < FEWEST_PEOPLE or (together and len(some) < FEWEST_PEOPLE):
            together.append(word)
            some |= people[word]
    shown = [word for word in words if word not in together]
    if len(shown) + bool(together) < 2:
        return Roles((), tuple(together))
    parts = [part_of(moves, _is(past.requests.role, word), (word,), looking) for word in shown]
    if together:
        mask = np.logical_or.reduce([_is(past.requests.role, word) for word in together])
        parts.append(part_of(moves, mask, (), looking))
    return Roles(tuple(parts), tuple(together))


def part_of(moves: Moves, mask: Bools, words: tuple[str, ...], looking: Looking) -> Part:
    """The figures of some rows."""
    amounts: Integers = moves.after.amounts
    avoided, through = mask & moves.avoided, mask & moves.let_through
    hours = moves.hours[mask & moves.at_once]
    known = np.sort(hours[~np.isnan(hours)])
    moment = moves.past.requests.moment
    ahead = next_weeks(
        by_week(moment, moment[avoided], np.ones(int(avoided.sum()))), looking.confidence, ahead=looking.ahead
    )
    return Part(
        words=words,
        people=len(_people(moves.past, mask)),
        decisions=int(mask.sum()),
        questions=int((mask & (moves.past.levels == Level.ASK)).sum()),
        avoided=int(avoided.sum()),
        added=int((mask & moves.added).sum()),
        stopped=int((mask & moves.stopped).sum()),
        hours=float(known.sum()) if len(known) else None,
        amount=total(amounts[avoided]),
        declined=int(through.sum()),
        declined_amount=total(amounts[through]),
        largest_share=largest_share(amounts, avoided),
        ahead=None if ahead is None else Interval(*ahead),
    )


def _people(past: Past, mask: Bools) -> set[int]:
    codes = np.unique(past.requests.member.codes[mask])
    return {int(code) for code in codes if code != MISSING}


def _is(words: Labels, word: str) -> Bools:
    return np.asarray(words.codes == words.names.index(word))


def _used(words: Labels) -> list[str]:
    """The words that stand in some row, in the order of the column."""
    codes = np.unique(words.codes)
    return [words.names[code] for code in codes if code != MISSING]


def _cells(columns: Sequence[Labels]) -> tuple[Integers, list[tuple[str, ...]]]:
    """One number for each combination of words, and the words of each; a missing word is empty."""
    cells = np.zeros(len(columns[0]), dtype=np.int64)
    words: list[tuple[str, ...]] = [()]
    for column in columns:
        width = len(column.names) + 1
        cells = cells * width + column.codes + 1
        words = [(*before, word) for before in words for word in ("", *column.names)]
    return cells, words


def places(past: Past, names: Sequence[str], parts: Sequence[Part]) -> Integers:
    """In which of these parts each row lies, so that the rows behind a figure can be found; -1 for none.

    Args:
        past: that the parts were made of.
        names: of the columns that tell them apart.
        parts: as `segments` gave them, or those by role.
    """
    columns = {"kind": past.requests.kind, "role": past.requests.role} | dict(past.by)
    cells, words = _cells([columns[name] for name in names])
    place = {part.words: number for number, part in enumerate(parts)}
    rest = place.get((), -1)
    return np.array([place.get(each, rest) for each in words], dtype=np.int64)[cells]
