"""What was lent: in sentences, and what of it is really handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from remit.charters.facts import conditions_of
from remit.charters.in_force import InForce
from remit.charters.models import Delegation
from remit.charters.queries.board import Column, board_of
from remit.charters.sentences import about
from remit.people.models import Membership
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.levels import LEVELS_BY_WORD, Level
from remit_engine.charter.sentences import amount, capital, ladder_in_words, listed, plural, readable


@dataclass(frozen=True, slots=True)
class SaidLending:
    """A delegation as it is read.

    Attributes:
        row: of the table.
        part: what was lent: `Refunds for late, up to 400, at most inform`.
        really: what that comes to, with what the giver has today, line by line.
        state: `running`, `to come`, `over` or `ended`.
    """

    row: Delegation
    part: str
    really: tuple[str, ...]
    state: str

    @property
    def is_open(self) -> bool:
        """Whether it still lends something, now or later."""
        return self.state in {"running", "to come"}


def said(
    rows: Iterable[Delegation], in_force: InForce, day: date, memberships: dict[int, Membership]
) -> list[SaidLending]:
    """Delegations of a team in words.

    Args:
        rows: to be said.
        in_force: its charter.
        day: today.
        memberships: who is in the team, by the number of the member.
    """
    found = []
    for row in rows:
        state = _state(row, day)
        giver = memberships.get(row.giver_id)
        really: tuple[str, ...] = ()
        if giver is not None and state in {"running", "to come"}:
            really = really_lent(row, giver, in_force, max(day, row.since))
        found.append(SaidLending(row, _part(row, in_force), really, state))
    return found


def capped(ladder: Ladder, upto: int | None, highest: Level) -> list[tuple[Level, int | None]]:
    """A ladder held down to a level, and to asking above an amount."""
    ends = {rung.upto for rung in ladder.rungs if rung.upto is not None} | (
        {upto} if upto is not None else set()
    )
    steps: list[tuple[Level, int | None]] = []
    for end in [*sorted(ends), None]:
        has = ladder.rungs[-1].level if end is None else ladder.level_at(end)
        is_beyond = upto is not None and (end is None or end > upto)
        level = min(has, highest, Level.ASK) if is_beyond else min(has, highest)
        if steps and steps[-1][0] == level:
            steps.pop()
        steps.append((level, end))
    return steps


def really_lent(row: Delegation, giver: Membership, in_force: InForce, day: date) -> tuple[str, ...]:
    """What somebody hands over: their own ladders on a day, capped by what the delegation says.

    Args:
        row: saved or not.
        giver: with role and team at hand.
        in_force: the charter.
        day: of the ladders.
    """
    charter = in_force.compiled.charter
    board = board_of(
        in_force.compiled,
        day,
        giver.team.word,
        columns=(Column(giver.role.word, giver.step),),
        kinds=[kind for kind in row.kinds if kind in charter.all_kinds] or charter.all_kinds,
        within=conditions_of(row.conditions, charter),
    )
    said_rows = []
    for each in board.rows:
        steps = capped(each.cells[0].ladder, row.upto, LEVELS_BY_WORD[row.highest])
        words = ladder_in_words(steps, charter.currency)
        condition = f", {each.about}" if each.about else ""
        said_rows.append(f"{each.things}{condition}: {'nothing' if words == Level.ASK.word else words}.")
    return tuple(said_rows)


def _part(row: Delegation, in_force: InForce) -> str:
    charter = in_force.compiled.charter
    what = listed(plural(readable(kind)) for kind in row.kinds) if row.kinds else "everything"
    condition = about(charter, conditions_of(row.conditions, charter))
    parts = [f"{what} for {condition}" if condition else what]
    if row.upto is not None:
        parts.append(f"up to {amount(row.upto, charter.currency)}")
    if row.highest != Level.DECIDE.word:
        parts.append(f"at most {row.highest}")
    return capital(", ".join(parts))


def _state(row: Delegation, day: date) -> str:
    if row.ended_at is not None:
        return "ended"
    if row.until < day:
        return "over"
    return "to come" if row.since > day else "running"
