"""What is looked at all the time keeps its promise, simulated at small size (`make simulate` runs more)."""

import math

import pytest
from bench import watched
from bench.worlds import ERROR, SINGLE, TOLERANCE

pytestmark = pytest.mark.slow
HISTORIES = 400
ALLOWED = ERROR + 3 * math.sqrt(ERROR * (1 - ERROR) / HISTORIES)


@pytest.mark.parametrize("world", SINGLE)
def test_whatever_is_let_go_on_a_display_holds_at_every_look(world):
    broken, released = watched.watched(world, 600, HISTORIES, seed=21)
    assert broken <= ALLOWED
    assert released > 0.5 or "good" not in world


@pytest.mark.parametrize("rate", watched.REVIEW_RATES)
def test_the_bound_of_what_was_let_go_holds_after_every_review(rate):
    missed, bound = watched.looked_after_each_review(rate, 60, HISTORIES, seed=22)
    assert missed <= ALLOWED
    assert rate < bound < 1


def test_drift_is_a_false_alarm_as_seldom_as_stated_and_heard_where_it_is_real():
    false, heard = watched.alarms(TOLERANCE, 600, HISTORIES, seed=23)
    assert false <= ALLOWED
    assert heard > 0.8


def test_somebody_is_worth_a_look_without_cause_as_seldom_as_stated():
    mean, heard = watched.worth_a_look(0.03, 400, HISTORIES, seed=24)
    assert mean <= 1
    assert heard > 0.8
