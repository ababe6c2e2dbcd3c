"""Exact sums of money over many rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def total(amounts: npt.NDArray[np.int64]) -> int:
    """The exact sum of amounts in minor units, as a Python integer that can't overflow."""
    low = int((amounts & 0xFFFFFFFF).sum())
    return (int((amounts >> 32).sum()) << 32) + low
