"""The main pages read their rows from an index: no large table from beginning to end, on both databases.

SQLite takes tables for large as long as nobody counted them. PostgreSQL rightly reads a small table as a
whole; so it is asked to avoid that where it can, and what is left are queries for which it has no index.
"""

import pytest
from bench.desk.plans import read_whole, reading
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.deciding import decide
from remit.complaints.filters import Tab
from remit.complaints.models import Customer
from remit.core.clock import now

LARGE = {
    "complaints_complaint",
    "complaints_message",
    "complaints_customer",
    "complaints_order",
    "complaints_decision",
    "complaints_closure",
    "remedies_remedy",
    "approvals_approval",
    "approvals_asked",
    "approvals_ending",
    "trail_entry",
    "trail_words",
    "notices_notice",
    "complaints_search",
}
"""Tables that grow with the complaints."""
PAGES = (
    *(f"/complaints/?tab={tab}" for tab in Tab),
    "/complaints/?tab=open&category=late",
    "/complaints/?tab=all&look=together",
    "/complaints/?q=dinner",
    "/complaints/?q=dinner+table",
    "/complaints/?q=2001",
    "/complaints/?q=C-2001",
    "/complaints/new-ones/?since=2001",
    "/complaints/2001/",
    "/complaints/2001/make-it-right/",
    "/complaints/2001/alike/",
    "/complaints/2001/timeline/",
    "/approvals/",
    "/remedies/",
    "/customers/",
    "/customers/?q=guest",
    "/customers/?q=jo%40exam",
    "/customers/{customer}/",
    "/charter/harbour/",
    "/notices/",
)


@pytest.fixture
def busy(house):
    """A house with some complaints, in which something was given and asked."""
    house.guest = Customer.objects.create(
        name="Jo Guest", email="jo@example.org", phone="+49401234567", created_at=now()
    )
    made = [
        made_complaint(house, title=f"Cold dinner {number}", paid=31200, customer=house.guest)
        for number in range(30)
    ]
    decide(house.ana, made[0].number, wants("refund", 4200))
    decide(house.ana, made[1].number, wants("refund", 12000, words="They cut it anyway."))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return house


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["ana", "ola"])
def test_a_page_reads_from_indexes(busy, signed_in, page, who):
    client = signed_in(getattr(busy, who))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page.format(customer=busy.guest.pk)).status_code == 200
    whole = {sql: read_whole(sql) & LARGE for sql in reading(asked.captured_queries)}
    assert {sql: tables for sql, tables in whole.items() if tables} == {}


def test_a_query_without_an_index_is_noticed(busy):
    with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
        cursor.execute('SELECT "id" FROM "complaints_complaint" WHERE "title" LIKE \'%dinner%\'')
    (sql,) = reading(asked.captured_queries)
    assert read_whole(sql) == {"complaints_complaint"}


def test_tables_that_share_a_short_name_are_told_apart(busy):
    sql = """SELECT "id" FROM "complaints_complaint" WHERE EXISTS (
            SELECT 1 FROM "people_team" U0 WHERE U0."name" = "complaints_complaint"."title"
        ) AND EXISTS (
            SELECT 1 FROM "complaints_message" U0 WHERE U0."id" = "complaints_complaint"."id"
        ) AND "complaints_complaint"."id" = 1"""
    assert read_whole(sql) == {"people_team"}
