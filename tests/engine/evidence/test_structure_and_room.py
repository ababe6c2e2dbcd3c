"""Structure and room: values are plain means, and a change is called more than noise at the promised rate."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.examples import examples

from remit_engine.evidence.balance import (
    BLOCK,
    ERROR,
    FEWEST_BEFORE,
    FEWEST_IN_BLOCK,
    FEWEST_PARTS,
    MOST_BEFORE,
    Tally,
    chained,
    chance_of,
    more_than_noise,
    moved,
    side_of,
    together,
)
from remit_engine.evidence.effect.asking import holm

YEAR = BLOCK * (MOST_BEFORE + 1)
tallies = st.lists(
    st.integers(0, 5).flatmap(lambda rows: st.builds(Tally, st.integers(0, 100 * rows), st.just(rows))),
    min_size=20,
    max_size=60,
)
values = st.dictionaries(st.sampled_from("abcd"), st.floats(0, 100), max_size=4)


def a_history(rng, often, *, alike, spread, weeks=YEAR, after=None, parts=5):
    """Weeks of some parts: how a week goes depends on the one before (`alike`), and varies by `spread`."""
    state = rng.normal(0, spread, parts)
    found = []
    for week in range(weeks):
        state = alike * state + math.sqrt(1 - alike**2) * spread * rng.normal(size=parts)
        mean = 0.7 if after is None or week < weeks - BLOCK else after
        good = 1 / (1 + np.exp(-(math.log(mean / (1 - mean)) + state)))
        rows = rng.poisson(often, parts)
        drawn = rng.binomial(rows, good)
        found.append([Tally(int(100 * g), int(r)) for g, r in zip(drawn, rows, strict=True)])
    return list(zip(*found, strict=True))


def named(structure, room):
    """Whether a page of these parts, with their sides, calls any of it more than noise."""
    each = [moved(part) for part in [*structure, *room]]
    sides = [moved(*structure), moved(*room)]
    return any(
        any(more_than_noise([found.chance if found else None for found in family]))
        for family in (each, sides)
    )


@pytest.mark.parametrize(
    ("often", "alike", "spread", "weeks"),
    [
        (2, 0, 0.35, YEAR),
        (10, 0.5, 0.6, YEAR),
        (60, 0.5, 0.6, YEAR),
        (60, 0.5, 0.35, 26),
        (60, 0.7, 0.6, YEAR),
    ],
)
def test_where_nothing_changed_a_page_names_something_in_at_most_one_look_in_twenty(
    often, alike, spread, weeks
):
    """Ten parts and two sides. Measured: see docs/explanation/balance.md."""
    rng = np.random.default_rng([53, often, int(10 * alike), int(100 * spread), weeks])
    looks = 120
    wrong = 0
    for _ in range(looks):
        parts = a_history(rng, often, alike=alike, spread=spread, weeks=weeks, parts=10)
        wrong += named(parts[:5], parts[5:])
    assert wrong / looks <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / looks)


def test_a_change_by_twenty_points_is_found():
    rng = np.random.default_rng(54)
    looks = []
    for _ in range(60):
        parts = a_history(rng, 20, alike=0.4, spread=0.3, after=0.9)
        looks.append(named(parts[:3], parts[3:]))
    assert np.mean(looks) > 0.85


@given(tallies)
@settings(max_examples=examples(80))
def test_the_newest_weeks_are_held_against_those_before_as_one_more_of_them(weeks):
    found = moved(weeks)
    blocks = [together(weeks[end - BLOCK : end]) for end in range(len(weeks), BLOCK - 1, -BLOCK)]
    before = [each.mean for each in blocks[1 : MOST_BEFORE + 1] if each.rows >= FEWEST_IN_BLOCK]
    if blocks[0].rows < FEWEST_IN_BLOCK or len(before) < FEWEST_BEFORE:
        assert found is None
        return
    assert (found.times, found.before) == (len(before), pytest.approx(np.mean(before)))
    assert found.lately == pytest.approx(blocks[0].mean)
    assert 0 <= found.chance <= 1
    spread = np.var(before, ddof=1)
    if spread > 0:
        t = (found.lately - found.before) / math.sqrt(spread * (1 + 1 / len(before)))
        # Never surer than the spread of the times before alone says.
        assert found.chance >= 2 * stats.t.sf(abs(t), len(before) - 1) - 1e-9


@given(st.floats(-50, 50), st.integers(1, 20))
@settings(max_examples=examples(100))
def test_the_law_is_students_t(t, freedom):
    assert chance_of(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), abs=1e-10)


@given(st.lists(values, max_size=8))
@settings(max_examples=examples(100))
def test_the_trail_ends_where_the_side_is_and_no_part_that_comes_or_goes_moves_it(weeks):
    trail = chained(weeks)
    assert len(trail) == len(weeks)
    now = side_of(weeks[-1].values()) if weeks else None
    assert not weeks or trail[-1] == now
    for earlier, later, one, other in zip(weeks, weeks[1:], trail, trail[1:], strict=False):
        both = set(earlier) & set(later)
        if other is None or len(both) < FEWEST_PARTS:
            assert one is None
        elif 0 < one < 100 and 0 < other < 100:
            assert other - one == pytest.approx(
                np.mean([later[each] - earlier[each] for each in both]), abs=1e-6
            )


def test_a_part_that_begins_to_be_counted_leaves_the_trail_where_it_was():
    trail = chained([{"a": 50, "b": 60}, {"a": 50, "b": 60, "c": 100}])
    assert trail == [pytest.approx(70), pytest.approx(70)]


@given(st.lists(st.none() | st.floats(0, 1), max_size=12))
@settings(max_examples=examples(100))
def test_several_are_judged_together_as_holm_does(chances):
    there = [each for each in chances if each is not None]
    judged = iter([each <= ERROR for each in holm(there)])
    assert more_than_noise(chances) == [None if each is None else next(judged) for each in chances]


@given(st.lists(st.none() | st.floats(0, 100), max_size=8))
@settings(max_examples=examples(50))
def test_a_side_is_the_plain_mean_of_the_parts_that_are_there(values):
    there = [each for each in values if each is not None]
    if len(there) < FEWEST_PARTS:
        assert side_of(values) is None
    else:
        assert side_of(values) == pytest.approx(np.mean(there))
