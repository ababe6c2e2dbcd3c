"""A refund's way through its provider: whatever goes wrong, the customer gets it once, as the books say."""

from datetime import timedelta

import pytest
from tests.app.made_complaints import made_complaint, wants
from tests.app.providers.conftest import KEYS
from tests.app.providers.time_passing import balances, nobody_waits_for, only, work, work_for
from tests.providers.fake_stripe import Fault

from remit.complaints.actions.deciding import decide, undo
from remit.core import clock
from remit.core.errors import Changed, Refusal
from remit.jobs.actions import try_again
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.remedies import calling, provider_news
from remit.remedies.actions import connections, elsewhere, sending
from remit.remedies.actions.giving import given_on
from remit.remedies.actions.handing_over import settle
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Connection, Elsewhere, Payment, Sending
from remit.remedies.providers.contract import NotReached
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import SendingState, State
from remit.upkeep.actions import tell_of_work_that_stands_still
from remit.upkeep.vocabulary import NEEDS_A_PERSON


def refund(house, connected, value=4200, kind="refund"):
    return decide(house.ana, connected.late.number, wants(kind, value))


def test_it_goes_back_once_and_the_books_say_from_where(house, connected, stripe, noon):
    remedy = refund(house, connected).remedy
    assert (remedy.provider, remedy.state) == ("stripe", State.GIVEN)
    assert balances() == {"cost": 4200, "owed": -4200}
    work(noon, seconds=19)
    assert stripe.made() == []
    work(noon)
    (made,) = stripe.made()
    sending = Sending.objects.get()
    assert (made["amount"], made["currency"], made["metadata"]["remit"]) == (4200, "eur", sending.key)
    assert made["metadata"]["remit_source"] == connected.late.subject
    assert (only().state, sending.state, sending.reference) == (State.SETTLED, SendingState.DONE, made["id"])
    assert balances() == {"cost": 4200, "paid-by-provider": -4200}
    assert Payment.objects.get().refunded == 4200
    work_for(noon, 2)
    assert len(stripe.made()) == 1
    assert list(differences()) == []


def test_nothing_personal_goes_along(house, connected, stripe, noon):
    refund(house, connected)
    work(noon)
    sent = str(stripe.made()[0]["metadata"]) + Sending.objects.get().key
    for word in ("Guest", "guest@example.org", "Ana", "Cold dinner"):
        assert word not in sent


def test_what_is_undone_in_time_never_leaves(house, connected, stripe, noon):
    undo(house.ana, refund(house, connected).pk)
    work_for(noon, 1)
    assert stripe.made() == []
    assert only().state == State.TAKEN_BACK
    assert list(differences()) == []


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("fault", list(Fault))
def test_whatever_fails_it_is_given_once(house, connected, stripe, fault, times):
    noon = clock.now()
    refund(house, connected)
    stripe.fails(*[fault] * times)
    with nobody_waits_for(fault, stripe):
        work(noon)
    assert only().state == State.ON_ITS_WAY
    assert Sending.objects.get().words
    assert list(differences()) == []
    work_for(noon, 3)
    assert len(stripe.made()) == 1
    assert only().state == State.SETTLED
    assert Sending.objects.get().words == ""
    assert balances() == {"cost": 4200, "paid-by-provider": -4200}
    assert list(differences()) == []


def test_a_lost_answer_is_looked_for_before_anything_is_asked_again(house, connected, stripe, noon):
    refund(house, connected)
    stripe.fails(Fault.CUT_AFTER)
    work(noon)
    work_for(noon, 1)
    assert [call[:2] for call in stripe.calls].count(("POST", "/v1/refunds")) == 1


def test_the_key_outlives_what_stripe_remembers(house, connected, stripe, noon):
    """Stripe forgets keys after a day: the list of refunds is what keeps it from being given twice."""
    refund(house, connected)
    stripe.fails(Fault.CUT_AFTER)
    work(noon)
    stripe.state.keys.clear()
    work_for(noon, 1)
    assert len(stripe.made()) == 1
    assert only().state == State.SETTLED


