"""What is said about made logs whose truth is known, and the laws that hold for every log."""

import dataclasses
import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit_engine import Answer, History, InputError, letgo
from remit_engine.evidence.letgo import Promise, Reason, Verdict
from remit_engine.evidence.letgo.pooled import _share
from remit_engine.history.table import case_numbers

FIRST = np.datetime64("2026-01-05T08:00:00", "s")


def made(
    rows,
    *,
    seed=1,
    chance=lambda amount: np.where(amount <= 8000, 0.0, 0.25),
    amounts=lambda rng, n: rng.integers(500, 15001, n),
    **columns,
):
    """One segment of refunds with the given chance of a no along the amount (minor units)."""
    rng = np.random.default_rng(seed)
    amount = amounts(rng, rows)
    asked_at = FIRST + np.sort(rng.integers(0, 300 * 86400, rows)).astype("timedelta64[s]")
    waited = rng.integers(600, 172800, rows).astype("timedelta64[s]")
    return History.from_columns(
        **{
            "currency": "EUR",
            "amount": amount,
            "answer": (rng.random(rows) < chance(amount)).astype(np.int8),
            "kind": ["refund"] * rows,
            "role": ["member"] * rows,
            "asked_at": asked_at,
            "answered_at": asked_at + waited,
            **columns,
        }
    )


@pytest.mark.parametrize("seed", range(10))
def test_always_granted_up_to_80_then_one_in_four_declined(seed):
    """The limit lies between 76 and 80.5, whichever log is drawn."""
    [segment] = letgo(made(3000, seed=seed)).segments
    assert segment.verdict is Verdict.LET_GO
    assert segment.reason is Reason.CERTIFIED
    assert 7600 <= segment.limit <= 8050


def test_approved_everywhere_says_so_and_asks():
    answer = letgo(made(400, chance=lambda a: np.zeros(len(a))))
    [segment] = answer.segments
    assert segment.reason is Reason.NO_LIMIT_SEEN
    assert segment.limit == segment.largest_asked
    assert answer.no_declines


@pytest.mark.parametrize("promise", list(Promise))
def test_managers_who_decide_at_random_get_nothing_let_go(promise):
    for seed in range(20):
        answer = letgo(made(1000, seed=seed, chance=lambda a: np.full(len(a), 0.5)), promise=promise)
        [segment] = answer.segments
        assert segment.verdict is Verdict.NO
        assert (answer.saved, answer.cost, answer.bound) == (None, None, None)


def test_a_good_stretch_does_not_pay_for_a_bad_one():
    """Granted up to 80; beyond, few are asked and declined at 26 %: the band alone would let them go."""
    rng = np.random.default_rng(5)
    amount = np.r_[rng.integers(500, 8001, 6000), rng.integers(8001, 15001, 149)]
    declined = np.r_[np.zeros(6000, bool), rng.random(149) < 0.26]
    history = History.from_columns(amount=amount, answer=declined.astype(np.int8))
    [segment] = letgo(history).segments
    assert segment.curve[-1].certified
    assert segment.limit < 8500


def test_thin_logs_say_how_many_more():
    [segment] = letgo(made(88, chance=lambda a: np.zeros(len(a)))).segments
    assert segment.reason is Reason.TOO_FEW
    assert segment.more_needed in {29, 30}
    assert segment.thin_rate_at_most == pytest.approx(0.0397, abs=1e-4)


def test_groups_below_thirty_are_only_counted():
    history = made(500, kind=["refund"] * 480 + ["comp"] * 20)
    answer = letgo(history)
    assert [segment.kind for segment in answer.segments] == ["refund"]
    assert [(thin.kind, thin.counts.asked, thin.needed) for thin in answer.thin] == [("comp", 20, 117)]


@pytest.mark.parametrize("worse", [0.08, 0.15, 0.5])
def test_a_change_stops_the_proposal_and_names_the_day(worse):
    rng = np.random.default_rng(2)
    rows = 1500
    declined = rng.random(rows) < np.where(np.arange(rows) < 1300, 0.004, worse)
    [segment] = letgo(made(rows, answer=declined.astype(np.int8))).segments
    assert segment.verdict is Verdict.NOT_YET
    assert segment.reason is Reason.CHANGED
    assert abs(segment.changed_since - date(2026, 9, 22)).days < 21


def test_automatic_approvals_are_left_out_and_automatic_declines_are_not():
    history = made(400, chance=lambda a: np.full(len(a), 0.5), automatic=np.ones(400, bool))
    answer = letgo(history)
    approved = int((history.answer == Answer.APPROVED).sum())
    assert answer.automatic_approved == approved
    assert answer.counts.asked == 400 - approved
    assert answer.segments[0].verdict is Verdict.NO


@pytest.mark.parametrize("ending", [a for a in Answer if a is not Answer.APPROVED])
def test_everything_but_a_yes_counts_as_declined(ending):
    rng = np.random.default_rng(4)
    answers = np.where(rng.random(800) < 0.1, ending, Answer.APPROVED).astype(np.int8)
    answer = letgo(made(800, answer=answers))
    assert answer.segments[0].verdict is Verdict.NO
    assert answer.counts.counted_declined == int((answers != 0).sum())


