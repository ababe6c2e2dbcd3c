"""The one evidence formula: against what was measured, against exact bounds, and its laws."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapie.risk_control.methods import compute_hoeffding_bentkus_p_value
from scipy import stats
from tests.examples import examples

from remit_engine.evidence.bounds import (
    TILTS,
    answers_needed,
    log_evidence,
    log_evidence_over,
    money_at_most,
    more_answers_needed,
    rate_at_most,
)
from remit_engine.evidence.rare_amounts import sum_interval

counts = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
errors = st.sampled_from([0.1, 0.05, 0.05 / 12, 0.001])


def test_answers_needed_as_published_with_the_method():
    """Flawless, then with one, two, three declines; at error 5 %."""
    assert [answers_needed(k, 0.03, 0.05) for k in range(4)] == [117, 214, 283, 348]
    assert [answers_needed(k, 0.05, 0.05) for k in range(4)] == [70, 128, 169, 207]
    assert [answers_needed(k, 0.10, 0.05) for k in range(4)] == [34, 63, 83, 102]


def test_the_example_of_the_manager():
    """283 of 285 approved is enough for 3 %, 88 of 88 for 4.0 %, about 29 more would do."""
    assert rate_at_most(2, 285, 0.05) < 0.03 < rate_at_most(3, 285, 0.05)
    assert float(rate_at_most(0, 88, 0.05)) == pytest.approx(0.0397, abs=1e-4)
    assert more_answers_needed(0, 88, 0.03, 0.05) in {29, 30}


@given(counts, errors)
def test_never_bolder_than_the_exact_bound(pair, error):
    """The band holds at all limits at once, so at one limit it can't beat Clopper and Pearson."""
    declined, asked = pair
    exact = 1.0 if declined == asked else stats.beta.ppf(1 - error, declined + 1, asked - declined)
    assert rate_at_most(declined, asked, error) >= exact - 1e-9


@given(counts, errors, st.sampled_from([0.01, 0.03, 0.1]))
def test_whatever_is_certified_passes_the_published_exact_test(pair, error, tolerance):
    """MAPIE's p-value for binary losses is the outside oracle; a region certified here passes there."""
    declined, asked = pair
    p_value = compute_hoeffding_bentkus_p_value(
        np.array([declined / asked]), np.array([asked]), np.array([tolerance]), binary=True
    )
    if log_evidence(declined, asked, tolerance) >= -math.log(error):
        assert float(p_value.ravel()[0]) <= error + 1e-9


@given(counts, errors, st.floats(0.001, 0.9))
def test_bound_and_evidence_are_one_formula(pair, error, rate):
    declined, asked = pair
    proven = bool(log_evidence(declined, asked, rate) >= -math.log(error))
    bound = float(rate_at_most(declined, asked, error))
    if abs(bound - rate) > 1e-9:
        assert proven == (bound < rate)


@given(counts, st.floats(0.001, 0.5))
def test_a_yes_adds_evidence_and_a_no_takes_it(pair, rate):
    declined, asked = pair
    here = log_evidence(declined, asked, rate)
    assert log_evidence(declined, asked + 1, rate) >= here
    assert log_evidence(declined + 1, asked + 1, rate) <= here


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.floats(0, 1))
@settings(max_examples=examples(50))
def test_expected_evidence_is_at_most_one_when_the_average_is_over(chances, rate):
    """Exact expectation over all outcomes of unequal chances whose average is at least `rate`."""
    average = sum(chances) / len(chances)
    if not 0.001 < average < 0.999 or rate > average:
        rate = max(min(average, 0.999), 0.001)
    if average < rate or rate < 0.001:
        return
    total = np.ones(1)
    for chance in chances:
        total = np.convolve(total, [1 - chance, chance])
    evidence = np.exp(log_evidence(np.arange(len(total)), len(chances), rate))
    assert float((total * evidence).sum()) <= 1 + 1e-9


@given(counts, st.sampled_from([0.01, 0.03, 0.1]), errors)
def test_more_answers_like_these_would_do(pair, tolerance, error):
    declined, asked = pair
    more = more_answers_needed(declined, asked, tolerance, error)
    if more is None or log_evidence(declined, asked, tolerance) >= -math.log(error):
        return
    factor = (asked + more) / asked
    assert log_evidence(declined * factor, asked * factor, tolerance) >= -math.log(error) - 1e-6


def test_extremes_say_nothing_rather_than_fail():
    assert rate_at_most(0, 0, 0.05) == 1.0
    assert rate_at_most(5, 5, 0.05) == 1.0
    assert more_answers_needed(0, 0, 0.03, 0.05) is None
    assert more_answers_needed(5, 100, 0.03, 0.05) is None
    assert money_at_most(np.array([], np.int64), np.array([], bool), 100, 0.05) is None
    assert money_at_most(np.zeros(50, np.int64), np.zeros(50, bool), 100, 0.05) is None
    assert log_evidence_over(50, 100, 0.03) > math.log(1e10)


@given(
    st.lists(st.tuples(st.integers(1, 5000), st.booleans()), min_size=1, max_size=300),
    st.integers(1, 5000),
)
def test_money_bound_is_above_what_was_seen(rows, limit):
    amount = np.array([a for a, _ in rows], np.int64)
    declined = np.array([y for _, y in rows])
    bound = money_at_most(amount, declined, limit, 0.05)
    inside = amount <= limit
    if bound is not None:
        assert bound >= amount[inside & declined].sum() / amount[inside].sum() - 1e-9


def test_money_bound_of_equal_amounts_is_close_to_that_of_counts():
    amount, declined = np.full(600, 5000, np.int64), np.arange(600) < 3
    of_money = money_at_most(amount, declined, 5000, 0.05)
    assert of_money is not None
    assert float(rate_at_most(3, 600, 0.05)) < of_money < 1.5 * float(rate_at_most(3, 600, 0.05))


def test_sum_interval_is_the_textbook_one_for_counts():
    """With equal weights the gamma method is Garwood's exact Poisson interval."""
    for seen in (0, 1, 7, 40):
        low, high = sum_interval(np.ones(seen, np.int64), 1, 0.95)
        assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * seen) / 2 if seen else 0.0)
        assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * seen + 2) / 2)


def test_tilts_are_the_published_betting_plan():
    """exp(-tilt) are the fractions 0, .1, .25, .5 of the tolerated odds."""
    assert np.exp(-TILTS) == pytest.approx([0.5, 0.25, 0.1, 0.0])
