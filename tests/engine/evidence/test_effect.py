"""Did it work: as a library and plain models say; what must change with the data does, and nothing else."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.examples import examples

from remit_engine.evidence.effect.cohorts import NEVER, cleaned, courses, has_started
from remit_engine.evidence.effect.inverting import interval_of
from remit_engine.evidence.effect.one_series import Series, _models, forecast_of, measured
from remit_engine.evidence.effect.orders import (
    RE_DRAWN,
    as_numbers,
    drawn,
    in_waves,
    number_of_orders,
    orders_of,
)
from remit_engine.evidence.effect.staggered import staggered
from remit_engine.evidence.effect.values import Outcome, Rollout
from remit_engine.evidence.sampling import KEY_BYTES

KEY = bytes(range(KEY_BYTES))
FEW = settings(max_examples=examples(30), deadline=None)


def a_panel(seed, starts, weeks=16, effect=0.0):
    """Weeks of teams with levels of their own and a common course."""
    rng = np.random.default_rng(seed)
    values = (
        rng.normal(size=(len(starts), weeks)) + rng.normal(size=(len(starts), 1)) + rng.normal(size=weeks)
    )
    return values + effect * has_started(as_numbers(starts, weeks), weeks)


def teams_of(number):
    return tuple(f"team {each:02}" for each in range(number))


def overall_of(values, starts, weights=None):
    weights = np.ones(values.shape) if weights is None else weights
    return float(courses(cleaned(values[None], weights), weights, np.array([starts])).overall[0, 0])


some_starts = st.lists(st.sampled_from([4, 6, 6, 9, 12, NEVER]), min_size=4, max_size=9).filter(
    lambda starts: min(starts) < NEVER and len(set(starts)) > 1
)


# ---------------------------------------------------------------- equal to others


@pytest.mark.slow
def test_the_estimate_is_that_of_a_library():
    """diff-diff knows one week as the base; the mean of all weeks before is given to it as that one week."""
    import pandas as pd  # noqa: PLC0415 (slow to load, for this test alone)
    from diff_diff import CallawaySantAnna  # noqa: PLC0415

    starts = np.array([4, 4, 6, 6, 6, 9, 9, 12, 12])
    values = a_panel(5, starts.tolist(), 14)
    sums, teams = 0.0, 0
    for wave in (4, 6, 9):
        rows = [
            (
                team,
                week,
                float(starts[team]),
                values[team, :wave].mean() if week < wave else values[team, week],
            )
            for team in range(9)
            for week in range(wave - 1, 14)
            if starts[team] >= wave
        ]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            found = CallawaySantAnna(control_group="not_yet_treated", estimation_method="reg").fit(
                pd.DataFrame(rows, columns=["team", "week", "start", "value"]),
                outcome="value",
                unit="team",
                time="week",
                first_treat="start",
            )
        for (group, week), cell in found.group_time_effects.items():
            if group == wave and week >= wave and np.isfinite(cell["effect"]):
                sums += cell["effect"] * (starts == wave).sum()
                teams += (starts == wave).sum()
    assert overall_of(values, starts) == pytest.approx(sums / teams, abs=1e-10)


def by_hand(values, starts):
    """Callaway and Sant'Anna cell by cell, by weeks since the start: sums and weights."""
    weeks, cells = values.shape[1], {}
    for wave in sorted({each for each in starts if 0 < each < weeks}):
        for week in range(weeks):
            own = [team for team, start in enumerate(starts) if start == wave]
            others = [team for team, start in enumerate(starts) if start > max(week, wave)]
            if others:
                beyond = [
                    np.mean([values[i, week] - values[i, :wave].mean() for i in who]) for who in (own, others)
                ]
                total, weight = cells.get(week - wave, (0.0, 0))
                cells[week - wave] = (total + len(own) * (beyond[0] - beyond[1]), weight + len(own))
    return cells


@FEW
@given(some_starts, st.integers(0, 99))
def test_the_course_is_as_by_hand_for_every_order(starts, seed):
    values = a_panel(seed, starts)
    ones = np.ones(values.shape)
    rng = np.random.default_rng(seed)
    orders = np.array([starts, *(rng.permutation(starts) for _ in range(3))])
    course = courses(np.stack([cleaned(values[None], ones)[0], values]), ones, orders)
    for place, order in enumerate(orders):
        cells = by_hand(values, order.tolist())
        seen = {
            int(since): (total, weight)
            for since, total, weight in zip(
                course.since, course.sums[0, place], course.weights[place], strict=True
            )
            if weight
        }
        assert seen.keys() == cells.keys()
        for since, (total, weight) in cells.items():
            assert seen[since] == pytest.approx((total, weight), abs=1e-9)
    assert course.sums[0] == pytest.approx(course.sums[1], abs=1e-9), "cleaning changes nothing here"


