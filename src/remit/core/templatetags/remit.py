"""Tags and filters that every template knows: money, times, icons, fields, ladders."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe
from lucide.jinja import lucide

from remit.core.field_picture import field_values
from remit.core.ladder_picture import Rungs, ladder_picture
from remit.core.times import HasZone, ago_in_words, due_in_words, time_element
from remit_engine.money import decimals, in_units

register = template.Library()

_AMOUNT: Final = re.compile(r"\b([A-Z]{3}) (?=-?\d)")
_NOTHING: Final = "–"
_LEVEL_ICONS: Final = {
    "decide": "check",
    "inform": "info",
    "propose": "hourglass",
    "ask": "circle-question-mark",
    "never": "x",
}


@register.filter
def money(amount: int | None, currency: str) -> str:
    """An amount of minor units with its currency, as people read it, on one line: `EUR 42.00`."""
    if amount is None:
        return _NOTHING
    return kept_together(f"{currency} {figure(amount, currency)}")


@register.filter
def figure(amount: int | None, currency: str) -> str:
    """The same where the currency stands beside it already: `42.00`, of yen `4,200`."""
    if amount is None:
        return _NOTHING
    return f"{in_units(amount, currency):,.{decimals(currency)}f}"


@register.filter
def number(count: int) -> str:
    """A count: `1,840`."""
    return f"{count:,}"


@register.filter
def kept_together(text: str) -> str:
    """A text whose amounts stay on one line: the space in `EUR 42` becomes one that doesn't break."""
    return _AMOUNT.sub("\\1\N{NO-BREAK SPACE}", text)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word of a name: `AR`."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """A lucide icon as inline SVG; it says nothing to a screen reader, the words beside it do."""
    return _icon(name, size)


@register.simple_tag
def level_icon(word: str) -> SafeString:
    """The icon of a level: tick, i, hour glass, question mark, cross."""
    return _icon(_LEVEL_ICONS.get(word, "minus"), 15)


@lru_cache(maxsize=256)
def _icon(name: str, size: int) -> SafeString:
    return mark_safe(lucide(name, size=size, aria_hidden="true", **{"class": "icon"}))  # noqa: S308 (drawn by lucide)  # nosec B308


@register.simple_tag
def ago(moment: datetime | None, team: HasZone | None = None) -> str:
    """How long ago a moment is: `12 min ago`; with a team, a pointer shows the time on its wall clock."""
    return time_element(moment, ago_in_words, team)


@register.simple_tag
def moment_in(moment: datetime | None, team: HasZone) -> str:
    """A moment on the wall clock of a team: `Mon 23 Nov, 12:00`; the year only where it is another."""
    return time_element(moment, None, team)


@register.simple_tag
def due(moment: datetime | None, team: HasZone | None = None) -> str:
    """How long until something is due: `in 48 min`, `5 min late`; marked where it is near or over."""
    return time_element(moment, due_in_words, team)


@register.inclusion_tag("core/field.html")
def described_field(field: BoundField, **words: str) -> dict[str, Any]:
    """A field with its label, hint and errors; what `<c-field>` draws.

    Args:
        field: of a form.
        words: hint, label, looks, start, end and needed, as `field_values` takes them.
    """
    return field_values(field, **words)


@register.simple_tag
def ladder(
    rungs: Rungs,
    currency: str,
    *,
    start: int | None = None,
    at: int | None = None,
    largest: int | None = None,
    compact: bool = False,
) -> SafeString:
    """What may be decided along the amount: `{% ladder verdict.ladder "EUR" at=4200 %}`."""
    return ladder_picture(
        rungs, currency, start=_there(start) or 0, at=_there(at), largest=_there(largest), compact=compact
    )


def _there(value: int | None) -> int | None:
    """A number of a template, where a name without a value is an empty text."""
    return value if isinstance(value, int) else None
