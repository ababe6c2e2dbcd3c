"""Growth under uneven looking: whoever is as good gets there alike, however much risky ones are looked at."""

import functools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit_engine.evidence.growth import Review, record_of
from remit_engine.evidence.sampling import KEY_BYTES, Decided, draw

REPEATS = 150
WEEKS = 40
A_WEEK = 12
EACH = 4


@functools.cache
def reached(budget, *, each=EACH, also_risk=False):
    """After how many reviews of the fair draw the bar was reached, by somebody whose large gifts go wrong.

    Large gifts are one in four, and one in ten of them is *different*; of small ones one in a hundred. The
    risk draw looks at large ones.

    Args:
        budget: of the risk draw, a week.
        each: of the fair draw, a week.
        also_risk: count what the risk draw took as well, which would be wrong.

    Returns:
        one a history; `WEEKS * EACH` where it wasn't.
    """
    rng = np.random.default_rng(60)
    found = []
    for _ in range(REPEATS):
        said = []
        for _ in range(WEEKS * EACH // each):
            large = rng.random(A_WEEK) < 0.25
            wrong = rng.random(A_WEEK) < np.where(large, 0.10, 0.01)
            decided = [
                Decided(f"decision:{number}", "ana", 10.0 if is_large else 0.5)
                for number, is_large in enumerate(large)
            ]
            lots = draw(decided, rng.bytes(KEY_BYTES), each=each, budget=budget)
            drawn = [at for at in range(A_WEEK) if lots[at].is_fair or (also_risk and lots[at].is_risk)]
            drawn.sort(key=lambda at: lots[at].place)
            said += [Review.DIFFERENTLY if wrong[at] else Review.SAME for at in drawn]
        record = record_of(said)
        found.append(record.reached or WEEKS * EACH)
    return np.array(found, np.float64)


def apart(one, other):
    """How far two means are from each other, in standard errors."""
    return (one.mean() - other.mean()) / math.sqrt(one.var() / len(one) + other.var() / len(other))


@pytest.mark.parametrize("budget", [3, 8])
def test_the_step_takes_as_much_evidence_however_much_is_looked_at_by_risk(budget):
    assert abs(apart(reached(budget), reached(0))) < 3


def test_counting_the_risk_draw_would_hold_them_back():
    assert apart(reached(8, also_risk=True), reached(8)) > 3


@pytest.mark.parametrize("each", [2, 8])
def test_the_step_takes_as_much_evidence_however_many_are_drawn_a_week(each):
    assert abs(apart(reached(3, each=each), reached(3))) < 3


@given(
    stakes=st.lists(st.integers(0, 10_000), min_size=1, max_size=30),
    key=st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES),
    budget=st.integers(0, 40),
)
def test_the_very_same_are_evidence_whatever_the_risk_draw_takes(stakes, key, budget):
    """Not only as many, and not only on average: the fair draw doesn't know of the other one."""
    decided = [Decided(f"decision:{at}", "ana", stake) for at, stake in enumerate(stakes)]
    without, beside = (draw(decided, key, each=EACH, budget=each) for each in (0, budget))
    assert [(one.is_fair, one.fair, one.place) for one in without] == [
        (one.is_fair, one.fair, one.place) for one in beside
    ]
