"""Did it work? The effect of a change by the best design that there is; *can't be told* is a full answer.

    rollout = drawn(teams, in_waves(len(teams), first=8, apart=4), key)
    effect = effect_of(Outcome("rating", values, counts), rollout)

Names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit_engine.evidence.effect.asking import effect_of, effects_of
    from remit_engine.evidence.effect.before_starting import Beforehand, beforehand
    from remit_engine.evidence.effect.orders import drawn, in_waves
    from remit_engine.evidence.effect.values import Design, Effect, Outcome, Rollout, Says, Why
    from remit_engine.evidence.effect.weekly import weekly_means

_HOMES = {
    "Beforehand": "before_starting",
    "Design": "values",
    "Effect": "values",
    "Outcome": "values",
    "Rollout": "values",
    "Says": "values",
    "Why": "values",
    "beforehand": "before_starting",
    "drawn": "orders",
    "effect_of": "asking",
    "effects_of": "asking",
    "in_waves": "orders",
    "weekly_means": "weekly",
}
"""In which module each name lives."""

__all__ = [
    "Beforehand",
    "Design",
    "Effect",
    "Outcome",
    "Rollout",
    "Says",
    "Why",
    "beforehand",
    "drawn",
    "effect_of",
    "effects_of",
    "in_waves",
    "weekly_means",
]


def __getattr__(name: str) -> object:
    """Load a name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
