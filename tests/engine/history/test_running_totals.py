"""What was added up before each row is what a plain count says."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.charter.periods import Period, Span
from remit_engine.history.running_totals import Entries

PERIODS = st.sampled_from(
    [
        Period(Span.DAY),
        Period(Span.WEEK),
        Period(Span.MONTH),
        Period(Span.EVER),
        *(Period(Span.ROLLING, days) for days in (1, 2, 7, 30, 400)),
    ]
)
FIRST = date(2025, 12, 20)
rows = st.tuples(
    st.integers(0, 70), st.integers(-1, 3), st.integers(-1, 3), st.integers(0, 9), st.integers(0, 9)
)


def _columns(made):
    made = sorted(made, key=lambda row: row[0])
    days = [FIRST + timedelta(days=row[0]) for row in made]
    keys, answered, own, other = (np.array([row[n] for row in made], dtype=np.int64) for n in range(1, 5))
    return days, keys, answered, own, other


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(rows, max_size=40), PERIODS, st.booleans())
def test_totals_are_those_of_a_plain_count(made, period, several):
    days, keys, answered, own, other = _columns(made)
    entries = Entries.of(keys, answered if several else None, np.array(days, dtype="datetime64[D]"), period)
    values = np.zeros(len(entries.rows), dtype=np.int64)
    values[entries.own[keys >= 0]] = own[keys >= 0]
    if several:
        values[entries.answered[answered >= 0]] = other[answered >= 0]
    expected = []
    for row, key in enumerate(keys):
        covered = [before for before in range(row) if period.covers(days[before], days[row])]
        total = sum(int(own[before]) for before in covered if keys[before] == key)
        total += sum(int(other[before]) for before in covered if answered[before] == key) if several else 0
        expected.append(total if key >= 0 else -1)
    assert entries.before(values).tolist() == expected


def test_without_days_everything_before_counts():
    entries = Entries.of(np.array([0, 1, 0, 0, -1]), None, None, Period(Span.EVER))
    values = np.array([5, 7, 11, 13])[np.argsort(np.argsort([0, 3, 1, 2]))]
    assert entries.rows.tolist() == [0, 2, 3, 1]
    assert entries.before(values).tolist()[0] == 0
    assert entries.before(values).tolist()[4] == -1


def test_sums_past_64_bits_over_all_keys_are_exact_inside_each():
    many = 400
    keys = np.repeat(np.arange(many), 2)
    entries = Entries.of(keys, None, None, Period(Span.EVER))
    values = np.full(2 * many, 10**17, dtype=np.int64)
    assert entries.before(values).tolist() == [0, 10**17] * many