@FEW
@given(some_starts.filter(lambda starts: len(starts) >= 5), st.integers(0, 99), st.sampled_from([0.05, 0.2]))
def test_the_interval_holds_exactly_the_effects_that_the_test_lets_stand(starts, seed, error):
    """By going through effects one by one."""
    values = a_panel(seed, starts)
    ones = np.ones(values.shape)
    orders = orders_of(np.array(starts), most=300, again=199)
    started = has_started(np.array(starts), 16)
    a, b = courses(cleaned(np.stack([values, started]), ones), ones, orders).overall
    if not np.isfinite(a[0]):
        return
    found = interval_of(a, b, error)

    def chance(effect):
        return np.mean(~(np.abs(a - effect * b) < abs(a[0] - effect * b[0]) - 1e-12))

    assert found.low <= found.estimate <= found.high
    assert found.chance == pytest.approx(chance(0.0))
    for end, out in ((found.low, -1), (found.high, 1)):
        if np.isfinite(end):
            assert chance(end - out * 1e-7) > error
            assert chance(end + out * 1e-7) <= error


def test_the_forecast_of_one_team_is_the_best_one_of_each_model():
    """By the plain formulas of generalised least squares, with inverses."""
    rng = np.random.default_rng(3)
    own, beside = rng.normal(size=(2, 30)).cumsum(axis=1)
    found = forecast_of(Series(own, np.ones(30), 22, beside))
    known = np.column_stack([np.ones(30), beside])
    _, towards, variance = _models(tuple(range(30)), 22, (1.0,) * 30)
    roots = _models(tuple(range(30)), 22, (1.0,) * 30)[0]
    assert found.free == 20
    assert found.counts.sum() == pytest.approx(1)
    for model in (0, 4, 9, 20, 44):
        inverse = roots[model].T @ roots[model]
        x, y = known[:22], own[:22]
        through = np.linalg.inv(x.T @ inverse @ x)
        beta = through @ x.T @ inverse @ y
        away = known[22:].mean(axis=0) - x.T @ inverse @ towards[model]
        rest = y - x @ beta
        middle = known[22:].mean(axis=0) @ beta + towards[model] @ inverse @ rest
        spread = (rest @ inverse @ rest / 20) * (
            variance[model] - towards[model] @ inverse @ towards[model] + away @ through @ away
        )
        assert found.middles[model] == pytest.approx(middle)
        assert found.spreads[model] == pytest.approx(math.sqrt(spread))
    low, high = found.quantiles(np.array([0.1, 0.9]))
    mixed = [
        float((stats.t.cdf((end - found.middles) / found.spreads, 20) * found.counts).sum())
        for end in (low, high)
    ]
    assert mixed == pytest.approx([0.1, 0.9])


# ---------------------------------------------------------------- what must change with the data


def said_of(values, starts, counts=None, *, by_lot=True, names=None):
    rollout = Rollout(
        names or teams_of(len(starts)), tuple(None if s == NEVER else s for s in starts), by_lot
    )
    return staggered(Outcome("x", values, counts), rollout, again=99)


STARTS = [5, 5, 8, 8, 11, 11, 13]


def missing_weeks(seed, shape):
    """Counts of which some are nothing, and values that are then missing."""
    return np.random.default_rng(seed).poisson(2, shape).astype(float)


@FEW
@given(st.integers(0, 99), st.floats(-50, 50), st.floats(0.1, 40), st.booleans(), st.booleans())
def test_levels_and_common_weeks_are_nothing_and_units_and_effects_go_through(
    seed, effect, unit, by_lot, whole
):
    values = a_panel(seed, STARTS)
    counts = None if whole else missing_weeks(seed, values.shape)
    if counts is not None:
        values[counts == 0] = np.nan
    rng = np.random.default_rng(seed)
    plain = said_of(values, STARTS, counts, by_lot=by_lot)
    moved = values + rng.normal(size=(len(STARTS), 1)) * 9 + rng.normal(size=16) * 9
    moved = unit * (moved + effect * has_started(np.array(STARTS), 16))
    found = said_of(moved, STARTS, counts, by_lot=by_lot)
    for end in ("estimate", "low", "high"):
        expected = unit * (getattr(plain.measured, end) + effect)
        assert getattr(found.measured, end) == pytest.approx(expected, abs=1e-6 * unit * (1 + abs(effect)))
    # The other way round.
    turned = said_of(-values, STARTS, counts, by_lot=by_lot)
    assert (turned.measured.low, turned.measured.high) == pytest.approx(
        (-plain.measured.high, -plain.measured.low), abs=1e-8
    )
    assert turned.measured.chance == pytest.approx(plain.measured.chance)
    assert turned.before.chance == pytest.approx(plain.before.chance)


