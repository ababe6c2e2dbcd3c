"""Work in the demo: what is free to take, what somebody has, what was done and what wasn't."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.demo.playing import Story
from remit.people.access import place_in
from remit.people.models import Member
from remit.work.actions import ending, holding
from remit.work.actions.tasks import TaskWords, make_task
from remit.work.models import Task


@dataclass(frozen=True, slots=True)
class _Task:
    """A task of the demo.

    Attributes:
        by: who wrote it down.
        hours: until it is due; None for no day.
        holder: who has it; "" leaves it free to take.
    """

    by: str
    title: str
    why: str
    hours: int | None = None
    minutes: int | None = None
    where: str = ""
    holder: str = ""


_OPEN: Final = (
    _Task("mia", "Set up the terrace", "Ten dry tables are twenty guests who don't queue.", 5, 30, "Terrace"),
    _Task("sam", "Count the glasses", "On Saturday we washed by hand, and guests waited.", 28, 15, "Bar"),
    _Task("ana", "Write to the guests of the wedding table", "They were kind about a long wait.", None, 60),
    _Task("priya", "Sort the returned bottles", "The deposit is paid until Thursday only.", 75, 45, "Cellar"),
    _Task(
        "ana", "Print the menu of the week", "Who knows what there is orders sooner.", 3, 20, "Door", "ana"
    ),
    _Task(
        "sam", "Learn to cancel a bill", "Both who know how are off on Sunday.", 26, 30, "Bar", holder="ben"
    ),
    _Task(
        "mia", "Talk to the baker", "Cold bread is what guests name most on Sundays.", 50, 60, "Office", "mia"
    ),
)
_DONE: Final = (
    _Task("mia", "Mend the light over table nine", "Guests there read the menu by phone.", holder="ben"),
    _Task("mia", "Ask about the bins", "The yard is the way of every guest with a pram.", holder="chloe"),
)
_SINCE: Final = timedelta(hours=57)
_CLOSED: Final = _Task("sam", "Order paper napkins", "We ran out on Friday.", 12)


def worked(house: House, end: datetime) -> tuple[datetime, Story]:
    """Tasks of the main team, by the actions of the application.

    Args:
        house: the main team.
        end: the end of the demo's time.

    Returns:
        the story with its first moment.
    """
    return end - _SINCE, _worked(house, end)


def _worked(house: House, end: datetime) -> Story:
    members = {each.word: each for each in Member.objects.filter(memberships__team=house.team, left_at=None)}
    for each in _DONE:
        task = _made(house, members, each)
        yield now() + timedelta(hours=7)
        ending.do(members[each.holder], task.pk)
        yield now() + timedelta(hours=3)
    task = _made(house, members, _CLOSED)
    yield now() + timedelta(hours=4)
    ending.close(members[_CLOSED.by], task.pk, "We have cloth ones from now on.")
    yield end
    for each in _OPEN:
        _made(house, members, each)


def _made(house: House, members: dict[str, Member], task: _Task) -> Task:
    due = now() + timedelta(hours=task.hours) if task.hours else None
    words = TaskWords(title=task.title, why=task.why, due_at=due, place=task.where, minutes=task.minutes)
    made = make_task(place_in(members[task.by], house.team), words, stamp=f"demo:{task.title}")
    if not task.holder:
        return made
    if members[task.by].memberships.filter(team=house.team, role__word="member").exists():
        return holding.take(members[task.holder], made.pk)
    return holding.give(members[task.by], made.pk, to=task.holder)
