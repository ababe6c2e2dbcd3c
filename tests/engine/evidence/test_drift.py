"""The alarm over time: its budget holds, it rings when it should, and it names the day."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from remit_engine.evidence.drift import alarm_path, changed_at


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.sampled_from([0.01, 0.03, 0.1]))
def test_path_is_the_recursion(declined, tolerated):
    """R = (1 + R) L, averaged over the three worse rates, step by step."""
    r = np.zeros(3)
    worse = np.minimum(np.array([2, 3, 5]) * tolerated, 0.95)
    expected = []
    for bad in declined:
        r = (1 + r) * np.where(bad, worse / tolerated, (1 - worse) / (1 - tolerated))
        expected.append(np.log(r.mean()))
    assert np.allclose(alarm_path(np.array(declined), tolerated), expected)


def test_false_alarms_within_budget_and_real_ones_heard():
    rng = np.random.default_rng(7)
    false = [changed_at(rng.random(600) < 0.03, 0.03) is not None for _ in range(1000)]
    assert np.mean(false) <= 0.05
    real = [changed_at(np.r_[rng.random(400) < 0.01, rng.random(150) < 0.15], 0.03) for _ in range(200)]
    assert np.mean([found is not None for found in real]) > 0.95
    assert abs(float(np.median([found for found in real if found is not None])) - 400) < 30


def test_an_old_trouble_that_is_over_rings_no_more():
    rng = np.random.default_rng(8)
    history = np.r_[rng.random(300) < 0.01, rng.random(100) < 0.15, rng.random(1500) < 0.01]
    assert changed_at(history, 0.03) is None


def test_nothing_asked_nothing_changed():
    assert changed_at(np.zeros(0, bool), 0.03) is None
