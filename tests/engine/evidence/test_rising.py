"""Causes that rise: named at the promised rate where nothing changed, and the law is that of drawn weeks."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.examples import examples

from remit_engine.evidence.rising import FEWEST_BEFORE, RECENT, beyond_noise, changes, variation

CAUSES = 12
FEWEST = RECENT + FEWEST_BEFORE
weeks_of_counts = st.lists(st.integers(0, 30), min_size=FEWEST, max_size=40)


def a_year(rng, weeks, *, clumpy=False, busy=False, season=False):
    """Counts of twelve causes, none of which changes beside the others."""
    often = np.exp(rng.normal(0.3, 1.0, CAUSES))
    all_at_once = rng.gamma(8, 1 / 8, weeks) if busy else np.ones(weeks)
    if season:
        all_at_once = 1 + 0.4 * np.sin(2 * np.pi * np.arange(weeks) / 52 + rng.uniform(0, 2 * np.pi))
    own = rng.gamma(4, 1 / 4, (CAUSES, weeks)) if clumpy else np.ones((CAUSES, weeks))
    return {str(cause): rng.poisson(often[cause] * all_at_once * own[cause]) for cause in range(CAUSES)}


@pytest.mark.slow
@pytest.mark.parametrize("weeks", [FEWEST, 26, 52])
@pytest.mark.parametrize(
    "kind", [{}, {"clumpy": True}, {"busy": True}, {"clumpy": True, "busy": True}, {"season": True}], ids=str
)
def test_where_nothing_changed_something_is_named_in_at_most_one_look_in_ten(weeks, kind):
    """Measured with 1,500 looks each: 1 to 7 %."""
    rng = np.random.default_rng([43, weeks, len(kind), *map(ord, "".join(kind))])
    looks = 400
    named = 0
    for _ in range(looks):
        counts = a_year(rng, weeks, **kind)
        named += bool(beyond_noise(changes(counts, sum(counts.values()))))
    assert named / looks <= 0.1 + 3 * math.sqrt(0.1 * 0.9 / looks)


def test_what_trebled_is_named():
    """Four a week become twelve, and weeks are clumpy: named in 96 of 100 looks (measured, 500 looks)."""
    rng = np.random.default_rng(44)
    named = 0
    for _ in range(100):
        counts = a_year(rng, 52, clumpy=True)
        counts["0"] = np.concatenate([rng.poisson(4, 48), rng.poisson(12, 4)])
        named += "0" in beyond_noise(changes(counts, sum(counts.values())))
    assert named >= 85


@given(weeks_of_counts)
@settings(max_examples=examples(50))
def test_weeks_that_vary_as_poisson_counts_do_are_compared_by_the_binomial(counts):
    counts = [min(each, 1) for each in counts]
    found = changes({"late": counts})
    if not sum(counts):
        assert found == {}
        return
    n, share = sum(counts), RECENT / len(counts)
    change = found["late"]
    if variation([np.array(counts[:-RECENT])], np.ones(len(counts) - RECENT)) == 1.0:
        assert change.chance == pytest.approx(stats.binom.sf(change.recent - 1, n, share))
        assert change.chance_of_fewer == pytest.approx(stats.binom.cdf(change.recent, n, share))


@given(weeks_of_counts, weeks_of_counts)
@settings(max_examples=examples(50))
def test_the_law_is_that_of_gamma_mixed_counts_given_their_sum(one, other):
    long = min(len(one), len(other))
    counts = {"one": np.array(one[-long:]), "other": np.array(other[-long:])}
    varied = variation([each[:-RECENT] for each in counts.values()], np.ones(long - RECENT))
    for name, change in changes(counts).items():
        n = int(counts[name].sum())
        if varied == 1.0:
            continue
        even = n / long / (varied - 1)
        law = stats.betabinom(n, even * RECENT, even * (long - RECENT))
        assert change.chance == pytest.approx(law.sf(change.recent - 1), abs=1e-9)
        assert change.chance_of_fewer == pytest.approx(law.cdf(change.recent), abs=1e-9)


@given(weeks_of_counts)
@settings(max_examples=examples(50))
def test_the_interval_lies_around_how_many_times_as_often(counts):
    for change in changes({"late": counts}).values():
        assert 0 <= change.lowest <= change.highest
        if change.usual:
            assert change.lowest <= change.recent / change.usual <= change.highest
        assert 0 <= change.chance <= 1
        assert change.chance + change.chance_of_fewer >= 1 - 1e-9


def test_a_busy_time_for_all_is_no_rise_of_any():
    calm = np.full(FEWEST, 4)
    busy = np.concatenate([calm[:-RECENT], calm[-RECENT:] * 5])
    counts = {"late": busy, "cold": busy.copy()}
    assert beyond_noise(changes(counts, busy * 2)) == frozenset()
    assert beyond_noise(changes(counts)) == {"late", "cold"}


def test_with_too_few_weeks_nothing_is_said():
    assert changes({"late": [3] * (FEWEST - 1)}) == {}
    assert changes({}) == {}
    assert beyond_noise({}) == frozenset()


def test_weeks_without_anything_at_all_are_no_error():
    counts = {"late": [0] * (FEWEST - RECENT) + [1, 2, 0, 3], "never": [0] * FEWEST}
    found = changes(counts, sum(np.array(each) for each in counts.values()))
    assert list(found) == ["late"]
    assert math.isinf(found["late"].highest)
    assert beyond_noise(found) == frozenset()


def test_weeks_of_another_number_are_refused():
    with pytest.raises(ValueError, match="equally many"):
        changes({"late": [1] * 20, "cold": [1] * 21})
    with pytest.raises(ValueError, match="exposure"):
        changes({"late": [1] * 20}, [1] * 19)
