"""Moments as people read them, on the wall clock of a team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.html import format_html

from remit.core import clock

_NEAR = timedelta(minutes=15)


class HasZone(Protocol):
    """Something with a wall clock: a team."""

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        ...


def time_element(
    moment: datetime | None, in_words: Callable[[datetime], tuple[str, str]] | None, team: HasZone | None
) -> str:
    """A moment as `<time>` with its words; a dash where there is none."""
    if not isinstance(moment, datetime):
        return "–"
    on_the_wall = wall_clock(moment, team)
    words, kind = in_words(moment) if in_words else (on_the_wall, "")
    return format_html(
        '<time datetime="{}" title="{}" class="num{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        on_the_wall,
        f" {kind}" if kind else "",
        words,
    )


def wall_clock(moment: datetime, team: HasZone | None) -> str:
    """A moment on the wall clock of a team: `Mon 23 Nov, 12:00`; without a team in UTC, which it says."""
    zone = team.zone if team else ZoneInfo("UTC")
    there = moment.astimezone(zone)
    year = "" if there.year == clock.now().astimezone(zone).year else f" {there.year}"
    end = "" if team else " UTC"
    return f"{there:%a} {there.day} {there:%b}{year}, {there:%H:%M}{end}"


def ago_in_words(moment: datetime) -> tuple[str, str]:
    """`just now`, `12 min ago`, `3 h ago`, `2 days ago`; a moment to come is `in 12 min`."""
    passed = clock.now() - moment
    if passed < timedelta(minutes=-1):
        return f"in {span_in_words(-passed)}", ""
    if passed < timedelta(minutes=1):
        return "just now", ""
    return f"{span_in_words(passed)} ago", ""


def due_in_words(moment: datetime) -> tuple[str, str]:
    """`in 48 min` or `5 min late`, and the class: `due`, `due near` or `due late`."""
    left = moment - clock.now()
    if left < timedelta(0):
        return (f"{span_in_words(-left)} late" if -left >= timedelta(minutes=1) else "due now"), "due late"
    if left < timedelta(minutes=1):
        return "due now", "due near"
    return f"in {span_in_words(left)}", "due near" if left <= _NEAR else "due"


def span_in_words(span: timedelta) -> str:
    """A length of time in one unit, rounded down: `48 min`, `5 h`, `3 days`, `4 months`."""
    minutes = int(span.total_seconds() // 60)
    hours, days = minutes // 60, minutes // 1440
    if minutes < 60:  # noqa: PLR2004
        return f"{minutes} min"
    if hours < 48:  # noqa: PLR2004
        return f"{hours} h"
    if days < 60:  # noqa: PLR2004
        return f"{days} days"
    if days < 730:  # noqa: PLR2004
        return f"{days // 30} months"
    return f"{days // 365} years"
