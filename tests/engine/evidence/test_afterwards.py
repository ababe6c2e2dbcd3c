"""Did it go down afterwards? By the test of what rises, on weeks in which somebody knows the truth."""

import numpy as np
import pytest

from remit_engine.evidence.afterwards import MOST_SINCE, SURE, Since, afterwards

DONE, PICKED, LONG = 34, 30, 46
LOOKS = 400


def look(late, others=None, *, done=DONE, picked=PICKED):
    """What is said of *late* beside as many others as there are in each week."""
    late = np.asarray(late)
    beside = np.full(len(late), 20) if others is None else others
    return afterwards({"late": late, "cold": beside}, late + beside, "late", done=done, picked=picked)


def test_it_counts_the_weeks_before_and_since_and_leaves_out_those_between():
    late = np.full(LONG, 6)
    late[PICKED - 4 : PICKED] = 30
    late[DONE] = 50
    late[DONE + 1 :] = 1
    found = look(late)
    assert (found.before, found.weeks_before) == (6 * 30, 30)
    assert (found.since, found.weeks_since) == (11, 11)
    assert found.says is Since.FEWER
    assert found.change.highest < 1


def test_only_the_first_weeks_since_are_looked_at_so_that_it_stays_said():
    late = [6] * 40 + [0] * (MOST_SINCE + 1) + [60] * 5
    found = look(late, done=40, picked=40)
    assert (found.since, found.weeks_since) == (0, MOST_SINCE)
    assert found.says is Since.FEWER


@pytest.mark.parametrize(
    ("late", "done", "says"),
    [
        ([6] * 40, 38, Since.TOO_EARLY),
        ([6] * 40, 40, Since.TOO_EARLY),
        ([6] * 40, 7, Since.TOO_FEW_BEFORE),
        ([6] * 40, -3, Since.TOO_FEW_BEFORE),
        ([0] * 10 + [1] + [0] * 29, 30, Since.TOO_RARE),
        ([0] * 40, 30, Since.TOO_RARE),
        ([6] * 40, 30, Since.NOISE),
        ([6] * 31 + [30] * 9, 30, Since.MORE),
        ([0] * 31 + [30] * 9, 30, Since.MORE),
        ([6] * 31 + [1] * 9, 30, Since.FEWER),
    ],
)
def test_what_there_is_to_say(late, done, says):
    assert look(late, done=done, picked=done).says is says


def test_picked_for_being_high_and_going_down_by_itself_says_no_more_than_stated():
    """Of ten causes that never change the highest of four weeks is picked, and done a week later."""
    lots = np.random.default_rng(5)
    said = []
    for _ in range(LOOKS):
        made = lots.negative_binomial(6, 0.5, (10, LONG))
        weeks = dict(enumerate(made))
        highest = int(made[:, PICKED - 4 : PICKED].sum(axis=1).argmax())
        found = afterwards(weeks, made.sum(axis=0), highest, done=PICKED, picked=PICKED)
        said.append(found.says is Since.FEWER)
    assert np.mean(said) <= SURE + 3 * np.sqrt(SURE * (1 - SURE) / LOOKS)


def test_what_went_down_to_a_third_is_mostly_seen():
    lots = np.random.default_rng(6)
    said = []
    for _ in range(100):
        made = lots.poisson(6, (10, LONG))
        made[0, DONE + 1 :] = lots.poisson(2, LONG - DONE - 1)
        found = afterwards(dict(enumerate(made)), made.sum(axis=0), 0, done=DONE, picked=PICKED)
        said.append(found.says is Since.FEWER)
    assert np.mean(said) > 0.9


def test_a_cause_that_isnt_counted_is_none():
    with pytest.raises(KeyError):
        afterwards({"cold": [1] * 40}, [1] * 40, "late", done=30, picked=30)
