"""What was undertaken in the demo about why guests complain: tasks, and a step that is said better."""

from __future__ import annotations

from typing import Final

from remit.demo.bulk.house import House
from remit.insight.causes.counting import Cause, Sort
from remit.insight.causes.undertaking import undertake_task
from remit.people.access import place_in
from remit.purpose.models import Objective
from remit.work.actions import ending
from remit.work.actions.tasks import TaskWords

LATE: Final = Cause(Sort.CATEGORY, "late")
_COLD: Final = Cause(Sort.CATEGORY, "cold")


def undertaken(house: House) -> None:
    """Weeks ago: Chloe asked the kitchen, at Mia's wish.

    Args:
        house: the main team.
    """
    people = {each.member.word: each.member for each in house.there()}
    words = TaskWords(
        title="Ask the kitchen when orders pile up",
        why="Half of the late dinners came within one hour; who cooks knows why.",
        objective=_made_right(house),
    )
    task = undertake_task(place_in(people["mia"], house.team), LATE, words, stamp="demo:late")
    ending.do(people["chloe"], task.pk)


def undertaken_lately(house: House) -> None:
    """In the last days: something that is still free to take.

    Args:
        house: the main team.
    """
    people = {each.member.word: each.member for each in house.there()}
    words = TaskWords(
        title="Try warm plates for a week",
        why="A plate from the cold shelf takes the heat out of a dish before it is served.",
        objective=_made_right(house),
        minutes=20,
        place="Kitchen",
    )
    undertake_task(place_in(people["priya"], house.team), _COLD, words, stamp="demo:cold")


def _made_right(house: House) -> Objective:
    return Objective.objects.get(team=house.team, key="made-right")
