"""What is published of a pulse: rounded, blurred, sure as it says, and of nobody alone."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.engine.evidence.pulse_attacker import CHANCES
from tests.examples import examples

from remit_engine.evidence import pulse
from remit_engine.evidence.pulse import Counted, Form

tallies = st.tuples(*[st.integers(0, 9)] * 5)
blurs = st.floats(-1, 1)


def counted(tally, silent=0):
    """Of a tally and so many who said nothing."""
    return Counted(tally, sum(tally) + silent)


def test_quantiles_are_those_of_students_t():
    for freedom in (4, 5, 7, 11, 24, 200):
        assert pulse.t_quantile(0.95, freedom) == pytest.approx(stats.t.ppf(0.95, freedom), abs=1e-3)


def test_nobody_is_told_to_have_answered_or_not():
    assert pulse.told_answers(4, 9) == (0, 4)
    assert pulse.told_answers(9, 9) == pulse.told_answers(8, 9) == (8, 9)
    assert pulse.told_answers(6, 9) == (6, 6)
    assert pulse.told_answers(5, 5) == (5, 5)


@given(tallies.filter(lambda tally: sum(tally) >= 12), st.integers(0, 20), blurs)
def test_one_wave_is_rounded_blurred_and_capped(tally, silent, blur):
    whole = counted(tally, silent)
    figure = pulse.alone(whole, blur)
    moved = whole.mean + blur * pulse.blur_of(figure.answers)
    assert figure.low == figure.high
    assert 12 <= figure.low <= 48
    assert abs(figure.low / 10 - min(max(moved, 1.2), 4.8)) <= 0.05 + 1e-9
    assert 10 <= figure.sure_low <= figure.low <= figure.sure_high <= 50
    assert (figure.worst is None) == (figure.answers >= 0.7 * whole.asked)


@given(st.lists(tallies.filter(lambda tally: sum(tally) >= 5), min_size=3, max_size=3), blurs)
def test_three_waves_are_bands_of_half_a_point(waves, blur):
    figure = pulse.together([counted(tally) for tally in waves], blur)
    assert figure.form is Form.TOGETHER
    assert figure.high - figure.low == 5
    assert figure.low % 5 == 0
    moved = np.mean([counted(tally).mean for tally in waves]) + blur * pulse.blur_of(figure.answers)
    assert figure.low / 10 - 1e-9 <= min(max(moved, 1), 5) <= figure.high / 10 + 1e-9


@pytest.mark.parametrize(("people", "answers"), [(14, 12), (20, 13), (30, 30), (60, 30)])
def test_intervals_hold_what_all_would_have_said(people, answers):
    """At least 88 of 100, where 90 are promised, though what the silent would say isn't known."""
    rng = np.random.default_rng(people)
    held = 0
    for _ in range(400):
        said = rng.choice(5, people, p=CHANCES) + 1
        tally = tuple(int((said[:answers] == value).sum()) for value in range(1, 6))
        figure = pulse.alone(counted(tally, people - answers), rng.uniform(-1, 1))
        held += figure.sure_low <= 10 * said.mean() <= figure.sure_high
    assert held / 400 >= 0.88


def test_the_worst_is_what_the_silent_could_have_said():
    figure = pulse.alone(counted((0, 0, 6, 6, 0), 8), 0)
    low, high = figure.worst
    assert low <= (12 * 3.5 + 8 * 1) / 20 * 10
    assert high >= (12 * 3.5 + 8 * 5) / 20 * 10


def test_a_change_is_named_only_where_it_is_more_than_noise():
    """The smallest that can be told, as the reading has it: 0.77 for eight answers, 0.46 for twenty."""
    assert pulse.smallest_change(8, is_same=True) == pytest.approx(0.77, abs=0.01)
    assert pulse.smallest_change(20, is_same=True) == pytest.approx(0.46, abs=0.01)
    assert pulse.smallest_change(8, is_same=False) > 1.2
    low, high = counted((0, 0, 20, 0, 0)), counted((0, 0, 0, 20, 0))
    before, now = pulse.alone(low, 0), pulse.alone(high, 0)
    assert pulse.moved(before, now, is_same=True) == 1
    assert pulse.moved(now, before, is_same=True) == -1
    assert pulse.moved(now, now, is_same=True) == 0
    near = pulse.together([low] * 3, 0), pulse.together([counted((0, 0, 10, 10, 0))] * 3, 0)
    assert pulse.moved(*near, is_same=True) == 0
    assert pulse.moved(near[0], now, is_same=True) == 0


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 40), min_size=1))
@example({"a": 0, "b": 12})
@settings(max_examples=examples(200))
def test_a_partition_has_no_small_part(asked):
    parts = pulse.parts_of(asked)
    sizes = {}
    for role, part in parts.items():
        sizes[part] = sizes.get(part, 0) + asked[role]
    assert not parts or set(parts) == {role for role, size in asked.items() if size}
    assert len(sizes) <= pulse.MOST_PARTS
    assert len(sizes) != 1
    assert all(size >= 12 for size in sizes.values())


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 20)))
def test_what_is_left_beside_the_parts_shown_is_nobody_or_five(answers):
    shown = pulse.shown_parts(answers)
    left = sum(count for part, count in answers.items() if part not in shown)
    assert all(answers[part] >= 12 for part in shown)
    assert not shown or left == 0 or left >= 5


def test_groups_that_differ_by_a_few_dont_stand_apart():
    one, two = frozenset(range(12)), frozenset(range(12, 30))
    assert pulse.made_of([one, two]) == {one, two, one | two}
    assert pulse.stand_apart([one], [one, two])
    assert pulse.stand_apart([one], [])
    assert not pulse.stand_apart([two, one], [one - {3}])
    assert not pulse.stand_apart([one | {99, 98, 97, 96}], [one])
    assert pulse.stand_apart([one | {99, 98, 97, 96, 95}], [one])
