"""The answers in the database are a log like any other: what is always approved is found."""

import pytest
from tests.app.conftest import NOON

from remit.approvals.models import Approval, Ending
from remit.approvals.vocabulary import End
from remit.complaints.queries.approvals_log import answered_questions
from remit.demo.making import Size, make_demo
from remit_engine import letgo
from remit_engine.errors import InputError
from remit_engine.history.table import Answer

pytestmark = pytest.mark.alike

OPEN = {"working_days": range(7), "working_hours": (9.0, 23.0)}


def test_what_is_always_approved_is_found_and_real_work_is_left(db, noon):
    make_demo(end=NOON, size=Size(1100, 9))
    reading = answered_questions()
    found = letgo(reading.history, tolerance=0.05, **OPEN)
    let_go = [segment for segment in found.segments if segment.limit is not None]
    assert let_go
    for segment in let_go:
        assert "refund" in str(segment.key).lower()
        assert "billing" not in str(segment.key) or "rude" not in str(segment.key)
    assert reading.account.rows_kept + sum(each.rows for each in reading.account.left_out) == (
        Approval.objects.count()
    )
    assert len(reading.history) == Ending.objects.exclude(how=End.VOID).count()


def test_every_ending_says_what_it_means(db, noon):
    make_demo(end=NOON, size=Size(150, 9))
    history = answered_questions().history
    endings = list(Ending.objects.order_by("approval__asked_at", "approval_id").values_list("how", flat=True))
    means = {End.YES: Answer.APPROVED, End.ANOTHER_AMOUNT: Answer.GRANTED_LESS, End.NO: Answer.DECLINED}
    for row, how in enumerate(endings):
        assert history.automatic[row] == (how == End.WENT_AHEAD)
        if how in means:
            assert history.answer[row] == means[how]
    assert set(history.facts) >= {"category", "channel", "team"}
    assert history.zone == "Europe/Berlin"
    assert history.currency == "EUR"


def test_where_nothing_was_answered_it_says_so(house):
    with pytest.raises(InputError, match="has an answer here yet"):
        answered_questions()


def test_no_other_currency_slips_in(db, noon):
    make_demo(end=NOON, size=Size(60, 9))
    with pytest.raises(InputError, match="in USD"):
        answered_questions(currency="USD")
