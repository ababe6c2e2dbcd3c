"""Alarms keep their budget, hear what is there, and cancel what hits everybody."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.evidence.drift import alarm_path
from remit_engine.evidence.standing_out import (
    Ring,
    expected_rate,
    pairs_that_stand_out,
    rings_of,
    rings_of_share,
)

MEMBERS, WEEKS = 12, 52
BUDGET = MEMBERS * WEEKS
"""At most one false alarm a team and year."""


def first(rings):
    return rings[0].at + 1 if rings else math.inf


def test_the_mean_time_to_a_false_alarm_is_at_least_the_budget():
    """5 % tolerated, budget 500: 747 was measured when the method was chosen (3,000 runs)."""
    rng = np.random.default_rng(41)
    times = [min(first(rings_of(rng.random(3000) < 0.05, 0.05, 500)), 3000) for _ in range(200)]
    assert np.mean(times) - 3 * np.std(times) / math.sqrt(200) <= 1000
    assert np.mean(times) + 3 * np.std(times) / math.sqrt(200) >= 500
    within = np.mean(np.array(times) <= 100)
    assert within <= 0.2 + 3 * math.sqrt(0.2 * 0.8 / 200)


def test_what_became_worse_is_heard():
    """From 3 % to 15 %: half of them within 34 observations (measured: 34)."""
    rng = np.random.default_rng(42)
    late = [
        next((ring.at - 200 for ring in rings_of(stream, 0.05, 500) if ring.at >= 200), 600)
        for stream in (np.r_[rng.random(200) < 0.03, rng.random(600) < 0.15] for _ in range(200))
    ]
    assert np.median(late) < 45


@given(st.lists(st.booleans(), min_size=1, max_size=60))
@settings(max_examples=examples(50))
def test_the_first_alarm_is_where_the_path_reaches_the_budget(outcomes):
    path = alarm_path(np.array(outcomes), 0.1)
    reached = np.flatnonzero(path >= math.log(20))
    rings = rings_of(outcomes, 0.1, 20)
    assert [ring.at for ring in rings][:1] == reached[:1].tolist()
    assert all(ring.began <= ring.at for ring in rings)


def a_year(rng, *, guilty=None, factor=2.0):
    """Refunds a week of each member, with a season for all, an incident, and perhaps one who changed."""
    share = rng.dirichlet(np.full(MEMBERS, 8.0))
    season = np.ones(WEEKS)
    season[43:], season[19:22] = 1.8, 2.2
    rate = 60.0 * share[None, :] * season[:, None]
    if guilty is not None:
        rate[9:, guilty] *= factor
    return rng.poisson(rate), share


def flagged(counts, share):
    total = counts.sum(axis=1)
    return [
        bool(rings_of_share(counts[:, each], total, np.full(WEEKS, share[each]), BUDGET))
        for each in range(MEMBERS)
    ]


def test_in_a_year_with_a_busy_season_at_most_one_innocent_is_flagged():
    """0.29 a team and year was measured when the method was chosen; promised is at most one."""
    rng = np.random.default_rng(43)
    runs = [sum(flagged(*a_year(rng))) for _ in range(60)]
    assert np.mean(runs) + 3 * np.std(runs) / math.sqrt(60) <= 1.0


def test_one_who_gives_twice_as_much_is_found():
    rng = np.random.default_rng(44)
    found = [flagged(*a_year(rng, guilty=3))[3] for _ in range(60)]
    assert np.mean(found) > 0.95


def test_weeks_without_or_with_all_of_the_work_say_nothing():
    assert rings_of_share([5, 5], [5, 5], [0.0, 1.0], 1.5) == []
    assert rings_of_share([30], [30], [0.1], 100) == [Ring(0, 0)]


def test_pairs_named_without_cause_are_few():
    """Nobody stands out: at level 0.1 in at most one of ten teams is anybody named."""
    rng = np.random.default_rng(45)
    named = 0
    for _ in range(400):
        of = rng.integers(3, 12, 80)
        share = rng.uniform(0.05, 0.3, 80)
        named += bool(pairs_that_stand_out(rng.binomial(of, share), of, share).any())
    assert named / 400 <= 0.1 + 3 * math.sqrt(0.1 * 0.9 / 400)


def test_a_pair_that_meets_always_is_named():
    flags = pairs_that_stand_out([9, 1, 0], [9, 8, 5], [0.1, 0.1, 0.2])
    assert flags.tolist() == [True, False, False]
    assert pairs_that_stand_out([], [], []).tolist() == []


@pytest.mark.parametrize(("happened", "observed"), [(0, 100), (5, 100), (50, 100)])
def test_the_rate_of_others_is_taken_at_its_bound(happened, observed):
    assert happened / observed < expected_rate(happened, observed) < 1


def test_nothing_observed_and_everything_happened_are_no_error():
    assert expected_rate(0, 0) == 0.5
    assert expected_rate(3, 3) == 0.95
