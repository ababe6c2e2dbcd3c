"""Where the balance of a team stands: its parts, its sides, its trail; read from what was kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from remit.insight.balance.vocabulary import AGO, EXPLAINED, KEPT, TRAIL, Explained, Side, Word
from remit.insight.models import BalanceTarget, BalanceWeek
from remit.people.models import Team
from remit_engine.evidence.balance import Moved, Tally, chained, more_than_noise, moved, side_of

_WEEK: Final = timedelta(weeks=1)
_WITH_PEOPLE: Final = 3
_NOTHING: Final = (0, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """How something changed.

    Attributes:
        moved: the newest four weeks beside times of four weeks before; None where that is too little.
        is_more: whether it is more than noise; None where there is too little to say.
    """

    moved: Moved | None
    is_more: bool | None

    @property
    def points(self) -> float:
        """By how many points it went up; below 0 down. Needs `moved`."""
        return self.moved.lately - self.moved.before if self.moved else 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the balance of a team.

    Attributes:
        word: which.
        value: 0 to 100; None where there is too little.
        before: what it was twelve weeks ago; None where there was too little.
        rows: it rests on so many.
        target: that the team set, or the usual one.
        target_row: as it was set; None for the usual one.
        change: how it changed.
    """

    word: Word
    value: float | None
    before: float | None
    rows: int
    target: int
    target_row: BalanceTarget | None
    change: Change

    @property
    def explained(self) -> Explained:
        """What it is, in words."""
        return EXPLAINED[self.word]

    @property
    def is_met(self) -> bool:
        """Whether it has reached its target, as it is shown."""
        return self.value is not None and round(self.value) >= self.target


@dataclass(frozen=True, slots=True)
class SideNow:
    """Structure, or room.

    Attributes:
        value: 0 to 100; None where too few parts have a value.
        before: twelve weeks ago.
        parts: all of them, in their order; those with too little have no value.
    """

    side: Side
    value: float | None
    before: float | None
    parts: Sequence[Part]
    change: Change

    @property
    def counted(self) -> list[Part]:
        """The parts that it is made of."""
        return [each for each in self.parts if each.value is not None]


@dataclass(frozen=True, slots=True)
class Point:
    """Where a team stood at the end of a week.

    Attributes:
        week: its Monday.
        structure, room: 0 to 100, see `remit_engine.evidence.balance.chained`; None where none can be told.
        parts: how many parts had one.
        values: by part; those with too little aren't there.
    """

    week: date
    structure: float | None
    room: float | None
    parts: int
    values: Mapping[Word, float]

    @property
    def last_day(self) -> date:
        """Its Sunday."""
        return self.week + timedelta(days=6)

    @property
    def is_whole(self) -> bool:
        """Whether it has a place on the map."""
        return self.structure is not None and self.room is not None


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of a team.

    Attributes:
        week: Monday of the week that it is of, the newest one that was counted; None: none was yet.
        sides: structure and room.
        trail: the weeks of a year up to that one, the oldest first.
    """

    team: Team
    week: date | None
    structure: SideNow
    room: SideNow
    trail: Sequence[Point]

    @property
    def until(self) -> date | None:
        """The last day that was counted."""
        return self.week + timedelta(days=6) if self.week else None

    @property
    def sides(self) -> tuple[SideNow, SideNow]:
        """Structure and room."""
        return self.structure, self.room

    @property
    def parts(self) -> list[Part]:
        """All parts, those of structure first."""
        return [*self.structure.parts, *self.room.parts]

    def part(self, word: Word) -> Part:
        """One of them."""
        return next(each for each in self.parts if each.word == word)


def balance_of(team: Team, day: date) -> Balance:
    """Where a team stood on a day, as it was counted in the whole weeks before it; two queries."""
    return balances_of([team], day)[0]


def balances_of(teams: Sequence[Team], day: date) -> list[Balance]:
    """The same of several teams, in their order; two queries."""
    first = day - timedelta(weeks=KEPT + 1)
    kept: dict[int, dict[date, dict[str, list[int]]]] = {team.pk: {} for team in teams}
    rows = BalanceWeek.objects.filter(team__in=teams, week__lte=day - timedelta(days=7), week__gte=first)
    for number, week, counted in rows.order_by("week").values_list("team", "week", "counted"):
        kept[number][week] = counted
    targets: dict[int, dict[str, BalanceTarget]] = {team.pk: {} for team in teams}
    for row in BalanceTarget.objects.filter(team__in=teams).select_related("by").order_by("at", "pk"):
        targets[row.team_id][row.part] = row
    return [_balance(team, kept[team.pk], targets[team.pk]) for team in teams]


class _Kept:
    """What was kept of a team, week by week.

    Args:
        weeks: by Monday.
    """

    def __init__(self, weeks: Mapping[date, Mapping[str, Sequence[int]]]) -> None:
        self.last = max(weeks, default=date.min)
        self.mondays = [self.last - _WEEK * (KEPT - 1 - each) for each in range(KEPT)] if weeks else []
        self._weeks = [weeks.get(monday, {}) for monday in self.mondays]
        self.tallies = {word: [Tally(*each.get(word, _NOTHING)[:2]) for each in self._weeks] for word in Word}
        self._until = {word: list(accumulate(each, initial=Tally())) for word, each in self.tallies.items()}

    def window(self, word: Word, at: int) -> Tally:
        """What a part's value of a week rests on, enough or not."""
        until, first = self._until[word], max(at + 1 - EXPLAINED[word].weeks, 0)
        return Tally(until[at + 1].points - until[first].points, until[at + 1].rows - until[first].rows)

    def enough(self, word: Word, at: int) -> Tally | None:
        """The same; None where it is too little."""
        found, counted = self.window(word, at), self._weeks[at].get(word, _NOTHING)
        people = counted[2] if len(counted) == _WITH_PEOPLE else 0
        explained = EXPLAINED[word]
        return found if found.rows >= explained.least and people >= explained.people else None