class TestPending:
    @pytest.fixture
    def pending(self, house, connected, stripe, noon):
        stripe.state.new_refunds_are = "pending"
        refund(house, connected)
        work(noon)
        assert (only().state, Sending.objects.get().state) == (State.ON_ITS_WAY, SendingState.PENDING)
        return stripe.made()[0]["id"]

    def test_it_settles_when_it_is_looked_at_again(self, pending, stripe, noon):
        stripe.state.become(pending, "succeeded")
        work(noon, hours=0.5)
        assert only().state == State.ON_ITS_WAY
        work(noon, hours=1.1)
        assert only().state == State.SETTLED
        assert list(differences()) == []

    def test_it_is_looked_at_until_it_is_known(self, pending, stripe, noon):
        work_for(noon, 8)
        stripe.state.become(pending, "succeeded")
        work(noon, hours=14)
        assert only().state == State.SETTLED

    def test_a_webhook_is_quicker_and_heard_once(self, pending, stripe, connected, noon, client):
        stripe.state.become(pending, "succeeded")
        for _ in range(2):
            for event in stripe.state.events:
                body, signature = stripe.signed(event)
                answer = client.post(
                    f"/hooks/{connected.connection.hook}/",
                    body,
                    content_type="application/json",
                    headers={"Stripe-Signature": signature},
                )
                assert answer.status_code == 200
        work(noon, seconds=30)
        assert only().state == State.SETTLED
        assert list(differences()) == []

    def test_it_fails_and_has_to_be_handed_over_by_hand(self, pending, house, stripe, noon):
        stripe.state.become(pending, "failed", "lost_or_stolen_card")
        work(noon, hours=1.1)
        remedy = only()
        assert (remedy.state, remedy.provider) == (State.GIVEN, "by-hand")
        assert balances() == {"cost": 4200, "owed": -4200}
        told = Notice.objects.filter(code="remedy-came-back")
        assert {notice.member for notice in told} == {house.ana, house.sam}
        assert "lost_or_stolen_card" in told.first().body
        assert not told.exclude(seen_at=None)
        settle(remedy, house.ben, "till 4")
        assert not told.filter(seen_at=None)
        assert balances() == {"cost": 4200, "paid": -4200}
        assert list(differences()) == []

    def test_nothing_is_taken_back_that_is_on_its_way(self, pending, house):
        with pytest.raises(Refusal, match="on its way"):
            take_back(only(), 4200, house.sam, "No.")

    def test_nobody_ticks_it_off_by_hand(self, pending, house):
        with pytest.raises(Changed, match="by itself"):
            settle(only(), house.ben, "till 4")


@pytest.mark.parametrize("days", [2, 30])
def test_it_comes_back_days_after_it_went_through(house, connected, stripe, noon, days):
    """Thirty days are what banks take at most; the last look was yesterday, and no webhook comes."""
    refund(house, connected)
    work(noon)
    stripe.state.refunds[stripe.made()[0]["id"]]["created"] = int(noon.timestamp())
    with clock.at(noon + timedelta(days=days - 1)):
        provider_news.through(connected.connection.pk)
        assert only().state == State.SETTLED
    stripe.state.become(stripe.made()[0]["id"], "failed", "expired_or_canceled_card")
    with clock.at(noon + timedelta(days=days)):
        provider_news.through(connected.connection.pk)
        assert (only().state, only().provider) == (State.GIVEN, "by-hand")
        assert balances() == {"cost": 4200, "owed": -4200}
        provider_news.through(connected.connection.pk)
        settle(only(), house.ben, "transfer 8")
    assert balances() == {"cost": 4200, "paid": -4200}
    assert list(differences()) == []


