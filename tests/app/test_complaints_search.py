"""Search: words of title, messages, customer, order and number; kept right whoever writes."""

import html
import re
from enum import IntEnum

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remit.complaints import search_tables
from remit.complaints.actions.conversation import note
from remit.complaints.actions.customers import CustomerWords, change_customer, merge_customers
from remit.complaints.actions.opening import open_complaint
from remit.complaints.actions.orders import OrderWords
from remit.complaints.filters import Filters, Tab
from remit.complaints.models import Complaint, Customer, Message, Order
from remit.complaints.queries import listing, search
from remit.complaints.queries.listing import all_listed, listed
from remit.complaints.queries.search import Search
from remit.complaints.vocabulary import Channel


def opened(house, text="The soup was lukewarm.", team=None, **told):
    return open_complaint(team or house.harbour, text=text, channel=Channel.COUNTER, **told)


def found(member, q):
    return {row.number for row in listed(member, Filters(tab=Tab.ALL, q=q)).rows}


@pytest.fixture
def soup(house):
    return opened(
        house,
        title="Soup at table nine",
        customer=CustomerWords(name="Zoë Álvarez", email="zoe@example.org", phone="0170 1234567"),
        order=OrderWords("HB-7781", 4200, summary="pumpkin"),
    )


@pytest.mark.parametrize(
    "q",
    [
        "lukewarm",
        "LUKEWARM",
        "luke",
        "soup table",
        "Zoë",
        "zoe@example.org",
        "HB-7781",
        "pumpkin",
        "0170123",
        "soup zoë pumpkin",
    ],
)
def test_words_of_all_that_belongs_to_it_find_it(house, soup, q):
    opened(house, text="Something else.")
    assert found(house.ana, q) == {soup.number}


def test_its_number_finds_it(house, soup):
    for q in (soup.said, soup.said.lower(), str(soup.number), f"c{soup.number}"):
        assert soup.number in found(house.ana, q)


def test_parts_of_words_are_found_where_the_database_can(house, soup):
    assert (soup.number in found(house.ana, "kewar")) == (connection.vendor == "sqlite")


@pytest.mark.parametrize(
    "q", ['"', "'", "soup'", 'so"up', "a:*", "NEAR(", "C-", "\\", "%%%", "🍲🍲🍲", "99999999999", "* AND *"]
)
def test_signs_of_query_languages_are_letters_like_others(house, soup, q):
    found(house.ana, q)


def test_others_find_nothing_of_it(house, soup):
    for q in ("lukewarm", soup.said):
        assert found(house.eve, q) == set()


def test_all_words_have_to_be_there(house, soup):
    assert found(house.ana, "soup aeroplane") == set()


def test_what_is_said_later_is_found(house, soup):
    note(house.ana, soup, "Called back about the marzipan.")
    assert found(house.ana, "marzipan") == {soup.number}
    Message.objects.filter(text__contains="marzipan").update(text="Called back about the cake.")
    assert found(house.ana, "marzipan") == set()
    assert found(house.ana, "cake") == {soup.number}
    Message.objects.filter(text__contains="cake").delete()
    assert found(house.ana, "cake") == set()


def test_what_changes_is_found_by_its_new_words(house, soup):
    Complaint.objects.filter(pk=soup.pk).update(title="Broth")
    assert found(house.ana, "broth") == {soup.number}
    change_customer(house.ana, soup.customer, CustomerWords(name="Quentin Moss"))
    assert found(house.ana, "quentin") == {soup.number}
    assert found(house.ana, "álvarez") == set()
    Order.objects.update(number="KX-1")
    assert found(house.ana, "KX-1") == {soup.number}


def test_a_merged_customer_is_found_by_the_kept_name(house, soup):
    other = opened(house, customer=CustomerWords(name="Kept Person"))
    merge_customers(house.ana, other.customer, soup.customer)
    assert found(house.ana, "kept person") == {soup.number, other.number}


