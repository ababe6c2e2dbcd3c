"""Agreement of two reviewers: against a hand-computed table and its bounds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.evidence.agreement import agreement_of


def test_it_is_as_by_hand():
    # 118 twice "same", 5 and 2 of only one of them, 0 twice "different": the table of Gwet 2008, section 1,
    # where kappa is about -0.02 though both said the same of 94 %.
    pairs = [(False, False)] * 118 + [(True, False)] * 5 + [(False, True)] * 2
    found = agreement_of(pairs)
    differently = 7 / 250
    chance = 2 * differently * (1 - differently)
    assert (found.pairs, found.alike) == (125, 118)
    assert found.share == 118 / 125
    assert found.ac1 == pytest.approx((118 / 125 - chance) / (1 - chance))
    assert found.ac1 == pytest.approx(0.9408, abs=0.0001)


def test_nothing_looked_at_twice_says_nothing():
    assert agreement_of([]) is None


PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60)


@settings(max_examples=examples(200))
@given(PAIRS)
def test_it_lies_within_its_bounds_and_is_one_only_where_all_agree(pairs):
    found = agreement_of(pairs)
    assert -1 <= found.ac1 <= 1
    assert (found.ac1 == 1) == (found.alike == found.pairs)
    assert found.ac1 <= found.share


@settings(max_examples=examples(200))
@given(PAIRS)
def test_it_doesnt_matter_who_is_who_nor_which_is_called_different(pairs):
    other = [(second, first) for first, second in pairs]
    turned = [(not first, not second) for first, second in pairs]
    expected = agreement_of(pairs).ac1
    assert agreement_of(other).ac1 == pytest.approx(expected)
    assert agreement_of(turned).ac1 == pytest.approx(expected)
