"""A state machine: refunds over several payments, whatever the provider does, against a plain book.

Answers are lost, calls are refused, refunds pend, fail at once or days later; webhooks come late, twice and
in any order; people try again, hand over, take over, stop, give credit and take back. The plain book knows
only what was decided, what people did by hand, and what the provider itself holds.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.app.made_complaints import made_complaint, wants
from tests.app.providers.conftest import KEYS
from tests.examples import examples
from tests.providers.fake_stripe import FakeStripe, Fault

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.errors import Changed, Refusal
from remit.jobs.actions import try_again
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job
from remit.ledger.models import Account
from remit.ledger.vocabulary import PAID_BY_PROVIDER
from remit.remedies import calling, provider_news
from remit.remedies.actions.connections import connect
from remit.remedies.actions.giving import given_on
from remit.remedies.actions.handing_over import settle
from remit.remedies.actions.rest import give_as_credit
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Remedy, Sending
from remit.remedies.providers.contract import ProviderError
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import OPEN_SENDINGS, SendingState, State

PAYMENTS = st.lists(st.sampled_from([500, 1_100, 1_800]), min_size=2, max_size=4)
LOST = [fault for fault in Fault if fault.does_it]
FAULTS = st.lists(
    st.sampled_from([None, *LOST, Fault.TOO_MANY, Fault.CUT_BEFORE, Fault.BROKEN_BEFORE]), max_size=4
)
STATES = st.sampled_from(["succeeded", "pending", "requires_action"])
WHY = "So it is."
ENDED = {"succeeded", "failed", "canceled"}


@dataclass
class Line:
    """What the plain book keeps of a refund."""

    remedy: int
    value: int
    taken_back: int = 0
    by_hand: int = 0
    as_credit: int = 0


class Money(RuleBasedStateMachine):
    house = start = stripe = connection = None

    def __init__(self):
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.moment, self.book, self.sent = self.start, [], 0
        self.stripe.forget_faults()
        self.stripe.state.new_refunds_are = "succeeded"
        self.stripe.state.events.clear()

    def teardown(self):
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)

    @contextmanager
    def then(self, **later):
        self.moment += timedelta(**later)
        with clock.at(self.moment):
            yield

    @initialize(amounts=PAYMENTS, over=st.sampled_from([0, 1, 300]), state=STATES, faults=FAULTS.filter(any))
    def a_refund_over_several_payments(self, amounts, over, state, faults):
        with self.then():
            self.complaint = made_complaint(self.house, category="late", paid=sum(amounts))
            self.payments = [
                self.stripe.state.pay(each, order="o", at=self.moment.timestamp()) for each in amounts
            ]
            for each in self.payments:
                provider_news.link(
                    self.connection, self.house.harbour, self.complaint.order_key, each, self.house.ana
                )

        self.stripe.state.new_refunds_are = state
        self.decides(max(amounts) + over, faults)
        self.works(1)

    @rule(value=st.sampled_from([300, 1_200, 2_000, 3_100]), faults=FAULTS)
    def decides_once_more(self, value, faults):
        self.decides(value, faults)

    def decides(self, value, faults):
        self.stripe.fails(*faults)
        with self.then():
            try:
                decision = decide(self.house.sam, self.complaint.number, wants("refund", value))
            except Refusal:
                return
        if decision.remedy is not None and decision.remedy.state == State.GIVEN:
            self.book.append(Line(decision.remedy.pk, value))

    @rule(minutes=st.sampled_from([1, 15, 90, 700]))
    def works(self, minutes):
        with self.then(minutes=minutes):
            run_due_jobs(is_forgiving=True)

    @rule(state=STATES)
    def new_refunds_are(self, state):
        self.stripe.state.new_refunds_are = state

    @rule(number=st.integers(0, 30), state=st.sampled_from(["succeeded", "failed"]))
    def a_refund_becomes(self, number, state):
        rows = [row for row in self.ours() if row["status"] not in {"failed", "canceled"}]
        if rows:
            self.stripe.state.become(rows[number % len(rows)]["id"], state, "declined")

    @rule(number=st.integers(0, 60), times=st.integers(1, 2))
    def a_webhook_comes(self, number, times):
        events = self.stripe.state.events
        if events:
            body, signature = self.stripe.signed(events[number % len(events)])
            for _ in range(times):
                with self.then(seconds=1):
                    answer = Client().post(
                        f"/hooks/{self.connection.hook}/",
                        body,
                        content_type="application/json",
                        headers={"Stripe-Signature": signature},
                    )
                assert answer.status_code == 200

    @rule()
    def looks_through_the_list(self):
        with self.then(hours=1):
            provider_news.through(self.connection.pk)

    @precondition(lambda self: self.book)
    @rule(number=st.integers(0, 9))
    def hands_over(self, number):
        line, remedy = self.one(number)
        owing = remedy.owing
        with self.then(minutes=1), self.or_not(Changed):
            settle(remedy, self.house.ben, "till")
            line.by_hand += owing

    @precondition(lambda self: self.book)
    @rule(number=st.integers(0, 9))
    def gives_as_credit(self, number):
        line, remedy = self.one(number)
        with self.then(minutes=1), self.or_not(Changed):
            give_as_credit(remedy.pk, self.house.sam, WHY)
            line.as_credit += remedy.owing

    @precondition(lambda self: self.book)
    @rule(number=st.integers(0, 9), faults=FAULTS)
    def tries_again(self, number, faults):
        _, remedy = self.one(number)
        with self.then(minutes=1), self.or_not(Changed, Refusal, ProviderError):
            calling.try_again(remedy.pk, self.house.sam, WHY, seen=remedy.owing)
            self.stripe.fails(*faults)

    @precondition(lambda self: self.book)
    @rule(number=st.integers(0, 9), whole=st.booleans())
    def takes_back(self, number, whole):
        line, remedy = self.one(number)
        most = remedy.owing if remedy.state == State.GIVEN else remedy.counts
        amount = most if whole else (most + 1) // 2
        with self.then(minutes=1), self.or_not(Changed, Refusal):
            take_back(remedy, amount, self.house.sam, WHY)
            line.taken_back += amount
            if remedy.state == State.SETTLED:
                of_credit = min(amount, line.as_credit)
                line.as_credit -= of_credit
                line.by_hand -= amount - of_credit

    @rule(number=st.integers(0, 9))
    def takes_over_or_stops(self, number):
        rows = list(Sending.objects.filter(state__in=OPEN_SENDINGS).order_by("pk"))
        if rows:
            row = rows[number % len(rows)]
            act = calling.take_over if row.state == SendingState.WAITS else calling.stop
            with self.then(minutes=20), self.or_not(Changed, Refusal, ProviderError):
                act(row.pk, self.house.sam, WHY)

    def one(self, number):
        line = self.book[number % len(self.book)]
        return line, Remedy.objects.select_related("team").get(pk=line.remedy)

    @contextmanager
    def or_not(self, *refused):
        try:
            with transaction.atomic():
                yield
        except refused:
            return

    def ours(self):
        """Refunds of this order's payments at the provider, that Remit asked for."""
        charges = {charge["id"]: charge for charge in self.stripe.state.charges.values()}
        return [
            row
            for row in self.stripe.state.refunds.values()
            if charges[row["charge"]]["payment_intent"] in self.payments
        ]

    @invariant()
    def the_provider_was_asked_for_each_part_once(self):
        if not hasattr(self, "payments"):
            return
        keys = [row["metadata"]["remit"] for row in self.ours()]
        assert len(keys) == len(set(keys))
        rows = {row.key: row for row in Sending.objects.filter(key__in=keys)}
        assert set(keys) == rows.keys()
        for row in self.ours():
            assert rows[row["metadata"]["remit"]].amount == row["amount"]

    @invariant()
    def nothing_is_given_twice(self):
        for line in self.book:
            live = sum(
                row["amount"]
                for row in self.ours()
                if row["metadata"]["remit_remedy"] == str(line.remedy)
                and row["status"] not in {"failed", "canceled"}
            )
            assert live + line.by_hand + line.as_credit <= line.value - line.taken_back

    @invariant()
    def the_books_are_right(self):
        assert [str(each) for each in differences()] == []

    @invariant()
    def each_refund_counts_once_and_is_where_the_plain_book_says(self):
        for line in self.book:
            remedy = Remedy.objects.get(pk=line.remedy)
            assert remedy.counts == line.value - line.taken_back
            through = sum(row.amount for row in remedy.sendings.filter(state=SendingState.DONE))
            assert remedy.arrived == through + line.by_hand + line.as_credit
        if self.book:
            counts = sum(line.value - line.taken_back for line in self.book)
            assert given_on(self.complaint.order_key) == counts

    def rests(self):
        """In the end everything is known, and every refund is with the customer or waits for a person."""
        self.stripe.forget_faults()
        for row in self.ours():
            if row["status"] not in ENDED:
                self.stripe.state.become(row["id"], "succeeded")
        self.stripe.state.new_refunds_are = "succeeded"
        for job in Job.objects.exclude(needs_person_at=None):
            try_again(job.pk)
        for _ in range(40):
            with self.then(hours=7):
                run_due_jobs(is_forgiving=True)
        with self.then(hours=1):
            provider_news.through(self.connection.pk)
        assert not Sending.objects.filter(state__in=OPEN_SENDINGS).exists()
        there = {
            row["metadata"]["remit"]: row["amount"] for row in self.ours() if row["status"] == "succeeded"
        }
        through = Sending.objects.filter(state=SendingState.DONE).values_list("key", "amount")
        assert there == dict(through)
        books = Account.objects.filter(name=PAID_BY_PROVIDER).values_list("balance", flat=True)
        assert -sum(books) == sum(there.values())
        self.the_books_are_right()
        self.nothing_is_given_twice()


class MoneyThatRests(Money):
    def teardown(self):
        try:
            if hasattr(self, "payments"):
                self.rests()
        finally:
            super().teardown()


@pytest.mark.slow
def test_whatever_happens_each_refund_is_given_once(house, noon, request):
    of_django = request.getfixturevalue("settings")
    with FakeStripe() as stripe:
        of_django.STRIPE_ADDRESS = stripe.address
        stripe.late.set()
        Money.house, Money.start, Money.stripe = house, noon, stripe
        Money.connection = connect(house.ola, "stripe", KEYS, [house.harbour])
        run_state_machine_as_test(
            MoneyThatRests,
            settings=settings(
                max_examples=examples(100),
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