def test_a_fact_that_matters_is_found_on_the_older_half_and_tested_on_the_newer():
    rng = np.random.default_rng(3)
    rows = 3000
    category = rng.choice(["late", "cold", "rude", "billing"], rows)
    fine = np.isin(category, ["late", "cold"])
    answers = (rng.random(rows) < np.where(fine, 0.004, 0.2)).astype(np.int8)
    answer = letgo(
        made(rows, answer=answers, facts={"category": category, "shift": rng.choice(["a", "b"], rows)})
    )
    best, *others = answer.segments
    assert best.facts == (("category", "cold"), ("category", "late"))
    assert best.tested_on == "newer half"
    assert best.verdict is Verdict.LET_GO
    assert best.parent == "refund-member"
    assert [segment.verdict for segment in others] == [Verdict.NO]
    assert answer.plan.facts_used == ("category",)


def test_declines_asked_again_and_approved_are_told_in_both_readings():
    """40 declines were asked again next day and approved: as declines they block, else they don't."""
    history = made(1000, chance=lambda a: np.zeros(len(a)))
    rows = np.arange(0, 1000, 25)
    answers = history.answer.copy()
    answers[rows] = Answer.DECLINED
    case = [f"c{i}" for i in range(1000)]
    for row in rows:
        case[row + 1] = case[row]
    again = dataclasses.replace(history, answer=answers, case=case_numbers(case))
    [segment] = letgo(again).segments
    assert segment.second_reading.resubmitted == 40
    assert segment.verdict is not Verdict.LET_GO
    assert segment.second_reading.limit == segment.largest_asked


def test_the_last_third_is_tried_whichever_way_it_comes_out():
    rng = np.random.default_rng(6)
    rows = 1200
    kept = letgo(made(rows, answer=np.zeros(rows, np.int8))).time_split
    assert (kept.kept, kept.declined, kept.asked, kept.segments) == (True, 0, 400, 1)
    worse = rng.random(rows) < np.where(np.arange(rows) < 800, 0.0, 0.3)
    broken = letgo(made(rows, answer=worse.astype(np.int8))).time_split
    assert not broken.kept
    assert broken.declined > 60


def test_standards_that_differ_are_seen_and_nobody_is_named():
    rng = np.random.default_rng(9)
    rows = 1500
    who = rng.choice(["Ann", "Bo", "Cy"], rows)
    strict = np.where(who == "Cy", 0.3, 0.02)
    differing = letgo(made(rows, answer=(rng.random(rows) < strict).astype(np.int8), answered_by=who))
    assert differing.standards.differ
    assert "Cy" not in repr(differing)
    same = letgo(made(rows, answer=(rng.random(rows) < 0.05).astype(np.int8), answered_by=who))
    assert not same.standards.differ
    assert (same.standards.people, same.standards.compared) == (3, 3)


def test_saved_and_cost_are_the_plain_sums():
    history = made(3000, answered_by=["Ann"] * 3000)
    answer = letgo(history)
    limit = answer.segments[0].limit
    inside = history.amount <= limit
    hours = (history.answered_at - history.asked_at)[inside] / np.timedelta64(1, "h")
    assert answer.saved.approvals == int(inside.sum())
    assert answer.saved.waiting.total == pytest.approx(hours.sum())
    assert answer.saved.waiting.median == pytest.approx(np.median(hours))
    assert answer.saved.waiting.p90 == pytest.approx(np.quantile(hours, 0.9))
    assert answer.cost.declined_sum == int(history.amount[inside & history.declined].sum())
    low, high = answer.cost.sum_interval.low, answer.cost.sum_interval.high
    assert low <= answer.cost.declined_sum <= high
    quarter = answer.saved.a_quarter
    assert quarter.low < inside.sum() / 300 * 91 < quarter.high


def test_no_times_no_kind_no_role_is_enough():
    answer = letgo(History.from_columns(amount=[1000] * 200, answer=[0] * 200))
    assert answer.period is None
    assert answer.time_split is None
    assert answer.standards is None
    assert answer.saved.waiting is None
    assert answer.saved.a_quarter is None
    assert answer.segments[0].key == "all"


@pytest.mark.parametrize(
    ("settings_", "code"),
    [
        ({"tolerance": 0.0}, "tolerance-out-of-range"),
        ({"tolerance": 0.6}, "tolerance-out-of-range"),
        ({"confidence": 1.0}, "confidence-out-of-range"),
        ({"working_hours": (17, 9)}, "hours-out-of-range"),
        ({"segment_by": ("colour",)}, "unknown-segment"),
    ],
)
def test_settings_out_of_range_are_told(settings_, code):
    with pytest.raises(InputError) as error:
        letgo(made(100), **settings_)
    assert error.value.code == code


def test_a_log_with_only_automatic_approvals_is_refused():
    with pytest.raises(InputError, match="no answer by a person"):
        letgo(History.from_columns(amount=[1] * 9, answer=[0] * 9, automatic=[True] * 9))


