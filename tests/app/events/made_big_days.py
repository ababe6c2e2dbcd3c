"""Big days of the team of the tests, written down by the actions."""

from datetime import date, time, timedelta
from itertools import count

from remit.core.clock import now
from remit.events.actions.around import add_line, add_risk
from remit.events.actions.authority import lend_for
from remit.events.actions.briefing import add_point, answer, ask, set_point
from remit.events.actions.events import EventWords, call_off, make_event
from remit.events.actions.live import need_help
from remit.events.actions.looking_back import add_lesson
from remit.events.actions.people import add_helper, add_people, add_stay, add_wish
from remit.events.actions.planning import ask_plan, plan_on
from remit.events.actions.tasks import TaskWords, make_task
from remit.events.actions.things import keep_thing
from remit.events.models import Planning, Thing
from remit.events.vocabulary import Kept
from remit.people.access import place_in
from remit_engine import planning

_STAMPS = count(1)
DAY = date(2026, 12, 5)
"""A Saturday, twelve days after the noon of the tests."""
TASK_ACTS = (
    *(
        "by-hand",
        "check-by-hand",
        "free-by-hand",
        "choose-again",
        "do",
        "undo",
        "late",
        "need-help",
        "help-came",
    ),
)
THING_ACTS = ("thing", "remove-thing")


def event_words(**said):
    """What an event says, where nothing else is said."""
    return EventWords(
        **{
            "title": "Winter opening",
            "why": "The street should know that we are open in winter.",
            "day": DAY,
            "begins": time(18),
            "ends": time(23),
            "owner": "ana",
        }
        | said
    )


def greedily(facts, _):
    """A plan by the planner that needs no process of its own."""
    return planning.plan_event(
        facts.event, earlier=facts.plan, pins=facts.pins, planner=planning.Planner.GREEDY
    )


def made_event(house, by=None, *, stamp="", source=None, **said):
    """An event of the harbour team that Ana runs, a member."""
    place = place_in(by or house.sam, house.harbour)
    return make_event(place, event_words(**said), stamp=stamp or f"event-{next(_STAMPS)}", source=source)


def task_words(**said):
    """What a task of an event says, where nothing else is said."""
    return TaskWords(**{"title": "Bar", "why": "Nobody dances with a dry throat.", "at": time(18)} | said)


def made_event_task(house, event, by=None, *, stamp="", **said):
    """A task of an event, at six on the day, for an hour and anybody."""
    return make_task(by or house.ana, event.pk, task_words(**said), stamp=stamp or f"task-{next(_STAMPS)}")


def made_thing(house, name="High table", number=6, kind="equipment"):
    """Equipment or a room of the harbour team."""
    return keep_thing(place_in(house.sam, house.harbour), kind=kind, name=name, count=number)


def furnished_event(house):
    """An event with people, a thing, a room, and two tasks: tables are set up, then the bar opens."""
    event = made_event(house)
    add_people(house.ana, event.pk, ["ana"], skills=["bar"])
    add_people(house.ana, event.pk, ["ben", "sam"])
    tables, room = made_thing(house), made_thing(house, "Upper room", 1, "room")
    first = made_event_task(
        house, event, title="Set up", days_before=1, at=time(10), equipment=[(tables, 4)], rooms=[room]
    )
    made_event_task(house, event, minutes=240, after=(first.pk,), people=[("bar", 1), ("", 1)])
    return event


def events_furnished(house):
    """The words that go into the addresses of big days."""
    event = furnished_event(house)
    of_task = {"number": event.tasks.first().pk}
    plan_on(ask_plan(house.ana, event.pk).pk, planned=greedily)
    point = add_point(house.ana, event.pk, title="The bar", minutes=3, task=of_task["number"])
    line = add_line(house.ana, event.pk, title="Wine", planned=30000, spent=0)
    risk = add_risk(house.ana, event.pk, title="Rain", then="We move to the upper room.")
    question = ask(house.ben, event.pk, "Who has the key?")
    helper = add_helper(house.ana, event.pk, name="The Zq Band")
    lend_for(house.sam, event.pk, to=["ana"], why="She runs the evening.")
    past = made_event(house, title="Spring opening", day=DAY - timedelta(days=30))
    lesson = add_lesson(house.ben, past.pk, kind=Kept.CHANGED, text="Order ice a day earlier.")
    of_past = {"number": past.pk, "lesson": lesson.pk}
    return {
        "events": {
            "team": "harbour",
            "number": event.pk,
            "member": "ben",
            "point": point.pk,
            "line": line.pk,
            "risk": risk.pk,
            "question": question.pk,
        },
        "events:erase-helper": {"member": helper.word},
        **{f"events:{act}": of_past for act in ("look-back", "lesson-task", "lesson-proposal")},
        **{f"events:{act}": of_task for act in TASK_ACTS},
        **{f"events:{act}-task": of_task for act in ("change", "remove")},
        **{f"events:{act}": {"team": "harbour", "number": Thing.objects.first().pk} for act in THING_ACTS},
    }


def event_that_names(house, named):
    """An event that says the same in everything that it can say, called off."""
    event = made_event(house, title=named, why=named, place=named)
    task = made_event_task(house, event, title=named, why=named, text=named)
    need_help(house.ben, task.pk, named)
    add_risk(house.ana, event.pk, title=named, then=named)
    add_line(house.ana, event.pk, title=named, planned=0, spent=0)
    point = add_point(house.ana, event.pk, title=named, minutes=3, task=None)
    set_point(house.ana, event.pk, point.pk, speaker="", words=named, revision=1)
    question = ask(house.ben, event.pk, named)
    answer(house.ana, event.pk, question.pk, words=named, revision=1)
    add_helper(house.ana, event.pk, name=f"{named} of the band")
    Planning.objects.create(event=event, by=house.ana, asked_at=now(), told=[{"x": named}], dropped=[named])
    call_off(house.ana, event.pk, named)
    past = made_event(house, day=DAY - timedelta(days=700))
    add_lesson(house.ben, past.pk, kind=Kept.KEPT, text=named)


def event_with_words_of(house, member, mark):
    """An event that is over, for which a member said what they can and wish, and when they come."""
    event = made_event(house, day=DAY - timedelta(days=30))
    add_people(house.ana, event.pk, [member.word], skills=[mark])
    add_stay(member, event.pk, member.word, event.starts_at, event.ends_at)
    add_wish(member, event.pk, member.word, 1, skill=mark)
