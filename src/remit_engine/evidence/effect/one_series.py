"""One team before and after: what its weeks would have been, and how far they are from it. An indication.

The weeks before say what the weeks since would have been, by the mean of their best forecast. How sure that
is hangs on how weeks follow each other: on noise alone, on a level that wanders, on ups and downs that last,
on a trend. A model that is fitted and then believed is too sure of itself (a local-level model by maximum
likelihood covers 79 to 91 % instead of 95 %). So none is chosen: a family of such models is gone through,
each forecasts with Student's t, which is exact for it, and each counts by how much the weeks before speak
for it. Few weeks speak louder than they know, so it is the root of the restricted likelihood that counts;
and 97.5 % of the mixture are called 95 %. Both were set by what they cover where the truth is known
(docs/explanation/did-it-work.md).

A season of the year is taken from a series of teams that hadn't started, or, with a year of weeks before,
from a yearly wave. With neither it can't be told from an effect.

Sources: Harville, J. Am. Stat. Assoc. 72, 1977 (restricted likelihood); Harvey, *Forecasting, Structural Time
Series Models and the Kalman Filter*, 1989; Hoeting, Madigan, Raftery and Volinsky, Stat. Sci. 14(4), 1999
(averaging over models); Brodersen et al., Ann. Appl. Stat. 9(1), 2015 (a control series).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.effect.values import ERROR, Floats, Measured

YEAR: Final = 52
MOST_BEFORE: Final = 2 * YEAR
"""Weeks before that are looked at: what was longer ago says little about now."""
MOST_SINCE: Final = 12
"""Weeks since that are looked at: a forecast of more is mostly its own error."""
_WANDERS: Final = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
"""Variance of a week's step of the level, in that of a week's own noise."""
_LASTS: Final = (0.3, 0.6, 0.8, 0.9)
"""Autocorrelation from one week to the next, of all of it or of half."""
_TRENDS: Final = (0.0, 0.02, 0.06)
"""Standard deviation of a trend a week, in that of a week's own noise."""
_HEARD: Final = 0.5
"""Power of the likelihood with which a model counts."""
_TAKEN: Final = 0.03
"""Share of the mixture that is left outside, for an interval that is right in 95 %."""


