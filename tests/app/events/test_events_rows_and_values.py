"""What the planner is told is what stands in the tables, and what it plans stands there afterwards.

That no plan can not be (two places, too many pieces, no rest) is tried in the engine, with many events. Here
the same generated events are written down as rows, straight into the tables, and read back: where nothing is
lost or invented on the way, what holds there holds here.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.events.made_big_days import greedily
from tests.engine.planning.made_days import events
from tests.examples import examples

from remit.core.clock import now
from remit.events.actions.planning import ask_plan, plan_on
from remit.events.facts import facts_of
from remit.events.models import Assignment, Event, Need, Person, Placing, Spared, Stay, Task, Thing, Wish
from remit_engine import planning
from remit_engine.planning.people import MOST_A_DAY, REST

pytestmark = pytest.mark.django_db
DAYS = (date(2026, 12, 5), date(2027, 3, 27), date(2026, 10, 24))
"""An ordinary Saturday, and those before the two nights in which the clocks change."""


class Written:
    """A generated event as rows.

    Attributes:
        event: of the application.
        told: what the planner should be told of it, with the numbers of the rows.
    """

    def __init__(self, house, meant, day):
        self._house, self._meant, self._day = house, meant, day
        self.event, self._other = self._one("Feast", "a"), self._one("A wedding", "b")
        self._things = {each.id: self._thing(each) for each in (*meant.equipment, *meant.rooms)}
        self._tasks = self._written_tasks()
        self._people = self._written_people(self.event)
        self._written_bookings()

    def _one(self, title, stamp):
        zone = self._house.harbour.zone
        starts, ends = (datetime.combine(self._day, time(hour), zone) for hour in (18, 23))
        return Event.objects.create(
            team=self._house.harbour, stamp=stamp, title=title, why="Guests come.",
            day=self._day, begins=time(18), ends=time(23), starts_at=starts, ends_at=ends,
            owner=self._house.ana, made_by=self._house.sam, made_at=now(),
        )  # fmt: skip

    def _thing(self, each):
        kind, count = ("room", each.at_once) if isinstance(each, planning.Room) else ("equipment", each.count)
        # The table knows no thing of which there is none.
        return Thing.objects.create(team=self._house.harbour, kind=kind, name=each.id, count=max(1, count))

    def moment(self, minute):
        """The moment of a minute of the generated event, by the clock on the wall."""
        days, minutes = divmod(minute, 1440)
        on = time(*divmod(minutes, 60))
        return datetime.combine(self._day + timedelta(days=days), on, self._house.harbour.zone)

    def minute(self, minute):
        """The same, counted from the beginning of the event."""
        return int((self.moment(minute).timestamp() - self.event.starts_at.timestamp()) // 60)

    def _span(self, span):
        return planning.Span(self.minute(span.start), self.minute(span.end))

    def _written_tasks(self):
        rows = {}
        for each in self._meant.tasks:
            days, minutes = divmod(each.earliest, 1440)
            rows[each.id] = Task(
                event=self.event, stamp=each.id, title=each.title, why=each.why, days_before=-days,
                at=time(*divmod(minutes, 60)), minutes=each.length,
                air=each.latest - each.earliest - each.length,
            )  # fmt: skip
        Task.objects.bulk_create(rows.values())
        Need.objects.bulk_create(
            Need(task=rows[each.id], **what)
            for each in self._meant.tasks
            for what in (
                *({"skill": need.skill, "count": need.count} for need in each.people),
                *({"thing": self._things[n.equipment], "count": n.count} for n in each.equipment),
                *({"thing": self._things[room]} for room in each.rooms),
            )
        )
        Task.after.through.objects.bulk_create(
            Task.after.through(from_task=rows[each.id], to_task=rows[one])
            for each in self._meant.tasks
            for one in each.after
        )
        return rows

    def _written_people(self, event):
        members = iter((self._house.ana, self._house.ben, self._house.sam, self._house.mia))
        rows = {}
        for each in self._meant.people:
            member = None if each.only_skilled else next(members, None)
            name = "" if member else f"Helper {each.id}"
            rows[each.id] = Person(event=event, member=member, name=name, skills=sorted(each.skills))
        Person.objects.bulk_create(rows.values())
        if event == self._other:
            return rows
        Stay.objects.bulk_create(
            Stay(person=rows[each.id], starts_at=self.moment(span.start), ends_at=self.moment(span.end))
            for each in self._meant.people
            for span in each.available
        )
        Wish.objects.bulk_create(
            Wish(person=rows[each.id], weight=wish.weight, **self._about(wish))
            for each in self._meant.people
            for wish in each.wishes
        )
        Spared.objects.bulk_create(
            Spared(task=self._tasks[each.id], person=rows[one], by=self._house.ana, at=now())
            for each in self._meant.tasks
            for one in each.not_by
        )
        return rows

    def _about(self, wish):
        if wish.during is not None:
            return {"starts_at": self.moment(wish.during.start), "ends_at": self.moment(wish.during.end)}
        return {"skill": wish.skill} if wish.skill else {"task": self._tasks[wish.tasks[0]]}

    def _written_bookings(self):
        there = self._written_people(self._other)
        for number, each in enumerate(self._meant.bookings):
            task = Task.objects.create(
                event=self._other,
                stamp=f"{number}",
                title="There",
                why="It is a wedding.",
                at=time(8),
                minutes=60,
            )
            Placing.objects.create(
                task=task,
                starts_at=self.moment(each.span.start),
                ends_at=self.moment(each.span.end),
                room=self._things[each.rooms[0]] if each.rooms else None,
                things=[[self._things[need.equipment].pk, need.count] for need in each.equipment],
            )
            Assignment.objects.bulk_create(Assignment(task=task, person=there[one]) for one in each.people)

    def _need(self, need):
        return planning.EquipmentNeed(str(self._things[need.equipment].pk), need.count)

    @property
    def tasks(self):
        """The tasks that the planner should be told of."""
        for each in self._meant.tasks:
            first = self.minute(each.earliest)
            yield replace(
                each,
                id=str(self._tasks[each.id].pk),
                name=each.title,
                earliest=first,
                latest=first + each.latest - each.earliest,
                after=tuple(str(self._tasks[one].pk) for one in each.after),
                equipment=tuple(map(self._need, each.equipment)),
                rooms=tuple(str(self._things[room].pk) for room in each.rooms),
                not_by=tuple(str(self._people[one].pk) for one in each.not_by),
            )

    @property
    def people(self):
        """The people, with the rules that the application has for everybody."""
        for each in self._meant.people:
            row = self._people[each.id]
            yield planning.Person(
                id=str(row.pk),
                name=row.called,
                skills=each.skills,
                available=tuple(map(self._span, each.available)),
                wishes=tuple(self._wish(wish) for wish in each.wishes),
                rest=REST,
                most_a_day=MOST_A_DAY,
                only_skilled=row.member is None and bool(each.skills),
            )

    def _wish(self, wish):
        during = wish.during and self._span(wish.during)
        return replace(wish, during=during, tasks=tuple(str(self._tasks[one].pk) for one in wish.tasks))

    @property
    def bookings(self):
        """What the wedding has of the people, and of the things that a task of the event asks for."""
        asked = {need.equipment for each in self._meant.tasks for need in each.equipment}
        asked |= {room for each in self._meant.tasks for room in each.rooms}
        for each in self._meant.bookings:
            people = tuple(str(self._people[one].pk) for one in each.people)
            equipment = tuple(self._need(need) for need in each.equipment if need.equipment in asked)
            rooms = tuple(str(self._things[room].pk) for room in each.rooms if room in asked)
            if people or equipment or rooms:
                yield planning.Booking(
                    name="A wedding",
                    span=self._span(each.span),
                    people=people,
                    equipment=equipment,
                    rooms=rooms,
                )


def by_id(values):
    return sorted(values, key=lambda each: int(each.id))


def without_order(plan):
    """The placed tasks of a plan, whoever is named first."""
    return sorted(
        (replace(each, people=tuple(sorted(each.people, key=str))) for each in plan.placed), key=str
    )


def told_and_kept(house, written):
    """Look at what is told of an event, plan it, and look again."""
    plans = []

    def planned_and_remembered(facts, asked):
        found = greedily(facts, asked)
        plans.append(found.plan)
        return found

    facts = facts_of(written.event)
    assert by_id(facts.event.tasks) == by_id(written.tasks)
    assert by_id(facts.event.people) == by_id(written.people)
    assert sorted(facts.event.bookings, key=str) == sorted(written.bookings, key=str)
    asked = ask_plan(house.ana, written.event.pk)
    plan_on(asked.pk, planned=planned_and_remembered)
    kept = facts_of(Event.objects.select_related("team").get(pk=written.event.pk))
    assert without_order(kept.plan) == without_order(plans[0])
    assert kept.event == facts.event


@settings(
    max_examples=examples(200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(events(tasks=6, people=5), st.sampled_from(DAYS))
def test_the_planner_is_told_what_stands_there_and_what_it_plans_is_kept(house, meant, day):
    with transaction.atomic():
        told_and_kept(house, Written(house, meant, day))
        transaction.set_rollback(True)