def test_what_is_gone_is_not_found(house, soup):
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM complaints_search")
        assert cursor.fetchone()[0] == 1
    Complaint.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM complaints_search")
        assert cursor.fetchone()[0] == 0


def test_every_trigger_is_there_after_all_migrations(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal"
            )
        there = set(cursor.fetchall())
    assert set(search_tables.trigger_names()) <= there


def test_the_index_is_asked(house, soup):
    with CaptureQueriesContext(connection) as asked:
        found(house.ana, "lukewarm")
    question = next(each["sql"] for each in asked if search_tables.TABLE in each["sql"])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {question}")
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert f"SCAN {search_tables.TABLE} VIRTUAL TABLE INDEX" in plan
        assert "SCAN complaints_complaint" not in plan


def test_two_letters_are_too_few_but_a_number_is_enough():
    assert Search("ab").is_too_short
    assert not Search("12").is_too_short
    assert not Search("").is_too_short
    assert Search("ab cold").words == ["cold"]
    assert Search("C- 12").number == 12


def test_customers_without_complaints_do_no_harm(house):
    customer = Customer.objects.create(name="Nobody", created_at=house.harbour.created_at)
    Customer.objects.filter(pk=customer.pk).update(name="Still nobody")
    customer.delete()


class Short(IntEnum):
    """Looks only at the newest few."""

    NEAR = 3
    FAR = 6


@pytest.fixture
def short_reach(monkeypatch):
    """A search that reaches as far as with hundreds of thousands of complaints."""
    monkeypatch.setattr(search, "Reach", Short)
    monkeypatch.setattr(listing, "Reach", Short)


def walked(member, filters):
    """Pages one after the other, up to the last."""
    pages = []
    while True:
        page = listed(member, filters)
        pages.append([row.number for row in page.rows])
        if not page.after:
            return pages
        filters = filters.changed(after=page.after)


def test_what_many_say_is_found_page_by_page_the_newest_first(house, short_reach, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    every = [opened(house, text="The soup was lukewarm.").number for _ in range(9)]
    opened(house, text="Something else.")
    pages = walked(house.ana, Filters(tab=Tab.ALL, q="lukewarm"))
    assert [number for page in pages for number in page] == every[::-1]
    assert all(len(page) <= 2 for page in pages)


def test_a_page_may_be_short_where_filters_leave_little_and_the_next_one_goes_on(house, short_reach):
    first = opened(house, text="The soup was lukewarm.", category="cold")
    others = [opened(house, text="The soup was lukewarm.", category="late") for _ in range(15)]
    assert others
    pages = walked(house.ana, Filters(tab=Tab.ALL, q="lukewarm", category="cold"))
    assert [number for page in pages for number in page] == [first.number]
    assert len(pages) > 1


def test_a_page_on_which_nothing_fits_leads_further_back(house, short_reach, signed_in):
    first = opened(house, text="The soup was lukewarm.", category="cold")
    for _ in range(8):
        opened(house, text="The soup was lukewarm.", category="late")
    address = "/complaints/?q=lukewarm&category=cold"
    page = signed_in(house.ana).get(address).content.decode()
    assert first.said not in page
    further = html.unescape(re.search(r'href="([^"]+)"[^>]*>(?:<span>)?Look further back', page)[1])
    assert first.said in signed_in(house.ana).get(further).content.decode()


def test_what_is_exported_is_all_that_fits(house, short_reach):
    every = {opened(house, text="The soup was lukewarm.").number for _ in range(9)}
    assert {row.number for row in all_listed(house.ana, Filters(tab=Tab.ALL, q="lukewarm"))} == every


def test_a_page_that_begins_nowhere_is_the_first_one(house, soup):
    for after in ("x", "2026-01-01T00:00:00+00:00~5", "-1", "²"):
        page = listed(house.ana, Filters(tab=Tab.ALL, q="soup", after=after))
        assert [row.number for row in page.rows] == [soup.number]
