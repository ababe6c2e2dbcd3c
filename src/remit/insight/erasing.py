"""Erasing: where somebody is named in why a part of the balance should be elsewhere, the name goes."""

from __future__ import annotations

from typing import Final

from remit.core.erasing import Loose, Traces, take_out
from remit.insight.models import BalanceTarget

_LOOSE: Final[Loose] = ((BalanceTarget, ("why",)),)


def take_out_of_insight(traces: Traces) -> None:
    """Take somebody out of what was said of where the balance should be, inside a write of the caller.

    Args:
        traces: by what they are found.
    """
    take_out(traces, _LOOSE)
