"""Big days of the team of the tests, written down by the actions."""

from datetime import date, time, timedelta
from itertools import count

from remit.events.actions.events import EventWords, call_off, make_event
from remit.events.actions.people import add_people, add_stay, add_wish
from remit.events.actions.tasks import TaskWords, make_task
from remit.events.actions.things import keep_thing
from remit.events.models import Thing
from remit.people.access import place_in

_STAMPS = count(1)
DAY = date(2026, 12, 5)
"""A Saturday, twelve days after the noon of the tests."""
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
    return {
        "events": {"team": "harbour", "number": event.pk, "member": "ben"},
        **{f"events:{act}-task": of_task for act in ("change", "remove")},
        **{f"events:{act}": {"team": "harbour", "number": Thing.objects.first().pk} for act in THING_ACTS},
    }


def event_that_names(house, named):
    """An event that says the same in everything that it can say, called off."""
    event = made_event(house, title=named, why=named, place=named)
    made_event_task(house, event, title=named, why=named, text=named)
    call_off(house.ana, event.pk, named)


def event_with_words_of(house, member, mark):
    """An event that is over, for which a member said what they can and wish, and when they come."""
    event = made_event(house, day=DAY - timedelta(days=30))
    add_people(house.ana, event.pk, [member.word], skills=[mark])
    add_stay(member, event.pk, member.word, event.starts_at, event.ends_at)
    add_wish(member, event.pk, member.word, 1, skill=mark)
