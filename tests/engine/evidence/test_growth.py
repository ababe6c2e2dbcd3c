"""The next step: wrong for at most one member in twenty, the same bar for all, and nothing left undone."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit_engine.evidence.bands import bands
from remit_engine.evidence.bounds import log_evidence
from remit_engine.evidence.growth import BAR, TALK_ABOUT, TOLERATED, Review, bar_of, record_of

SAME, DIFFERENTLY, OPEN, GIVEN_UP = Review
some_reviews = st.lists(st.sampled_from(Review), max_size=120)
done_reviews = st.lists(st.sampled_from([SAME, SAME, SAME, DIFFERENTLY]), max_size=150)


@pytest.mark.parametrize(("differently", "needed"), [(0, 34), (1, 63), (2, 83)])
def test_so_many_reviews_are_needed(differently, needed):
    """With as many that said *differently*; the last review is one that said *same*."""
    reviews = [DIFFERENTLY] * differently + [SAME] * (needed - differently)

    assert record_of(reviews).reached == needed
    assert record_of(reviews[:-1]).reached is None


@given(done_reviews)
def test_a_record_says_what_the_formula_says(reviews):
    record = record_of(reviews)

    said = [each is DIFFERENTLY for each in reviews]
    assert (record.counted, record.differently) == (len(said), sum(said))
    assert record.evidence == pytest.approx(math.exp(float(log_evidence(sum(said), len(said), TOLERATED))))
    prefixes = range(1, len(said) + 1)
    firsts = [n for n in prefixes if log_evidence(sum(said[:n]), n, TOLERATED) >= math.log(BAR)]
    assert record.reached == (firsts[0] if firsts else None)
    assert record.at_worst == record.evidence
    assert record.done == 1


@given(some_reviews)
def test_nothing_that_was_drawn_later_counts_before_an_open_one_is_done(reviews):
    record = record_of(reviews)

    before = reviews[: reviews.index(OPEN)] if OPEN in reviews else reviews
    assert record == record_of(before) or record.waiting
    assert record.counted + record.given_up == len(before)
    assert record.waiting == sum(each in {SAME, DIFFERENTLY} for each in reviews[len(before) :])


@given(some_reviews)
def test_what_was_given_up_never_helps(reviews):
    record = record_of(reviews)

    settled = reviews[: reviews.index(OPEN)] if OPEN in reviews else reviews
    as_bad = [DIFFERENTLY if each is GIVEN_UP else each for each in settled]
    assert record.at_worst == pytest.approx(record_of(as_bad).evidence)
    assert record.at_worst <= record.evidence + 1e-9


def test_nothing_is_proposed_while_reviews_are_left_undone_or_it_becomes_worse():
    good = [SAME] * 60
    assert record_of(good).is_earned
    assert not record_of([*good, *[GIVEN_UP] * 7]).is_earned, "one in ten wasn't done"
    assert not record_of([OPEN, *good]).is_earned
    lately = record_of([*good, *[DIFFERENTLY] * 6])
    assert lately.reached == 34
    assert lately.worse >= TALK_ABOUT / 2
    assert not lately.is_earned
    assert record_of([*good, *[DIFFERENTLY] * 8]).is_to_talk_about


@given(done_reviews.filter(len))
def test_about_as_many_more_reviews_like_these_reach_the_bar(reviews):
    record = record_of(reviews)

    share = record.differently / record.counted
    if record.reached is not None:
        assert record.more == 0
    elif record.more is None:
        assert share >= TOLERATED * 0.5
    else:
        many = record.counted + record.more
        assert log_evidence(share * many, many, TOLERATED) >= math.log(BAR) - 1e-9
        assert log_evidence(share * many * 0.98, many * 0.98 - 1, TOLERATED) < math.log(BAR)


def test_without_a_review_it_says_how_many_are_needed():
    record = record_of([])

    assert (record.counted, record.more, record.reached, record.done) == (0, 34, None, 1)
    assert record.evidence == pytest.approx(1)


@pytest.mark.parametrize("rate", [0.10, 0.12, 0.20])
def test_looking_after_every_review_widens_one_member_in_twenty_at_most(rate):
    """8,000 members whose true rate isn't below the tolerated one, up to 300 reviews each."""
    assert _widened(np.full(300, rate), 8000) <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 8000)


