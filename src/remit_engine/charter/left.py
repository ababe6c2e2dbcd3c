"""What is left of an allowance before a remedy."""

from __future__ import annotations

from typing import NamedTuple

from remit_engine.charter.document import Allowance


class Left(NamedTuple):
    """What is left of an allowance before this remedy.

    Attributes:
        allowance: which.
        left: minor units, or a number of remedies; 0 when it is used up, None when it isn't known.
    """

    allowance: Allowance
    left: int | None
