"""Fields of days and times, the same in every form of a big day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django import forms

from remit.core.clock import today
from remit.people.models import Team

_FARTHEST: Final = timedelta(days=3660)


def day_field(label: str, *, required: bool = True) -> forms.DateField:
    """A day, as browsers let it be chosen."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say the day."},
    )


def time_field(label: str, *, required: bool = True) -> forms.TimeField:
    """A time on the wall clock."""
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Say the time."},
    )


def near(day: date | None, team: Team) -> date | None:
    """The day, where it is within ten years of today.

    Raises:
        ValidationError: what is farther was mistyped.
    """
    if day is not None and abs(day - today(team.time_zone)) > _FARTHEST:
        raise forms.ValidationError("That day is more than ten years away. Look at the year again.")
    return day
