"""Several at the same moment, in threads of their own: a review is done once, drawn once, passed on once."""

from collections import Counter

import pytest
from tests.app.acts_at_once import at_once
from tests.app.reviews.drawn_weeks import after, decided, drawn, opened_week

from remit.reviews.actions.asking import ask_reviewers, pass_on
from remit.reviews.actions.looking import answer, finish
from remit.reviews.actions.weekly import draw_round
from remit.reviews.models import Answer, Lot, Opinion, Review
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def week(house):
    row = opened_week(house)
    for member in (house.ana, house.ana, house.ben):
        decided(house, member)
    return drawn(row)


def test_a_review_sent_twice_with_other_words_is_done_once(week):
    review = Review.objects.order_by("pk").first()
    with after(week, days=1):
        ended = at_once(
            lambda: finish(review.reviewer, review.pk, "same", why="Fine.", better="More."),
            lambda: finish(review.reviewer, review.pk, "different", why="Too little.", better="More."),
        )
    assert ended == ["done", "done-already"]
    assert Opinion.objects.count() == 1
    assert Entry.objects.filter(act="review-done").count() == 1


def test_done_or_passed_on_but_never_both(week):
    for review in Review.objects.order_by("pk"):
        with after(week, days=1):
            at_once(
                lambda each=review: finish(each.reviewer, each.pk, "same", why="Fine."),
                lambda each=review: pass_on(each.pk),
            )
        review.refresh_from_db()
        assert (review.done_at is None) != (review.passed_on_at is None)
        assert Opinion.objects.filter(review=review).exists() == (review.done_at is not None)


def test_passed_on_by_two_workers_asks_one(week):
    review = Review.objects.filter(is_double=False).order_by("pk").first()
    with after(week, days=8):
        at_once(*[lambda: pass_on(review.pk)] * 3)
    rows = Review.objects.filter(lot=review.lot, is_double=False)
    assert Counter(each.passed_on_at is None for each in rows) == {True: 1, False: 1}


def test_drawn_and_asked_by_two_workers_once(house):
    row = opened_week(house)
    for _ in range(4):
        decided(house, house.ana)
    with after(row, days=1):
        at_once(*[lambda: draw_round(row.pk)] * 3)
        assert Lot.objects.count() == 4
        at_once(*[lambda: ask_reviewers(row.pk)] * 3)
    seats = sum(1 + each.is_double for each in Lot.objects.all() if each.is_drawn)
    assert Review.objects.count() == seats


def test_two_answers_at_once_leave_one(house, week):
    review = Review.objects.filter(decider=house.ana).order_by("pk").first()
    finish(review.reviewer, review.pk, "same", why="Fine.")
    with after(week, days=1):
        ended = at_once(
            lambda: answer(house.ana, review.pk, "Thanks."), lambda: answer(house.ana, review.pk, "Oh.")
        )
    assert ended == ["answered-already", "done"]
    assert Answer.objects.count() == 1
