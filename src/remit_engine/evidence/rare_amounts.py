"""An interval for a sum of rare amounts.

It stands apart from the bounds because it needs SciPy, which takes most of a second to load.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from remit_engine.evidence.bounds import Amounts


def sum_interval(
    amounts: Amounts, largest: int, confidence: float, *, variance: float = 0.0
) -> tuple[float, float]:
    """Interval for the expected sum of rare amounts, of which these came up.

    The gamma method for weighted sums of Poisson counts, which stays meaningful when nothing came up:
    Fay and Feuer, *Confidence intervals for directly standardized rates*, Stat. Med. 16, 1997.

    Args:
        amounts: int64, the amounts that came up (minor units); may be empty.
        largest: the largest amount that could have come up.
        confidence: two-sided, for example 0.95.
        variance: a variance of the sum measured in another way (weekly blocks); the larger one is taken.

    Returns:
        (low, high) in minor units.
    """
    tail = (1 - confidence) / 2
    total = float(amounts.sum(dtype=np.float64))
    spread = max(float((amounts.astype(np.float64) ** 2).sum()), variance)
    low = 0.0
    if total > 0 and spread > 0:
        low = spread / (2 * total) * _chi_squared(tail, 2 * total**2 / spread)
    up, wide = total + largest, spread + float(largest) ** 2
    if up == 0:
        return 0.0, 0.0
    high = wide / (2 * up) * _chi_squared(1 - tail, 2 * up**2 / wide)
    return low, high


def _chi_squared(share: float, degrees: float) -> float:
    """Below which value a share of the distribution lies; without `scipy.stats`, which is slow to load."""
    return 2 * float(special.gammaincinv(degrees / 2, share))
