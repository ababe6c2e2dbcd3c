"""Stopping a refund at the provider: only where it can, and the books follow what it says, nothing else."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db.models import Sum
from tests.app.made_complaints import wants
from tests.app.page_checks import assert_clean
from tests.providers.fake_stripe import Fault

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.errors import Changed, Refusal
from remit.jobs.inline import run_due_jobs
from remit.ledger.models import Account
from remit.remedies import calling
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Payment, Remedy, Sending
from remit.remedies.providers.contract import ProviderError
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import SendingState, State


@pytest.fixture
def waiting(house, connected, stripe, noon):
    """A refund of 42.00 that the provider has, and that waits for the customer; a minute has passed."""
    stripe.state.new_refunds_are = "requires_action"
    decide(house.ana, connected.late.number, wants("refund", 4200))
    with clock.at(noon + timedelta(seconds=21)):
        run_due_jobs()
    assert Remedy.objects.get().state == State.ON_ITS_WAY
    return Sending.objects.get()


def balances():
    rows = Account.objects.values("name").annotate(total=Sum("balance"))
    return {row["name"]: row["total"] for row in rows if row["total"]}


def text(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def is_to_hand_over():
    remedy = Remedy.objects.get()
    assert list(differences()) == []
    return (remedy.state, remedy.provider) == (State.GIVEN, "by-hand")


def test_it_is_stopped_and_the_money_can_be_taken_back(house, waiting, stripe, noon):
    with clock.at(noon + timedelta(minutes=2)):
        calling.stop(waiting.pk, house.sam, "The wrong order.")
        assert stripe.made() == []
        assert is_to_hand_over()
        assert Sending.objects.get().state == SendingState.CAME_BACK
        assert Payment.objects.get().refunded == 0
        assert balances() == {"cost": 4200, "owed": -4200}
        take_back(Remedy.objects.get(), 4200, house.sam, "The wrong order.")
    assert balances() == {}
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("status", "words"), [("pending", "handed it to the bank"), ("succeeded", "through")]
)
def test_where_the_provider_cant_it_says_why_and_nothing_moves(house, waiting, stripe, noon, status, words):  # noqa: PLR0917
    stripe.state.refunds[waiting.reference]["status"] = status
    before = balances()
    with clock.at(noon + timedelta(minutes=2)), pytest.raises(Refusal, match=words):
        calling.stop(waiting.pk, house.sam, "The wrong order.")
    assert balances() == before
    assert Remedy.objects.get().state == State.ON_ITS_WAY
    assert len(stripe.made()) == 1


@pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.CUT_BEFORE, Fault.BROKEN_AFTER, Fault.NONSENSE])
def test_a_lost_answer_moves_nothing_until_the_provider_says_so(house, waiting, stripe, noon, fault):
    stripe.fails(fault)
    with clock.at(noon + timedelta(minutes=2)):
        with pytest.raises(ProviderError):
            calling.stop(waiting.pk, house.sam, "The wrong order.")
        assert Remedy.objects.get().state == State.ON_ITS_WAY
        assert list(differences()) == []
    with clock.at(noon + timedelta(minutes=8)):
        run_due_jobs()
        if stripe.made():
            assert Remedy.objects.get().state == State.ON_ITS_WAY
            calling.stop(waiting.pk, house.sam, "The wrong order, still.")
    assert stripe.made() == []
    assert is_to_hand_over()
    assert Remedy.objects.get().events.filter(what__startswith="came-back").count() == 1


def test_the_answer_of_a_provider_that_is_down_is_no_stop(house, waiting, stripe, noon):
    stripe.stop()
    with clock.at(noon + timedelta(minutes=2)), pytest.raises(ProviderError):
        calling.stop(waiting.pk, house.sam, "The wrong order.")
    assert Remedy.objects.get().state == State.ON_ITS_WAY


def test_what_the_provider_hasnt_got_or_is_through_is_not_stopped(house, waiting, stripe, noon):
    stripe.state.become(waiting.reference, "succeeded")
    with clock.at(noon + timedelta(hours=2)):
        run_due_jobs()
        with pytest.raises(Changed):
            calling.stop(waiting.pk, house.sam, "The wrong order.")
    assert Remedy.objects.get().state == State.SETTLED


def test_on_the_pages(house, waiting, stripe, noon, signed_in):
    path = f"/remedies/{waiting.remedy_id}/stop/"
    with clock.at(noon + timedelta(minutes=2)):
        for member in (house.ben, house.sam):
            page = signed_in(member).get("/remedies/")
            assert_clean(page)
            assert (path in page.content.decode()) is (member == house.sam)
        assert signed_in(house.ben).post(path, {"why": "No."}).status_code == 403
        client = signed_in(house.sam)
        assert_clean(client.get(path))
        assert client.post(path, {"why": ""}).status_code == 422
        stripe.state.refunds[waiting.reference]["status"] = "pending"
        refused = client.post(path, {"why": "The wrong order."})
        assert refused.status_code == 422
        assert "handed it to the bank" in text(refused)
        assert "The wrong order." in text(refused)
        stripe.state.refunds[waiting.reference]["status"] = "requires_action"
        stripe.fails(Fault.CUT_AFTER)
        assert "Nobody knows yet whether it was stopped" in text(
            client.post(path, {"why": "The wrong order."})
        )
        assert client.post(path, {"why": "The wrong order."}).status_code == 302
        assert "It was stopped at the provider" in text(client.get("/remedies/"))
        assert client.get(path).status_code == 302
        complaint = Remedy.objects.get().source.removeprefix("complaint:")
        assert "Sam Lindqvist asked the provider to stop a refund" in text(
            client.get(f"/complaints/{complaint}/timeline/")
        )
    assert is_to_hand_over()
