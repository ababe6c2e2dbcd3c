"""The customer's bank takes a payment back: it counts on its order, and somebody is told, with what to do."""

import re
from datetime import timedelta
from html import unescape

import pytest
from tests.app.made_complaints import wants
from tests.app.page_checks import assert_clean
from tests.app.providers.time_passing import balances, only, work

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.errors import Refusal
from remit.jobs.inline import run_due_jobs
from remit.notices.models import Notice
from remit.remedies import calling, provider_news
from remit.remedies.actions.giving import given_on
from remit.remedies.models import Elsewhere, Payment
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import State

PAID, TAKEN = 31200, {"cost": 31200, "paid-by-provider": -31200}
"""What the bank takes back, and what stands in the books then."""


def text(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def told(house):
    rows = Notice.objects.filter(code="payment-disputed", member=house.sam).order_by("pk")
    return list(rows.values_list("title", flat=True))


@pytest.fixture
def heard(client, stripe, connected):
    """Every event so far comes by webhook, the last one first, and what it says is looked at."""

    def hear():
        for event in reversed(stripe.state.events):
            body, signature = stripe.signed(event)
            answer = client.post(
                f"/hooks/{connected.connection.hook}/",
                body,
                content_type="application/json",
                headers={"Stripe-Signature": signature},
            )
            assert answer.status_code == 200
        run_due_jobs(is_forgiving=True)

    return hear


@pytest.fixture
def looked(connected, noon):
    """The daily look."""

    def look(days=0):
        with clock.at(noon + timedelta(days=days)):
            provider_news.through(connected.connection.pk)

    return look


@pytest.mark.parametrize("by", ["heard", "looked"])
def test_what_the_bank_took_counts_until_it_is_back(by, connected, stripe, house, request):
    news, order = request.getfixturevalue(by), connected.late.order_key
    name = stripe.state.dispute(connected.reference)
    news()
    assert (given_on(order), balances()) == (PAID, TAKEN)
    assert told(house) == ["A payment of EUR 312 is disputed"]
    with pytest.raises(Refusal, match="paid"):
        decide(house.ana, connected.late.number, wants("refund", 100))
    stripe.state.close_dispute(name, "won")
    news()
    assert given_on(order) == PAID
    stripe.state.move_disputed(name, 1)
    news()
    news()
    assert (given_on(order), balances()) == (0, {})
    assert told(house) == ["The dispute of a payment of EUR 312 is won"]
    assert Payment.objects.get().is_refundable
    assert list(differences()) == []


def test_it_ends_long_after_it_began_where_no_webhook_comes(connected, stripe, house, looked):
    name = stripe.state.dispute(connected.reference)
    looked()
    for days in range(30, 100, 30):
        looked(days)
    stripe.state.close_dispute(name, "lost")
    looked(110)
    assert told(house)[-1] == "The dispute of a payment of EUR 312 is lost"
    assert balances() == TAKEN
    calls = len(stripe.calls)
    looked(150)
    assert len(stripe.calls) - calls == 2, "what is over isn't asked for any more"


def test_what_was_won_and_is_lost_after_all_counts_again(connected, stripe, house, heard):
    name = stripe.state.dispute(connected.reference)
    for sign in (1, -1, 1, -1):
        heard()
        assert list(differences()) == []
        stripe.state.move_disputed(name, sign)
    heard()
    assert (given_on(connected.late.order_key), balances()) == (PAID, TAKEN)
    assert Elsewhere.objects.get().is_dispute
    assert list(differences()) == []


def test_a_bank_that_only_asks_counts_nothing_and_is_told(connected, stripe, house, heard):
    stripe.state.dispute(connected.reference, status="warning_needs_response")
    heard()
    assert (given_on(connected.late.order_key), balances()) == (0, {})
    (notice,) = Notice.objects.filter(code="payment-disputed", member=house.sam)
    assert notice.title == "A bank asks about a payment of EUR 312"
    assert "has taken nothing back so far" in notice.body


def test_a_dispute_of_a_payment_that_is_no_orders_is_none_of_ours(connected, stripe, house, heard, looked):
    stripe.state.dispute(stripe.state.pay(500))
    heard()
    looked()
    assert told(house) == []
    assert balances() == {}


@pytest.fixture
def promised(house, connected, stripe, noon, heard):
    """A refund that was promised when the bank took the payment back: it is to be handed over by hand."""
    remedy = decide(house.ana, connected.late.number, wants("refund", 4200)).remedy
    name = stripe.state.dispute(connected.reference)
    work(noon)
    heard()
    assert (only().state, only().provider) == (State.GIVEN, "by-hand")
    remedy.dispute = name
    return remedy


@pytest.fixture
def pages(promised, connected, stripe, heard, house, signed_in, noon):  # noqa: PLR0917
    """What a lead sees an hour later, where the dispute stands so."""

    def seen(status):
        stripe.state.close_dispute(promised.dispute, status)
        heard()
        with clock.at(noon + timedelta(hours=1)):
            lead, late = signed_in(house.sam), connected.late.number
            addresses = ("/remedies/", f"/remedies/{promised.pk}/", f"/complaints/{late}/payment/")
            return [lead.get(address) for address in addresses]

    return seen


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("under_review", "took EUR 312 back, and that counts as given back. Hand nothing over before"),
        ("lost", "The dispute of this order's payment is lost: the customer has EUR 312 from their bank"),
        ("won", "What was promised here is still to be given."),
    ],
)
def test_to_hand_over_says_that_it_is_disputed(promised, connected, status, words, pages):
    for page in pages(status):
        assert_clean(page)
        assert words in text(page)
    notice = Notice.objects.filter(code="payment-disputed").last()
    assert notice.address == f"/complaints/{connected.late.number}/payment/"
    assert "taken back by the customer's bank" in text(page)


def test_until_when_it_is_answered_stands_beside_it(promised, pages):
    by = Payment.objects.get().answer_by
    for page in pages("under_review"):
        assert f"on the provider's own pages, by {by.day} {by:%b %Y}." in text(page)


def test_what_was_promised_goes_out_once_the_dispute_is_won(promised, house, stripe, noon):
    stripe.state.close_dispute(promised.dispute, "won")
    stripe.state.move_disputed(promised.dispute, 1)
    with clock.at(noon + timedelta(hours=2)):
        assert calling.try_again(promised.pk, house.sam, "The bank found for us.") == []
    work(noon, hours=3)
    assert only().state == State.SETTLED
    assert balances() == {"cost": 4200, "paid-by-provider": -4200}
    assert list(differences()) == []
