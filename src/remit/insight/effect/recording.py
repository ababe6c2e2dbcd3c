"""What the engine says, as a record that a database keeps and a page reads without the engine."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from remit.insight.effect.counting import Counted, Stretch
from remit_engine.evidence.effect import Effect
from remit_engine.evidence.effect.values import Figure, Floats, Measured


def as_record(effect: Effect, counted: Counted, *, is_primary: bool) -> dict[str, Any]:
    """An effect as a record: plain words and numbers; what is no number is None."""
    return {
        "outcome": effect.outcome,
        "primary": is_primary,
        "design": effect.design.value,
        "says": effect.says.value,
        "measured": _measured(effect.measured),
        "words": _words(effect.words),
        "reason": None
        if effect.reason is None
        else {
            "why": effect.reason.why.value,
            "words": _words(effect.reason.words),
            "needed": _words(effect.reason.needed),
        },
        "remarks": [_words(each) for each in effect.remarks],
        "months": [
            [month.since, *map(_number, (month.estimate, month.low, month.high, month.weeks))]
            for month in effect.months
        ],
        "before": None
        if effect.before is None
        else [_number(effect.before.drift), _number(effect.before.chance)],
        "sensitivity": None
        if effect.sensitivity is None
        else {
            "drift": _number(effect.sensitivity.drift),
            "largest": _number(effect.sensitivity.largest_before),
            "bounds": [[_number(each) for each in bound] for bound in effect.sensitivity.bounds],
        },
        "answering": None
        if effect.answering is None
        else [_number(effect.answering.share), _measured(effect.answering.measured)],
        "adjusted": None if effect.adjusted is None else _number(effect.adjusted),
        "figures": [[name, _number(value)] for name, value in effect.figures],
        "cut": counted.cut,
    }


def absent(outcome: str, *, is_primary: bool) -> dict[str, Any]:
    """An outcome of which there is nothing to count."""
    return {
        "outcome": outcome,
        "primary": is_primary,
        "absent": True,
        "design": "",
        "says": "nothing counted",
    }


def weeks_as_record(
    stretch: Stretch, counted: Sequence[Counted], starts: Sequence[int | None]
) -> dict[str, Any]:
    """The table behind it: teams by weeks."""
    return {
        "first": str(stretch.first),
        "weeks": stretch.weeks,
        "teams": [team.word for team in stretch.teams],
        "starts": list(starts),
        "outcomes": {
            each.outcome.value: {
                "values": _table(each.weekly.values),
                "counts": None if each.weekly.counts is None else _table(each.weekly.counts),
                "asked": None if each.weekly.asked is None else _table(each.weekly.asked),
            }
            for each in counted
            if each.weekly is not None
        },
    }


def _table(values: Floats) -> list[list[float | None]]:
    return [[_number(value) for value in row] for row in values.tolist()]


def _measured(measured: Measured | None) -> list[float | None] | None:
    if measured is None:
        return None
    return [_number(each) for each in (measured.estimate, measured.low, measured.high, measured.chance)]


def _words(words: Sequence[str | Figure]) -> list[Any]:
    return [each if isinstance(each, str) else [_number(each.value), each.kind.value] for each in words]


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None
