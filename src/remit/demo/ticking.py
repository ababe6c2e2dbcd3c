"""Checklists in the demo: written two days ago, ticked since by whoever was there, once missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle
from typing import Final

from remit.core import clock
from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.demo.playing import Story
from remit.people.access import place_in
from remit.people.models import Member
from remit.work.actions.checklists import ChecklistWords, make_checklist
from remit.work.actions.rounds import let_go, make_due_rounds, press
from remit.work.models import Round
from remit_engine.recurrence.offered import every_day, every_month_on_the
from remit_engine.recurrence.reading import read_rule
from remit_engine.recurrence.recurrence import OnClosedDays, Recurrence
from remit_engine.recurrence.rule import Rule

_SINCE: Final = timedelta(hours=58)
_STEP: Final = timedelta(minutes=40)
"""Between two looks of whoever is there."""
_HALF: Final = timedelta(hours=3)
"""A round whose time ended within that before the end was left half done."""
_LET_GO: Final = 5
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


def ticked(house: House, end: datetime) -> tuple[datetime, Story]:
    """Checklists of the main team: ticked by whoever was there, one let go, one half done; the newest wait.

    Args:
        house: the main team.
        end: the end of the demo's time.

    Returns:
        the story with its first moment.
    """
    return end - _SINCE, _ticked(house, end)


def _ticked(house: House, end: datetime) -> Story:
    members = {each.word: each for each in Member.objects.filter(memberships__team=house.team, left_at=None)}
    people = cycle([members[word] for word in ("ana", "ben", "chloe", "farah", "luca")])
    _made(house, members["priya"])
    handled: set[int] = set()
    while now() + _STEP <= end:
        yield now() + _STEP
        make_due_rounds()
        for each in Round.objects.filter(team=house.team).exclude(pk__in=handled).order_by("begins_at", "id"):
            if each.due_at <= end:
                handled.add(each.pk)
                _done(
                    each, next(people), is_let_go=len(handled) == _LET_GO, is_half=each.due_at > end - _HALF
                )


def _made(house: House, writer: Member) -> None:
    for each in _LISTS:
        recurrence = Recurrence(
            each.rule, clock.today(house.team.time_zone), each.at, OnClosedDays.IS_LEFT_OUT
        )
        words = ChecklistWords(
            title=each.title, why=each.why, items=each.items, recurrence=recurrence, minutes=each.minutes
        )
        make_checklist(place_in(writer, house.team), words, stamp=f"demo:{each.title}")


def _done(each: Round, member: Member, *, is_let_go: bool, is_half: bool) -> None:
    if is_let_go:
        let_go(member, each.pk, "The thermometer was broken. A new one lies in the drawer.")
        return
    for line in list(each.lines.all())[: 1 if is_half else None]:
        press(member, each.pk, line.place, is_on=True, key=f"demo:{each.pk}:{line.place}")
