"""Big days in the demo: one behind the team with its look back, and one to come, planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.demo.playing import Story
from remit.events.actions import around, briefing, live, looking_back
from remit.events.actions.authority import lend_for
from remit.events.actions.events import EventWords, make_event
from remit.events.actions.people import add_people, add_wish
from remit.events.actions.planning import ask_plan, plan_on
from remit.events.actions.tasks import TaskWords, make_task
from remit.events.actions.things import keep_thing
from remit.events.facts import Facts
from remit.events.models import Event, Thing
from remit.events.vocabulary import Kept
from remit.people.access import place_in
from remit.people.models import Member
from remit_engine import planning

_SINCE: Final = timedelta(hours=56)
_AHEAD: Final = 12


@dataclass(frozen=True, slots=True)
class _Task:
    """A task of the demo: what, why, when, how long, whom it needs, and what comes before by its title."""

    title: str
    why: str
    days: int
    at: time
    minutes: int
    people: tuple[tuple[str, int], ...]
    after: str = ""
    tables: int = 0
    room: bool = False
    air: int = 0


_TASKS: Final = (
    _Task("Order the wine", "The one from the lake needs a week.", 7, time(11), 30, (("", 1),), air=240),
    _Task(
        "Ask who eats no meat",
        "A guest who has to explain twice feels odd.",
        5,
        time(15),
        45,
        (("", 1),),
        air=240,
    ),
    _Task("Clear the upper room", "Nobody looks at boxes and thinks of wine.", 1, time(10), 90, (("", 2),)),
    _Task(
        "Set up the tables",
        "Guests should see at once where they stand.",
        0,
        time(14),
        90,
        (("", 2),),
        "Clear the upper room",
        6,
        room=True,
        air=60,
    ),
    _Task(
        "Open the red wine", "It needs an hour of air.", 0, time(17), 30, (("bar", 1),), "Set up the tables"
    ),
    _Task("Door and coats", "The first minute decides the evening.", 0, time(18), 120, (("", 1),)),
    _Task(
        "Pour and tell",
        "People buy what somebody told them about.",
        0,
        time(18, 30),
        180,
        (("bar", 2),),
        tables=6,
    ),
    _Task(
        "Small plates", "Wine on an empty stomach ends evenings early.", 0, time(18), 240, (("kitchen", 2),)
    ),
    _Task(
        "Clear up",
        "Whoever opens tomorrow begins with a clean room.",
        0,
        time(22),
        60,
        (("", 2),),
        "Pour and tell",
        room=True,
        air=60,
    ),
)
_SKILLS: Final = (
    ("ana", ["bar"]),
    ("ben", ["bar"]),
    ("sam", ["bar"]),
    ("chloe", ["kitchen"]),
    ("dao", ["kitchen"]),
)
_WHY: Final = "Guests who know the people behind the wine come back for both."


def celebrated(house: House, end: datetime) -> tuple[datetime, Story]:
    """Big days of the main team, by the actions of the application.

    Args:
        house: the main team.
        end: the end of the demo's time.

    Returns:
        the story with its first moment.
    """
    return end - _SINCE, _celebrated(house, end)


def _celebrated(house: House, end: datetime) -> Story:
    members = {each.word: each for each in Member.objects.filter(memberships__team=house.team, left_at=None)}
    sam, ana = members["sam"], members["ana"]
    place = place_in(sam, house.team)
    tables = keep_thing(place, kind="equipment", name="High table", count=8)
    keep_thing(place, kind="equipment", name="Wine cooler", count=4)
    room = keep_thing(place, kind="room", name="Upper room", count=1)
    day = (end - timedelta(hours=30)).astimezone(house.team.zone).date()
    past = make_event(place, _words("Autumn wine evening", day, "ana"), stamp="demo:autumn")
    _filled(ana, past, members, tables, room)
    _planned(ana, past)
    _talked_through(ana, past)
    yield now() + timedelta(hours=24)
    for task in past.tasks.all():
        live.do(ana, task.pk)
    yield end - timedelta(hours=3)
    _looked_back(past, members)
    yield end
    coming = make_event(
        place,
        _words("Winter wine evening", day + timedelta(days=_AHEAD), "ana"),
        stamp="demo:winter",
        source=past.pk,
    )
    for word in ("ben", "emre"):
        if word in members and coming.people.filter(member=members[word]).exists():
            add_wish(members[word], coming.pk, word, 2, skill="bar")
    _planned(ana, coming)
    lend_for(sam, coming.pk, to=["ana"], why="She runs the evening, and I am in the kitchen.", upto=20000)
    around.add_risk(
        ana,
        coming.pk,
        title="More guests than chairs",
        then="Priya opens the terrace room; Sam brings benches.",
    )
    briefing.ask(members["ben"], coming.pk, "Who has the key of the cellar?")


def _words(title: str, day: date, owner: str) -> EventWords:
    return EventWords(
        title=title, why=_WHY, day=day, begins=time(18), ends=time(23), place="Upper room", owner=owner
    )


def _filled(member: Member, event: Event, members: dict[str, Member], tables: Thing, room: Thing) -> None:
    for word, skills in _SKILLS:
        if word in members:
            add_people(member, event.pk, [word], skills=skills)
    add_people(member, event.pk, [word for word in ("priya", "emre") if word in members])
    made: dict[str, int] = {}
    for each in _TASKS:
        words = TaskWords(
            title=each.title,
            why=each.why,
            days_before=each.days,
            at=each.at,
            minutes=each.minutes,
            air=each.air,
            after=(made[each.after],) if each.after else (),
            people=each.people,
            equipment=((tables, each.tables),) if each.tables else (),
            rooms=(room,) if each.room else (),
        )
        made[each.title] = make_task(member, event.pk, words, stamp=f"demo:{each.title}").pk
    around.add_risk(member, event.pk, title="A cook is ill", then="Cold plates only; Chloé knows the list.")
    for title, planned, spent in (
        ("Wine", 42000, 39850),
        ("Plates and bread", 18000, 19320),
        ("Music", 15000, 15000),
    ):
        around.add_line(member, event.pk, title=title, planned=planned, spent=spent)


def _planned(member: Member, event: Event) -> None:
    """By the simple planner: the same each time, and without a process of its own."""

    def greedily(facts: Facts, _: object) -> planning.Outcome:
        return planning.plan_event(facts.event, pins=facts.pins, planner=planning.Planner.GREEDY)

    plan_on(ask_plan(member, event.pk).pk, planned=greedily)


def _talked_through(member: Member, event: Event) -> None:
    tasks = dict(event.tasks.values_list("title", "pk"))
    for title, minutes, task, speaker in (
        ("What the evening is for", 5, "", "mia"),
        ("Who comes tonight", 3, "Door and coats", "ben"),
        ("The three wines", 3, "Pour and tell", "ana"),
        ("If the kitchen gets slow", 3, "Small plates", "chloe"),
        ("What we learned last time", 5, "", "mia"),
    ):
        point = briefing.add_point(member, event.pk, title=title, minutes=minutes, task=tasks.get(task))
        briefing.set_point(member, event.pk, point.pk, speaker=speaker, words="", revision=1)


def _looked_back(event: Event, members: dict[str, Member]) -> None:
    ana, ben, sam = members["ana"], members["ben"], members["sam"]
    looking_back.add_lesson(
        ben, event.pk, kind=Kept.KEPT, text="Two of us at the door for the first half hour."
    )
    said = looking_back.add_lesson(
        ana, event.pk, kind=Kept.CHANGED, text="Order the glasses a day earlier, and count them."
    )
    looking_back.add_lesson(
        sam, event.pk, kind=Kept.THANKS, text="For the plates that never ran out.", to="chloe"
    )
    looking_back.make_task_of(sam, event.pk, said.pk)
