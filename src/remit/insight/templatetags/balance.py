"""Filters for the figures of the balance."""

from __future__ import annotations

from django import template

from remit.insight.balance.words import shown

register = template.Library()


@register.filter
def points(value: float | None) -> str:
    """A value of 0 to 100: `74`; a dash where there is none."""
    return shown(value)
