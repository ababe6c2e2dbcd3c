"""Tables of big days."""

from __future__ import annotations

from remit.events.models.day import BudgetLine, Lending, Lesson, Point, Question, Risk
from remit.events.models.events import Event
from remit.events.models.people import HelperRule, Person, Stay, Wish
from remit.events.models.plans import Assignment, Placing, Planning, Spared
from remit.events.models.tasks import Need, Press, Task
from remit.events.models.things import Thing

__all__ = [
    "Assignment",
    "BudgetLine",
    "Event",
    "HelperRule",
    "Lending",
    "Lesson",
    "Need",
    "Person",
    "Placing",
    "Planning",
    "Point",
    "Press",
    "Question",
    "Risk",
    "Spared",
    "Stay",
    "Task",
    "Thing",
    "Wish",
]