def test_what_is_refused_there_is_handed_over_by_hand_with_why(house, connected, stripe, noon):
    stripe.state.refund({"payment_intent": connected.reference, "amount": "31200"})
    refund(house, connected)
    work(noon)
    assert (only().state, only().provider) == (State.GIVEN, "by-hand")
    assert "given back already" in Notice.objects.filter(code="remedy-came-back").first().body
    assert list(differences()) == []


class TestStandingStill:
    def test_a_key_that_was_revoked_is_told_once_and_a_new_one_goes_on(self, house, connected, stripe, noon):
        broken = connections.Keys(account="Harbour Street", key="sk_test_revoked", secret="", is_live=False)
        connections.change_keys(house.ola, connected.connection, broken)
        refund(house, connected)
        work(noon)
        connection = Connection.objects.get()
        assert "Put in a new one" in connection.trouble
        assert Job.objects.exclude(needs_person_at=None).count() == 1
        assert Notice.objects.filter(code="connection-in-trouble", member=house.ola).count() == 1
        assert only().state == State.ON_ITS_WAY
        tell_of_work_that_stands_still()
        assert Notice.objects.filter(code=NEEDS_A_PERSON, member=house.ola, seen_at=None).count() == 1
        with clock.at(noon + timedelta(hours=30)):
            connections.change_keys(house.ola, connection, KEYS)
        assert not Notice.objects.filter(member=house.ola, seen_at=None)
        work(noon, hours=30, seconds=1)
        assert only().state == State.SETTLED
        assert Connection.objects.get().trouble == ""
        assert len(stripe.made()) == 1

    def test_a_provider_that_is_down_for_long_needs_a_person_and_is_never_forgotten(
        self, house, connected, stripe, noon
    ):
        refund(house, connected)
        stripe.stop()
        work_for(noon, 6)
        job = Job.objects.exclude(needs_person_at=None).get()
        words = job.last_error
        assert words.startswith("Stripe can't be reached from here at the moment. It is a refund of C-2001.")
        assert "try it again here" in words
        assert "by hand, under To hand over" in words
        assert only().state == State.ON_ITS_WAY
        stripe.start()
        with clock.at(noon + timedelta(hours=20)):
            try_again(job.pk)
        work(noon, hours=20, seconds=1)
        assert only().state == State.SETTLED
        assert len(stripe.made()) == 1

    def test_somebody_takes_over_only_when_the_provider_has_nothing(self, house, connected, stripe, noon):
        refund(house, connected)
        stripe.stop()
        work_for(noon, 6)
        number = Sending.objects.get().pk
        with clock.at(noon + timedelta(hours=8)), pytest.raises(NotReached):
            calling.take_over(number, house.sam, "The customer waits at the till.")
        stripe.start()
        with clock.at(noon + timedelta(hours=8)):
            calling.take_over(number, house.sam, "The customer waits at the till.")
            settle(only(), house.sam, "till 4")
            try_again(Job.objects.exclude(needs_person_at=None).get().pk)
        work(noon, hours=9)
        assert stripe.made() == []
        assert balances() == {"cost": 4200, "paid": -4200}
        assert list(differences()) == []

    def test_nobody_takes_over_what_is_there_or_was_tried_just_now(self, house, connected, stripe, noon):
        refund(house, connected)
        stripe.fails(Fault.CUT_AFTER)
        work(noon)
        number = Sending.objects.get().pk
        with clock.at(noon + timedelta(minutes=5)), pytest.raises(Refusal, match="a moment ago"):
            calling.take_over(number, house.sam, "Now.")
        with clock.at(noon + timedelta(minutes=30)), pytest.raises(Refusal, match="has it after all"):
            calling.take_over(number, house.sam, "Now.")
        assert only().state == State.SETTLED

    def test_a_try_between_the_look_and_the_hand_stops_the_hand(self, house, connected, stripe, noon):
        """Otherwise a worker might ask for it at the same moment, and the customer would get it twice."""
        refund(house, connected)
        stripe.stop()
        work(noon)
        row = Sending.objects.get()
        with clock.at(noon + timedelta(hours=1)):
            sending.call_for(row.pk)
        with pytest.raises(Changed, match="went on"):
            sending.take_over_by_hand(row.pk, house.sam, "The customer waits.", called_at=row.called_at)
        assert only().state == State.ON_ITS_WAY

    def test_what_lands_after_it_was_given_up_is_told(self, house, connected, stripe, noon):
        refund(house, connected)
        stripe.stop()
        work(noon)
        row = Sending.objects.get()
        stripe.start()
        with clock.at(noon + timedelta(hours=1)):
            calling.take_over(row.pk, house.sam, "The customer waits at the till.")
            settle(only(), house.sam, "till 4")
            asked = {"payment_intent": connected.reference, "amount": "4200", "metadata": {"remit": row.key}}
            stripe.state.refund(asked)
            provider_news.through(connected.connection.pk)
        (words,) = connected.connection.looks.get().differences
        assert "may have been given twice" in words
        assert Notice.objects.filter(code="refunds-differ").exists()


