"""The guarantee, simulated: made histories of worlds with a known truth (`make simulate` makes many more)."""

import functools

import pytest
from bench import simulate
from bench.worlds import SINGLE, TWELVE
from tests.examples import examples

pytestmark = pytest.mark.slow
HISTORIES = examples(1000)


@functools.cache
def measured(world):
    return {cell.method: cell for cell in simulate.single(world, 300, HISTORIES, seed=11)}


@pytest.mark.parametrize("world", SINGLE)
def test_the_promise_is_broken_at_most_as_often_as_said(world):
    cell = measured(world)["Remit"]
    assert cell.broken <= cell.allowed


@pytest.mark.parametrize("world", SINGLE)
def test_at_300_requests_no_less_is_let_go_than_by_exact_bounds_with_bonferroni(world):
    cells = measured(world)
    assert cells["Remit"].released >= cells["exact binomial, Bonferroni"].released


PUBLISHED = dict(zip(SINGLE, (0.24, 0.27, 0.22, 0.63, 0.02, 0.02), strict=True))
"""Share let go by the band at 300 requests as measured when the method was chosen (20,000 histories)."""


@pytest.mark.parametrize("world", SINGLE)
def test_the_share_let_go_is_what_was_measured_when_the_method_was_chosen(world):
    """Within three standard errors: a share lies in [0, 1], so its error is at most half over the root."""
    assert measured(world)["band alone"].released == pytest.approx(
        PUBLISHED[world], abs=0.005 + 3 * 0.5 / HISTORIES**0.5
    )


def test_the_simulation_can_see_a_broken_promise():
    """The naive rule breaks it in four histories of five where everything is just over the tolerance."""
    assert measured("just over the tolerance: 3.01 % everywhere")["naive"].broken > 0.7


@pytest.mark.parametrize("world", TWELVE)
def test_twelve_segments_keep_their_promises(world):
    per_segment, pooled = simulate.several(world, 3000, HISTORIES, seed=12)
    assert per_segment.broken <= per_segment.allowed
    assert pooled.broken <= pooled.allowed
    if "mixed" in world:
        # 22 % and 47 % when the method was chosen (2,000 histories); what is spent on taking out segments
        # that have changed costs half a percent of the requests here. Fewer histories say it less sharply.
        assert per_segment.released >= 0.22
        assert pooled.released == pytest.approx(0.47, abs=0.02 * (1000 / HISTORIES) ** 0.5)


@pytest.mark.parametrize("world", simulate.FACT_WORLDS)
def test_facts_chosen_on_the_older_half_keep_the_promise(world):
    cell = simulate.with_facts(world, 2000, HISTORIES, seed=13)
    assert cell.broken <= cell.allowed
    if "matters" in world:
        assert cell.released > 0.25


@pytest.mark.parametrize("world", simulate.MONEY_WORLDS)
def test_the_money_bound_holds_at_all_limits_at_once(world):
    cell = simulate.money(world, 600, HISTORIES, seed=14)
    assert cell.broken <= cell.allowed
