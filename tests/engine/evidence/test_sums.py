"""Sums of money lose nothing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from remit_engine.evidence.sums import total


@given(st.lists(st.integers(0, 10**17), max_size=200))
def test_sums_are_exact_beyond_64_bits(amounts):
    assert total(np.array(amounts, np.int64)) == sum(amounts)