class TestElsewhere:
    def test_what_was_given_on_the_providers_pages_counts_on_the_order(self, house, connected, stripe, noon):
        stripe.state.refund({"payment_intent": connected.reference, "amount": "30000"})
        provider_news.through(connected.connection.pk)
        assert given_on(connected.late.order_key) == 30000
        assert Payment.objects.get().refunded == 30000
        assert balances() == {"cost": 30000, "paid-by-provider": -30000}
        with pytest.raises(Refusal, match="paid"):
            refund(house, connected, 1300)
        provider_news.through(connected.connection.pk)
        assert Elsewhere.objects.count() == 1
        assert list(differences()) == []

    def test_it_counts_no_more_when_it_failed(self, house, connected, stripe, noon):
        made = stripe.state.refund({"payment_intent": connected.reference, "amount": "30000"})
        provider_news.through(connected.connection.pk)
        stripe.state.become(made["id"], "failed", "declined")
        provider_news.at_refund(connected.connection.pk, made["id"])
        provider_news.at_refund(connected.connection.pk, made["id"])
        assert given_on(connected.late.order_key) == 0
        assert balances() == {}
        assert list(differences()) == []

    def test_what_was_given_before_the_payment_was_known_counts_from_then_on(self, house, connected, stripe):
        cake = made_complaint(house, title="Wrong cake", category="late", paid=5000)
        payment = stripe.state.pay(5000, by_intent=False)
        stripe.state.refund({"charge": payment, "amount": "4000"})
        provider_news.link(connected.connection, house.harbour, cake.order_key, payment, house.ana)
        assert given_on(cake.order_key) == 4000
        with pytest.raises(Refusal, match="paid"):
            decide(house.ana, cake.number, wants("refund", 1001))

    def test_what_was_given_at_the_till_is_written_down_and_struck(self, house, connected):
        order = connected.late.order_key
        row = elsewhere.write_down(
            house.ben, house.harbour, order, 1200, "EUR", reference="till 4", why="Before Remit was there."
        )
        assert (given_on(order), balances()) == (1200, {"cost": 1200, "paid": -1200})
        elsewhere.strike(row, house.sam, "It was another order.")
        assert (given_on(order), balances()) == (0, {})
        with pytest.raises(Changed):
            elsewhere.strike(row, house.sam, "Again.")
        assert list(differences()) == []

    def test_our_own_refund_is_never_taken_for_one_made_elsewhere(self, house, connected, stripe, noon):
        refund(house, connected)
        stripe.fails(Fault.CUT_AFTER)
        work(noon)
        provider_news.through(connected.connection.pk)
        assert Elsewhere.objects.count() == 0
        assert only().state == State.SETTLED
        work_for(noon, 1)
        assert len(stripe.made()) == 1


