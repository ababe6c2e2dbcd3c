"""How often *differently* is likely, as it is drawn for each member of a team; nothing is decided by it.

Few reviews borrow from those of the others, as in Gelman et al., *Bayesian Data Analysis*, 3rd edition,
section 5.3. It stands apart from the evidence because it needs SciPy, which takes most of a second to load.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """How often *differently* is likely, for one member among the others of their team.

    Attributes:
        middle: the rate to expect, in [0, 1].
        low, high: its interval.
    """

    middle: float
    low: float
    high: float


_MIDDLES: Final[Floats] = special.expit(np.linspace(-6.5, 1.5, 40))
_STRENGTHS: Final[Floats] = np.geomspace(1, 1000, 20)
_UNLIKELY: Final = 1e-5
"""Distributions that are so much less likely than the best one are left out."""


def bands(differently: Sequence[int], counted: Sequence[int], *, confidence: float = 0.95) -> list[Band]:
    """What is drawn for each member of a team: few reviews borrow from those of the others.

    Rates are thought to come from one distribution, whose middle and strength are integrated over: one that
    is fitted instead would be too sure of itself. Nothing is decided by a band.

    Args:
        differently: of each member, how many reviews said so.
        counted: of each member, how many there were; at least as many.
        confidence: of the intervals, in (0, 1).

    Returns:
        one for each member, in their order.
    """
    k, n = np.asarray(differently, np.float64), np.asarray(counted, np.float64)
    middle, strength = (grid.ravel() for grid in np.meshgrid(_MIDDLES, _STRENGTHS, indexing="ij"))
    a, b = middle * strength, (1 - middle) * strength
    # Uniform in the middle and in 1 / sqrt(strength), on a grid even in logit(middle) and log(strength).
    weight = np.log(middle * (1 - middle)) - 0.5 * np.log(strength)
    after_a, after_b = a + k[:, None], b + (n - k)[:, None]
    weight = weight + (special.betaln(after_a, after_b) - special.betaln(a, b)).sum(axis=0)
    weight = np.exp(weight - special.logsumexp(weight))
    likely = weight > _UNLIKELY * weight.max()
    weight = weight[likely] / weight[likely].sum()
    after_a, after_b = after_a[:, likely], after_b[:, likely]
    tail = (1 - confidence) / 2
    return [
        Band(
            float((weight * one_a / (one_a + one_b)).sum()),
            _quantile(weight, one_a, one_b, tail),
            _quantile(weight, one_a, one_b, 1 - tail),
        )
        for one_a, one_b in zip(after_a, after_b, strict=True)
    ]


def _quantile(weight: Floats, a: Floats, b: Floats, share: float) -> float:
    """Below which a share of a mixture of beta distributions lies."""
    low, high = 0.0, 1.0
    for _ in range(24):
        at = (low + high) / 2
        below = float((weight * special.betainc(a, b, at)).sum())
        low, high = (at, high) if below < share else (low, at)
    return (low + high) / 2
