"""No single answer of a pulse can be told better than by guessing the commonest one, plus three points."""

import numpy as np
import pytest
from tests.engine.evidence.pulse_attacker import base_rate, by_the_engine, made_worlds, share_guessed

WORLDS = 16_000


@pytest.mark.parametrize("people", [5, 8, 12, 25])
@pytest.mark.parametrize("stay", [0.8, 1.0], ids=["some-change", "all-answer-as-before"])
def test_who_left_is_not_worked_out_from_seven_waves(people, stay):
    """Measured with 120,000 worlds: at most 2.0 points above the base rate, mostly below one."""
    rng = np.random.default_rng([61, people, int(stay * 10)])
    worlds = made_worlds(rng, WORLDS, people, stay)
    least_noise = 2 * np.sqrt(0.25 / (WORLDS / 2))
    for knows_own in (False, True):
        found = share_guessed(rng, worlds, knows_own=knows_own)
        assert found <= base_rate(worlds) + 0.03 + least_noise


def test_without_the_blur_they_would_be():
    """Bands of three waves alone, as is usual: six people, one leaves, the others answer as before."""
    rng = np.random.default_rng(62)
    worlds = made_worlds(rng, WORLDS, 6, 1.0, blurred=False)
    assert share_guessed(rng, worlds, knows_own=False) >= base_rate(worlds) + 0.10


@pytest.mark.parametrize("people", [5, 8, 12, 25])
def test_what_is_attacked_is_what_the_engine_publishes(people):
    worlds = made_worlds(np.random.default_rng(63), 60, people, 0.8)
    for number in range(60):
        assert by_the_engine(worlds, number) == worlds.said[number].tolist()
