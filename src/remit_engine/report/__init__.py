"""What `remit letgo` shows: the terminal, one HTML file, a draft charter, JSON.

Names are loaded when they are first used: pages of the application draw charts, and need no statistics.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit_engine.report.charter_draft import draft_charter
    from remit_engine.report.for_programs import as_json
    from remit_engine.report.in_terminal import terminal
    from remit_engine.report.page import html

_HOMES = {
    "as_json": "for_programs",
    "draft_charter": "charter_draft",
    "html": "page",
    "terminal": "in_terminal",
}
"""In which module each name lives."""

__all__ = ["as_json", "draft_charter", "html", "terminal"]


def __getattr__(name: str) -> object:
    """Load a name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