def test_that_holds_for_rates_that_move_about_the_tolerated_one_too():
    moving = TOLERATED + 0.08 * np.sin(np.arange(300) / 15)
    worst_first = np.r_[np.full(60, 0.25), np.full(240, TOLERATED)]
    for rates in (np.maximum(moving, TOLERATED), worst_first):
        assert _widened(rates, 8000) <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 8000)


def test_good_members_get_there():
    assert _widened(np.full(120, 0.02), 2000) >= 0.9
    assert _widened(np.full(120, 0.01), 2000) >= 0.97


def _widened(rates, members):
    """The share of members who ever reach the bar, looked at after each review."""
    rng = np.random.default_rng(41)
    said = np.cumsum(rng.random((members, len(rates))) < rates, axis=1)
    path = log_evidence(said, np.arange(1, len(rates) + 1), TOLERATED)
    return float((path.max(axis=1) >= math.log(BAR)).mean())


def test_two_members_with_the_same_record_have_the_same_evidence_whatever_their_team():
    reviews = [SAME] * 20 + [DIFFERENTLY] + [SAME] * 19
    alone, among_good, among_bad = (
        bands([1, *others], [40, *[40] * len(others)]) for others in ([], [0] * 8, [12] * 8)
    )
    assert record_of(reviews) == record_of(list(reviews))
    assert among_good[0].middle < alone[0].middle < among_bad[0].middle, "only what is drawn borrows"


@pytest.mark.parametrize("members", [6, 15, 40])
def test_bands_cover_what_they_say(members):
    rng = np.random.default_rng(members)
    covers, errors, plain, widths = [], [], [], []
    for _ in range(240 // members + 8):
        truth = rng.beta(1.5, 25, members)
        n = rng.integers(4, 40, members)
        k = rng.binomial(n, truth)
        found = bands(k.tolist(), n.tolist())
        covers += [each.low <= rate <= each.high for each, rate in zip(found, truth, strict=True)]
        errors += [each.middle - rate for each, rate in zip(found, truth, strict=True)]
        plain += list(k / n - truth)
        widths += [each.high - each.low for each in found]
    assert np.mean(covers) >= 0.93
    assert np.std(errors) < 0.85 * np.std(plain), "borrowing should help"
    assert all(each.low <= each.middle <= each.high for each in found)


def test_a_band_without_reviews_is_the_team_s_and_without_a_team_says_hardly_anything():
    of_team = bands([0, 2], [0, 40])[0]
    alone = bands([0], [0])[0]
    assert of_team.high - of_team.low < alone.high - alone.low
    assert alone.high - alone.low > 0.5
    assert bands([], []) == []


@pytest.mark.parametrize(("reviews", "percent"), [(34, 10), (70, 5), (27, 10), (13, 20), (1, 50), (999, 1)])
def test_a_bar_is_what_so_many_flawless_reviews_reach_and_one_fewer_does_not(reviews, percent):
    tolerated, bar = percent / 100, bar_of(reviews, percent / 100)
    assert record_of([Review.SAME] * reviews, tolerated=tolerated, bar=bar).reached == reviews
    if reviews > 1:
        record = record_of([Review.SAME] * (reviews - 1), tolerated=tolerated, bar=bar)
        assert (record.reached, record.more, record.flawless) == (None, 1, 1)


@given(st.lists(st.sampled_from((Review.SAME, Review.SAME, Review.SAME, Review.DIFFERENTLY)), max_size=40))
def test_so_many_flawless_ones_more_reach_it_and_one_fewer_does_not(reviews):
    record = record_of(reviews)
    if record.reached is None:
        assert record_of([*reviews, *[Review.SAME] * record.flawless]).reached is not None
        assert record_of([*reviews, *[Review.SAME] * (record.flawless - 1)]).reached is None
