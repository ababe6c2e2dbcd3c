"""The line of sight on any page, and values as people read them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from remit.purpose.clauses import capital
from remit.purpose.line_of_sight import line_of_sight as line_of_sight_of
from remit.purpose.models import Objective, Vision, bare

register = template.Library()


@register.inclusion_tag("purpose/parts/line_of_sight.html")
def line_of_sight(
    objective: Objective | None, doing: str = "You do this", vision: Vision | None = None
) -> dict[str, Any]:
    """What a thing is for: one sentence whose parts lead to the objective and to the vision.

    Nothing is drawn for what hangs on no objective. It asks the database once, where the vision isn't given.
    """
    return {"sight": line_of_sight_of(objective, doing=doing, vision=vision) if objective else None}


@register.filter
def value(number: Decimal | None, unit: str = "") -> str:
    """A measured value with its unit: `4.6 of 5`, `82 %`."""
    if number is None:
        return "–"
    return f"{bare(number)}\N{NO-BREAK SPACE}{unit}" if unit else bare(number)


@register.filter
def titled(clause: str) -> str:
    """A clause as it stands alone."""
    return capital(clause)
