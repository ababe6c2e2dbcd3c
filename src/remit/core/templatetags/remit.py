"""Filters that every template knows: money, times, icons."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from lucide.jinja import lucide

from remit_engine.money import decimals, in_units

register = template.Library()


@register.filter
def money(amount: int | None, currency: str = "") -> str:
    """An amount of minor units as people read it: `42.00`; with a currency `EUR 42.00`."""
    if amount is None:
        return "–"
    text = f"{in_units(amount, currency):,.{decimals(currency)}f}"
    return f"{currency} {text}" if currency else text


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """A lucide icon as inline SVG; it says nothing to a screen reader, the words beside it do."""
    return mark_safe(lucide(name, size=size, aria_hidden="true", **{"class": "icon"}))  # noqa: S308
