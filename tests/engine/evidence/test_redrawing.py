"""A week is drawn again from what was told of it, and every change of it is found."""

import copy
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.errors import InputError
from remit_engine.evidence.redrawing import FORMULA, redraw
from remit_engine.evidence.sampling import Decided, by_lot, doubled, draw

KEY = hashlib.sha256(b"a key of tests").digest()


def told_of(members, *, each=2, budget=3, share=0.3):
    """The file of a week in which members decided; `members` holds stakes by member."""
    decided = [
        Decided(f"decision:{number}", member, stake)
        for number, (member, stake) in enumerate((m, s) for m, stakes in members.items() for s in stakes)
    ]
    lots = draw(decided, KEY, each=each, budget=budget)
    double = doubled([lot.name for lot in lots if lot.is_drawn], KEY, share)
    return {
        "formula": FORMULA,
        "commitment": hashlib.sha256(KEY).hexdigest(),
        "key": KEY.hex(),
        "each": each,
        "budget": budget,
        "doubles": share,
        "decisions": [
            {
                "name": one.name,
                "member": one.member,
                "stake": one.stake,
                "chance_fair": lot.fair,
                "chance_risk": lot.risk,
                "drawn_fair": lot.is_fair,
                "drawn_risk": lot.is_risk,
                "place": lot.place,
                "double": lot.name in double,
            }
            for one, lot in zip(decided, lots, strict=True)
        ],
    }


WEEKS = st.dictionaries(
    st.sampled_from("abcde"), st.lists(st.integers(0, 10**10), min_size=1, max_size=12), min_size=1
)


@settings(max_examples=examples(100))
@given(WEEKS, st.integers(0, 4), st.integers(0, 9))
def test_what_was_told_truly_is_found_again(members, each, budget):
    told = told_of(members, each=each, budget=budget)
    found = redraw(told)
    assert found.wrong == []
    assert found.decisions == len(told["decisions"])
    assert found.drawn == sum(row["drawn_fair"] or row["drawn_risk"] for row in told["decisions"])


@pytest.mark.parametrize(
    "field", ["chance_fair", "chance_risk", "drawn_fair", "drawn_risk", "place", "double"]
)
@settings(max_examples=examples(60))
@given(WEEKS, st.data())
def test_whatever_is_changed_is_found(field, members, data):
    told = copy.deepcopy(told_of(members))
    row = data.draw(st.sampled_from(told["decisions"]))
    row[field] = not row[field] if isinstance(row[field], bool) else row[field] + 1
    assert [each.split(":")[1] for each in redraw(told).wrong] == [row["name"].split(":")[1]]


def test_another_key_is_found_even_where_it_draws_the_same():
    told = told_of({"a": [1]}) | {"commitment": "0" * 64}
    assert redraw(told).wrong == ["The key isn't the one that was committed to."]


@pytest.mark.parametrize(
    "change",
    [
        {"formula": "another"},
        {"key": "00"},
        {"key": "z" * 64},
        {"each": -1},
        {"each": "two"},
        {"decisions": None},
        {"decisions": [{}]},
        {"decisions": ["x"]},
    ],
    ids=str,
)
def test_what_isnt_a_draw_is_refused_in_words(change):
    with pytest.raises(InputError):
        redraw(told_of({"a": [1, 2]}) | change)


def test_a_decision_that_comes_twice_is_refused():
    told = told_of({"a": [1, 2]})
    told["decisions"] *= 2
    with pytest.raises(InputError):
        redraw(told)


def test_the_fair_draw_takes_the_first_places_of_each_member():
    told = told_of({"a": [1] * 9, "b": [5]}, each=3)
    for member, count in (("a", 9), ("b", 1)):
        rows = [row for row in told["decisions"] if row["member"] == member]
        assert sorted(row["place"] for row in rows) == list(range(1, count + 1))
        assert all(row["drawn_fair"] == (row["place"] <= 3) for row in rows)


def test_doubles_and_orders_follow_the_key_and_are_even():
    names = [f"decision:{number}" for number in range(20_000)]
    found = doubled(names, KEY, 0.1)
    assert abs(len(found) - 2000) < 4.2 * (20_000 * 0.1 * 0.9) ** 0.5
    assert doubled(names[::-1], KEY, 0.1) == found
    assert by_lot(names, KEY, "one") == by_lot(names[::-1], KEY, "one") != by_lot(names, KEY, "two")
    assert (doubled(names, KEY, 0), doubled(names, KEY, 1)) == (frozenset(), frozenset(names))
