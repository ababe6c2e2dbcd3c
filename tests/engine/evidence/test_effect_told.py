"""What is told about an effect: the design that the data allow, the sentence, and why it can't be told."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine.evidence.effect import (
    Design,
    Effect,
    Outcome,
    Rollout,
    Says,
    Why,
    beforehand,
    effect_of,
    effects_of,
    in_waves,
    weekly_means,
)
from remit_engine.evidence.effect.asking import holm
from remit_engine.evidence.effect.values import Figure, text_of

WEEKS = 26


def made(starts, effect=0.0, *, weeks=WEEKS, seed=1, drift=0.0):
    """Weeks of teams around 4, with an effect, and a drift of those who start early beside the others."""
    rng = np.random.default_rng(seed)
    week = np.arange(weeks)
    begun = np.array([weeks if start is None else start for start in starts])
    early = np.argsort(np.argsort(-begun, kind="stable"), kind="stable")
    values = 4 + 0.1 * rng.normal(size=(len(starts), weeks)) + 0.2 * rng.normal(size=weeks)
    return values + effect * (week >= begun[:, None]) + drift * early[:, None] * week


def rollout_of(starts, *, by_lot=True):
    return Rollout(tuple(f"team {each:02}" for each in range(len(starts))), tuple(starts), by_lot)


EIGHT = in_waves(8, first=8, apart=4)


def told(effect):
    return text_of(effect.words)


def test_by_lot_an_effect_is_a_proof():
    found = effect_of(Outcome("rating", made(EIGHT, 0.5)), rollout_of(EIGHT))
    assert (found.design, found.says) == (Design.BY_LOT, Says.BETTER)
    assert found.measured.low < 0.5 < found.measured.high
    assert told(found).startswith("The order was drawn by lot. Teams that had started were 0.")
    assert " higher than teams whose turn had not come: the difference lies somewhere from " in told(found)
    assert [each.since for each in found.months] == [-4, -3, -2, -1, 0, 1, 2]
    assert all(each.low <= each.estimate <= each.high for each in found.months)
    assert found.sensitivity is None
    assert found.reason is None
    figures = dict(found.figures)
    assert (figures["teams"], figures["orders"], figures["orders looked at"]) == (8, 2520, 1000)
    assert figures["weeks of teams compared"] + figures["weeks of teams left out"] == 2 * (18 + 14 + 10 + 6)
    assert "Once the last team had started" in text_of(found.remarks[0])


def test_less_can_be_better():
    found = effect_of(Outcome("hours", made(EIGHT, 0.5), more_is_better=False), rollout_of(EIGHT))
    assert found.says is Says.WORSE
    found = effect_of(Outcome("hours", made(EIGHT, -0.5), more_is_better=False), rollout_of(EIGHT))
    assert found.says is Says.BETTER
    assert " lower than teams" in told(found)


def test_nothing_beyond_chance_is_said_with_how_much_it_could_be():
    found = effect_of(Outcome("rating", made(EIGHT)), rollout_of(EIGHT))
    assert (found.design, found.says) == (Design.BY_LOT, Says.NOTHING_SEEN)
    assert (
        "differ from teams whose turn had not come by no more than chance explains: somewhere from -"
        in told(found)
    )


def test_without_a_lot_it_is_a_comparison_and_says_what_would_have_to_be_true():
    found = effect_of(Outcome("rating", made(EIGHT, 0.5)), rollout_of(EIGHT, by_lot=False))
    assert (found.design, found.says) == (Design.COMPARISON, Says.BETTER)
    assert told(found).startswith("The order was not drawn by lot, so this is a comparison. ")
    what = found.sensitivity
    assert what.drift > 0
    assert what.times == pytest.approx(what.drift / what.largest_before)
    assert [factor for factor, _, _ in what.bounds] == [0.5, 1.0, 2.0]
    for factor, low, high in what.bounds:
        wider = factor * what.largest_before * found.measured.low / what.drift
        assert (low, high) == pytest.approx((found.measured.low - wider, found.measured.high + wider))
    assert any(text_of(each).startswith("It would be wrong if those who started") for each in found.remarks)


def test_teams_that_moved_apart_before_are_no_comparison():
    values = made(EIGHT, drift=0.03)
    found = effect_of(Outcome("rating", values), rollout_of(EIGHT, by_lot=False))
    assert (found.design, found.reason.why) == (Design.CANT_TELL, Why.APART_BEFORE)
    assert found.before.chance <= 0.05
    assert found.before.drift > 0
    assert found.measured is None
    assert "estimate" in dict(found.figures)
    assert told(found).startswith("It can't be told from this data: those who started were already moving")
    # Drawn by lot that is chance, and the interval allows for it.
    assert effect_of(Outcome("rating", values), rollout_of(EIGHT)).design is Design.BY_LOT


def test_a_comparison_needs_weeks_before_to_be_looked_at():
    starts = in_waves(8, first=5, apart=4)
    found = effect_of(Outcome("rating", made(starts, 0.5)), rollout_of(starts, by_lot=False))
    assert found.reason.why is Why.FEW_WEEKS_BEFORE
    assert "3 more weeks" in told(found)
    assert effect_of(Outcome("rating", made(starts, 0.5)), rollout_of(starts)).says is Says.BETTER


@pytest.mark.parametrize("starts", [[16, 20, 24, None], [16, 16, 16, 16, 16], [16, 16, 16, 16, 22]], ids=str)
def test_few_teams_cant_reach_5_in_100_by_lot_and_are_an_indication_at_most(starts):
    found = effect_of(Outcome("rating", made(starts, 3.0, weeks=70)), rollout_of(starts))
    assert found.design in {Design.INDICATION, Design.CANT_TELL}
    assert "too few to reach 5 %" in text_of(found.remarks[0])


def test_one_team_with_others_beside_is_an_indication():
    starts = [20, None, None]
    found = effect_of(Outcome("rating", made(starts, 1.5)), rollout_of(starts, by_lot=False))
    assert (found.design, found.says) == (Design.INDICATION, Says.BETTER)
    assert told(found).startswith("An indication, no proof: the weeks since were 1.")
    assert dict(found.figures)["teams beside"] == 2
    assert dict(found.figures)["weeks since"] == 6
    assert "one team alone can't show" in text_of(found.remarks[-1])
    none = effect_of(Outcome("rating", made(starts)), rollout_of(starts, by_lot=False))
    assert none.says is Says.NOTHING_SEEN
    assert told(none).startswith("An indication, no proof: the weeks since differ from")


def test_one_team_alone_needs_a_year_before():
    found = effect_of(Outcome("rating", made([30], 1.5, weeks=40)), rollout_of([30], by_lot=False))
    assert (found.design, found.reason.why) == (Design.CANT_TELL, Why.SEASON)
    assert "22 more weeks before the start are needed, or a team that starts later" in told(found)
    found = effect_of(Outcome("rating", made([60], 1.5, weeks=70)), rollout_of([60], by_lot=False))
    assert (found.design, found.says) == (Design.INDICATION, Says.BETTER)
    assert dict(found.figures)["teams beside"] == 0


@pytest.mark.parametrize(
    ("starts", "values", "why", "says"),
    [
        ([None, 40], made([None, 26]), Why.NOBODY_STARTED, "no team had started"),
        ([24, None], made([24, None]), Why.FEW_WEEKS_SINCE, "Look again in 2 weeks."),
        ([10, None], made([10, None]), Why.FEW_WEEKS_BEFORE, "6 more weeks before it are needed"),
        ([20, None], np.full((2, WEEKS), 3.0), Why.NOTHING_VARIES, "all alike"),
        ([20, None], np.full((2, WEEKS), np.nan), Why.FEW_WEEKS_SINCE, "Look again in 4 weeks."),
    ],
    ids=lambda each: each.value if isinstance(each, Why) else "",
)
def test_what_cant_be_told_says_why_and_what_is_needed(starts, values, why, says):
    found = effect_of(Outcome("rating", values), rollout_of(starts, by_lot=False))
    assert (found.design, found.says, found.reason.why) == (Design.CANT_TELL, Says.CANT_TELL, why)
    assert found.measured is None
    assert says in told(found)


def asked_of(starts, before, since):
    """A hundred asked in each week of a team; how many answered before and since the start."""
    begun = np.array([WEEKS if start is None else start for start in starts])[:, None]
    rng = np.random.default_rng(4)
    share = np.where(np.arange(WEEKS) >= begun, since, before)
    return np.full(share.shape, 100.0), rng.binomial(100, share).astype(float)


@pytest.mark.parametrize("starts", [EIGHT, [20, None, None]], ids=["teams", "one"])
def test_another_share_that_answers_may_be_all_of_it(starts):
    values = made(starts, 1.5)
    asked, same = asked_of(starts, 0.4, 0.4)
    found = effect_of(Outcome("rating", values, same, asked=asked, scale=(1, 5)), rollout_of(starts))
    assert found.says is Says.BETTER
    assert found.answering.moves == 0
    assert found.answering.share == pytest.approx(0.4, abs=0.02)
    assert "did not move beyond chance" in text_of(found.remarks[-1])

    asked, fewer = asked_of(starts, 0.6, 0.2)
    found = effect_of(Outcome("rating", values, fewer, asked=asked, scale=(1, 5)), rollout_of(starts))
    assert (found.says, found.reason.why) == (Says.CANT_TELL, Why.ANSWERING_MOVED)
    assert found.answering.measured.estimate == pytest.approx(-0.4, abs=0.1)
    assert found.answering.moves == pytest.approx(4 * 0.4 / found.answering.share, rel=0.3)
    assert "in 100 fewer." in text_of(found.remarks[-1])

    # An effect that is larger than all that those who no longer answer could have said stays.
    found = effect_of(Outcome("rating", values + 0, fewer, asked=asked, scale=(1, 1.1)), rollout_of(starts))
    assert found.says is Says.BETTER
    # Without a scale nothing bounds it.
    found = effect_of(Outcome("hours", values, fewer, asked=asked), rollout_of(starts))
    assert found.says is Says.CANT_TELL


def test_of_several_outcomes_the_primary_one_stands_by_itself():
    outcomes = [Outcome("rating", made(EIGHT, 0.5)), Outcome("hours", made(EIGHT, 0.5), more_is_better=False)]
    outcomes += [Outcome(f"other {seed}", made(EIGHT, seed=seed)) for seed in range(10, 16)]
    found = {each.outcome: each for each in effects_of(outcomes, rollout_of(EIGHT), primary="rating")}
    assert found["rating"].adjusted is None
    assert found["rating"].says is Says.BETTER
    others = [each for each in found.values() if each.outcome != "rating"]
    assert [each.adjusted for each in others] == holm([each.measured.chance for each in others])
    for each in others:
        assert each.says is Says.NOTHING_SEEN or each.adjusted <= 0.05


def test_what_is_beyond_chance_by_itself_but_not_among_several_says_so():
    seed = next(
        seed
        for seed in range(400)
        if 0.02 < effect_of(Outcome("x", made(EIGHT, seed=seed)), rollout_of(EIGHT)).measured.chance <= 0.05
    )
    outcomes = [
        Outcome("x", made(EIGHT, seed=seed)),
        Outcome("y", made(EIGHT, seed=1)),
        Outcome("z", made(EIGHT)),
    ]
    found = effects_of(outcomes, rollout_of(EIGHT))[0]
    assert found.says is Says.NOTHING_SEEN
    assert told(found).startswith("By itself this would be beyond chance. 3 outcomes were looked at")


@settings(max_examples=examples(100))
@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_is_what_going_down_the_ordered_chances_says(chances):
    adjusted = holm(chances)
    for error in (0.01, 0.05, 0.2):
        rejected, left = set(), sorted(range(len(chances)), key=lambda each: chances[each])
        while left and chances[left[0]] * len(left) <= error:
            rejected.add(left.pop(0))
        assert {each for each, chance in enumerate(adjusted) if chance <= error} == rejected
    assert all(one >= other for one, other in zip(adjusted, chances, strict=True))


def test_rows_become_weeks_and_long_tails_are_cut_at_a_limit():
    weekly = weekly_means([0, 0, 1, 1], [0, 0, 2, 2], [10, 30, 90_000, 50], teams=2, weeks=3, limit=100)
    assert weekly.counts.tolist() == [[2, 0, 0], [0, 0, 2]]
    assert weekly.values[0, 0] == 20
    assert weekly.values[1, 2] == 75
    assert np.isnan(weekly.values).sum() == 4
    assert weekly.cut == 1
    assert weekly_means([0], [0], [90_000], teams=1, weeks=1).values[0, 0] == 90_000
    for rows in (([2], [0], [1.0]), ([0], [-1], [1.0]), ([0], [0], [float("nan")])):
        with pytest.raises(ValueError, match="a row has"):
            weekly_means(*rows, teams=2, weeks=3)


def test_beforehand_more_teams_find_smaller_effects_and_too_little_past_says_nothing():
    found = [
        beforehand(
            Outcome("rating", made([None] * teams, weeks=30)),
            in_waves(teams, first=8, apart=4, each=teams // 4),
            26,
        ).smallest
        for teams in (8, 16)
    ]
    assert 0 < found[1] < found[0]
    assert beforehand(Outcome("rating", made([None] * 8, weeks=7)), EIGHT, 26) is None
    few = beforehand(Outcome("rating", made([None] * 3, weeks=12)), [8, 12, 16], 26)
    assert few.smallest == float("inf")
    assert few.teams_for(0.2) is None
    with pytest.raises(ValueError, match="above 0"):
        few.teams_for(0)
    with pytest.raises(ValueError, match="needs a start"):
        beforehand(Outcome("rating", made([None] * 3)), EIGHT, 26)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: Outcome("x", np.zeros(3)), "teams by weeks"),
        (lambda: Outcome("x", np.zeros((2, 3)), np.zeros((3, 2))), "counts"),
        (lambda: Outcome("x", np.zeros((2, 3)), np.full((2, 3), -1.0)), "0 or above"),
        (lambda: Outcome("x", np.full((2, 3), np.inf)), "NaN"),
        (lambda: effect_of(Outcome("x", np.zeros((2, 3))), rollout_of(EIGHT)), "8 teams, and the outcome 2"),
        (lambda: effects_of([Outcome("x", made(EIGHT))] * 2, rollout_of(EIGHT)), "own name"),
        (lambda: effects_of([Outcome("x", made(EIGHT))], rollout_of(EIGHT), primary="y"), "own name"),
    ],
)
def test_what_doesnt_fit_together_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        wrong()


def test_a_result_is_frozen_and_its_sentences_hold_no_markup():
    found = effect_of(Outcome("rating", made(EIGHT, 0.5)), rollout_of(EIGHT, by_lot=False))
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.says = Says.WORSE
    assert isinstance(found, Effect)
    for sentence in (found.words, *found.remarks):
        assert all(isinstance(part, Figure) or not set(part) & set("<>&") for part in sentence)
