"""Tasks of a big day: written down, changed, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from graphlib import CycleError, TopologicalSorter

from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.events.access import get_event_for, get_task_for, need_runner
from remit.events.actions.events import touch
from remit.events.models import Event, Need, Task, Thing
from remit.events.vocabulary import MOST_TASKS
from remit.people.models import Member
from remit.trail.actions import record

_SAID = ("title", "why", "text", "days_before", "at", "minutes", "air")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWords:
    """What a task says.

    Attributes:
        title: what is to be done.
        why: what it is for.
        text: whatever one should know.
        days_before: counted back from the day of the event; below 0 for the days after.
        at: the earliest time at which it begins, on the wall clock of the team.
        minutes: how long it takes, from 1 to a day.
        air: minutes by which it may begin later.
        after: numbers of tasks of the same event that have to be over before.
        people: skills with how many people; "" for anybody.
        equipment: with how many pieces.
        rooms: of which it needs one.
    """

    title: str
    why: str
    text: str = ""
    days_before: int = 0
    at: time
    minutes: int = 60
    air: int = 0
    after: Sequence[int] = ()
    people: Sequence[tuple[str, int]] = (("", 1),)
    equipment: Sequence[tuple[Thing, int]] = ()
    rooms: Sequence[Thing] = field(default_factory=tuple)

    @property
    def needs(self) -> list[tuple[Thing | None, str, int]]:
        """Everything that it needs, in one order: thing, skill, count."""
        people = [(None, skill, count) for skill, count in self.people]
        equipment = [(thing, "", count) for thing, count in self.equipment]
        return [*people, *equipment, *((room, "", 1) for room in self.rooms)]


def make_task(member: Member, number: int, words: TaskWords, *, stamp: str) -> Task:
    """Add a task to an event.

    Args:
        member: who runs it.
        number: of the event.
        words: what it says.
        stamp: of the form; sent a second time it makes no second task.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
        Refusal: something is missing, or there are enough.
    """
    _need_words(words)
    with write():
        event = get_event_for(member, number)
        need_runner(member, event, "add a task")
        if before := Task.objects.filter(event=event, stamp=stamp).first():
            return before
        if event.tasks.count() >= MOST_TASKS:
            raise Refusal(
                "too-many-tasks", f"{MOST_TASKS} tasks are enough for one event.", "Make two events of it."
            )
        task = Task(event=event, stamp=stamp, **{name: getattr(words, name) for name in _SAID})
        task.save(force_insert=True)
        _set_needs(event, task, words)
        touch(event)
        record("event-task-made", event.subject, by=member, team=event.team, task=task.pk)
        return task


def change_task(member: Member, number: int, words: TaskWords, *, revision: int) -> Task:
    """Change what a task of an event says; the same once more changes nothing.

    Args:
        member: who runs the event.
        number: of the task.
        words: what it says from now on.
        revision: the one that they saw.

    Raises:
        NotThere: no such task.
        NotAllowed: they don't run its event.
        Changed: somebody else changed it meanwhile.
        Refusal: something is missing, or tasks would wait for each other.
    """
    _need_words(words)
    with write():
        task = get_task_for(member, number)
        need_runner(member, task.event, "change its tasks")
        if words_of(task) == words:
            return task
        if task.revision != revision:
            raise Changed(
                "task-changed",
                "Somebody else changed this task meanwhile.",
                "Open it in another window, take over what you typed here, and save it there.",
            )
        for name in _SAID:
            setattr(task, name, getattr(words, name))
        task.revision += 1
        task.save()
        _set_needs(task.event, task, words)
        touch(task.event)
        record("event-task-changed", task.event.subject, by=member, team=task.event.team, task=task.pk)
        return task


def remove_task(member: Member, number: int) -> Event:
    """Take a task out of an event, with what was planned for it; whatever waited for it waits no more.

    Raises:
        NotThere: no such task.
        NotAllowed: they don't run its event.
    """
    with write():
        task = get_task_for(member, number)
        event = task.event
        need_runner(member, event, "take out its tasks")
        record("event-task-removed", event.subject, by=member, team=event.team, task=number)
        task.delete()
        touch(event)
        return event


def words_of(task: Task) -> TaskWords:
    """What a task says now."""
    needs = list(task.needs.select_related("thing"))
    things = [(need.thing, need.count) for need in needs if need.thing is not None]
    return TaskWords(
        **{name: getattr(task, name) for name in _SAID},
        after=tuple(sorted(task.after.values_list("pk", flat=True))),
        people=tuple((need.skill, need.count) for need in needs if need.thing is None),
        equipment=tuple((thing, count) for thing, count in things if not thing.is_room),
        rooms=tuple(thing for thing, _ in things if thing.is_room),
    )


def _set_needs(event: Event, task: Task, words: TaskWords) -> None:
    waits = set(words.after) - {task.pk}
    task.after.set(event.tasks.filter(pk__in=waits))
    _need_no_circle(event)
    task.needs.all().delete()
    Need.objects.bulk_create(
        Need(task=task, thing=thing, skill=skill, count=count) for thing, skill, count in words.needs
    )


def _need_no_circle(event: Event) -> None:
    """Refuse tasks that wait for each other.

    Raises:
        Refusal: with their titles.
    """
    waits: dict[int, list[int]] = {}
    links = Task.after.through.objects.filter(from_task__event=event)
    for task, before in links.values_list("from_task_id", "to_task_id"):
        waits.setdefault(task, []).append(before)
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        titles = dict(event.tasks.values_list("pk", "title"))
        circle = ", ".join(f"“{titles[pk]}”" for pk in error.args[1][:-1])
        raise Refusal(
            "circle", f"These would wait for each other: {circle}.", "Take one of them out.", field="after"
        ) from None


def _need_words(words: TaskWords) -> None:
    if not words.title.strip():
        raise Refusal("no-title", "Say what is to be done.", "A few words are enough.", field="title")
    if not words.why.strip():
        raise Refusal("no-why", "A word why is needed.", "Say what it is for, in a sentence.", field="why")
