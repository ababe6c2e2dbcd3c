"""Checklists in the demo: written two weeks ago, ticked since by whoever was there, once missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from itertools import cycle
from typing import Final

from remit.core import clock
from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.people.access import place_in
from remit.people.models import Member
from remit.work.actions.checklists import ChecklistWords, make_checklist
from remit.work.actions.rounds import let_go, make_due_rounds, press
from remit.work.models import Round
from remit_engine.recurrence.offered import every_day, every_month_on_the
from remit_engine.recurrence.reading import read_rule
from remit_engine.recurrence.recurrence import OnClosedDays, Recurrence
from remit_engine.recurrence.rule import Rule

_SINCE: Final = timedelta(days=14)
_LET_GO: Final = 9
"""The round that was let go, counted from the first."""
_SIX_TIMES: Final = read_rule("FREQ=DAILY;BYHOUR=8,11,14,17,20,23")


@dataclass(frozen=True, slots=True)
class _List:
    """A checklist of the demo, what it is for, when it comes, and its lines with what each is for."""

    title: str
    why: str
    rule: Rule
    items: tuple[tuple[str, str], ...]
    at: time = time(10)
    minutes: int = 180


_LISTS: Final = (
    _List(
        "Open the restaurant",
        "The first guest of the day gets the same as the hundredth.",
        every_day(),
        (
            ("Lights, music, heating", "Nobody likes to come into a cold room."),
            ("Walk through as a guest would", "We stop seeing what we pass every day."),
            ("Today's dishes on the board", "A guest who knows what there is orders sooner."),
            ("Allergy folder at the bar", "Whoever asks has to get an answer that holds."),
        ),
    ),
    _List(
        "Fridge temperatures",
        "Fish that was warm for an hour makes people ill two days later.",
        _SIX_TIMES,
        (
            ("Fish fridge below 2 °C", "It spoils first."),
            ("Dairy below 5 °C", "It keeps two days less for each degree."),
            ("Freezer below -18 °C", "What thaws once is thrown away."),
        ),
    ),
    _List(
        "Close the bar",
        "Whoever opens tomorrow begins with a clean bar.",
        every_day(),
        (
            ("Coffee machine rinsed", "Old milk is what guests taste first."),
            ("Till counted by two", "So nobody has to explain a difference alone."),
        ),
        time(22, 30),
    ),
    _List(
        "Look through the first-aid box",
        "The day we need it is the wrong day to find it empty.",
        every_month_on_the(1, 0),
        (("Plasters, burn gel, gloves", "Those are what goes."), ("Dates", "Old gel doesn't cool.")),
        minutes=1440,
    ),
)


def ticked(house: House) -> None:
    """Checklists of the main team; all but the last rounds are ticked, and one was let go.

    Args:
        house: the main team.
    """
    members = {each.word: each for each in Member.objects.filter(memberships__team=house.team, left_at=None)}
    lead = place_in(members["priya"], house.team)
    with clock.at(now() - _SINCE):
        for each in _LISTS:
            recurrence = Recurrence(
                each.rule, clock.today(house.team.time_zone), each.at, OnClosedDays.IS_LEFT_OUT
            )
            words = ChecklistWords(
                title=each.title,
                why=each.why,
                items=each.items,
                recurrence=recurrence,
                minutes=each.minutes,
            )
            make_checklist(lead, words, stamp=f"demo:{each.title}")
    for days in range(_SINCE.days, -1, -1):
        with clock.at(now() - timedelta(days=days)):
            make_due_rounds()
    _pressed(house, members)


def _pressed(house: House, members: dict[str, Member]) -> None:
    """Whoever was there ticked; the last two lists are left for whoever looks, and one was missed before."""
    people = cycle([members[word] for word in ("ana", "ben", "chloe", "farah", "luca")])
    rounds = list(Round.objects.filter(team=house.team).order_by("begins_at", "id"))
    *before, missed, _, _ = rounds
    for number, (each, member) in enumerate(zip(before, people, strict=False)):
        with clock.at(each.begins_at + timedelta(minutes=20)):
            if number == _LET_GO:
                let_go(member, each.pk, "The thermometer was broken. A new one lies in the drawer.")
                continue
            for line in each.lines.all():
                press(member, each.pk, line.place, is_on=True, key=f"demo:{each.pk}:{line.place}")
    press(members["ana"], missed.pk, 1, is_on=True, key=f"demo:{missed.pk}:1")
