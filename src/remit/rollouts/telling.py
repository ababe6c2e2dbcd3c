"""Figures of a plan as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil, isfinite
from typing import Final

from remit.rollouts.models import Change, Start
from remit.rollouts.vocabulary import BEFORE, FEWEST_TEAMS, MEASURED, Outcome
from remit_engine.money import written

_WEEK: Final = timedelta(days=7)
_FINER: Final = 2
"""Digits more than usual, where a figure would be nothing but zeros."""


def in_unit(value: float, outcome: Outcome, currency: str, *, signed: bool = False) -> str:
    """A figure of an outcome with its unit: `0.34 of 5`, `EUR 3.20`, `−2.1 h`.

    Args:
        value: in the unit of the outcome; money in minor units.
        outcome: of which.
        currency: ISO 4217.
        signed: with a plus in front, where it is above nothing.
    """
    measured, size = MEASURED[outcome], abs(value)
    if outcome is Outcome.COST:
        digits, text = 0, written(size, currency)
    else:
        digits = _digits(size, measured.digits)
        text = f"{size:,.{digits}f} {'points' if measured.unit == 'of 5' else measured.unit}"
    is_nothing = round(size, digits) == 0
    mark = "" if is_nothing else "−" if value < 0 else "+" if signed else ""
    return f"{mark}{text}"


def _digits(size: float, usual: int) -> int:
    """So many digits behind the point that what is something isn't written as nothing, as far as it goes."""
    finer = range(usual, usual + _FINER + 1)
    return next((digits for digits in finer if round(size, digits)), usual)


def found_in_words(change: Change, teams: int) -> str:
    """What a rollout would find, for whoever decides about it; "" before it is reckoned."""
    plan = change.plan
    if not plan.is_reckoned and not hasattr(change, "draw"):
        return ""
    smallest = plan.smallest
    if smallest is None or not isfinite(smallest):
        return (
            "The past of these teams doesn’t say how small an effect would be found: "
            "it has fewer than eight weeks, or too few teams have figures in them."
        )
    outcome = Outcome(plan.primary)
    half = smallest / 2
    more = max(FEWEST_TEAMS, ceil(teams * 4))
    return (
        f"In four studies of five like this one, an effect of {in_unit(smallest, outcome, change.currency)} "
        f"would be found. For one half as large ({in_unit(half, outcome, change.currency)}) "
        f"it would take about {more} teams."
    )


def order_to_draw_again(change: Change, starts: Sequence[Start]) -> str:
    """What anybody may type to draw the order again."""
    draw, plan = change.draw, change.plan
    words = sorted(start.team.word for start in starts)
    weeks = [BEFORE + plan.apart * (place // plan.each) for place in range(len(words))]
    return (
        "from remit_engine.evidence.effect import drawn\n"
        "from remit_engine.evidence.sampling import commitment\n"
        f'key = bytes.fromhex("{draw.key}")\n'
        f'assert commitment(key) == "{draw.commitment}"\n'
        f"print(drawn({words}, {weeks}, key))"
    )
