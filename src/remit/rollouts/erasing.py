"""Erasing: what names somebody is taken out of what was written about changes."""

from __future__ import annotations

from typing import Final

from remit.core.erasing import Loose, Traces, take_out
from remit.core.writing import write
from remit.rollouts.models import Change, Start

_LOOSE: Final[Loose] = (
    (Change, ("named", "why", "given_up_why")),
    (Start, ("why",)),
)


def erase_rollouts(traces: Traces) -> None:
    """Take somebody out of what was written about changes and rollouts.

    Args:
        traces: by what they are found in what others wrote.
    """
    with write():
        take_out(traces, _LOOSE)
