"""What is true of two changes of the demo, and how they came: one works, the other one doesn't.

*A little more room* (a version of the charter, in all ten teams, at times that they chose) works: a rating is
better by `LIFT` from its day on, before it is rounded and cut at five (and by what it brings that fewer
guests wait for an answer). *A greeting at the door* (a rollout by lot in all ten teams) changes nothing at
all. Did it work? has to find the one, and not the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from remit.core import clock
from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.demo.bulk.record import Record
from remit.demo.bulk.rows import Rows
from remit.demo.playing import Story
from remit.people.models import Member
from remit.rollouts.actions.asking import ask, open_answer
from remit.rollouts.models import Change, Draw, Plan, Start, monday_of
from remit.rollouts.vocabulary import BEFORE, Sort
from remit_engine.evidence.effect import drawn
from remit_engine.evidence.sampling import commitment

LIFT: Final = 1.0
"""Points by which a rating is better once a team has the charter with a little more room."""
ROOM: Final = {
    "market-square": 129,
    "hill-road": 115,
    "station-street": 101,
    "old-mill": 94,
    "river-bank": 80,
    "garden-lane": 66,
    "lighthouse": 59,
    "canal-corner": 45,
    "university-avenue": 31,
}
"""Days before the end on which the sisters published it; the main team had its own before them."""
ROOM_WHY: Final = "A little more room, as at Harbour Street: a small refund costs less than a lost guest."
ROOM_NAMED: Final = "A little more room at the counter"
_PLACEBO: Final = "A greeting at the door"
_PLACEBO_WHY: Final = "Whoever is greeted within a minute may wait more kindly. The lot says where first."
_PLANNED: Final = timedelta(weeks=21)
_APART: Final = 3
_EACH: Final = 2
_KEY: Final = bytes(range(7, 39))
"""Of the made lot, so that the demo is always the same."""
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rollout:
    """The rollout that changes nothing.

    Attributes:
        change: its row.
        planned: when it was planned.
        first_on: the Monday of its first start.
        starts: of each team, in order of the starts.
    """

    change: Change
    planned: datetime
    first_on: date
    starts: tuple[tuple[House, date], ...]


def better_by(house: House) -> float:
    """By how much ratings are other than with the charter that has a little more room: nothing, or less."""
    room = house.charters[1].version.published_at if len(house.charters) > 1 else None
    return 0.0 if room is not None and room <= now() else -LIFT


def rolled(
    rows: Rows, trail: Record, houses: list[House], end: datetime, by: Member
) -> tuple[Rollout, list[tuple[datetime, Story]]]:
    """The rollout that changes nothing: its row, and what was done at its time, for the trail.

    Args:
        rows: where the row goes.
        trail: where its acts go.
        houses: the teams.
        end: of the demo's time.
        by: who planned it.
    """
    planned = end - _PLANNED
    first_on = monday_of(planned.date()) + 2 * _WEEK
    change = rows.add(
        Change(
            sort=Sort.WORDS, stamp="demo-greeting", named=_PLACEBO, why=_PLACEBO_WHY, currency="EUR",
            by=by, at=planned,
        )
    )  # fmt: skip
    of_word = {house.team.word: house for house in houses}
    words = sorted(of_word)
    weeks = [_APART * (place // _EACH) for place in range(len(words))]
    order = drawn(words, weeks, _KEY)
    starts = sorted(
        (first_on + (week or 0) * _WEEK, word) for word, week in zip(order.teams, order.starts, strict=True)
    )
    rollout = Rollout(change, planned, first_on, tuple((of_word[word], on) for on, word in starts))
    return rollout, list(_acts(trail, rollout, by))


def found_out(rollout: Rollout, houses: list[House], end: datetime) -> None:
    """The rest of its rows, once all else is written; then both changes are looked at.

    Args:
        rollout: as `rolled` made it.
        houses: the teams, the main one first.
        end: of the demo's time.
    """
    from remit.insight.effect.answering import answer  # noqa: PLC0415 (statistics: pages need none)

    _plan(rollout)
    main, *sisters = houses
    elsewhere = {house.team.pk: house.charters[1].version.pk for house in sisters}
    with clock.at(end):
        room = ask(
            rollout.change.by, "charter", main.charters[1].version.pk, named=ROOM_NAMED,
            elsewhere=elsewhere, stamp="demo-room",
        )  # fmt: skip
        for change in (rollout.change, room):
            answer(open_answer(change).pk)


def _plan(rollout: Rollout) -> None:
    from remit.insight.effect.reckoning import reckoned  # noqa: PLC0415 (statistics: pages need none)

    change, starts = rollout.change, rollout.starts
    until = starts[-1][1] + 2 * _WEEK
    Start.objects.bulk_create(
        Start(change=change, team=house.team, on=on, begun_on=on, begun_by=_manager(house, change.by),
              told_at=_morning(on))
        for house, on in starts
    )  # fmt: skip
    plan = Plan(
        change=change, first_on=rollout.first_on, apart=_APART, each=_EACH, primary="rating", until=until,
        commitment=commitment(_KEY), reckoned=1,
    )  # fmt: skip
    with clock.at(rollout.planned):
        found = reckoned(plan, [house.team for house, _ in starts])
    plan.limit, plan.smallest, plan.past = found.limit, found.smallest, found.past
    plan.save(force_insert=True)
    Draw.objects.create(
        change=change,
        key=_KEY.hex(),
        commitment=plan.commitment,
        primary=plan.primary,
        first=rollout.first_on - BEFORE * _WEEK,
        until=until,
        limit=plan.limit,
        order=[[house.team.pk, str(on)] for house, on in starts],
        by=change.by,
        at=rollout.planned + timedelta(hours=1),
    )


def _acts(trail: Record, rollout: Rollout, by: Member) -> Iterator[tuple[datetime, Story]]:
    """What the trail says of it, each at its time."""
    first, subject = rollout.starts[0][0].team, rollout.change.subject

    def planned() -> Iterator[datetime]:
        trail.record("rollout-planned", subject, by=by, team=first, commitment=commitment(_KEY))
        yield now() + timedelta(hours=1)
        trail.record("rollout-drawn", subject, by=by, team=first, key=_KEY.hex())

    def begun(house: House, on: date) -> Iterator[datetime]:
        trail.record("rollout-turn-told", subject, by=None, team=house.team)
        yield now() + timedelta(hours=3)
        trail.record("rollout-begun", subject, by=_manager(house, by), team=house.team, day=str(on))

    yield rollout.planned, planned()
    for house, on in rollout.starts:
        yield _morning(on), begun(house, on)


def _manager(house: House, owner: Member) -> Member:
    managing = (each for each in house.memberships if each.role.word == "manager" and each.member != owner)
    return next(managing).member


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=UTC)
