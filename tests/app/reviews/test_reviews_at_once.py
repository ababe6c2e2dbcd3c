"""Several at the same moment, in threads of their own: a review is done once, drawn once, passed on once."""

import threading
from collections import Counter

import pytest
from django.db import connection
from tests.app.reviews.drawn_weeks import after, decided, drawn, opened_week

from remit.core.errors import Refusal
from remit.reviews.actions.asking import ask_reviewers, pass_on
from remit.reviews.actions.looking import answer, finish
from remit.reviews.actions.weekly import draw_round
from remit.reviews.models import Answer, Lot, Opinion, Review
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(week, *acts, days=1):
    """What came of acts that begin at the same moment: their names, or the code of a refusal."""
    barrier, ended = threading.Barrier(len(acts)), []

    def run(name, act):
        barrier.wait()
        try:
            with after(week, days=days):
                act()
            ended.append(name)
        except Refusal as refusal:
            ended.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


@pytest.fixture
def week(house):
    row = opened_week(house)
    for member in (house.ana, house.ana, house.ben):
        decided(house, member)
    return drawn(row)


def test_a_review_sent_twice_with_other_words_is_done_once(week):
    review = Review.objects.order_by("pk").first()
    ended = at_once(
        week,
        *(
            (outcome, lambda said=outcome: finish(review.reviewer, review.pk, said, why=said, better="More."))
            for outcome in ("same", "different")
        ),
    )
    assert "done-already" in ended
    assert len(ended) == 2
    assert Opinion.objects.get().outcome in ended
    assert Entry.objects.filter(act="review-done").count() == 1


def test_done_or_passed_on_but_never_both(week):
    for review in Review.objects.order_by("pk"):
        at_once(
            week,
            ("done", lambda each=review: finish(each.reviewer, each.pk, "same", why="Fine.")),
            ("passed on", lambda each=review: pass_on(each.pk)),
        )
        review.refresh_from_db()
        assert (review.done_at is None) != (review.passed_on_at is None)
        assert Opinion.objects.filter(review=review).exists() == (review.done_at is not None)


def test_passed_on_by_two_workers_asks_one(week):
    review = Review.objects.filter(is_double=False).order_by("pk").first()
    at_once(week, *((str(each), lambda: pass_on(review.pk)) for each in range(3)), days=8)
    rows = Review.objects.filter(lot=review.lot, is_double=False)
    assert Counter(each.passed_on_at is None for each in rows) == {True: 1, False: 1}


def test_drawn_and_asked_by_two_workers_once(house):
    row = opened_week(house)
    for _ in range(4):
        decided(house, house.ana)
    at_once(row, *((str(each), lambda: draw_round(row.pk)) for each in range(3)))
    assert Lot.objects.count() == 4
    at_once(row, *((str(each), lambda: ask_reviewers(row.pk)) for each in range(3)))
    seats = sum(1 + each.is_double for each in Lot.objects.all() if each.is_drawn)
    assert Review.objects.count() == seats


def test_two_answers_at_once_leave_one(house, week):
    review = Review.objects.filter(decider=house.ana).order_by("pk").first()
    finish(review.reviewer, review.pk, "same", why="Fine.")
    ended = at_once(
        week,
        *((words, lambda said=words: answer(house.ana, review.pk, said)) for words in ("Thanks.", "Oh.")),
    )
    assert "answered-already" in ended
    assert Answer.objects.get().words in ended
