"""Records of requests read all at once say the same as read one by one, whatever they hold."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.insight.what_if.columns import Recorded
from remit.insight.what_if.json_columns import TEXT, JsonColumns
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.request import Request

CHARTER = read_charter_text("""\
charter: The counter
currency: EUR
why: Guests come back.
facts:
  category: [late, cold, "2026-01-05"]
  age: days
  abroad: flag
grants:
  - {id: g, who: {role: member}, kind: refund, upto: 10, level: decide, why: Small.}
allowances:
  - {id: weekly, per: member, period: week, most: 100, beyond: ask, why: Seen in time.}
""").charter

facts = st.fixed_dictionaries(
    {},
    optional={
        "category": st.sampled_from(["late", "cold", "2026-01-05", "a\nb", "ü", ""]),
        "age": st.integers(0, 2**40) | st.sampled_from(["late", True]),
        "abroad": st.booleans(),
        "gone": st.text(max_size=3) | st.integers(-5, 2**70) | st.booleans(),
    },
)
records = st.builds(
    Request,
    kind=st.sampled_from(["refund", "credit"]),
    role=st.sampled_from(["member", "lead"]),
    member=st.sampled_from(["ana", "ben", None]),
    team=st.just("harbour"),
    amount=st.integers(0, 2**50) | st.none(),
    given=st.integers(0, 1000),
    currency=st.sampled_from(["EUR", "USD", None]),
    day=st.dates() | st.none(),
    customer=st.sampled_from(["customer:1", None]),
    step=st.sampled_from(["trusted", None]),
    about_me=st.booleans(),
    facts=facts,
    used=st.fixed_dictionaries({}, optional={"weekly": st.integers(0, 2**50), "daily": st.integers(0, 9)}),
).map(lambda request: request.as_record())


def _columns(pieces, *, at_once, with_keys):
    recorded = Recorded(with_keys=with_keys)
    for piece in pieces:
        if at_once:
            recorded.add_texts([json.dumps(record) for record in piece])
        else:
            recorded.add(piece)
    moments = np.zeros(recorded.rows, dtype="datetime64[s]")
    return recorded.under(CHARTER, moments), [recorded.used_of(name) for name in ("weekly", "daily", "none")]


def _words(column):
    return [None if code < 0 else column.names[code] for code in column.codes]


@given(st.lists(st.lists(records, min_size=1, max_size=6), min_size=1, max_size=3), st.booleans())
def test_at_once_says_the_same_as_one_by_one(pieces, with_keys):
    mine, my_totals = _columns(pieces, at_once=True, with_keys=with_keys)
    theirs, their_totals = _columns(pieces, at_once=False, with_keys=with_keys)
    for name in ("kind", "role", "member", "team", "currency", "step", "customer"):
        assert _words(getattr(mine, name)) == _words(getattr(theirs, name)), name
    for name in ("amount", "given", "about_me", "own_account"):
        assert getattr(mine, name).tolist() == getattr(theirs, name).tolist(), name
    assert np.array_equal(mine.day, theirs.day, equal_nan=True)
    assert mine.facts.keys() == theirs.facts.keys()
    for name, column in theirs.facts.items():
        if hasattr(column, "names"):
            assert _words(mine.facts[name]) == _words(column), name
        else:
            assert mine.facts[name].tolist() == column.tolist(), name
    assert [each.tolist() for each in my_totals] == [each.tolist() for each in their_totals]


@pytest.mark.parametrize(
    "texts",
    [
        ['{"a": "x"}', '{"a": 1}'],
        ['{"a": "x"}{"a": "y"}', '{"a": "z"}'],
        ['{"a": "x"', "}"],
    ],
)
def test_what_is_no_object_of_one_form_each_is_left_to_whoever_asked(texts):
    assert JsonColumns.read(texts, {"a": TEXT}) is None
