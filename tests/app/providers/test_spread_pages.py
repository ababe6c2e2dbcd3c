"""A refund in parts on the pages: what arrived, what didn't, and what becomes of the rest."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from tests.app.page_checks import assert_clean
from tests.app.providers.conftest import FIRST, GIVEN, SECOND

from remit.complaints.queries.customer_page import given_to_customer
from remit.core import clock
from remit.jobs.inline import run_due_jobs
from remit.remedies.models import Remedy, Sending, StoreCredit
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import SendingState, State

REST = GIVEN - FIRST


def work(since):
    with clock.at(since + timedelta(seconds=21)):
        run_due_jobs(is_forgiving=True)


def only():
    return Remedy.objects.get()


def text(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


@pytest.fixture
def half(paid_twice, given, stripe, noon):
    """The first part went out; the second was refused."""
    stripe.state.refund({"payment_intent": paid_twice.second, "amount": "2000"})
    work(noon)
    with clock.at(noon + timedelta(hours=1)):
        yield given


def sent(do, **more):
    return {"do": do, "why": "The card is closed.", "seen": str(REST)} | more


def test_each_part_stands_on_its_page_and_the_sums_on_the_complaint(half, house, paid_twice, signed_in):
    client = signed_in(house.ben)
    complaint = client.get(f"/complaints/{paid_twice.late.number}/")
    assert_clean(complaint)
    assert "EUR 30 arrived, EUR 12 to be handed over" in text(complaint)
    assert f"/remedies/{half.pk}/" in complaint.content.decode()
    way = client.get(f"/remedies/{half.pk}/")
    assert_clean(way)
    done = Sending.objects.get(state=SendingState.DONE)
    for words in (
        "In 2 parts",
        "EUR 30.00 went back",
        done.reference,
        paid_twice.second,
        "didn't go through",
    ):
        assert words in text(way)
    assert '<form method="post" class="card' not in way.content.decode()
    assert client.post(f"/remedies/{half.pk}/", sent("credit")).status_code == 403
    assert signed_in(house.eve).get(f"/remedies/{half.pk}/").status_code == 404


def test_the_list_names_the_rest_and_takes_no_tick_for_another_amount(half, house, signed_in):
    client = signed_in(house.ben)
    page = client.get("/remedies/")
    assert_clean(page)
    assert "EUR 12.00 of EUR 42.00 Refund" in text(page)
    assert "1 open · EUR 12.00" in text(page)
    client.post(f"/remedies/{half.pk}/handed-over/", {"seen": str(GIVEN)})
    assert only().state == State.GIVEN
    assert "By now EUR 12 is to be handed over" in text(client.get("/remedies/"))
    client.post(f"/remedies/{half.pk}/handed-over/", {"seen": str(REST), "reference": "till 4"})
    assert only().state == State.SETTLED
    assert "EUR 12.00 handed over by hand" in text(client.get(f"/remedies/{half.pk}/"))
    assert list(differences()) == []


def test_the_rest_as_store_credit_reaches_the_customer(half, house, paid_twice, signed_in):
    lead = signed_in(house.sam)
    address = f"/remedies/{half.pk}/"
    assert lead.post(address, sent("credit", why="")).status_code == 422
    assert lead.post(address, {"why": "x", "seen": str(REST)}).status_code == 422
    assert "By now EUR 12" in text(lead.post(address, sent("credit", seen="4200")))
    assert lead.post(address, sent("credit"))["Location"] == address
    code = StoreCredit.objects.get().code
    assert_clean(lead.get(address))
    assert "EUR 12.00 as store credit" in text(lead.get(address))
    assert code in text(lead.get(address))
    assert lead.post(address, sent("credit")).status_code == 422
    (shown,) = given_to_customer(paid_twice.late)
    assert (shown.value, shown.face, shown.code_left, shown.code) == (GIVEN, REST, REST, code)
    customer = Client().get(f"/c/{paid_twice.late.token}/")
    assert "EUR 12.00 of it as credit with us" in text(customer)
    assert list(differences()) == []


def test_the_rest_is_tried_again(half, house, stripe, signed_in):
    lead = signed_in(house.sam)
    address = f"/remedies/{half.pk}/"
    refused = lead.post(address, sent("again"))
    assert refused.status_code == 422
    assert_clean(refused)
    assert "haven't as much left" in text(refused)
    assert "The card is closed." in text(refused)
    stripe.state.become(stripe.made()[0]["id"], "failed", "declined")
    stripe.stop()
    assert "nobody knows yet what is there" in text(lead.post(address, sent("again")))
    stripe.start()
    assert lead.post(address, sent("again")).status_code == 302
    assert (only().state, only().under_way) == (State.ON_ITS_WAY, REST)
    page = lead.get("/remedies/")
    assert "EUR 12.00 of EUR 42.00" in text(page)
    assert list(differences()) == []


def test_a_part_is_stopped_by_its_number(house, given, stripe, noon, signed_in):
    stripe.state.new_refunds_are = "requires_action"
    work(noon)
    first, second = Sending.objects.order_by("pk")
    with clock.at(noon + timedelta(minutes=2)):
        lead = signed_in(house.sam)
        page = lead.get("/remedies/")
        assert_clean(page)
        assert page.content.decode().count("Stop it") == 2
        address = f"/remedies/{given.pk}/stop/?part={second.pk}"
        assert "EUR 12.00" in text(lead.get(address))
        assert lead.post(address, {"why": "The wrong card."}).status_code == 302
        assert lead.get(address).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (SendingState.PENDING, SendingState.CAME_BACK)
    assert second.amount < SECOND
    assert list(differences()) == []


def test_only_a_refund_has_a_way(house, noon, signed_in):
    assert signed_in(house.sam).get("/remedies/999/").status_code == 404
