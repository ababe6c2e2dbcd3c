"""Documents put together as their charters are, with the remarks of both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from remit_engine.charter.document import Charter
from remit_engine.charter.editing.merging import Chosen, Conflict, merge_charters
from remit_engine.charter.findings import CharterError
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.rewriting import rewrite_charter

Read = Callable[[str], Charter]
"""Reads a text, with all that it extends."""

REMARKS: Final = "remarks"
TOGETHER: Final = "together"
"""Names of conflicts that are about a text as a whole: its remarks, and what doesn't fit together."""

_BEGINS_A_PIECE: Final = re.compile(r"^(?=\S|[ ]*- )", re.MULTILINE)
_REMARK: Final = re.compile(r"(?:^|\s)#.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MergedDocument:
    """What came out.

    Attributes:
        text: with both people's changes; None while there is something to choose about.
        conflicts: what there is to choose about.
        problem: why both people's changes can't stand in one charter, where that is so.
    """

    text: str | None
    conflicts: tuple[Conflict, ...] = ()
    problem: str = ""


def merge_documents(
    base: str, mine: str, theirs: str, *, chosen: Chosen | None = None, read: Read | None = None
) -> MergedDocument:
    """Put together what two people made of one document.

    Args:
        base: what both began with.
        mine: what one made of it.
        theirs: what the other made of it; all three can be read.
        chosen: what was chosen in conflicts.
        read: reads a text; without it, none can extend another charter.

    Raises:
        CharterError: one of them can't be read.
    """
    if mine in (base, theirs):
        return MergedDocument(theirs)
    if theirs == base:
        return MergedDocument(mine)
    read = read or _read_alone
    merged = merge_charters(read(base), read(mine), read(theirs), chosen)
    if merged.conflicts:
        return MergedDocument(None, merged.conflicts)
    return _written((base, mine, theirs), merged.charter, chosen or {}, read)


def _written(texts: tuple[str, str, str], charter: Charter, chosen: Chosen, read: Read) -> MergedDocument:
    """A document that says the charter, with the remarks of both."""
    base, mine, theirs = texts
    whole = merge_pieces(base, mine, theirs)
    if whole is not None and _says(whole, charter, read):
        return MergedDocument(whole)
    before, ours, others = (_remarks(text) for text in texts)
    if ours - before <= others:
        side = theirs
    elif others - before <= ours:
        side = mine
    else:
        conflict = Conflict(REMARKS, "entry", base, mine, theirs)
        choice = chosen.get(conflict.mark)
        if choice not in {"mine", "theirs"}:
            return MergedDocument(None, (conflict,))
        side = mine if choice == "mine" else theirs
    text = rewrite_charter(side, charter)
    problem = _problem(text, read)
    if not problem:
        return MergedDocument(text)
    conflict = Conflict(TOGETHER, "entry", base, mine, theirs)
    choice = chosen.get(conflict.mark)
    if choice in {"mine", "theirs"}:
        return MergedDocument(mine if choice == "mine" else theirs)
    return MergedDocument(None, (conflict,), problem)


def merge_pieces(base: str, mine: str, theirs: str) -> str | None:
    """Three texts as one, where no piece of them was changed twice; else None. A piece is about a rule."""
    old = _BEGINS_A_PIECE.split(base)
    changes = sorted(
        [*_changes(old, _BEGINS_A_PIECE.split(mine)), *_changes(old, _BEGINS_A_PIECE.split(theirs))],
        key=lambda change: change[:2],
    )
    made: list[str] = []
    place = 0
    last: tuple[int, int, list[str]] | None = None
    for change in changes:
        begin, end, pieces = change
        if change == last:
            continue
        if last is not None and (begin < last[1] or begin == end == last[0]):
            return None
        made += [*old[place:begin], *pieces]
        place, last = end, change
    return "".join([*made, *old[place:]])


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    """Which pieces became which."""
    for tag, begin, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield begin, end, new[first:last]


def _remarks(text: str) -> Counter[str]:
    """What looks like a remark; a # in a text only makes it ask once more than needed."""
    return Counter(found.strip() for found in _REMARK.findall(text))


def _says(text: str, charter: Charter, read: Read) -> bool:
    try:
        return read(text) == charter
    except CharterError:
        return False


def _problem(text: str, read: Read) -> str:
    """Why a text can't be read; "" where it can."""
    try:
        read(text)
    except CharterError as error:
        first = error.findings[0]
        return f"{first.wrong} {first.next_step}"
    return ""


def _read_alone(text: str) -> Charter:
    return read_charter_text(text).charter
