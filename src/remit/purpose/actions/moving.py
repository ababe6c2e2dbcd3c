"""Objectives move by themselves: what their measures say of the days is looked up, and kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from remit.core.clock import now, today
from remit.jobs.queue import later
from remit.people.models import Team
from remit.purpose.actions.measuring import keep_values
from remit.purpose.measures import Measure, measure_of, stretch_of
from remit.purpose.models import Objective
from remit.purpose.vocabulary import BY_HAND
from remit.trail.models import Entry

_WEEK: Final = timedelta(days=7)
_JUST_NOW: Final = timedelta(minutes=3)
_LOOKED_THROUGH: Final = 2000
"""Of the latest acts; whatever comes quicker is seen by night."""


def move(objective_id: int) -> int:
    """Measure an objective today, and of the weeks since it began those that weren't measured yet.

    Days of which there is too little to say are left out; where nothing moves it by itself nothing is done.

    Returns:
        how many days are new, or moved.
    """
    objective = moving().filter(pk=objective_id).first()
    measure = measure_of(objective.measure) if objective else None
    if objective is None or measure is None:
        return 0
    values = []
    for day in _days(objective, today(objective.team.time_zone)):
        reading = measure.look(objective.team, stretch_of(measure, day))
        if reading.value is not None and reading.count >= measure.least:
            values.append((day, reading.value, reading.count))
    return keep_values(objective.pk, values, measure=measure.word) if values else 0


def moving() -> QuerySet[Objective]:
    """Open objectives that move by themselves, of teams that are open."""
    rows = Objective.objects.select_related("team").filter(closing=None, team__closed_at=None)
    return rows.exclude(measure=BY_HAND).order_by("pk")


def to_move_now() -> list[int]:
    """Those of teams in which something was done within the last minutes."""
    latest = Entry.objects.order_by("-number").values_list("team", "at")[:_LOOKED_THROUGH]
    teams = {team for team, at in latest if team and at > now() - _JUST_NOW}
    return list(moving().filter(team__word__in=teams).values_list("pk", flat=True)) if teams else []


def moved_by(team: Team, measure: Measure) -> None:
    """Something happened to what a measure counts, of which no act is recorded: its objectives follow.

    Inside a write of the caller; however often it happens, each objective is looked at once.
    """
    for number in moving().filter(team=team, measure=measure.word).values_list("pk", flat=True):
        later("remit.purpose.jobs.move_one", unique_key=f"objective:{number}", number=number)


def _days(objective: Objective, day: date) -> list[date]:
    """Today, and the end of each week since it began that has no value within it."""
    if day < objective.begins:
        return []
    known = set(objective.measurements.values_list("day", flat=True))
    days, week = [day], objective.begins
    while week < day:
        if not any(week + timedelta(days=each) in known for each in range(_WEEK.days)):
            days.append(week)
        week += _WEEK
    return sorted(days)
