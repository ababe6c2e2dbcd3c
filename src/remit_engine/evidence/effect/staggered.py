"""Teams that started at different times: effect, course around the start, and what came before it.

*By lot* the interval inverts the test over orders, whatever the teams are like: a proof.

*Not by lot* it holds as far as teams would have moved alike: a comparison. Teams that start early may also
be the small ones, whose weeks go up and down more; other orders then say too little about it (91 % instead
of 95 % were covered). So the interval is the wider one of two at both ends: over orders, and Student's from
how far what each team adds to the estimate is from nothing.

*The course* is taken in steps of four weeks. Its band holds for all steps together: how far apart other
orders are once the effect is taken away, the largest of these over the steps, and wider by as much as the
interval is wider than what the same reckoning would give for the mean.

Source of what would have to be true: Rambachan and Roth, Rev. Econ. Stud. 90(5), 2023. Theirs is a bound by
relative magnitudes: since the start, teams move apart at most so many times as fast as at their fastest
before it. Here the base is the mean of all weeks before, the fastest is the one that was seen (noise makes
it larger, which is careful), and its bound is added to the interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from remit_engine.evidence.effect.cohorts import Course, Integers, cleaned, courses, has_started
from remit_engine.evidence.effect.inverting import interval_of
from remit_engine.evidence.effect.orders import RE_DRAWN, as_numbers, number_of_orders, orders_of
from remit_engine.evidence.effect.values import (
    ERROR,
    MONTH,
    Before,
    Floats,
    Measured,
    Month,
    Outcome,
    Rollout,
    Sensitivity,
)

_FACTORS: Final = (0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Panel:
    """Weeks of teams, their weights, when each started, and all orders in which they could have."""

    values: Floats
    weights: Floats
    starts: Integers
    orders: Integers


@dataclass(frozen=True, slots=True)
class Staggered:
    """What teams that started at different times say.

    Attributes:
        measured: the mean effect over all weeks that have teams to compare with.
        months, before, sensitivity: as in `Effect`.
        orders: in how many ways the starts could have fallen.
        looked_at: how many of them were gone through, the one that was included.
        compared, left_out: weeks of teams that had started, with and without others to compare with.
        kept: the comparison of *has started* itself: 1 with whole weeks of equal weight.
    """

    measured: Measured
    months: tuple[Month, ...]
    before: Before | None
    sensitivity: Sensitivity
    orders: int
    looked_at: int
    compared: int
    left_out: int
    kept: float


def staggered(outcome: Outcome, rollout: Rollout, *, again: int = RE_DRAWN) -> Staggered | None:
    """The effect of a staggered start; None where no week has both teams that started and others.

    Args:
        outcome: teams in the order of the rollout.
        rollout: when each started.
        again: how many orders are drawn, where there are too many to go through all.
    """
    # In the order of their names: which orders are drawn doesn't hang on how somebody sorted the teams.
    by_name = sorted(range(len(rollout.teams)), key=lambda team: rollout.teams[team])
    weights = outcome.weights()[by_name]
    starts = as_numbers([rollout.starts[team] for team in by_name], weights.shape[1])
    started = has_started(starts, weights.shape[1])
    both = cleaned(np.stack([outcome.values[by_name], started]), weights)
    panel = _Panel(both[0], weights, starts, orders_of(starts, again=again))
    course = courses(both, weights, panel.orders)
    overall = course.overall
    if not np.isfinite(overall[:, 0]).all() or abs(overall[1, 0]) < 1e-9:
        return None
    measured = interval_of(overall[0], overall[1])
    if not rollout.by_lot:
        measured = _wider(measured, panel)
    months, noise = _months(panel, course, measured)
    compared = _compared(weights, starts)
    return Staggered(
        measured,
        months,
        _before(course, noise),
        _sensitivity(measured, months),
        number_of_orders(starts),
        len(panel.orders),
        compared,
        int(((weights > 0) & (started > 0)).sum()) - compared,
        float(overall[1, 0]),
    )


def _compared(weights: Floats, starts: Integers) -> int:
    """Weeks of teams that had started, and for which there were others to compare with."""
    held = weights > 0
    week = np.arange(weights.shape[1])
    count = 0
    for wave in np.unique(starts[(starts < weights.shape[1]) & (starts > 0)]):
        has_base = held[:, :wave].any(axis=1, keepdims=True)
        own = held & has_base & (starts[:, None] == wave) & (week >= wave)
        others = (held & has_base & (starts[:, None] > np.maximum(week, wave))).any(axis=0)
        count += int((own & others).sum())
    return count


def _months(panel: _Panel, course: Course, measured: Measured) -> tuple[tuple[Month, ...], Course]:
    """The course in steps of four weeks with its band, and that of all orders without the effect."""
    step = course.since // MONTH
    numbers = [int(each) for each in np.unique(step) if course.weights[0, step == each].sum() > 0]
    seen = np.array([course.over(step == each)[0, 0] for each in numbers])
    week = np.arange(panel.weights.shape[1])[None, :]
    begun = np.minimum(panel.starts, week.size)[:, None]
    age = np.where(week >= begun, (week - begun) // MONTH, -1)
    taken = np.where(age >= 0, measured.estimate, 0.0)
    for number, effect in zip(numbers, seen, strict=True):
        if number >= 0:
            taken[age == number] = effect
    noise = courses(cleaned((panel.values - taken)[None], panel.weights), panel.weights, panel.orders)
    wide = _band(
        np.array([noise.over(step == each)[0, 1:] for each in numbers]), noise.overall[0, 1:], measured
    )
    months = tuple(
        Month(
            number,
            float(middle),
            float(middle - around),
            float(middle + around),
            float(course.weights[0, step == number].sum()),
        )
        for number, middle, around in zip(numbers, seen, wide, strict=True)
    )
    return months, noise


def _band(others: Floats, whole: Floats, measured: Measured) -> Floats:
    """Half the width of the band at each step.

    Args:
        others: steps by orders, without the effect; NaN where an order has nothing to compare.
        whole: the same of the mean over all steps since the start.
        measured: that mean as seen.
    """
    known = np.isfinite(others)
    away = np.where(known, others, 0.0)
    spread = np.sqrt((away**2).sum(axis=1) / np.maximum(known.sum(axis=1), 1))
    largest = np.abs(away / np.where(spread > 0, spread, 1.0)[:, None]).max(axis=0)
    usual = float(np.quantile(np.abs(whole[np.isfinite(whole)]), 1 - ERROR))
    wider = max(1.0, (measured.high - measured.low) / 2 / usual) if usual > 0 else 1.0
    wide: Floats = np.where(
        spread > 0, wider * float(np.quantile(largest, 1 - ERROR, method="higher")) * spread, 0.0
    )
    return wide


def _wider(measured: Measured, panel: _Panel) -> Measured:
    """The wider one at both ends of the interval over orders and of Student's over what teams add."""
    from scipy.special import stdtr, stdtrit  # noqa: PLC0415 (SciPy takes long to load; pages don't compare)

    teams, weeks = panel.weights.shape
    effect = measured.estimate * has_started(panel.starts, weeks)
    of_each = cleaned((panel.values - effect)[None], panel.weights) * np.eye(teams)[:, :, None]
    adds = courses(of_each, panel.weights, panel.starts[None]).overall[:, 0]
    error = float(np.sqrt((adds**2).sum() * teams / (teams - 1)))
    around = float(stdtrit(teams - 1, 1 - ERROR / 2)) * error
    chance = 2 * float(stdtr(teams - 1, -abs(measured.estimate) / error)) if error > 0 else 0.0
    return Measured(
        measured.estimate,
        min(measured.low, measured.estimate - around),
        max(measured.high, measured.estimate + around),
        max(measured.chance, chance),
    )


