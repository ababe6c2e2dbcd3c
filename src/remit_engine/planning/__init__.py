"""People, time, equipment and rooms for a big day, without conflicts.

    outcome = planning.plan_event(event)
    outcome.plan, outcome.shortages, outcome.gap

An `Event` says what there is to do, and who and what is there. `plan_event` answers with a plan, how good it
is at most, and, where not everything can be met, what is short, why, and what would help. `conflicts` judges
any plan, also one made by hand; `why` says why somebody does something. Times are minutes on the `Timeline`
of the event.
"""

from __future__ import annotations

from remit_engine.planning.conflicts import Conflict, Kind, conflicts
from remit_engine.planning.demands import Asks, Demand, Shortage, demands_of, shortages
from remit_engine.planning.event import Event
from remit_engine.planning.helping import Help, Way, helped
from remit_engine.planning.order import Air, air, before, critical_path
from remit_engine.planning.outcome import Impossible, Outcome, Planner
from remit_engine.planning.people import Person, Wish
from remit_engine.planning.plan import Pin, Place, Placed, Plan
from remit_engine.planning.planning import has_solver, plan_event
from remit_engine.planning.reasons import Because, Instead, Reason, why
from remit_engine.planning.score import Cost, Kept, Score, Weights, score
from remit_engine.planning.stopping import Ended, Limits, Progress, Stop
from remit_engine.planning.tasks import ANYBODY, EquipmentNeed, PeopleNeed, Span, Task
from remit_engine.planning.things import Booking, Equipment, Room
from remit_engine.planning.timeline import Timeline
from remit_engine.planning.words import short_in_words

__all__ = [
    "ANYBODY",
    "Air",
    "Asks",
    "Because",
    "Booking",
    "Conflict",
    "Cost",
    "Demand",
    "Ended",
    "Equipment",
    "EquipmentNeed",
    "Event",
    "Help",
    "Impossible",
    "Instead",
    "Kept",
    "Kind",
    "Limits",
    "Outcome",
    "PeopleNeed",
    "Person",
    "Pin",
    "Place",
    "Placed",
    "Plan",
    "Planner",
    "Progress",
    "Reason",
    "Room",
    "Score",
    "Shortage",
    "Span",
    "Stop",
    "Task",
    "Timeline",
    "Way",
    "Weights",
    "Wish",
    "air",
    "before",
    "conflicts",
    "critical_path",
    "demands_of",
    "has_solver",
    "helped",
    "plan_event",
    "score",
    "short_in_words",
    "shortages",
    "why",
]
