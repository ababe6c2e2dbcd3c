"""Filters for the figures of what if."""

from __future__ import annotations

import math

from django import template

from remit.insight.what_if import telling
from remit_engine.evidence.letgo.values import Interval

register = template.Library()

_SMALL = 0.1


@register.filter
def in_hours(value: float) -> str:
    """Hours: `1,840 h`."""
    return telling.hours(value)


@register.filter
def percent(share: float) -> str:
    """A share: `12 %`, `3.4 %`."""
    return (
        f"{share:.0%}".replace("%", "\u00a0%") if share >= _SMALL else f"{share:.1%}".replace("%", "\u00a0%")
    )


@register.filter
def between(interval: Interval) -> str:
    """An interval in whole numbers: `60 to 110`."""
    return telling.between(interval)


@register.filter
def money_between(interval: Interval, currency: str) -> str:
    """An interval of money: `EUR 1,200 to 2,400`."""
    return telling.money_between(interval, currency)


@register.filter
def rounded_up(value: float) -> str:
    """The next whole number upwards: a bound is never said smaller than it is."""
    return f"{math.ceil(value):,}"
