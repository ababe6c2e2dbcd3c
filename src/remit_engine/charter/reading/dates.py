"""Days on which a rule holds."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from remit_engine.charter.reading.nodes import Node
from remit_engine.charter.reading.notes import Wrong, shown
from remit_engine.charter.reading.scalars import scalar

_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def day(node: Node) -> date:
    """A day as 2026-12-24."""
    written = scalar(node, "a day such as 2026-12-24").text
    found = _DAY.fullmatch(written)
    if not found:
        raise Wrong(
            node, "not-a-day", f"{shown(written)} is no day.", "Write year, month and day: 2026-12-24."
        )
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise Wrong(
            node,
            "no-such-day",
            f"The day {written} doesn't exist.",
            "Look at the calendar, and write one that does.",
        ) from None
