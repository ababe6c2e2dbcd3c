"""The share of the money that would have been decided differently, from draws with uneven chances."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.evidence.sampling import Decided, draw, rate_of

ROWS = st.lists(st.tuples(st.booleans(), st.floats(0.01, 1), st.integers(1, 10**6)), min_size=1, max_size=50)


@settings(max_examples=examples(100))
@given(ROWS, st.integers(1, 1000))
def test_equal_amounts_say_what_no_amounts_say(rows, amount):
    said, chances, _ = zip(*rows, strict=True)
    plain, of_money = rate_of(said, chances), rate_of(said, chances, amounts=[amount] * len(rows))
    assert of_money.rate == pytest.approx(plain.rate)
    assert (of_money.low, of_money.high) == pytest.approx((plain.low, plain.high))


@settings(max_examples=examples(100))
@given(ROWS)
def test_it_lies_in_its_interval_and_is_worth_no_more_than_its_reviews(rows):
    said, chances, amounts = zip(*rows, strict=True)
    found = rate_of(said, chances, amounts=amounts)
    assert 0 <= found.low <= found.rate <= found.high <= 1
    assert 0 < found.worth <= found.reviews


def test_what_is_worth_nothing_says_nothing():
    assert rate_of([True, False], [1, 0.5], amounts=[0, 0]) is None
    assert rate_of([], [], amounts=[]) is None


@pytest.mark.parametrize("amounts", [[1], [1, -1]], ids=["too few", "below zero"])
def test_amounts_that_cant_be_are_refused(amounts):
    with pytest.raises(ValueError, match="amount"):
        rate_of([True, False], [1, 0.5], amounts=amounts)


def test_everything_looked_at_is_the_share_itself():
    found = rate_of([True, False, False], [1, 1, 1], amounts=[100, 200, 700])
    assert found.rate == pytest.approx(0.1)


@pytest.mark.slow
def test_drawn_again_and_again_it_is_the_share_of_all_the_money_and_its_interval_holds_it():
    rng = np.random.default_rng(11)
    amounts = np.exp(rng.normal(3, 1, 200)).round() + 1
    differently = rng.random(200) < np.where(amounts > 40, 0.15, 0.03)
    truth = (amounts * differently).sum() / amounts.sum()
    decided = [Decided(f"d{i}", f"m{i % 8}", float(amount)) for i, amount in enumerate(amounts)]
    rates, held = [], 0
    times = 600
    for number in range(times):
        lots = draw(decided, hashlib.sha256(str(number).encode()).digest(), each=3, budget=16)
        drawn = [i for i, lot in enumerate(lots) if lot.is_drawn]
        found = rate_of(differently[drawn], [lots[i].chance for i in drawn], amounts=amounts[drawn])
        rates.append(found.rate)
        held += found.low <= truth <= found.high
    assert abs(np.mean(rates) - truth) < 4.2 * np.std(rates) / times**0.5 + 0.01
    assert held / times >= 0.93
