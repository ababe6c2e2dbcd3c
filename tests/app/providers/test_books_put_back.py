"""An older copy of the books is put back, and the provider has refunds that they know nothing of."""

from datetime import timedelta

import pytest
from tests.app.made_complaints import wants
from tests.app.page_checks import assert_clean
from tests.app.providers.time_passing import balances, only, work

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.errors import Refusal
from remit.remedies import calling, provider_news
from remit.remedies.models import Elsewhere, Event, Payment, Sending
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import SendingState, State
from remit.trail.models import Entry

AMOUNT = 4200
WHY = "The card is open again."


@pytest.fixture
def given(house, connected):
    """A refund that is decided, and hasn't left yet."""
    return decide(house.ana, connected.late.number, wants("refund", AMOUNT)).remedy


@pytest.fixture
def refused(connected, given, stripe, noon):
    """A refund that the provider refused, and that is to be handed over: where the books were copied."""
    charge = stripe.state.charge_of({"payment_intent": connected.reference})
    charge["disputed"] = True
    work(noon)
    charge["disputed"] = False
    assert (only().state, only().provider) == (State.GIVEN, "by-hand")
    return given


@pytest.fixture
def lead(house, signed_in):
    return signed_in(house.sam)


@pytest.fixture
def lost(connected, stripe, noon):
    """What was given under another key after the copy was taken: the provider has it, the books haven't."""

    def made_there(remedy, *, amount=AMOUNT, hours=1, **about):
        beside = {"remit": "remit-1-2-lost", "remit_remedy": str(remedy.pk), "remit_source": remedy.source}
        asked = {"payment_intent": connected.reference, "amount": str(amount), "metadata": beside | about}
        name = stripe.state.refund(asked)["id"]
        stripe.state.refunds[name]["created"] = int((noon + timedelta(hours=hours)).timestamp())
        return name

    return made_there


def try_again(house, remedy, noon, **more):
    with clock.at(noon + timedelta(hours=2)):
        found = calling.try_again(remedy.pk, house.sam, WHY, **more)
    work(noon, hours=3)
    return found


def assert_given_once(stripe):
    (made,) = stripe.made()
    row = Sending.objects.get(reference=made["id"])
    assert (row.state, row.key, row.amount) == (SendingState.DONE, made["metadata"]["remit"], AMOUNT)
    assert (only().state, only().arrived) == (State.SETTLED, AMOUNT)
    assert Payment.objects.get().refunded == AMOUNT
    assert balances() == {"cost": AMOUNT, "paid-by-provider": -AMOUNT}
    assert Entry.objects.filter(act="refund-taken-up").count() == 1
    assert Elsewhere.objects.count() == 0
    assert list(differences()) == []


def test_try_again_finds_what_the_books_lost_and_sends_nothing(house, refused, lost, stripe, noon):
    made = lost(refused)
    (found,) = try_again(house, refused, noon)
    assert found.reference == made
    assert_given_once(stripe)


def test_a_part_of_it_counts_and_the_rest_is_still_to_be_given(house, refused, lost, stripe, noon):
    lost(refused, amount=3000)
    assert len(try_again(house, refused, noon)) == 1
    assert (only().state, only().arrived, only().owing) == (State.GIVEN, 3000, 1200)
    assert try_again(house, refused, noon) == []
    assert sorted(made["amount"] for made in stripe.made()) == [1200, 3000]
    assert only().state == State.SETTLED
    assert list(differences()) == []


def test_the_first_try_looks_too(given, stripe, lost, noon):
    """The copy was taken before anything left: to the books put back it is the first time."""
    lost(given, hours=0.1)
    work(noon, hours=1)
    assert_given_once(stripe)


def test_a_key_that_was_committed_but_never_used_here_is_looked_for(given, stripe, lost, noon):
    """The copy was taken between the commit and the call; the provider forgets keys after a day."""
    stripe.stop()
    work(noon)
    stripe.start()
    Sending.objects.update(called_at=None, words="", code="")
    lost(given, remit=Sending.objects.get().key)
    work(noon, hours=30)
    assert len(stripe.made()) == 1
    assert only().state == State.SETTLED


def test_over_another_amount_somebody_looks(given, stripe, lost, noon):
    lost(given, amount=3000)
    work(noon)
    assert len(stripe.made()) == 1
    assert (only().state, only().provider) == (State.GIVEN, "by-hand")
    why = Event.objects.get(what="came-back-1").why
    assert "EUR 30" in why
    assert "Was an older copy put back?" in why
    assert list(differences()) == []


def test_the_daily_look_takes_it_up(connected, refused, lost, stripe, noon):
    lost(refused)
    with clock.at(noon + timedelta(hours=5)):
        provider_news.through(connected.connection.pk)
        provider_news.through(connected.connection.pk)
    assert_given_once(stripe)
    assert connected.connection.looks.last().differences == []


def test_what_failed_there_is_no_way_in(house, refused, lost, stripe, noon):
    stripe.state.become(lost(refused), "failed", "declined")
    assert try_again(house, refused, noon) == []
    assert len(stripe.made()) == 1
    assert only().state == State.SETTLED


ELSEWHERE = {"remit": "", "remit_remedy": "", "remit_source": ""}
"""Somebody gave it back on the provider's own pages."""


@pytest.mark.parametrize(
    "about",
    [{"hours": -1}, {"remit_remedy": "999"}, ELSEWHERE],
    ids=["made before it was decided", "another remedy of the complaint", "made on the provider's pages"],
)
def test_what_may_be_it_is_shown_before_anything_is_sent(house, refused, lost, stripe, about):
    made = lost(refused, **about)
    noon = clock.now()
    with pytest.raises(Refusal, match=made) as refusal:
        try_again(house, refused, noon)
    assert len(stripe.made()) == 1
    assert only().state == State.GIVEN
    assert try_again(house, refused, noon, known=refusal.value.data["references"].split()) == []
    assert len(stripe.made()) == 2
    assert only().state == State.SETTLED


def test_what_is_of_another_complaint_or_amount_is_no_question(house, refused, lost, noon):
    lost(refused, remit_source="complaint:999")
    lost(refused, amount=100, **ELSEWHERE)
    assert try_again(house, refused, noon) == []
    assert only().state == State.SETTLED


def test_credit_instead_looks_first(refused, stripe, lost, noon, lead):
    lost(refused)
    with clock.at(noon + timedelta(hours=2)):
        sent = {"do": "credit", "why": WHY, "seen": str(AMOUNT)}
        assert lead.post(f"/remedies/{refused.pk}/", sent).status_code == 302
        assert "the books had lost it" in lead.get(f"/remedies/{refused.pk}/").content.decode()
    assert_given_once(stripe)


def test_the_page_says_what_it_found_and_sends_at_the_second_press(refused, noon, lost, lead):
    made = lost(refused, **ELSEWHERE)
    with clock.at(noon + timedelta(hours=2)):
        address = f"/remedies/{refused.pk}/"
        sent = {"do": "again", "why": WHY, "seen": str(AMOUNT)}
        page = lead.post(address, sent)
        assert page.status_code == 422
        assert_clean(page)
        assert f'name="known" value="{made}"' in page.content.decode()
        assert WHY in page.content.decode()
        assert lead.post(address, sent | {"known": made}).status_code == 302
    assert only().state == State.ON_ITS_WAY
