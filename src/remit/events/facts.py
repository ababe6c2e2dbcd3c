"""Rows of a big day into values of the engine: what is asked for, who and what is there, and the plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Prefetch, Q, Value
from django.db.models.functions import Coalesce

from remit.core.errors import Refusal
from remit.events.models import Assignment, Event, Need, Person, Placing, Spared, Task, Wish
from remit.events.vocabulary import ERASED_HELPER
from remit_engine import planning
from remit_engine.errors import InputError
from remit_engine.planning.plan import check_pins

_AROUND: Final = timedelta(days=2)
"""What other events have of somebody so long before and after counts for their rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that a plan rests on, as it is now.

    Attributes:
        event: as the engine takes it; ids are numbers of tasks, people and things, as text.
        plan: what is planned.
        pins: what was set by hand, as far as it can be meant.
        dropped: what was set by hand and can't be meant any more, in sentences.
        tasks: the rows, by id.
        revision: of all of it.
    """

    event: planning.Event
    plan: planning.Plan
    pins: tuple[planning.Pin, ...]
    dropped: tuple[str, ...]
    tasks: dict[str, Task]
    revision: int

    def moment(self, minute: int) -> datetime:
        """The moment of a minute."""
        return self.event.timeline.moment(minute)

    @property
    def around(self) -> tuple[object, ...]:
        """What a plan rests on that isn't the event's own: what others took, and what the team has."""
        return self.event.bookings, self.event.equipment, self.event.rooms


def facts_of(event: Event, *, with_wishes: bool = True) -> Facts:
    """What a plan for an event rests on, in seven queries; in six without wishes.

    Args:
        event: with its team at hand; it has a day.
        with_wishes: for planning and for reasons; conflicts know nothing of them.

    Raises:
        Refusal: it is a template.
        InputError: it can't be meant.
    """
    if event.starts_at is None:
        raise Refusal("no-day", "A template isn't planned.", "Copy it for a day first.")
    origin = event.starts_at.replace(second=0, microsecond=0)  # minutes of a plan are those of a clock
    timeline = planning.Timeline(origin=origin, zone=event.zone.key)
    rows = _rows(event)
    tasks = tuple(_task(event, timeline, row) for row in rows)
    first = min((task.earliest for task in tasks), default=0)
    last = max((task.latest for task in tasks), default=0)
    whole = planning.Span(first - 2880, last + 2880)
    people, known = _people(event, timeline, whole, with_wishes=with_wishes)
    things = {need.thing.pk: need.thing for row in rows for need in row.needs.all() if need.thing is not None}
    meant = planning.Event(
        name=event.title,
        timeline=timeline,
        tasks=tasks,
        people=people,
        equipment=tuple(
            planning.Equipment(id=str(pk), name=thing.name, count=thing.count)
            for pk, thing in things.items()
            if not thing.is_room
        ),
        rooms=tuple(
            planning.Room(id=str(pk), name=thing.name, at_once=thing.count)
            for pk, thing in things.items()
            if thing.is_room
        ),
        bookings=_bookings(event, timeline, whole, known, set(things)),
    )
    placed = [_placed(timeline, row) for row in rows if hasattr(row, "placing")]
    pins, dropped = _pins(meant, timeline, rows)
    return Facts(
        event=meant,
        plan=planning.Plan(placed=tuple(placed)),
        pins=pins,
        dropped=dropped,
        tasks={str(row.pk): row for row in rows},
        revision=event.plan_revision,
    )


def needs_of(row: Task) -> tuple[planning.EquipmentNeed, ...]:
    """The equipment that a task asks for."""
    return tuple(
        planning.EquipmentNeed(str(need.thing.pk), need.count)
        for need in row.needs.all()
        if need.thing is not None and not need.thing.is_room
    )


def _rows(event: Event) -> list[Task]:
    needs = Prefetch("needs", Need.objects.select_related("thing"))
    people = Prefetch("assignments", Assignment.objects.order_by("id"))
    tasks = event.tasks.select_related("placing").prefetch_related(needs, people)
    rows = list(tasks)
    for row in rows:
        row.event = event
    before, spared = _pairs_of(event)
    for row in rows:
        row.waits_for = tuple(before[row.pk])  # type: ignore[attr-defined]
        row.not_by = tuple(spared[row.pk])  # type: ignore[attr-defined]
    return rows


def _pairs_of(event: Event) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """What each task waits for, and who was taken out of it, in one query."""
    links = Task.after.through.objects.filter(from_task__event=event)
    out = Spared.objects.filter(task__event=event)
    both = links.values_list(Value("after"), "id", "from_task_id", "to_task_id").union(
        out.order_by().values_list(Value("spared"), "id", "task_id", "person_id"), all=True
    )
    found: dict[str, dict[int, list[str]]] = {"after": defaultdict(list), "spared": defaultdict(list)}
    for what, _, task, other in sorted(both):
        found[what][task].append(str(other))
    return found["after"], found["spared"]


def _task(event: Event, timeline: planning.Timeline, row: Task) -> planning.Task:
    moment = row.earliest(event)
    assert moment is not None  # noqa: S101 -- said for the type checker: it has a day
    earliest = timeline.minute(moment)
    needs = list(row.needs.all())
    return planning.Task(
        id=str(row.pk),
        why=row.why,
        earliest=earliest,
        latest=earliest + row.minutes + row.air,
        length=row.minutes,
        name=row.title,
        after=row.waits_for,  # type: ignore[attr-defined]
        people=tuple(planning.PeopleNeed(need.skill, need.count) for need in needs if need.thing is None),
        equipment=needs_of(row),
        rooms=tuple(str(need.thing.pk) for need in needs if need.thing is not None and need.thing.is_room),
        not_by=row.not_by,  # type: ignore[attr-defined]
    )


def _people(
    event: Event,
    timeline: planning.Timeline,
    whole: planning.Span,
    *,
    with_wishes: bool,
) -> tuple[tuple[planning.Person, ...], dict[int | str, str]]:
    """Everybody of the event; and the id of each, by the number of a member and the name of a helper."""
    said: dict[int, dict[str, Any]] = {}
    ids: dict[int | str, str] = {}
    rows = Person.objects.filter(event=event).annotate(called_so=Coalesce("member__name", "name"))
    names = ("pk", "member_id", "called_so", "erased_at", "skills", "stays__starts_at", "stays__ends_at")
    for pk, member, name, erased, skills, starts, ends in rows.order_by(
        "called_so", "pk", "stays__starts_at"
    ).values_list(*names):
        if not erased:
            ids[name.casefold() if member is None else member] = str(pk)
        called = ERASED_HELPER if erased else name
        known = said.setdefault(
            pk,
            {
                "id": str(pk),
                "name": called,
                "skills": frozenset(skills),
                # A band makes music, and takes no coats.
                "only_skilled": member is None and bool(skills),
                "there": [],
            },
        )
        if starts is not None:
            known["there"].append(planning.Span(timeline.minute(starts), timeline.minute(ends)))
    wishes = defaultdict(list)
    if with_wishes:
        for wish in Wish.objects.filter(person__event=event):
            wishes[wish.person_id].append(_wish(timeline, wish))
    people = (
        planning.Person(
            id=known["id"],
            name=known["name"],
            skills=known["skills"],
            only_skilled=known["only_skilled"],
            available=tuple(known["there"]) or (whole,),
            wishes=tuple(wishes[pk]),
        )
        for pk, known in said.items()
    )
    return tuple(people), ids


def _wish(timeline: planning.Timeline, wish: Wish) -> planning.Wish:
    if wish.starts_at is not None and wish.ends_at is not None:
        during = planning.Span(timeline.minute(wish.starts_at), timeline.minute(wish.ends_at))
        return planning.Wish(weight=wish.weight, during=during)
    if wish.task_id is not None:
        return planning.Wish(weight=wish.weight, tasks=(str(wish.task_id),))
    return planning.Wish(weight=wish.weight, skill=wish.skill)


def _bookings(
    event: Event,
    timeline: planning.Timeline,
    whole: planning.Span,
    ids: dict[int | str, str],
    things: set[int],
) -> tuple[planning.Booking, ...]:
    """What other events have of the same people and things; of other teams no name is told.

    A helper of the same name in the same team is the same one.
    """
    members = [each for each in ids if isinstance(each, int)]
    rows = Placing.objects.filter(
        Q(task__event__team=event.team) | Q(task__assignments__person__member__in=members),
        starts_at__lt=timeline.moment(whole.end) + _AROUND,
        ends_at__gt=timeline.moment(whole.start) - _AROUND,
        task__event__called_off_at=None,
    ).exclude(task__event=event)
    names = ("pk", "starts_at", "ends_at", "room_id", "things", "task__event__title", "task__event__team_id")
    found: dict[int, dict[str, Any]] = {}
    who = ("task__assignments__person__member_id", "task__assignments__person__name")
    for pk, starts, ends, room, pieces, title, team, member, helper in rows.order_by(
        "starts_at", "pk"
    ).values_list(*names, *who):
        span = planning.Span(timeline.minute(starts), timeline.minute(ends))
        name = title if team == event.team_id else "another team's event"
        one = found.setdefault(
            pk, {"name": name, "span": span, "room": room, "pieces": pieces, "people": set()}
        )
        if member in ids:
            one["people"].add(ids[member])
        elif helper and team == event.team_id and helper.casefold() in ids:
            one["people"].add(ids[helper.casefold()])
    bookings = (
        planning.Booking(
            name=known["name"],
            span=known["span"],
            people=tuple(sorted(known["people"])),
            equipment=tuple(planning.EquipmentNeed(str(pk), n) for pk, n in known["pieces"] if pk in things),
            rooms=(str(known["room"]),) if known["room"] in things else (),
        )
        for known in found.values()
    )
    return tuple(each for each in bookings if each.people or each.equipment or each.rooms)


def _placed(timeline: planning.Timeline, row: Task) -> planning.Placed:
    known = {need.thing.pk for need in row.needs.all() if need.thing is not None}
    placing = row.placing
    room = placing.room_id if placing.room_id in known else None
    return planning.Placed(
        task=str(row.pk),
        start=timeline.minute(placing.starts_at),
        people=tuple(planning.Place(str(each.person_id), each.skill) for each in row.assignments.all()),
        room=None if room is None else str(room),
        equipment=tuple(
            planning.EquipmentNeed(str(pk), count) for pk, count in placing.things if pk in known
        ),
    )


def _pins(
    event: planning.Event, timeline: planning.Timeline, rows: list[Task]
) -> tuple[tuple[planning.Pin, ...], tuple[str, ...]]:
    """What was set by hand: what can be meant, and in sentences what can't any more."""
    wanted = []
    for row in rows:
        task, placing = str(row.pk), getattr(row, "placing", None)
        if placing is not None and placing.start_by_hand:
            wanted.append(planning.Pin(task=task, start=timeline.minute(placing.starts_at)))
        if placing is not None and placing.room_by_hand and placing.room_id is not None:
            wanted.append(planning.Pin(task=task, room=str(placing.room_id)))
        wanted += [
            planning.Pin(task=task, person=str(each.person_id))
            for each in row.assignments.all()
            if each.by_hand
        ]
    pins, dropped = [], []
    for pin in wanted:
        try:
            check_pins(event, (pin,))
        except InputError as error:
            dropped.append(f"Set by hand, and can't be kept: {error.wrong}")
        else:
            pins.append(pin)
    return tuple(pins), tuple(dropped)
