"""What can be let go, with a guarantee.

Names are loaded when they are first used: words and pages about an answer need no statistics.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit_engine.evidence.letgo.answer import letgo
    from remit_engine.evidence.letgo.live import live_letgo
    from remit_engine.evidence.letgo.live_values import Live, LiveSegment, Watch
    from remit_engine.evidence.letgo.values import LetGo, Promise, Reason, Segment, Settings, Verdict
    from remit_engine.evidence.letgo.watch import plan_watch

_HOMES = {
    "LetGo": "values",
    "Live": "live_values",
    "LiveSegment": "live_values",
    "Promise": "values",
    "Reason": "values",
    "Segment": "values",
    "Settings": "values",
    "Verdict": "values",
    "Watch": "live_values",
    "letgo": "answer",
    "live_letgo": "live",
    "plan_watch": "watch",
}
"""In which module each name lives."""

__all__ = [
    "LetGo",
    "Live",
    "LiveSegment",
    "Promise",
    "Reason",
    "Segment",
    "Settings",
    "Verdict",
    "Watch",
    "letgo",
    "live_letgo",
    "plan_watch",
]


def __getattr__(name: str) -> object:
    """Load a name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
