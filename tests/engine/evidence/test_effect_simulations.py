"""What is said of an effect holds as often as it says, on made weeks whose truth is known."""

import functools

import numpy as np
import pytest
from bench.effect import worlds
from tests.examples import examples

from remit_engine.evidence.effect import beforehand, in_waves
from remit_engine.evidence.effect.values import Outcome

pytestmark = pytest.mark.slow
BY_LOT = examples(900)
OTHERS = examples(200)


def allowed(rate, histories):
    """A rate, and three standard errors of so many histories."""
    return rate + 3 * (rate * (1 - rate) / histories) ** 0.5


@functools.cache
def drawn_by_lot(world):
    return worlds.by_lot(world, BY_LOT, seed=5)


@pytest.mark.parametrize("world", worlds.WORLDS, ids=lambda world: f"{world.teams} teams, {world.words}")
def test_by_lot_the_truth_is_in_19_of_20_intervals(world):
    held = drawn_by_lot(world)
    assert 1 - held.held <= allowed(0.05, BY_LOT)
    assert abs(held.bias) <= 3 * held.width / 2 / BY_LOT**0.5
    if not world.effect:
        assert held.more <= allowed(0.05, BY_LOT)
        assert held.fewer <= allowed(0.05, BY_LOT)


@pytest.mark.parametrize(
    ("world", "least"),
    [(worlds.WORLDS[2], 0.68), (worlds.WORLDS[3], 0.41), (worlds.WORLDS[5], 0.97)],
    ids=str,
)
def test_by_lot_an_effect_is_found_as_often_as_when_the_method_was_chosen(world, least):
    """The method was chosen for 68, 42 and 99 of 100; three standard errors below."""
    assert drawn_by_lot(world).more >= least - 3 * (0.25 / BY_LOT) ** 0.5
    assert drawn_by_lot(world).fewer <= 0.01


@pytest.mark.parametrize("world", worlds.NO_LOT, ids=lambda world: world.words)
def test_without_a_lot_too_and_the_band_holds_at_all_steps_at_once(world):
    held = worlds.without_lot(world, OTHERS, seed=6)
    assert 1 - held.held <= allowed(0.05, OTHERS)
    assert 1 - held.band <= allowed(0.07, OTHERS)
    if not world.effect:
        assert held.more <= allowed(0.05, OTHERS)


@pytest.mark.parametrize("world", worlds.ONES, ids=lambda one: f"{one.words}, {one.before} weeks before")
def test_of_one_team_the_interval_holds_too_however_its_weeks_follow_each_other(world):
    held = worlds.one_team(world, OTHERS, seed=7)
    assert 1 - held.held <= allowed(0.05, OTHERS)
    assert held.more <= allowed(0.05, OTHERS)
    assert held.fewer <= allowed(0.05, OTHERS)


def test_what_is_said_beforehand_to_be_found_is_found_in_four_of_five_studies():
    """The past of eight teams says the smallest effect; of made studies like it 72 to 90 of 100 find it."""
    rng = np.random.default_rng(8)
    quiet = worlds.World("quiet", 8)
    halves = [worlds.drawn_panel(quiet, rng)[0] for _ in range(2)]
    past = Outcome("made", np.hstack([half - half.mean(axis=1, keepdims=True) for half in halves]))
    said = beforehand(past, in_waves(8, first=8, apart=4), worlds.WEEKS)
    found = worlds.by_lot(worlds.World("as said", 8, said.smallest), BY_LOT, seed=9)
    assert 0.72 <= found.more <= 0.9
    assert said.teams_for(said.smallest / 2) == 32