logs = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@given(logs, st.integers(1, 600), st.sampled_from(list(Promise)))
@settings(max_examples=examples(60), deadline=None)
def test_laws_of_every_answer(rng, rows, promise):
    """Whatever the log: regions are disjoint, limits certified and within the monotone rate, sums add up."""
    facts = {"category": rng.choice(["a", "b", "c"], rows)} if rng.random() < 0.7 else {}
    chance = rng.choice([0.0, 0.01, 0.2], rows) * rng.random()
    history = History.from_columns(
        amount=rng.integers(0, rng.choice([10, 1000, 10**9]), rows),
        answer=np.where(rng.random(rows) < chance, rng.integers(1, 5, rows), 0).astype(np.int8),
        kind=rng.choice(["x", "y"], rows),
        role=list(rng.choice(["r", ""], rows)),
        facts=facts,
        case=rng.choice([str(i) for i in range(50)], rows),
        answered_by=rng.choice(["p", "q"], rows),
        asked_at=FIRST + rng.integers(0, 10**7, rows).astype("timedelta64[s]"),
    )
    answer = letgo(history, promise=promise)
    going = [segment for segment in answer.segments if segment.verdict is Verdict.LET_GO]
    assert sum(segment.saved.approvals for segment in going) == (
        answer.saved.approvals if answer.saved else 0
    )
    assert sum(segment.cost.declined for segment in going) == (answer.cost.declined if answer.cost else 0)
    assert len({segment.key for segment in answer.segments}) == len(answer.segments)
    for segment in answer.segments:
        assert (segment.limit is None) == (segment.verdict is not Verdict.LET_GO)
        if segment.curve:
            assert sum(band.asked for band in segment.bands) == segment.curve[-1].asked
        assert [p.limit for p in segment.curve] == sorted({p.limit for p in segment.curve})
        if segment.limit is not None and promise is Promise.SEGMENTS:
            point = [point for point in segment.curve if point.limit <= segment.limit][-1]
            assert point.certified
            assert point.rate_at_most <= answer.settings.tolerance + 1e-9
            assert point.rate_here <= answer.settings.tolerance + 1e-9
            assert segment.bound.rate_at_most <= answer.settings.tolerance + 1e-9


@given(logs)
@settings(max_examples=examples(15), deadline=None)
def test_order_of_rows_does_not_matter(rng):
    history = made(700, seed=int(rng.integers(1000)))
    other = history.take(rng.permutation(len(history)))
    assert letgo(history) == letgo(other)


def test_whoever_answers_by_rule_is_not_counted_among_the_people():
    rows = 900
    who = np.array(["Ann", "Bo", "system"] * (rows // 3))
    automatic = who == "system"
    answers = np.where(automatic, Answer.EXPIRED, Answer.APPROVED)
    told = letgo(made(rows, answer=answers, answered_by=who, automatic=automatic)).standards
    assert (told.people, told.compared) == (2, 0)


def test_the_pooled_path_takes_out_a_segment_that_has_changed():
    """Three flawless kinds and one that is declined at 15 % since the summer: it goes by itself."""
    rng = np.random.default_rng(12)
    rows = 3000
    kind = rng.choice(["a", "b", "c", "changed"], rows)
    worse = (kind == "changed") & (np.arange(rows) > 2000)
    answers = (rng.random(rows) < np.where(worse, 0.15, 0.003)).astype(np.int8)
    answer = letgo(made(rows, kind=kind, answer=answers), promise=Promise.POOLED)
    said = {segment.kind: (segment.verdict, segment.reason) for segment in answer.segments}
    assert said["changed"] == (Verdict.NOT_YET, Reason.CHANGED)
    assert {said[kind][0] for kind in "abc"} == {Verdict.LET_GO}
    assert answer.bound.rate_at_most <= 0.03
    going = [segment for segment in answer.segments if segment.limit is not None]
    assert {segment.bound.leak_at_most for segment in going} == {None}  # nothing is promised of one alone
    assert answer.bound.leak_at_most == 0.03 * max(segment.limit for segment in going)


def test_the_pooled_second_reading_is_that_of_the_whole_path():
    history = made(2000, kind=["a", "b"] * 1000, chance=lambda a: np.zeros(len(a)))
    rows = np.arange(1000, 1990, 20)
    answers = history.answer.copy()
    answers[rows] = Answer.DECLINED
    case = [f"c{i}" for i in range(2000)]
    for row in rows:
        case[row + 2] = case[row]
    again = dataclasses.replace(history, answer=answers, case=case_numbers(case))
    as_approved = dataclasses.replace(history, case=case_numbers(case))
    told = {s.key: s.second_reading for s in letgo(again, promise=Promise.POOLED).segments}
    other = {s.key: s.limit for s in letgo(as_approved, promise=Promise.POOLED).segments}
    assert told["a-member"].resubmitted == len(rows)
    assert told["a-member"].limit == other["a-member"]
    assert told["b-member"] is None


@given(st.integers(1, 12))
def test_the_shares_of_all_sets_taken_out_add_up(segments):
    total = sum(math.comb(segments, out) * _share(out, segments) for out in range(segments + 1))
    assert total <= 1 + 1e-12
