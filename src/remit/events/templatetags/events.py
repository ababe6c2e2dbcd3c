"""The ways between the pages of a big day, and how far before the day a task is."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from remit.core.times import wall_clock
from remit.events.models import Event, Task, Wish
from remit.events.skills import counted
from remit.events.vocabulary import WEIGHTS

register = template.Library()

_WAYS: Final = (
    ("event", "Overview", True),
    ("tasks", "Tasks", True),
    ("people", "People", True),
    ("plan", "Plan", False),
    ("run", "Run sheet", False),
    ("around", "Risks and money", True),
    ("briefing", "Briefing", False),
    ("look-back", "Look back", False),
)
"""Name of the address, words, and whether a template has it, too."""

_IN_MINUTES: Final = 90
"""What takes no longer is said in minutes alone."""


@register.inclusion_tag("events/parts/ways.html")
def event_ways(event: Event, here: str) -> dict[str, Any]:
    """The pages of an event, with the one marked that is open."""
    shown = [(name, words) for name, words, of_template in _WAYS if of_template or not event.is_template]
    ways = [(reverse(f"events:{name}", args=[event.pk]), words, name == here) for name, words in shown]
    return {"ways": ways, "title": event.title}


@register.filter
def before(task: Task) -> str:
    """How far before the day: `3 days before`, `on the day`, `a day after`."""
    days = task.days_before
    if not days:
        return "on the day"
    many = "a day" if abs(days) == 1 else f"{abs(days)} days"
    return f"{many} {'before' if days > 0 else 'after'}"


@register.filter
def lasting(minutes: int) -> str:
    """How long something takes: `45 min`, `4 h`, `2 h 30 min`."""
    hours, left = divmod(minutes, 60)
    if minutes <= _IN_MINUTES:
        return f"{minutes} min"
    return f"{hours} h {left} min" if left else f"{hours} h"


@register.filter
def needed(task: Task) -> str:
    """Whom and what it needs, in words, from needs that were read with it."""
    needs = list(task.needs.all())
    people = [(need.skill, need.count) for need in needs if need.thing is None]
    pieces = [(need.thing.name, need.count) for need in needs if need.thing and not need.thing.is_room]
    rooms = [need.thing.name for need in needs if need.thing and need.thing.is_room]
    return " · ".join(part for part in (counted(people), counted(pieces), " or ".join(rooms)) if part)


@register.simple_tag
def task_day(task: Task, event: Event) -> str:
    """Its day in short, where the event has one: `Thu 4 Jun`."""
    if event.day is None:
        return ""
    day = task.day_of(event.day)
    return f"{day:%a} {day.day} {day:%b}"


@register.filter
def wish_words(wish: Wish) -> str:
    """A wish in words, without its time: `gladly: bar`."""
    about = wish.task.title if wish.task else wish.skill or "what begins in the time"
    return f"{dict(WEIGHTS)[wish.weight]}: {about}"


@register.simple_tag
def time_span(starts: datetime, ends: datetime, event: Event) -> SafeString:
    """From when until when, the day said once where it is one: `Mon 14 Dec, 18:00 to 23:00`."""
    first, last = starts.astimezone(event.zone), ends.astimezone(event.zone)
    until = f"{last:%H:%M}" if first.date() == last.date() else wall_clock(ends, event)
    return format_html(
        '<span class="num"><time datetime="{}">{}</time> to <time datetime="{}">{}</time></span>',
        first.isoformat(timespec="minutes"),
        wall_clock(starts, event),
        last.isoformat(timespec="minutes"),
        until,
    )


@register.simple_tag
def clock_in(moment: datetime, event: Event) -> SafeString:
    """A moment as a time on the wall clock of the team alone: `18:00`."""
    there = moment.astimezone(event.zone)
    return format_html('<time datetime="{}">{}</time>', there.isoformat(timespec="minutes"), f"{there:%H:%M}")