def _balance(
    team: Team, weeks: Mapping[date, Mapping[str, Sequence[int]]], targets: Mapping[str, BalanceTarget]
) -> Balance:
    kept = _Kept(weeks)
    trail = _trail(kept) if kept.mondays else []
    by_part = {word: _moved(word, kept) for word in Word}
    judged = more_than_noise([each.chance if each else None for each in by_part.values()])
    changes = dict(zip(Word, map(Change, by_part.values(), judged), strict=True))
    parts = {word: _part(word, kept, trail, targets.get(word.value), changes[word]) for word in Word}
    sides = {side: _together_moved(side, parts.values(), kept) for side in Side}
    of_sides = more_than_noise([each.chance if each else None for each in sides.values()])
    structure, room = (
        _side(
            side,
            [each for each in parts.values() if each.explained.side == side],
            trail,
            Change(found, is_more),
        )
        for (side, found), is_more in zip(sides.items(), of_sides, strict=True)
    )
    return Balance(team, kept.last if kept.mondays else None, structure, room, trail)


def _trail(kept: _Kept) -> list[Point]:
    places = range(KEPT - TRAIL - 1, KEPT)
    values = [
        {word: found.mean for word in Word if (found := kept.enough(word, at)) is not None} for at in places
    ]
    structure, room = (
        chained([{word: each[word] for word in each if EXPLAINED[word].side == side} for each in values])
        for side in Side
    )
    return [
        Point(kept.mondays[at], *both, len(each), each)
        for at, both, each in zip(places, zip(structure, room, strict=True), values, strict=True)
    ]


def _moved(word: Word, kept: _Kept) -> Moved | None:
    """A state changes because somebody changes it: there is no noise that it could be held against."""
    return None if EXPLAINED[word].is_state else moved(kept.tallies[word])


def _together_moved(side: Side, parts: Iterable[Part], kept: _Kept) -> Moved | None:
    """Of the parts of a side that have a value, and are no states."""
    asked = [each.word for each in parts if each.explained.side == side and each.value is not None]
    return moved(*(kept.tallies[word] for word in asked if not EXPLAINED[word].is_state))


def _part(
    word: Word, kept: _Kept, trail: Sequence[Point], target: BalanceTarget | None, change: Change
) -> Part:
    value = trail[-1].values.get(word) if trail else None
    before = trail[-1 - AGO].values.get(word) if trail else None
    aim = target.target if target else EXPLAINED[word].target
    return Part(word, value, before, kept.window(word, KEPT - 1).rows if trail else 0, aim, target, change)


def _side(side: Side, parts: Sequence[Part], trail: Sequence[Point], change: Change) -> SideNow:
    value = side_of([each.value for each in parts])
    before = (
        (trail[-1 - AGO].structure if side == Side.STRUCTURE else trail[-1 - AGO].room) if trail else None
    )
    return SideNow(side, value, before, parts, change)
