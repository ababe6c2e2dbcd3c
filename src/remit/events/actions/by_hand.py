"""A plan changed by hand: what then doesn't fit is said before and after, and nobody is stopped by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.events.access import get_task_for, need_runner
from remit.events.actions.events import touch
from remit.events.facts import Facts, needs_of
from remit.events.models import Assignment, Event, Person, Placing, Spared, Task, Thing
from remit.people.models import Member
from remit.trail.actions import record
from remit_engine import planning


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody chose for a task.

    Attributes:
        start: when it begins, aware.
        room: number of a thing; None for none.
        people: numbers of people of the event, each with the skill that they are there for.
    """

    start: datetime
    room: int | None
    people: Sequence[tuple[int, str]]


def conflicts_of(facts: Facts, task: str) -> tuple[planning.Conflict, ...]:
    """What doesn't fit around one task, in the plan as it is."""
    return tuple(each for each in planning.conflicts(facts.event, facts.plan) if task in each.tasks)


def would_be(facts: Facts, number: int, choice: Choice) -> tuple[planning.Conflict, ...]:
    """What wouldn't fit around a task if that were chosen; nothing is written.

    Args:
        facts: of its event.
        number: of the task.
        choice: what is thought of.
    """
    task = str(number)
    placed = planning.Placed(
        task=task,
        start=facts.event.timeline.minute(choice.start),
        people=tuple(planning.Place(str(person), skill) for person, skill in choice.people),
        room=None if choice.room is None else str(choice.room),
        equipment=needs_of(facts.tasks[task]),
    )
    found = planning.conflicts(facts.event, facts.plan.replaced(placed))
    # Whoever is chosen by hand again isn't taken out any more.
    return tuple(each for each in found if task in each.tasks and each.kind is not planning.Kind.TAKEN_OUT)


def mark_of(task: Task) -> str:
    """What a plan says of a task, as a mark: who sets it by hand sends back the one that they saw."""
    placing = getattr(task, "placing", None)
    people = sorted((each.person_id, each.skill) for each in task.assignments.all())
    said = "-" if placing is None else f"{placing.starts_at.timestamp():.0f}/{placing.room_id or ''}"
    return f"{said}/{','.join(f'{person}:{skill}' for person, skill in people)}"


def set_by_hand(member: Member, number: int, choice: Choice, *, mark: str) -> Task:
    """Set when, where and by whom a task is done; the same once more changes nothing.

    What differs from before is kept as set by hand, and stays so when it is planned anew. Whoever did it
    before and isn't chosen is taken out: no plan chooses them for it again, until somebody says so.

    Args:
        member: who runs the event.
        number: of the task.
        choice: what they chose.
        mark: of what they saw; see `mark_of`.

    Raises:
        NotThere: no such task.
        NotAllowed: they don't run its event.
        Changed: somebody else, or planning, changed it meanwhile.
        Refusal: somebody is chosen twice, or isn't in the event; the event isn't on.
    """
    with write():
        task = get_task_for(member, number)
        event = task.event
        need_runner(member, event, "change its plan")
        if not event.is_on:
            raise Refusal("not-on", "It has no day, or was called off.", "Copy it for a day first.")
        wanted = _wanted(event, choice)
        before = Placing.objects.filter(task=task).first()
        had = {row.person_id: row for row in Assignment.objects.filter(task=task)}
        same_people = {pk: row.skill for pk, row in had.items()} == wanted
        if (
            before is not None
            and same_people
            and (before.starts_at, before.room_id) == (choice.start, choice.room)
        ):
            return task
        if mark_of(task) != mark:
            raise Changed(
                "plan-changed",
                "This was changed meanwhile.",
                "Look at it in another window, and choose again.",
            )
        _place(task, choice, before)
        _assign(task, wanted, had, member)
        touch(event)
        record("event-set-by-hand", event.subject, by=member, team=event.team, task=number)
        return task


def let_planner_choose(member: Member, number: int) -> Task:
    """What was set by hand for a task may be planned otherwise from now on; it stays until then.

    Raises:
        NotThere: no such task.
        NotAllowed: they don't run its event.
    """
    with write():
        task = get_task_for(member, number)
        need_runner(member, task.event, "change its plan")
        freed = Assignment.objects.filter(task=task, by_hand=True).update(by_hand=False)
        freed += Placing.objects.filter(task=task).update(start_by_hand=False, room_by_hand=False)
        freed += task.spared.all().delete()[0]
        if freed:
            touch(task.event)
            record("event-freed", task.event.subject, by=member, team=task.event.team, task=number)
        return task


def may_be_chosen_again(member: Member, number: int, person: int) -> Task:
    """Whoever was taken out of a task by hand may be chosen again; where they may already, nothing happens.

    Args:
        member: who runs the event.
        number: of the task.
        person: number of somebody of the event.

    Raises:
        NotThere: no such task.
        NotAllowed: they don't run its event.
    """
    with write():
        task = get_task_for(member, number)
        need_runner(member, task.event, "change its plan")
        if task.spared.filter(person=person).delete()[0]:
            touch(task.event)
            record("event-freed", task.event.subject, by=member, team=task.event.team, task=number)
        return task


def _wanted(event: Event, choice: Choice) -> dict[int, str]:
    """Who does it, each with the skill.

    Raises:
        Refusal: somebody is chosen twice, or isn't in the event.
    """
    wanted = dict(choice.people)
    if len(wanted) < len(choice.people):
        raise Refusal("chosen-twice", "Somebody is chosen twice.", "One place each.")
    if Person.objects.filter(event=event, pk__in=wanted).count() < len(wanted):
        raise Refusal("not-in-it", "Somebody isn't in this event any more.", "Choose again.")
    return wanted


def _assign(task: Task, wanted: dict[int, str], had: dict[int, Assignment], by: Member) -> None:
    """Put in who is wanted; whoever isn't any more is spared from then on."""
    Assignment.objects.filter(task=task).exclude(person__in=wanted).delete()
    task.spared.filter(person__in=wanted).delete()
    Spared.objects.bulk_create(
        Spared(task=task, person_id=pk, by=by, at=now()) for pk in had if pk not in wanted
    )
    for pk, skill in wanted.items():
        row = had.get(pk)
        if row is None or row.skill != skill:
            Assignment.objects.update_or_create(
                task=task, person_id=pk, defaults={"skill": skill, "by_hand": True}
            )


def _place(task: Task, choice: Choice, before: Placing | None) -> None:
    if choice.room is not None and not Thing.objects.filter(pk=choice.room, team=task.event.team).exists():
        raise Refusal("room-gone", "That room is gone.", "Choose another one.", field="room")
    needs = [need for need in task.needs.select_related("thing") if need.thing and not need.thing.is_room]
    Placing.objects.update_or_create(
        task=task,
        defaults={
            "starts_at": choice.start,
            "ends_at": choice.start + timedelta(minutes=task.minutes),
            "room_id": choice.room,
            "things": [[need.thing_id, need.count] for need in needs],
            "start_by_hand": before is None or before.start_by_hand or before.starts_at != choice.start,
            "room_by_hand": choice.room is not None
            and (before is None or before.room_by_hand or before.room_id != choice.room),
        },
    )
