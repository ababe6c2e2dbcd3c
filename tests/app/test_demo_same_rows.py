# ruff: noqa: S311 (made data)
"""The demo is written in bulk, and it is the same as if everything had been done through the actions."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from tests.app.conftest import NOON
from tests.app.demo_rows import all_rows, begin_counting_anew

from remit.complaints.models import NextNumber
from remit.core.writing import write
from remit.demo.bulk.record import Record
from remit.demo.bulk.reviewing import WithReviews as InBulk
from remit.demo.bulk.rows import Rows
from remit.demo.by_actions import WithReviews as ByActions
from remit.demo.founding import Founding
from remit.demo.making import _usual
from remit.demo.open_now import open_now
from remit.demo.playing import Playing, play
from remit.demo.reviewed import weeks_of_reviews

pytestmark = pytest.mark.alike

STORIES = 40


def stories_of(desk, house):
    """Some usual stories, and all that are open at the end."""
    begin = NOON - timedelta(days=170)
    return [
        *_usual(desk, house, 11, NOON, number=STORIES, begin=begin),
        *open_now(desk, house, Random("open"), NOON),
        weeks_of_reviews(desk, house, Random("reviews"), NOON),
    ]


def founded(rows):
    trail = Record(rows, Random(1))
    return trail, Founding(rows, trail, Random(2), NOON).found()


def rows_in_bulk():
    with transaction.atomic():
        rows = Rows()
        trail, there = founded(rows)
        play(there.acts, NOON)
        desk = InBulk(rows, trail, Random(3), there.houses)
        playing = Playing(stories_of(desk, there.houses[0]))
        for days in (90, 31, 0):  # what is written goes on changing, and is written again
            playing.until(NOON - timedelta(days=days))
            with write():
                rows.write(lambda done, total: None)
            trail.go_on_after_others()
        NextNumber.objects.create(number=desk.next_number)
        made = all_rows()
        transaction.set_rollback(True)
    begin_counting_anew()
    return made


def rows_by_actions():
    with transaction.atomic():
        rows = Rows()
        _, there = founded(rows)
        play(there.acts, NOON)
        with write():
            rows.write(lambda done, total: None)
        play(stories_of(ByActions(), there.houses[0]), NOON)
        made = all_rows()
        transaction.set_rollback(True)
    begin_counting_anew()
    return made


@pytest.fixture
def no_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def both(db, no_mail):
    begin_counting_anew()
    return rows_in_bulk(), rows_by_actions()


def test_every_row_of_every_table_is_the_same(both):
    in_bulk, by_actions = both
    assert in_bulk.keys() == by_actions.keys()
    for table, rows in by_actions.items():
        assert len(in_bulk[table]) == len(rows), table
        for mine, theirs in zip(in_bulk[table], rows, strict=True):
            assert mine == theirs, table
    for table in (
        "complaints.rating",
        "approvals.ending",
        "ledger.entry",
        "charters.use",
        "notices.notice",
        "reviews.opinion",
    ):
        assert by_actions[table], f"nothing to compare in {table}"
    levels = {row["level"] for row in by_actions["complaints.decision"]}
    assert levels >= {"decide", "propose", "ask"}