def _before(seen: Course, noise: Course) -> Before | None:
    """Whether those about to start were moving already, beside other orders."""
    drift = float(seen.drift()[0, 0])
    if np.isnan(drift):
        return None
    others = noise.drift()[0, 1:]
    as_much = np.isnan(others) | (np.abs(others) >= abs(drift) * (1 - 1e-9))
    return Before(drift * MONTH, float((1 + as_much.sum()) / (1 + len(others))))


def _sensitivity(measured: Measured, months: tuple[Month, ...]) -> Sensitivity:
    """How fast teams would have had to move apart for another reason, and how fast they did before."""
    since = [month for month in months if month.since >= 0]
    whole = sum(month.weeks for month in since)
    # A drift of 1 in every four weeks adds this much to the mean effect.
    adds = sum((month.since + 1) * month.weeks for month in since) / whole if whole else 1.0
    before = [month.estimate for month in months if month.since < 0]
    largest = float(np.abs(np.diff(before)).max()) if len(before) > 1 else float("nan")
    near = max(measured.low, -measured.high, 0.0)
    bounds = tuple(
        (factor, measured.low - factor * largest * adds, measured.high + factor * largest * adds)
        for factor in _FACTORS
    )
    times = near / adds / largest if largest > 0 else float("nan")
    return Sensitivity(near / adds, largest, times, bounds)
