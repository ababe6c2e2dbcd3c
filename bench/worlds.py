"""Made worlds with a known truth: how often requests are declined, along the amount.

Amounts fall into ten bands; all amounts of a band stand at its upper end, so that the true decline rate
below each possible limit is known exactly. Worlds end just on the wrong side of the tolerance of 3 % where
that is hardest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine import History

TOLERANCE: Final = 0.03
ERROR: Final = 0.05
LIMITS: Final = np.array([60, 75, 100, 125, 150, 200, 250, 300, 400, 500])
SHARES: Final = np.array([0.16, 0.15, 0.19, 0.11, 0.12, 0.11, 0.06, 0.04, 0.04, 0.02])
"""Share of requests per band: right-skewed, heaped at round amounts."""

Rates = npt.NDArray[np.float64]

_RAMP: Final = np.array([0.005, 0.007, 0.010, 0.015, 0.025, 0.05, 0.09, 0.14, 0.22, 0.30])
SINGLE: Final[dict[str, Rates]] = {
    "step: 1 % to 150, then 15 %": np.where(LIMITS <= 150, 0.01, 0.15),
    "ramp: 0.5 % rising to 30 %": _RAMP,
    "bump at the small end: 6 % to 60, then 0.5 %": np.where(LIMITS <= 60, 0.06, 0.005),
    "all good: 0.8 % everywhere": np.full(10, 0.008),
    "just over the tolerance: 3.01 % everywhere": np.full(10, 0.0301),
    "2.5 % to 100, then 3.6 %": np.where(LIMITS <= 100, 0.025, 0.036),
}
"""One segment: decline rate per band."""

_GOOD, _STEP, _BAD, _EDGE = (
    np.full(10, 0.008),
    np.where(LIMITS <= 150, 0.010, 0.12),
    np.full(10, 0.10),
    np.full(10, 0.032),
)
_TWELVE: Final = [_GOOD, _GOOD, _STEP, _STEP, _RAMP, _RAMP, _BAD, _BAD, _EDGE, _EDGE, _GOOD, _STEP]
_VOLUMES: Final = np.array([6, 5, 4, 3, 3, 2, 2, 1, 2, 1, 1, 1]) / 31
TWELVE: Final[dict[str, npt.NDArray[np.float64]]] = {
    "twelve mixed segments": np.array(_TWELVE),
    "twelve segments just over the tolerance": np.full((12, 10), 0.0301),
}
"""Twelve segments: decline rate per segment and band."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawn history of a world with segments.

    Attributes:
        asked, declined: int64, shape (segments, bands).
        history: the same as a table; `kind` names the segment, amounts are in minor units.
    """

    asked: npt.NDArray[np.int64]
    declined: npt.NDArray[np.int64]
    history: History


def volumes(table: Rates) -> Rates:
    """Share of the requests per segment of a world."""
    return _VOLUMES if len(table) == len(_VOLUMES) else np.full(len(table), 1 / len(table))


def draw(rates: Rates, requests: int, rng: np.random.Generator) -> Drawn:
    """Draw a history of `requests` requests; `rates` has shape (bands,) or (segments, bands)."""
    table = np.atleast_2d(rates)
    asked = rng.multinomial(requests, np.outer(volumes(table), SHARES).ravel()).reshape(table.shape)
    declined = rng.binomial(asked, table)
    segment, band = (part.ravel() for part in np.indices(table.shape))
    cells = np.repeat(np.arange(table.size), asked.ravel())
    within = np.arange(len(cells)) - np.repeat(np.cumsum(asked.ravel()) - asked.ravel(), asked.ravel())
    bad = within < declined.ravel()[cells]
    order = rng.permutation(len(cells))
    cells, bad = cells[order], bad[order]
    history = History.from_columns(
        amount=LIMITS[band[cells]] * 100,
        answer=bad.astype(np.int8),
        kind=[f"segment {i + 1}" for i in segment[cells]],
    )
    return Drawn(asked, declined, history)


def true_rates(rates: Rates) -> npt.NDArray[np.float64]:
    """True decline rate of everything up to each limit, for one segment."""
    return np.asarray(np.cumsum(SHARES * rates) / np.cumsum(SHARES), np.float64)
