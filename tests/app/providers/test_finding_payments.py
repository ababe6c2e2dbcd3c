"""The payment of an order is looked for by itself, and looked at again when a webhook names it."""

from datetime import timedelta

import pytest
from tests.app.made_complaints import wants
from tests.app.providers.conftest import KEYS
from tests.app.providers.time_passing import balances, work_for
from tests.providers.fake_stripe.server import KEY

from remit.complaints.actions.deciding import decide
from remit.complaints.actions.opening import open_complaint
from remit.complaints.actions.orders import OrderWords
from remit.complaints.vocabulary import Channel
from remit.core import clock
from remit.jobs.actions import try_again
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.remedies import provider_news
from remit.remedies.actions import connections
from remit.remedies.actions.connections import connect
from remit.remedies.models import Connection, Payment

DOWN = "Stripe can't be reached from here at the moment."
BY_HAND = (
    "Until the payment of the order is known, its refunds are handed over by hand. Try it again here, or "
    "find the payment from a complaint: Payment, beside its order."
)
ONLY_LOOKED = (
    "Nothing is lost: once the provider answers again, try it again here, or leave it to the daily look at "
    "its own list."
)


def needs_person():
    """What stands on the list that needs a person."""
    return list(Job.objects.exclude(needs_person_at=None).values_list("last_error", flat=True))


class TestFoundByItself:
    """A complaint about an order whose payment surely is one: nobody has to look."""

    @pytest.fixture
    def provider(self, house, stripe, settings, noon):
        settings.STRIPE_ADDRESS = stripe.address
        return connect(house.ola, "stripe", KEYS, [house.harbour])

    def opened(self, house, number="H-77", paid=None):
        return open_complaint(
            house.harbour,
            text="Cold soup.",
            channel=Channel.COUNTER,
            by=house.ana,
            category="late",
            order=OrderWords(number, paid=paid),
        )

    def test_it_is_linked_and_what_was_paid_is_known(self, house, provider, stripe):
        paid = stripe.state.pay(8600, order="H-77")
        complaint = self.opened(house)
        run_due_jobs()
        payment = Payment.objects.get(reference=paid)
        complaint.order.refresh_from_db()
        assert (payment.order_key, payment.linked_by) == (complaint.order_key, None)
        assert complaint.order.paid == 8600
        assert decide(house.ana, complaint.number, wants("refund", 1000)).remedy.provider == "stripe"

    @pytest.mark.parametrize(
        ("payments", "known"),
        [
            ([(8600, "eur"), (8600, "eur")], None),
            ([(8600, "usd")], None),
            ([(8600, "eur")], 9000),
            ([], None),
        ],
        ids=["two of them", "another currency", "another amount", "none"],
    )
    def test_what_isnt_sure_is_left_to_somebody(self, house, provider, stripe, payments, known):
        for amount, currency in payments:
            stripe.state.pay(amount, currency, order="H-77")
        self.opened(house, paid=known)
        run_due_jobs()
        assert not Payment.objects.exists()

    def test_a_provider_that_is_down_is_asked_again(self, house, provider, stripe, noon):
        paid = stripe.state.pay(8600, order="H-77")
        self.opened(house)
        stripe.stop()
        run_due_jobs(is_forgiving=True)
        stripe.start()
        with clock.at(noon + timedelta(minutes=5)):
            run_due_jobs()
        assert Payment.objects.filter(reference=paid).exists()

    def test_without_a_provider_nothing_is_looked_for(self, house, noon):
        self.opened(house)
        assert not Job.objects.filter(task__endswith="find_payment").exists()

    def test_one_that_is_down_for_long_needs_a_person_with_what_to_do(self, house, provider, stripe, noon):
        paid = stripe.state.pay(8600, order="H-77")
        self.opened(house)
        stripe.stop()
        work_for(noon, 6)
        assert needs_person() == [f"{DOWN} {BY_HAND}"]
        stripe.start()
        try_again(Job.objects.exclude(needs_person_at=None).get().pk)
        run_due_jobs()
        assert Payment.objects.filter(reference=paid).exists()

    def test_a_revoked_key_needs_a_person_at_once_and_the_owners_are_told(self, house, provider, stripe):
        revoked = connections.Keys(account="Harbour Street", key="sk_test_revoked", secret="", is_live=False)
        connections.change_keys(house.ola, provider, revoked)
        self.opened(house)
        run_due_jobs(is_forgiving=True)
        (words,) = needs_person()
        assert words.startswith("Stripe doesn't take the key any more: it was revoked or mistyped.")
        assert words.endswith(BY_HAND)
        assert Notice.objects.filter(code="connection-in-trouble", member=house.ola).exists()

    def test_a_disputed_one_is_linked_and_said_to_be_so(self, house, provider, stripe):
        stripe.state.dispute(stripe.state.pay(8600, order="H-77"))
        complaint = self.opened(house)
        run_due_jobs()
        payment = Payment.objects.get()
        assert (payment.dispute, payment.disputed, payment.is_refundable) == ("open", 8600, False)
        assert balances() == {"cost": 8600, "paid-by-provider": -8600}
        assert Notice.objects.filter(code="payment-disputed", member=house.sam).exists()
        assert complaint.order.key == payment.order_key

    def test_one_that_somebody_gave_to_another_order_is_nobodys_work(self, house, provider, stripe):
        paid = stripe.state.pay(8600, order="H-77")
        other = self.opened(house, number="H-78")
        provider_news.link(provider, house.harbour, other.order_key, paid, house.ana)
        self.opened(house)
        run_due_jobs()
        assert Payment.objects.get().order_key == other.order_key
        assert needs_person() == []


class TestLookedAt:
    """A webhook named a payment."""

    @pytest.fixture
    def named(self, connected):
        connections._look_later("payment", connected.connection, connected.reference)

    def test_what_was_given_back_and_what_is_left_is_known(self, named, connected, stripe):
        stripe.state.refund({"payment_intent": connected.reference, "amount": "1200"})
        run_due_jobs()
        assert Payment.objects.get().refunded == 1200
        assert balances() == {"cost": 1200, "paid-by-provider": -1200}

    def test_a_provider_that_is_down_for_long_needs_a_person(self, named, stripe, noon):
        stripe.stop()
        work_for(noon, 6)
        assert needs_person() == [f"{DOWN} {ONLY_LOOKED}"]

    def test_one_that_isnt_there_any_more_is_nobodys_work(self, named, stripe):
        stripe.state.charges.clear()
        stripe.state.intents.clear()
        run_due_jobs()
        assert needs_person() == []
        assert Payment.objects.get().refunded == 0

    def test_a_revoked_key_stands_still_and_goes_on_with_a_new_one(self, named, house, connected, stripe):
        revoked = connections.Keys(account="Harbour Street", key="sk_test_revoked", secret="", is_live=False)
        connections.change_keys(house.ola, connected.connection, revoked)
        stripe.state.refund({"payment_intent": connected.reference, "amount": "1200"})
        run_due_jobs(is_forgiving=True)
        (words,) = needs_person()
        assert words.startswith("Stripe doesn't take the key any more")
        good = connections.Keys(account="Harbour Street", key=KEY, secret="", is_live=False)
        connections.change_keys(house.ola, Connection.objects.get(), good)
        run_due_jobs()
        assert Payment.objects.get().refunded == 1200
