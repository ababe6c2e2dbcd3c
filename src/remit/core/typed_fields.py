"""Fields that are typed the same way in every form: a line, some text, a day, a time on the wall clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django import forms

from remit.core.clock import today

_FARTHEST: Final = timedelta(days=3660)


def line_field(label: str, needed: str = "", *, longest: int) -> forms.CharField:
    """A line of words, in the direction in which they are read.

    Args:
        label: what it is.
        needed: what is said where it is left empty; "" where it may be.
        longest: characters.
    """
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(needed),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": needed},
    )


def text_field(label: str, needed: str = "", *, longest: int, rows: int = 2) -> forms.CharField:
    """Some lines of words; the arguments are those of `line_field`, with how many lines are seen at once."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(needed),
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": needed},
    )


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


def near(day: date | None, zone: str) -> date | None:
    """The day, where it is within ten years of today.

    Args:
        day: as it was typed.
        zone: name of the time zone in which today is meant.

    Raises:
        ValidationError: what is farther was mistyped.
    """
    if day is not None and abs(day - today(zone)) > _FARTHEST:
        raise forms.ValidationError("That day is more than ten years away. Look at the year again.")
    return day