@FEW
@given(st.integers(0, 99), st.randoms(use_true_random=False))
def test_in_which_order_teams_are_given_is_nothing(seed, random):
    values, names = a_panel(seed, STARTS), teams_of(len(STARTS))
    mixed = random.sample(range(len(STARTS)), len(STARTS))
    again = said_of(values[mixed], [STARTS[i] for i in mixed], names=tuple(names[i] for i in mixed))
    plain = said_of(values, STARTS, names=names)
    assert again.measured.low == pytest.approx(plain.measured.low)
    assert again.measured.chance == plain.measured.chance
    assert [each.high for each in again.months] == pytest.approx([each.high for each in plain.months])


def test_what_teams_are_called_is_nothing_where_all_orders_are_gone_through():
    values = a_panel(1, [5, 8, 11, 13, NEVER])
    one = said_of(values, [5, 8, 11, 13, NEVER])
    other = said_of(values, [5, 8, 11, 13, NEVER], names=("e", "c", "a", "d", "b"))
    assert (one.orders, one.looked_at) == (120, 120)
    assert other.measured.low == pytest.approx(one.measured.low)
    assert other.measured.chance == pytest.approx(one.measured.chance)


def test_a_week_of_few_weighs_little_and_none_is_no_value():
    values, counts = a_panel(2, STARTS), np.full((7, 16), 50.0)
    plain = said_of(values, STARTS, counts).measured.estimate
    wild = values.copy()
    wild[0, 7] += 100
    moved = [said_of(wild, STARTS, _with(counts, each)).measured.estimate - plain for each in (50, 1)]
    assert abs(moved[0]) > 3 * abs(moved[1]) > 0
    missing = values.copy()
    missing[0, 7] = np.nan
    assert said_of(missing, STARTS, counts).measured == said_of(wild, STARTS, _with(counts, 0)).measured


def _with(counts, at):
    changed = counts.copy()
    changed[0, 7] = at
    return changed


@FEW
@given(st.integers(0, 99), st.floats(-50, 50), st.floats(0.1, 40), st.booleans())
def test_of_one_team_units_go_through_and_levels_are_nothing(seed, effect, unit, alone):
    rng = np.random.default_rng(seed)
    own, beside = 4 + rng.normal(size=(2, 70)) + rng.normal(size=70).cumsum() * 0.1
    since = np.arange(70) >= 58
    plain = measured(forecast_of(Series(own, np.ones(70), 58, None if alone else beside)))
    changed = unit * (own + effect * since + 7)
    found = measured(forecast_of(Series(changed, np.full(70, 3.0), 58, None if alone else 5 * beside - 2)))
    for end in ("estimate", "low", "high"):
        expected = unit * (getattr(plain, end) + effect)
        assert getattr(found, end) == pytest.approx(expected, abs=1e-6 * unit * (1 + abs(effect)))


# ---------------------------------------------------------------- orders by lot


def test_the_same_key_draws_the_same_whatever_order_the_teams_come_in():
    teams, starts = teams_of(8), in_waves(8, first=6, apart=4)
    assert starts == [6, 6, 10, 10, 14, 14, 18, 18]
    one = drawn(teams, starts, KEY)
    other = drawn(teams[::-1], starts[::-1], KEY)
    assert one.by_lot
    assert dict(zip(one.teams, one.starts, strict=True)) == dict(zip(other.teams, other.starts, strict=True))
    assert sorted(one.starts) == starts
    assert drawn(teams, starts, KEY[::-1]).starts != one.starts
    assert drawn(teams[:3], [None, 4, 8], KEY).starts.count(None) == 1


def test_every_team_has_every_start_as_often():
    rng = np.random.default_rng(12)
    times = examples(1500)
    counted = np.zeros((4, 4))
    for _ in range(times):
        rollout = drawn(teams_of(4), [3, 5, 7, 9], rng.bytes(KEY_BYTES))
        counted[np.arange(4), (np.array(rollout.starts) - 3) // 2] += 1
    assert np.abs(counted / times - 0.25).max() < 4.5 * (0.25 * 0.75 / times) ** 0.5


@pytest.mark.parametrize(
    ("teams", "starts", "key", "says"),
    [
        (("a", "b"), [1, 2], b"short", "key of 32 bytes"),
        (("a", "b"), [1], KEY, "needs a start"),
        (("a", "a"), [1, 2], KEY, "one start"),
        (("a", "b"), [1, -2], KEY, "from 0"),
    ],
)
def test_what_cant_be_drawn_is_refused(teams, starts, key, says):
    with pytest.raises(ValueError, match=says):
        drawn(teams, starts, key)


def test_all_orders_are_gone_through_once_or_as_many_drawn_the_first_being_the_one_that_was():
    few = orders_of(np.array([8, 4, 4, 6, NEVER]))
    assert len(few) == number_of_orders(few[0]) == 60
    assert len({tuple(order) for order in few.tolist()}) == 60
    many = orders_of(np.arange(9))
    assert len(many) == RE_DRAWN + 1
    assert (np.sort(many, axis=1) == np.arange(9)).all()
    for orders in (few, many):
        assert (orders[0] == orders_of(orders[0])[0]).all()
