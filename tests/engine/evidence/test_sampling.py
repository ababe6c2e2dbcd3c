"""Draws: everybody can draw again, chances are what they say, and estimates speak about all decisions."""

import hashlib
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.examples import examples

from remit_engine.evidence.sampling import (
    KEY_BYTES,
    LEAST_CHANCE,
    Decided,
    commitment,
    draw,
    rate_of,
    risk_chances,
)

KEY = bytes(range(KEY_BYTES))
some_stakes = st.lists(st.floats(0, 1e6, allow_subnormal=False), max_size=60)


def week(stakes, members=("ana",)):
    return [
        Decided(f"D-{number}", members[number % len(members)], stake) for number, stake in enumerate(stakes)
    ]


@given(some_stakes, st.integers(0, 70))
def test_chances_of_the_risk_draw_sum_to_the_budget(stakes, budget):
    chances = risk_chances(stakes, budget)

    assert chances.sum() == pytest.approx(min(budget, len(stakes)), abs=1e-6)
    assert ((chances >= 0) & (chances <= 1)).all()
    if budget and len(stakes):
        assert chances.min() >= min(LEAST_CHANCE, budget / len(stakes)) - 1e-12
    order = np.argsort(stakes, kind="stable")
    assert (np.diff(chances[order]) >= -1e-12).all(), "more at stake, and a smaller chance"


@given(some_stakes, st.integers(0, 5), st.integers(0, 30), st.randoms(use_true_random=False))
def test_exactly_as_many_are_drawn_and_any_order_draws_the_same(stakes, each, budget, random):
    decided = week(stakes, ("ana", "ben", "sam"))
    lots = draw(decided, KEY, each=each, budget=budget)

    assert [lot.name for lot in lots] == [one.name for one in decided]
    assert sum(lot.is_risk for lot in lots) == min(budget, len(decided))
    for member in ("ana", "ben", "sam"):
        theirs = [lot for lot, one in zip(lots, decided, strict=True) if one.member == member]
        assert sum(lot.is_fair for lot in theirs) == min(each, len(theirs))
        assert len({lot.fair for lot in theirs}) <= 1, "one member, two chances"
    mixed = random.sample(list(decided), len(decided))
    assert {lot.name: lot.is_drawn for lot in draw(mixed, KEY, each=each, budget=budget)} == {
        lot.name: lot.is_drawn for lot in lots
    }


def test_stakes_of_nothing_and_of_hardly_anything_are_reached_too():
    assert risk_chances([0, 0, 0, 1], 3) == pytest.approx([2 / 3, 2 / 3, 2 / 3, 1], abs=1e-6)
    assert risk_chances([1, 1, 2.3e-88], 1).sum() == pytest.approx(1)


def test_the_key_is_told_about_beforehand_and_another_one_draws_others():
    assert commitment(KEY) == hashlib.sha256(KEY).hexdigest()
    decided = week([1.0] * 200)
    drawn = {lot.name for lot in draw(decided, KEY, each=10, budget=10) if lot.is_drawn}
    other = {lot.name for lot in draw(decided, KEY[::-1], each=10, budget=10) if lot.is_drawn}
    assert drawn != other


@pytest.mark.parametrize(
    ("decided", "key", "numbers", "says"),
    [
        (week([1.0]), b"short", (1, 1), "key of 32 bytes"),
        ([*week([1.0]), *week([2.0])], KEY, (1, 1), "comes twice"),
        (week([1.0]), KEY, (-1, 1), "below zero"),
        (week([1.0]), KEY, (1, -1), "below zero"),
    ],
)
def test_what_cant_be_drawn_is_said(decided, key, numbers, says):
    with pytest.raises(ValueError, match=says):
        draw(decided, key, each=numbers[0], budget=numbers[1])


def test_everything_is_drawn_as_often_as_it_says():
    """Weeks of 60 decisions: how far frequencies are from their chances, in standard errors."""
    rng = np.random.default_rng(20)
    decided = week(rng.lognormal(3, 1, 60), ("ana", "ben", "sam"))
    weeks = examples(4000)
    counted = np.zeros((2, 60))
    for _ in range(weeks):
        lots = draw(decided, rng.bytes(KEY_BYTES), each=4, budget=9)
        counted[0] += [lot.is_drawn for lot in lots]
        counted[1] += [lot.is_fair and lot.is_risk for lot in lots]
    both = np.array([lot.fair * lot.risk for lot in lots])
    chances = np.array([lot.chance for lot in lots])
    for seen, chance in zip(counted, (chances, both), strict=True):
        away = (seen / weeks - chance) / np.sqrt(chance * (1 - chance) / weeks + 1e-12)
        assert np.abs(away).max() < 4.5
        assert 0.7 < np.sqrt((away**2).mean()) < 1.25


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.floats(0.01, 1))
def test_equal_chances_give_the_plain_share_and_the_exact_interval(differently, chance):
    found = rate_of(differently, [chance] * len(differently))

    n, k = len(differently), sum(differently)
    exact = stats.binomtest(k, n).proportion_ci(0.95)
    assert found.rate == pytest.approx(k / n)
    assert found.worth == pytest.approx(n)
    assert found.low <= exact.low + 1e-9
    assert found.high >= exact.high - 1e-9
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), abs=1e-9)


@pytest.mark.parametrize("stakes", ["useful", "useless", "misleading"])
def test_looking_more_at_risky_ones_makes_nobody_look_worse(stakes):
    """12 weeks of 100 decisions, of which 4 fair ones of each of two members and 6 risky ones are drawn.

    However what is at stake relates to the truth: the estimate isn't biased, and its 95 % interval covers.
    """
    rng = np.random.default_rng({"useful": 31, "useless": 32, "misleading": 33}[stakes])
    found, covers, plain, repeats = [], 0, [], examples(400)
    for _ in range(repeats):
        said, chances, rates = [], [], []
        for _ in range(12):
            chance_of = rng.beta(0.4, 6, 100)
            truth = rng.random(100) < chance_of
            score = {"useful": chance_of, "useless": rng.random(100), "misleading": 0.3 - chance_of}[stakes]
            decided = week(np.clip(score, 0.01, 1), ("ana", "ben"))
            lots = draw(decided, rng.bytes(KEY_BYTES), each=4, budget=6)
            rates.append(chance_of.mean())
            for lot, bad in zip(lots, truth, strict=True):
                if lot.is_drawn:
                    said.append(bad)
                    chances.append(lot.chance)
        estimate = rate_of(said, chances)
        found.append(estimate.rate - np.mean(rates))
        plain.append(np.mean(said) - np.mean(rates))
        covers += estimate.low <= np.mean(rates) <= estimate.high
    bias, error = np.mean(found), np.std(found) / math.sqrt(repeats)
    assert abs(bias) < 4 * error
    assert covers / repeats >= 0.93
    if stakes == "useful":
        assert np.mean(plain) > 4 * np.std(plain) / math.sqrt(repeats), "unweighted, it would look worse"


def test_nothing_reviewed_says_nothing_and_wrong_chances_are_refused():
    assert rate_of([], []) is None
    with pytest.raises(ValueError, match="above 0"):
        rate_of([True], [0.0])
    with pytest.raises(ValueError, match="every review"):
        rate_of([True], [0.5, 0.5])