class TestTheDailyLook:
    def test_a_key_that_nobody_here_gave_needs_a_person(self, house, connected, stripe):
        asked = {"payment_intent": connected.reference, "amount": "500", "metadata": {"remit": "remit-9-1-x"}}
        stripe.state.refund(asked)
        provider_news.through(connected.connection.pk)
        (words,) = connected.connection.looks.get().differences
        assert "remit-9-1-x" in words
        assert "older copy" in words
        assert Elsewhere.objects.count() == 0
        provider_news.through(connected.connection.pk)
        assert Notice.objects.filter(code="refunds-differ", member=house.ola).count() == 1

    def test_a_refund_made_twice_under_one_key_is_found(self, house, connected, stripe, noon):
        refund(house, connected)
        work(noon)
        stripe.state.refund(
            {
                "payment_intent": connected.reference,
                "amount": "4200",
                "metadata": {"remit": Sending.objects.get().key},
            }
        )
        provider_news.through(connected.connection.pk)
        assert "carry the same key" in " ".join(connected.connection.looks.get().differences)

    def test_a_refund_that_the_provider_lost_is_found(self, house, connected, stripe, noon):
        refund(house, connected)
        work(noon)
        stripe.state.refunds.clear()
        with clock.at(noon + timedelta(hours=1)):
            provider_news.through(connected.connection.pk)
        assert "isn't on the provider's list" in connected.connection.looks.get().differences[0]

    def test_all_the_same_says_so(self, house, connected, stripe, noon):
        refund(house, connected)
        work(noon)
        with clock.at(noon + timedelta(hours=1)):
            provider_news.through(connected.connection.pk)
        look = connected.connection.looks.get()
        assert (look.seen, look.noted, look.differences) == (1, 0, [])


def test_without_a_payment_with_as_much_left_it_goes_by_hand(house, connected, stripe, noon):
    cake = made_complaint(house, title="Wrong cake", category="late", paid=5000)
    assert decide(house.ana, cake.number, wants("refund", 1000)).remedy.provider == "by-hand"
    stripe.state.refund({"payment_intent": connected.reference, "amount": "31000"})
    provider_news.at_payment(connected.connection.pk, connected.reference)
    assert Payment.objects.get().refunded == 31000


def test_credit_and_apologies_go_as_ever(house, connected, stripe, noon):
    assert refund(house, connected, 1500, "credit").remedy.provider == "store-credit"
    work(noon)
    assert stripe.made() == []


def test_two_refunds_that_wait_dont_use_the_same_rest(house, connected, stripe, noon):
    """What is on its way counts as given back, before the provider says so."""
    stripe.stop()
    stripe.state.refund({"payment_intent": connected.reference, "amount": "26000"})
    Payment.objects.update(refunded=26000)
    first = refund(house, connected, 5000).remedy
    work(noon)
    second = decide(house.sam, connected.late.number, wants("refund", 300)).remedy
    assert (first.provider, second.provider) == ("stripe", "by-hand")


def test_taken_back_after_it_went_through_came_in_by_hand(house, connected, stripe, noon):
    refund(house, connected)
    work(noon)
    take_back(only(), 1200, house.sam, "The customer brought it back.")
    assert balances() == {"cost": 3000, "paid-by-provider": -4200, "paid": 1200}
    assert list(differences()) == []


def test_a_connection_is_not_switched_off_under_what_is_on_its_way(house, connected, stripe, noon):
    stripe.state.new_refunds_are = "pending"
    refund(house, connected)
    work(noon)
    with pytest.raises(Refusal, match="still on their way"):
        connections.switch_off(house.ola, connected.connection, "We change banks.")
    stripe.state.become(stripe.made()[0]["id"], "succeeded")
    work(noon, hours=2)
    connections.switch_off(house.ola, connected.connection, "We change banks.")
    assert decide(house.ana, connected.late.number, wants("refund", 100)).remedy.provider == "by-hand"
    assert Connection.objects.get().sealed_key == ""
