"""Which causes rise beyond noise? Counts of the newest weeks beside those before them.

*The question.* How often something was complained about in the newest weeks, given how often in all: where
nothing changed, and weeks vary as they do, the newest weeks' part is beta-binomial,

    recent | n  ~  BetaBinomial(n, c T_recent, c T_before)

with T the exposure (weeks, or all complaints of those weeks) and c how even the weeks are: counts with means
in proportion to T and variance (1 + m/c) times their mean (a gamma mixture of Poisson counts) have exactly
this law, whatever their rate is. As c grows it becomes the binomial test of two Poisson rates of
Przyborowski and Wilenski. How much weeks vary beyond Poisson is read off the weeks before, from all causes
together, at its upper bound.

*Many causes at once.* Those named are chosen by the procedure of Benjamini and Hochberg: of what is named, at
most the stated share is noise, on average over looks.

Sources: Przyborowski and Wilenski, Biometrika 31, 1940; Skellam, J. R. Stat. Soc. B 10, 1948 (beta-binomial);
Benjamini and Hochberg, J. R. Stat. Soc. B 57, 1995; Clopper and Pearson, Biometrika 26, 1934.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.false_names import within_the_rate

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Cause = TypeVar("Cause", bound=Hashable)

RECENT: Final = 4
"""Weeks that are called recent."""
FEWEST_BEFORE: Final = 8
"""With fewer weeks before them nothing is said."""
_FEWEST_COUNTED: Final = 20
"""A week's variation is read off causes that had at least so many before."""
_SURE: Final = 0.9
_BOTH_ENDS: Final = 0.9
_ALMOST_POISSON: Final = 1.0 + 1e-9


@dataclass(frozen=True, slots=True)
class Change:
    """How often something happens now, beside before.

    Attributes:
        recent: how many in the newest weeks.
        usual: how many there would be at the rate before, for the exposure of the newest weeks.
        lowest, highest: how many times as often as before, as an interval of 90 %; `highest` is infinite
            where there were none before.
        chance: of as many or more where nothing changed.
        chance_of_fewer: of as many or fewer where nothing changed.
    """

    recent: int
    usual: float
    lowest: float
    highest: float
    chance: float
    chance_of_fewer: float


def changes(
    weeks: Mapping[Cause, npt.ArrayLike],
    exposure: npt.ArrayLike | None = None,
    *,
    recent: int = RECENT,
) -> dict[Cause, Change]:
    """Each cause's newest weeks beside those before.

    Args:
        weeks: for each cause how many in each week, oldest first; all equally long.
        exposure: of each week, positive or 0, such as all complaints; None where each week counts alike.
        recent: how many weeks are called recent.

    Returns:
        One for each cause that was seen at all; none where fewer than eight weeks lie before.

    Raises:
        ValueError: the weeks aren't equally long.
    """
    counts = {name: np.asarray(each, dtype=np.int64) for name, each in weeks.items()}
    lengths = {len(each) for each in counts.values()}
    if len(lengths) > 1:
        raise ValueError(f"the causes have {sorted(lengths)} weeks; they must have equally many")
    if not counts or lengths.pop() < recent + FEWEST_BEFORE:
        return {}
    long = len(next(iter(counts.values())))
    time = np.ones(long) if exposure is None else np.asarray(exposure, dtype=np.float64)
    if len(time) != long:
        raise ValueError(f"{long} weeks, but the exposure of {len(time)}")
    varied = variation([each[:-recent] for each in counts.values()], time[:-recent])
    return {
        name: _change(each, time, recent, varied)
        for name, each in counts.items()
        if each.sum() and time.sum()
    }


def beyond_noise(found: Mapping[Cause, Change], rate: float = 0.1) -> frozenset[Cause]:
    """Which of them rise beyond noise.

    Args:
        found: all causes that were looked at together.
        rate: of those that are named, the share that is noise, at most, on average.
    """
    names = list(found)
    named = within_the_rate(np.array([found[name].chance for name in names], dtype=np.float64), rate)
    return frozenset(name for name, is_named in zip(names, named, strict=True) if is_named)


def variation(before: list[Integers], exposure: Floats) -> float:
    """How many times as much counts of weeks vary as Poisson counts: its upper bound (90 %), at least 1.

    Args:
        before: counts of each cause, a week each; rare causes say nothing about it and are left out.
        exposure: of each week.
    """
    squares, free = 0.0, 0
    weeks = exposure > 0
    for each in before:
        counted, time = each[weeks], exposure[weeks]
        if counted.sum() < _FEWEST_COUNTED or len(counted) < 2:
            continue
        expected = counted.sum() * time / time.sum()
        squares += float(((counted - expected) ** 2 / expected).sum())
        free += len(counted) - 1
    if not free:
        return 1.0
    from scipy import special  # noqa: PLC0415 (SciPy takes long to load; pages that compare nothing don't)

    return max(1.0, squares / (2 * float(special.gammaincinv(free / 2, 1 - _SURE))))


def _change(counted: Integers, time: Floats, recent: int, varied: float) -> Change:
    now, past = int(counted[-recent:].sum()), int(counted[:-recent].sum())
    time_now, time_past = float(time[-recent:].sum()), float(time[:-recent].sum())
    usual = past * time_now / time_past if time_past else float("inf")
    low, high = _times_as_often(now / varied, past / varied, time_now, time_past)
    more, fewer = _chances(now, past, time_now, time_past, varied)
    return Change(now, usual, low, high, more, fewer)


def _chances(now: int, past: int, time_now: float, time_past: float, varied: float) -> tuple[float, float]:
    """Of as many or more, and of as many or fewer, where the rate is the same."""
    n = now + past
    if not time_now or not time_past:
        return 1.0, 1.0
    from scipy import special  # noqa: PLC0415 (SciPy takes long to load; pages that compare nothing don't)

    if varied < _ALMOST_POISSON:
        share = time_now / (time_now + time_past)
        more = float(special.bdtrc(now - 1, n, share)) if now else 1.0
        return more, float(special.bdtr(now, n, share))
    # The variance of a week is (1 + m / c) times its mean m, so c = m / (varied - 1), with m of exposure 1.
    even = n / (time_now + time_past) / (varied - 1)
    a, b = even * time_now, even * time_past
    k = np.arange(n + 1)
    logs = (
        special.gammaln(n + 1)
        - special.gammaln(k + 1)
        - special.gammaln(n - k + 1)
        + special.betaln(k + a, n - k + b)
        - special.betaln(a, b)
    )
    each = np.exp(logs)
    return min(1.0, float(each[now:].sum())), min(1.0, float(each[: now + 1].sum()))


def _times_as_often(now: float, past: float, time_now: float, time_past: float) -> tuple[float, float]:
    """How many times as often as before, at both ends; counts may be parts of one."""
    if not time_now or not time_past:
        return 0.0, float("inf")
    from scipy import special  # noqa: PLC0415 (SciPy takes long to load; pages that compare nothing don't)

    tail = (1 - _BOTH_ENDS) / 2
    scale = time_past / time_now
    low = float(special.betaincinv(now, past + 1, tail)) if now else 0.0
    high = float(special.betaincinv(now + 1, past, 1 - tail)) if past else 1.0
    return low / (1 - low) * scale, high / (1 - high) * scale if high < 1 else float("inf")
