"""One segment along the amount: how many were asked and declined up to each possible limit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine import limits
from remit_engine.evidence.bounds import Amounts, Floats, log_evidence, rate_at_most
from remit_engine.evidence.letgo.values import AmountBand, CurvePoint

Bools = npt.NDArray[np.bool_]

_GIVEN_UP_FOR_ROUND: Final = 0.02
_ROUND_STEPS: Final[list[int]] = [digit * 10**zeros for zeros in range(16, -1, -1) for digit in (5, 2, 1)]


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts up to each distinct amount, rising.

    Attributes:
        limit: int64, the distinct amounts (minor units): every possible limit.
        asked, declined: int64, questions up to and including the limit.
        here: float64, the decline rate around each amount, made monotone (isotonic regression, pooled
            adjacent violators).
    """

    limit: Amounts
    asked: npt.NDArray[np.int64]
    declined: npt.NDArray[np.int64]
    here: Floats

    @classmethod
    def of(cls, amount: Amounts, declined: Bools) -> Profile:
        """Sort and count; amounts in minor units, one outcome each."""
        limit, place, asked = np.unique(amount, return_inverse=True, return_counts=True)
        return cls.counted(limit, asked, np.bincount(place, weights=declined).astype(np.float64))

    @classmethod
    def counted(cls, limit: Amounts, asked: npt.NDArray[np.int64], bad: Floats) -> Profile:
        """From counts per distinct amount: `asked` questions, `bad` of them declined; empty ones fall out."""
        some = asked > 0
        limit, asked, bad = limit[some], asked[some], bad[some]
        here = _monotone(bad.astype(np.float64), asked.astype(np.float64))
        return cls(limit, np.cumsum(asked), np.cumsum(bad).astype(np.int64), here)

    def __len__(self) -> int:
        return len(self.limit)

    def within(self, tolerance: float) -> int:
        """How many of the limits lie where the monotone decline rate is at most the tolerance.

        Beyond, a good stretch below would pay for a bad one above; no limit is proposed there.
        """
        return int(np.searchsorted(self.here, tolerance * (1 + 1e-9), side="right"))

    def certified(self, tolerance: float, error: float) -> Bools:
        """For each limit: does the evidence prove a rate below `tolerance` (all limits at once)?"""
        return log_evidence(self.declined, self.asked, tolerance) >= -math.log(error)

    def best(self, tolerance: float, error: float) -> int | None:
        """The limit to propose, minor units: certified, within the tolerance, large and round; or None.

        A round limit is easier to remember; it is taken where it keeps nearly all of what could be let go.
        The largest amount asked stays as it is.
        """
        certified = self.certified(tolerance, error)
        good = np.flatnonzero(certified[: self.within(tolerance)])
        if not len(good):
            return None
        largest = int(self.limit[good[-1]])
        if good[-1] == len(self) - 1:
            return largest
        enough = (1 - _GIVEN_UP_FOR_ROUND) * self.asked[good[-1]]
        for step in _ROUND_STEPS:
            rounded = largest // step * step
            place = self.place(rounded)
            if place >= 0 and certified[place] and self.asked[place] >= enough:
                return rounded
        return largest

    def place(self, limit: int) -> int:
        """Index of the largest distinct amount up to a limit; -1 when all amounts lie above."""
        return int(np.searchsorted(self.limit, limit, side="right")) - 1

    def curve(self, tolerance: float, error: float, also: int | None) -> tuple[CurvePoint, ...]:
        """At most `limits.CURVE_POINTS` limits, spread evenly over the questions, with `also` among them."""
        if not len(self):
            return ()
        places = np.linspace(0, self.asked[-1], limits.CURVE_POINTS - 1)
        chosen = np.unique(np.searchsorted(self.asked, places).clip(0, len(self) - 1))
        if also is not None:
            chosen = np.union1d(chosen, [also])
        bounds = rate_at_most(self.declined[chosen], self.asked[chosen], error)
        certified = self.certified(tolerance, error)[chosen]
        return tuple(
            CurvePoint(
                limit=int(self.limit[i]),
                asked=int(self.asked[i]),
                declined=int(self.declined[i]),
                avoided=float(self.asked[i] / self.asked[-1]),
                rate_at_most=float(bound),
                rate_here=float(self.here[i]),
                certified=bool(proven),
            )
            for i, bound, proven in zip(chosen, bounds, certified, strict=True)
        )

    def bands(self) -> tuple[AmountBand, ...]:
        """At most 10 stretches with about equally many questions, cut at round amounts."""
        if not len(self):
            return ()
        wanted = np.searchsorted(self.asked, self.asked[-1] * np.arange(0.1, 1, 0.1))
        edges = sorted({rounded_up(int(self.limit[i])) for i in wanted} | {int(self.limit[-1])})
        edges = [edge for edge in edges if edge <= self.limit[-1]]
        bands: list[AmountBand] = []
        above, asked, declined = 0, 0, 0
        for edge in edges:
            i = int(np.searchsorted(self.limit, edge, side="right")) - 1
            if i < 0 or self.asked[i] == asked:
                continue
            bands.append(
                AmountBand(above, edge, int(self.asked[i]) - asked, int(self.declined[i]) - declined)
            )
            above, asked, declined = edge, int(self.asked[i]), int(self.declined[i])
        return tuple(bands)


def _monotone(bad: Floats, asked: Floats) -> Floats:
    if not len(asked):
        return np.zeros(0)
    from scipy.optimize import isotonic_regression  # noqa: PLC0415 (slow to load, and only a fit needs it)

    fit = isotonic_regression(bad / asked, weights=asked)
    return np.asarray(fit.x, dtype=np.float64)


def rounded_up(amount: int) -> int:
    """The next amount of two digits followed by zeros, in steps of 5 in the second: 4,321 is 4,500."""
    if amount < 100:
        return amount
    step = 5 * int(10 ** (len(str(amount)) - 2))
    return -(-amount // step) * step
