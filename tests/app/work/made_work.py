"""Tasks and checklists of the team of the tests, written down by the actions."""

from datetime import date, time, timedelta
from itertools import count

from remit.core import clock
from remit.core.clock import now
from remit.people.access import place_in
from remit.work.actions.checklists import ChecklistWords, make_checklist
from remit.work.actions.rounds import make_due_rounds
from remit.work.actions.tasks import TaskWords, make_task
from remit_engine.recurrence.offered import every_day
from remit_engine.recurrence.recurrence import Recurrence

_STAMPS = count(1)


def words(**said):
    """What a task says, where nothing else is said."""
    return TaskWords(
        **{"title": "Open the terrace", "why": "Ten dry tables at six are twenty guests."} | said
    )


def made_task(house, by=None, *, to="", stamp="", **said):
    """A task of the harbour team, free to take."""
    place = place_in(by or house.mia, house.harbour)
    return make_task(place, words(**said), stamp=stamp or f"stamp-{next(_STAMPS)}", to=to)


def made_checklist(house, by=None, *, stamp="", **said):
    """A checklist of the harbour team: two lines, every day at nine on the wall, an hour long."""
    values = {
        "title": "Open the bar",
        "why": "Whoever comes at noon gets a drink at noon.",
        "items": [("Fridge below 5 °C", "Warm fish makes people ill."), ("Ice", "Nobody likes warm water.")],
        "recurrence": Recurrence(every_day(), date(2026, 11, 20), time(9)),
        "minutes": 60,
    } | said
    place = place_in(by or house.sam, house.harbour)
    return make_checklist(place, ChecklistWords(**values), stamp=stamp or f"stamp-{next(_STAMPS)}")


def made_round(house, **said):
    """A round of such a checklist that came three hours ago, as the schedule makes it."""
    there = (now() - timedelta(hours=3)).astimezone(house.harbour.zone)
    daily = Recurrence(every_day(), there.date(), time(there.hour, there.minute))
    with clock.at(now() - timedelta(hours=4)):
        checklist = made_checklist(house, **{"recurrence": daily} | said)
    make_due_rounds()
    return checklist.rounds.get()
