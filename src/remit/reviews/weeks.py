"""The weeks of a team, Monday to Monday on its own wall clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from remit.people.models import Team


def week_of(team: Team, moment: datetime) -> date:
    """The Monday of the week that a moment lies in."""
    day = moment.astimezone(team.zone).date()
    return day - timedelta(days=day.weekday())


def start_of(team: Team, week: date) -> datetime:
    """When a week begins: midnight before its Monday."""
    return datetime.combine(week, time(), team.zone)


def end_of(team: Team, week: date) -> datetime:
    """When it ends, as the next one begins; where the clocks change, an hour later or earlier."""
    return start_of(team, week + timedelta(days=7))
