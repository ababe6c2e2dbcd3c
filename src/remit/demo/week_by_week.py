"""Tasks of the demo, week by week: at first most are handed out, later most are taken up and on time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Final

from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.demo.bulk.record import Record
from remit.demo.bulk.rows import Rows
from remit.demo.playing import Story
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.work.models import Task, Turn
from remit.work.vocabulary import End, Move

_WEEKS: Final = 44
_LAST: Final = timedelta(days=5)
_IN_A_WEEK: Final = 4
_TAKEN: Final = (0.3, 0.7)
_ON_TIME: Final = (0.75, 0.92)
"""Of the first and of the last week: the shares that are taken up, and done on time."""
_TASKS: Final = (
    ("Oil the wooden tables", "Dry wood drinks red wine.", 60),
    ("Check the fire blankets", "Nobody looks for them in a calm moment.", 15),
    ("Sort the children's books", "A quiet child gives two adults a dinner.", 30),
    ("Write up the week's wines", "Who can't say what it tastes like doesn't sell it.", 30),
    ("Descale the coffee machine", "Guests taste it before we see it.", 60),
    ("Wash the aprons", "They are what a guest sees first.", 60),
    ("Count the napkins", "On Saturdays we run out of them before we run out of guests.", 15),
    ("Ask the baker about Sunday", "Cold bread is named more often than anything else.", 15),
    ("Fix the wobbling chairs", "Whoever sits on one thinks of nothing else.", 60),
    ("Water the herbs", "The kitchen cuts them at five.", 15),
    ("Print the allergens list", "It has to be right on the day on which somebody asks.", 15),
)


def worked_for_weeks(rows: Rows, trail: Record, house: House, end: datetime) -> tuple[datetime, Story]:
    """Tasks of the main team that were done long ago.

    Args:
        rows: where they go.
        trail: where what was done goes.
        house: the main team.
        end: the end of the demo's time.

    Returns:
        the story with its first moment.
    """
    first = end - _LAST - timedelta(weeks=_WEEKS)
    return first, _worked(rows, trail, house, first)


def _worked(rows: Rows, trail: Record, house: House, first: datetime) -> Story:
    rng = Random(f"{house.team.word}:tasks")  # noqa: S311 (made data)  # nosec B311
    for at in range(_WEEKS * _IN_A_WEEK):
        yield _in_the_day(house, first + timedelta(weeks=at / _IN_A_WEEK), 9 + rng.randrange(3))
        far = at / (_WEEKS * _IN_A_WEEK)
        task = _made(rows, trail, house, rng, at)
        yield now() + timedelta(minutes=rng.randrange(20, 300))
        _came(rows, trail, house, task, is_taken=rng.random() < _between(_TAKEN, far), rng=rng)
        is_late = rng.random() >= _between(_ON_TIME, far)
        yield (task.due_at or now()) + timedelta(hours=18 if is_late else -1)
        _done(rows, trail, task)


def _in_the_day(house: House, moment: datetime, hour: int) -> datetime:
    """An hour of the day of a moment, on the wall clock of the team."""
    day = moment.astimezone(house.team.zone).date()
    return datetime.combine(day, time(hour), house.team.zone).astimezone(UTC)


def _made(rows: Rows, trail: Record, house: House, rng: Random, at: int) -> Task:
    title, why, minutes = rng.choice(_TASKS)
    writer = rng.choice([each.member for each in house.there() if each.role.rank >= Rank.LEAD])
    task = rows.add(
        Task(
            team=house.team,
            stamp=f"demo:week:{at}",
            title=title,
            why=why,
            due_at=_in_the_day(house, now(), 18 + rng.randrange(4)),
            minutes=minutes,
            made_by=writer,
            made_at=now(),
        )
    )
    trail.record("task-made", task.subject, by=writer, team=house.team)
    return task


def _came(rows: Rows, trail: Record, house: House, task: Task, *, is_taken: bool, rng: Random) -> None:
    holder = rng.choice(_members(house))
    task.holder, task.held_by = holder, Move.TAKEN if is_taken else Move.GIVEN
    by = holder if is_taken else task.made_by
    rows.add(Turn(task=task, move=task.held_by, by=by, to=holder, at=now()))
    told = {} if is_taken else {"to": holder.word}
    trail.record(f"task-{task.held_by}", task.subject, by=by, team=house.team, **told)


def _done(rows: Rows, trail: Record, task: Task) -> None:
    task.ended_at, task.end = now(), End.DONE
    rows.add(Turn(task=task, move=Move.DONE, by=task.holder, at=now()))
    trail.record("task-done", task.subject, by=task.holder, team=task.team)


def _members(house: House) -> list[Member]:
    return [
        each.member for each in house.there() if each.role.rank < Rank.LEAD and not each.member.is_software
    ]


def _between(ends: tuple[float, float], far: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * far
