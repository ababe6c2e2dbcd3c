"""Each measure, by the acts of people alone: its page says what the raw rows say, in the same minute."""

from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median

import pytest
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.app.procedures.made_procedures import LATE, made_procedure
from tests.app.purpose.made_objectives import made_objective
from tests.app.purpose.test_purpose_pages import words

from remit.approvals.models import Approval
from remit.approvals.vocabulary import End
from remit.complaints.actions.answering import Answer, answer
from remit.complaints.actions.closing import close_complaint
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.rating import rate
from remit.complaints.models import Closure, Complaint, Decision, Rating
from remit.core import clock
from remit.core.clock import now
from remit.jobs.inline import run_due_jobs
from remit.procedures.actions.reading import said_clear, said_unclear
from remit.procedures.models import Procedure, Reading
from remit.pulse.queries.measure import PULSE
from remit.purpose.actions.moving import to_move_now
from remit.purpose.jobs import move_lately
from remit.purpose.measures import measure_of, measures
from remit.purpose.templatetags.purpose import value

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
TAKES = 13
"""Minutes from the beginning of each act below to its end."""


def decided(house, title, amount):
    complaint = made_complaint(house, title=title, paid=31200, category="late")
    return decide(house.ana, complaint.number, wants("refund", amount, words="They cut it anyway."))


def answered(house, title, minutes, how=End.YES):
    asked = decided(house, title, 20100)
    with clock.at(now() + minutes * MINUTE):
        answer(house.sam, asked.approval_id, Answer(how=how, why="So."))
    return asked.complaint


def ended(house, title, minutes, stars=0):
    complaint = decided(house, title, 1000).complaint
    with clock.at(now() + minutes * MINUTE):
        complaint = Complaint.objects.get(pk=complaint.pk)
        close_complaint(house.ana, complaint, "made-right", "")
        if stars:
            rate(complaint, stars, None, "")
    return complaint


def asked_later(house, title):
    with clock.at(now() + TAKES * MINUTE):
        decided(house, title, 20000)


def read(house, title):
    return made_procedure(house.sam, replace(LATE, title=title)).pk


def of_rating():
    stars = Rating.objects.values_list("made_right", flat=True)
    return Decimal(sum(stars)) / len(stars), len(stars)


def of_time():
    rows = Closure.objects.filter(reason="made-right", reopened_at=None).select_related("complaint")
    spans = [(row.at - row.complaint.opened_at).total_seconds() for row in rows]
    return Decimal(median(spans)) / 3600, len(spans)


def of_decided():
    levels = Decision.objects.values_list("level", flat=True)
    return Decimal(100 * sum(level in {"decide", "inform"} for level in levels)) / len(levels), len(levels)


def of_waiting():
    rows = [row for row in Approval.objects.all() if row.ended_at]
    spans = [(row.ended_at - row.asked_at).total_seconds() for row in rows]
    return Decimal(median(spans)) / 60, len(spans)


def of_understood():
    rows = Reading.objects.exclude(member__word="sam")
    return Decimal(100 * sum(row.understood_at is not None for row in rows)) / len(rows), len(rows)


MEASURES = {
    "rating": (of_rating, lambda house: ended(house, "Cold tea", TAKES, stars=1)),
    "time-to-resolve": (of_time, lambda house: ended(house, "Cold rice", TAKES)),
    "decided-without-asking": (of_decided, lambda house: asked_later(house, "Cold fish")),
    "waiting-for-answers": (of_waiting, lambda house: answered(house, "Cold pie", TAKES)),
    "procedures-understood": (
        of_understood,
        lambda house: said_unclear(house.mia, Procedure.objects.first().pk, 1, "a1"),
    ),
}
"""How each is recomputed from the rows alone, and what somebody does that moves it."""


@pytest.fixture
def at_work(house):
    """Enough of everything: the acts of a week."""
    for number in range(5):
        answered(house, f"Asked {number}", 7 + 31 * number, End.NO if number % 2 else End.YES)
        ended(house, f"Ended {number}", 11 + 47 * number, stars=1 + number)
    for number in range(3):
        procedure = read(house, f"Procedure {number}")
        said_clear(house.ana, procedure, 1)
        said_unclear(house.ben, procedure, 1, "a1")
        said_clear(house.sam, procedure, 1)
    return house


def test_no_measure_is_left_out():
    """What people publish together moves an objective once; see the tests of the pulse."""
    assert {each.word for each in measures()} == {*MEASURES, PULSE.word}


def test_each_says_on_its_page_what_the_raw_rows_say_and_in_the_same_minute(at_work, signed_in):
    house, moment = at_work, now()
    made = {
        word: made_objective(
            house, word, measure=word, unit=measure_of(word).unit, start=Decimal(1), target=Decimal(2),
            begins=now().date() - timedelta(days=2),
        )
        for word in MEASURES
    }  # fmt: skip
    for number, (word, (recomputed, act)) in enumerate(MEASURES.items(), 1):
        with clock.at(moment + timedelta(hours=10 * number)):
            run_due_jobs(is_forgiving=True)
            assert to_move_now() == []
            before = recomputed()
            act(house)
        with clock.at(moment + timedelta(hours=10 * number) + (TAKES + 1) * MINUTE):
            move_lately.call()
            run_due_jobs(is_forgiving=True)
            exact, count = recomputed()
            assert (exact, count) != before
            expected = exact.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
            row = made[word].measurements.order_by("day").last()
            assert (row.value, row.count) == (expected, count), word
            page = words(assert_clean(signed_in(house.mia).get(made[word].address))).replace("\xa0", " ")
            shown = value(expected, made[word].unit).replace("\xa0", " ")
            assert f"{shown} on" in page, word
            assert f": {count} {measure_of(word).rows}" in page, word