@dataclass(frozen=True, slots=True)
class Series:
    """Weeks of one team, or of several as one.

    Attributes:
        values: oldest first; NaN where nothing was counted.
        weights: of each, 0 where there is no value; only how they differ matters.
        start: index of the first week of what is asked about.
        beside: the same weeks of teams that hadn't started; None without.
    """

    values: Floats
    weights: Floats
    start: int
    beside: Floats | None = None

    def weeks(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Which weeks are looked at: before, and since."""
        known = (self.weights > 0) & ~np.isnan(self.values)
        if self.beside is not None:
            known &= ~np.isnan(self.beside)
        week = np.flatnonzero(known)
        before = week[(week < self.start) & (week >= self.start - MOST_BEFORE)]
        return before, week[(week >= self.start) & (week < self.start + MOST_SINCE)]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the weeks since would have been, by all models together.

    Attributes:
        middles, spreads, counts: of each model the forecast of the mean, its standard error, and how much it
            counts; the latter sum to 1.
        free: degrees of freedom.
        seen: the mean that was.
    """

    middles: Floats
    spreads: Floats
    counts: Floats
    free: int
    seen: float

    def below(self, values: Floats) -> Floats:
        """Chances of a mean below each of some values."""
        from scipy.special import stdtr  # noqa: PLC0415 (SciPy takes long to load; pages forecast nothing)

        away = (values[:, None] - self.middles) / self.spreads
        return np.asarray(stdtr(self.free, away) @ self.counts, np.float64)

    def quantiles(self, shares: Floats) -> Floats:
        """Below which each of some shares lies, by halving."""
        far = 200 * self.spreads.max()
        low = np.full(len(shares), self.middles.min() - far)
        high = np.full(len(shares), self.middles.max() + far)
        for _ in range(50):
            middle = (low + high) / 2
            is_low = self.below(middle) < shares
            low, high = np.where(is_low, middle, low), np.where(is_low, high, middle)
        return high


def measured(forecast: Forecast) -> Measured:
    """How far the weeks since are from what they would have been."""
    tail = float(forecast.below(np.array([forecast.seen]))[0])
    low, high = forecast.quantiles(np.array([_TAKEN / 2, 1 - _TAKEN / 2]))
    return Measured(
        forecast.seen - float((forecast.counts * forecast.middles).sum()),
        forecast.seen - float(high),
        forecast.seen - float(low),
        min(1.0, 2 * min(tail, 1 - tail) * ERROR / _TAKEN),
    )


def forecast_of(series: Series) -> Forecast | None:
    """The forecast of the weeks since from those before; None where the weeks before don't vary at all."""
    before, since = series.weeks()
    week = np.concatenate((before, since))
    noise = 1 / series.weights[week]
    whitened, towards, own = _models(
        tuple(week.tolist()), len(before), tuple((noise / noise.mean()).tolist())
    )
    known = _known(series, week)
    share = series.weights[since] / series.weights[since].sum()
    values = series.values[before]
    middle = values.mean()
    spread = values.std()
    if not spread > 1e-9 * max(1.0, abs(middle)):
        return None
    right = np.column_stack([known[: len(before)], (values - middle) / spread])
    columns = known.shape[1]
    held = whitened @ right
    base, upper = np.linalg.qr(held[:, :, :columns])
    y, c = held[:, :, columns], (whitened @ towards[:, :, None])[:, :, 0]
    turned = np.swapaxes(base, 1, 2)
    onto = (turned @ y[:, :, None])[:, :, 0]
    rest = y - (base @ onto[:, :, None])[:, :, 0]
    free = len(before) - columns
    squares = (rest**2).sum(axis=1)
    away = share @ known[len(before) :] - np.einsum("mw,mwk->mk", c, held[:, :, :columns])
    through = np.linalg.solve(np.swapaxes(upper, 1, 2), away[:, :, None])[:, :, 0]
    # What the regressors carry forward, and what the weeks before say about the noise of those since.
    middles = (through * onto).sum(axis=1) + (c * y).sum(axis=1)
    variance = squares / free * (own - (c**2).sum(axis=1) + (through**2).sum(axis=1))
    likely = (
        np.log(np.abs(np.diagonal(whitened, axis1=1, axis2=2))).sum(axis=1)
        - np.log(np.abs(np.diagonal(upper, axis1=1, axis2=2))).sum(axis=1)
        - free / 2 * np.log(squares)
    )
    counts = np.exp(_HEARD * (likely - likely.max()))
    return Forecast(
        middle + spread * middles,
        spread * np.sqrt(variance),
        counts / counts.sum(),
        free,
        float((share * series.values[since]).sum()),
    )


def _known(series: Series, week: npt.NDArray[np.int64]) -> Floats:
    """What is known of each week: that it is one, and the series beside, or the time of the year."""
    columns = [np.ones(len(week))]
    if series.beside is not None:
        beside = series.beside[week]
        columns.append((beside - beside.mean()) / (beside.std() or 1.0))
    else:
        turn = 2 * np.pi * week / YEAR
        columns += [np.cos(turn), np.sin(turn)]
    return np.column_stack(columns)


@lru_cache(maxsize=4)
def _models(week: tuple[int, ...], before: int, noise: tuple[float, ...]) -> tuple[Floats, Floats, Floats]:
    """Of each model: the inverse root of the weeks before, how they go with the mean since, its variance."""
    at = np.array(week, np.float64) - week[0]
    lag = np.abs(at[:, None] - at[None, :])
    white = np.diag(noise)
    wandering = np.minimum(at[:, None], at[None, :]) + 1.0
    ways = [white + step * wandering for step in _WANDERS]
    ways += [part * white + (1 - part) * last**lag for last in _LASTS for part in (0.0, 0.5)]
    centred = at - at.mean()
    kinds = np.array([way + trend**2 * np.outer(centred, centred) for trend in _TRENDS for way in ways])
    since = np.zeros(len(at))
    since[before:] = 1 / np.array(noise)[before:]
    since /= since.sum()
    with_mean = kinds @ since
    root = np.linalg.inv(np.linalg.cholesky(kinds[:, :before, :before]))
    return root, with_mean[:, :before], with_mean @ since
