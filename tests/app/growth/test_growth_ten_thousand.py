"""Ten thousand rows behind each list of reviews, growth and practice: a page at a time, by an index."""

from datetime import timedelta

import pytest
from bench.desk.plans import read_whole, reading
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests.app.growth.reviewed import membership_of, reviewed, with_steps
from tests.app.page_checks import assert_clean
from tests.app.practice.closed import closed_complaint

from remit.complaints.models import Complaint
from remit.core.clock import now
from remit.growth.models import Wish
from remit.practice.models import Case, TakenOut, Tried

pytestmark = pytest.mark.slow
MANY, MOST_QUERIES = 10_000, 12
LARGE = {
    "reviews_review",
    "reviews_opinion",
    "reviews_lot",
    "growth_wish",
    "practice_case",
    "practice_tried",
    "practice_takenout",
    "complaints_decision",
    "complaints_complaint",
}


@pytest.fixture
def long_ago(house):
    """A house in which everything of the three apps was done ten thousand times."""
    with_steps(house)
    reviewed(house, "ana", "sssssssssd" * (MANY // 10), at=now() - timedelta(days=30))
    place, moment = membership_of(house, "ana"), now()
    Wish.objects.bulk_create(
        Wish(membership=place, step="first", words="Please.", at=moment - timedelta(minutes=number),
             answer="not-yet", why="Not yet.", answered_by=house.mia, answered_at=moment)
        for number in range(MANY)
    )  # fmt: skip
    first = closed_complaint(house)
    copied = {each.attname: getattr(first, each.attname) for each in Complaint._meta.concrete_fields}
    for each in ("id", "number", "link"):
        copied.pop(each, None)
    complaints = Complaint.objects.bulk_create(
        Complaint(**copied, number=100_000 + number, **({"link": f"{number:032d}"} if first.link else {}))
        for number in range(2 * MANY)
    )
    cases = Case.objects.bulk_create(
        Case(complaint=each, code=f"case-{each.number}", made_at=moment) for each in complaints
    )
    Tried.objects.bulk_create(
        Tried(member=house.ana, case=each, kind="refund", value=number + 1, currency="EUR",
              at=moment - timedelta(minutes=number))
        for number, each in enumerate(cases[:MANY])
    )  # fmt: skip
    TakenOut.objects.bulk_create(
        TakenOut(
            case=each,
            by=house.sam,
            why=f"It names somebody, {number}.",
            at=moment - timedelta(minutes=number),
        )
        for number, each in enumerate(cases[MANY:])
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")
    return house


LISTS = (
    ("sam", "/reviews/", "page", 20),
    ("ana", "/reviews/mine/", "page", 50),
    ("mia", "/teams/harbour/reviews/", "", None),
    ("ana", "/growth/harbour/", "", None),
    ("mia", "/growth/harbour/people/", "", None),
    ("mia", "/growth/harbour/people/ana/", "", None),
    ("ana", "/practice/", "page", 50),
    ("ana", "/practice/", "out", 50),
)


def test_every_list_stays_short_and_quick(long_ago, signed_in):
    for who, address, name, size in LISTS:
        client, seen = signed_in(getattr(long_ago, who)), []
        for page in (1, 2, 150) if name else (1,):
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(f"{address}?{name}={page}" if name else address)
            text = assert_clean(answer)
            assert len(asked) <= MOST_QUERIES, address
            assert len(text) < 300_000, address
            if name:
                lists = html.fromstring(text).xpath("//main//ul[contains(@class, 'lines')]")
                assert size in [len(each.xpath("./li")) for each in lists], (address, page)
                assert f"?{name}={page + 1}" in text
                seen.append(html.tostring(lists[-1 if name == "out" else 0]))
            if page == 1:
                whole = {sql: read_whole(sql) & LARGE for sql in reading(asked.captured_queries)}
                assert {sql: tables for sql, tables in whole.items() if tables} == {}, address
        assert len(set(seen)) == len(seen), address


def test_a_page_that_nobody_has_is_the_first_or_an_empty_one(house, signed_in):
    client = signed_in(house.ana)
    for page in ("0", "-3", "two", "9" * 40, "²", ""):
        assert client.get("/practice/", {"page": page}).status_code == 200
