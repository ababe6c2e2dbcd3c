"""From the test of *no effect* to an interval, without a grid.

An effect `tau` is in the interval when the order that was doesn't stand out after `tau` is taken away from
every week of a team that had started: among all orders more than 5 % differ at least as much. The comparison
is linear: with `a` that of the values and `b` that of *has started* itself, an order differs as much when

    |a - tau b| >= |a0 - tau|

which holds between two roots on either side of `a0`. So each order gives a stretch around the estimate, and
the interval ends where only 5 % of the stretches are left. Exact for a constant effect when the order was
drawn by lot.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from remit_engine.evidence.effect.values import ERROR, Floats, Measured

_ALIKE: Final = 1e-9
_TINY: Final = 1e-300


def interval_of(values: Floats, started: Floats, error: float = ERROR) -> Measured:
    """The estimate of the order that was (the first), its interval, and the chance of as much without effect.

    Args:
        values: the comparison of the values for each order; NaN where it can't be made, which counts as
            standing out.
        started: the comparison of *has started* for each order; that of the first isn't 0.
        error: share of the orders.
    """
    a, b = values / started[0], started / started[0]
    a = np.where(np.isnan(a) | np.isnan(b), np.inf, a)
    b = np.where(np.isinf(a), 0.0, b)
    estimate = float(a[0])
    low, high = _stretches(a, b, estimate)
    outside = int(np.floor(error * len(a) + _ALIKE))
    as_much = np.abs(a) >= abs(estimate) * (1 - _ALIKE) - _TINY
    return Measured(
        estimate,
        float(np.sort(low)[outside]),
        float(np.sort(high)[len(a) - 1 - outside]),
        float(as_much.mean()),
    )


def _stretches(a: Floats, b: Floats, estimate: float) -> tuple[Floats, Floats]:
    """Of each order the effects around the estimate with which it differs at least as much."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (estimate - a) / (1 - b), (estimate + a) / (1 + b)
    low = np.minimum(one, other)
    high = np.maximum(one, other)
    # Where an order leaves *has started* as it is (b = 1), or turns it round (b = -1), one root is infinite.
    for is_gone, up, kept in (
        (np.abs(b - 1) < _ALIKE, estimate - a, other),
        (np.abs(b + 1) < _ALIKE, estimate + a, one),
    ):
        alike = np.abs(up) <= _ALIKE * max(abs(estimate), _TINY)
        low = np.where(is_gone, np.where(alike | (up < 0), -np.inf, kept), low)
        high = np.where(is_gone, np.where(alike | (up > 0), np.inf, kept), high)
    # Beyond that, all but what lies between the roots: what is joined to the estimate counts.
    turned = np.abs(b) > 1 + _ALIKE
    below = turned & (estimate <= np.minimum(one, other))
    above = turned & ~below
    low = np.where(below, -np.inf, np.where(above, np.maximum(one, other), low))
    high = np.where(below, np.minimum(one, other), np.where(above, np.inf, high))
    undefined = np.isinf(a)
    return (
        np.where(undefined, -np.inf, np.minimum(low, estimate)),
        np.where(undefined, np.inf, np.maximum(high, estimate)),
    )
