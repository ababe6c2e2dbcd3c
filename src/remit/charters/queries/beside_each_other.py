"""Ladders of two charters beside each other, where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.charters.queries.board import Cell, board_of
from remit.charters.queries.drafting import is_large_board
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.on_a_line import largest_end

_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Beside:
    """One ladder that is another one now.

    Attributes:
        title: whose, for what.
        about: under which condition; "" for the usual case.
        before, after: the ladders; `was` and `becomes` in words.
        largest: the end of the scale of both.
    """

    title: str
    about: str
    before: Ladder
    was: str
    after: Ladder
    becomes: str
    largest: int


def beside_each_other(
    old: CompiledCharter, new: CompiledCharter, day: date, team: str | None
) -> list[Beside]:
    """The ladders that differ between two charters: those of every role, kind and case of the new one.

    Of a charter with very many, the usual case of each kind alone.

    Args:
        old: what was.
        new: what is, or would be.
        day: on which rules have to be in force.
        team: its word.
    """
    kinds, usual = new.charter.all_kinds, is_large_board(new.charter)
    after = board_of(new, day, team, kinds=kinds, usual_only=usual)
    before = board_of(old, day, team, kinds=kinds, columns=after.columns, usual_only=usual)
    known: dict[tuple[str, str, int], Cell] = {}
    for row in before.rows:
        for kind in row.kinds:
            for place, cell in enumerate(row.cells):
                known[kind, _usual(row.about), place] = cell
    found: list[Beside] = []
    for row in after.rows:
        for place, cell in enumerate(row.cells):
            was = known.get((row.kinds[0], _usual(row.about), place)) or known.get((row.kinds[0], "", place))
            if was is not None and was.rungs != cell.rungs:
                title = f"{row.title}, {cell.column.title.lower()}"
                largest = max(largest_end(was.ladder), largest_end(cell.ladder))
                found.append(
                    Beside(title, row.about, was.ladder, was.words, cell.ladder, cell.words, largest)
                )
    return found[:_SHOWN]


def _usual(about: str) -> str:
    return "" if about == "everything else" else about
