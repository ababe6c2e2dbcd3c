"""Tags of the reviews."""

from __future__ import annotations

from django import template

register = template.Library()

_ONE: int = 1


@register.filter
def share(value: float) -> str:
    """A share of [0, 1] in percent: `12 %`; below one percent with one digit more, as 0 would be untrue."""
    percent = value * 100
    if 0 < percent < _ONE:
        return f"{percent:.1f} %" if percent >= 0.05 else "less than 0.1 %"  # noqa: PLR2004
    return f"{percent:.0f} %"
