"""Erasing: where somebody is named in what a team works at, the name goes.

What was published stays as it was: a vision, and what an objective was changed from and to, are written once.
"""

from __future__ import annotations

from typing import Final

from remit.core.erasing import Loose, Traces, take_out
from remit.purpose.models import Measurement, Objective

_LOOSE: Final[Loose] = ((Objective, ("title", "why")), (Measurement, ("words",)))


def take_out_of_purpose(traces: Traces) -> None:
    """Take somebody out of objectives, and of what was said with a value; inside a write of the caller.

    Args:
        traces: by what they are found.
    """
    take_out(traces, _LOOSE)
