"""One refund over several payments: in parts, each asked for once, together never more than was given."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from tests.app.made_complaints import wants
from tests.app.providers.conftest import FIRST, GIVEN, SECOND
from tests.app.providers.time_passing import balances, nobody_waits_for, only, work, work_for
from tests.providers.fake_stripe import Fault

from remit.charters.models import Use
from remit.complaints.actions.deciding import decide
from remit.complaints.queries.journal import journal_of
from remit.core import clock
from remit.core.errors import Changed, Refusal
from remit.jobs.inline import run_due_jobs
from remit.notices.models import Notice
from remit.remedies import calling, provider_news
from remit.remedies.actions import parts, sending
from remit.remedies.actions.giving import given_on
from remit.remedies.actions.handing_over import redeem, settle
from remit.remedies.actions.rest import give_as_credit
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Payment, Remedy, Sending, StoreCredit
from remit.remedies.payments import parts_for
from remit.remedies.providers.contract import NotReached, ProviderError
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import SendingState, State

WHY = "The customer asks for it."


def used():
    return Use.objects.aggregate(total=Sum("amount"))["total"]


def amounts(stripe):
    return sorted(row["amount"] for row in stripe.made())


def test_it_goes_back_in_as_few_parts_as_can_be_and_counts_once(paid_twice, given, stripe, noon):
    assert (given.provider, given.state) == ("stripe", State.GIVEN)
    before = used()
    work(noon)
    assert amounts(stripe) == [GIVEN - FIRST, FIRST]
    keys = {made["metadata"]["remit"] for made in stripe.made()}
    assert keys == set(Sending.objects.values_list("key", flat=True))
    assert {row.payment.reference: row.amount for row in Sending.objects.select_related("payment")} == {
        paid_twice.first: FIRST,
        paid_twice.second: GIVEN - FIRST,
    }
    remedy = only()
    assert (remedy.state, remedy.arrived, remedy.under_way, remedy.owing) == (State.SETTLED, GIVEN, 0, 0)
    assert balances() == {"cost": GIVEN, "paid-by-provider": -GIVEN}
    assert (given_on(paid_twice.late.order_key), used()) == (GIVEN, before)
    assert list(differences()) == []


def test_one_payment_with_enough_left_takes_all_of_it(house, paid_twice, stripe, noon):
    decide(house.ana, paid_twice.late.number, wants("refund", 2_600))
    work(noon)
    assert [row["amount"] for row in stripe.made()] == [2_600]


def test_what_went_back_before_is_left_out(house, paid_twice, stripe, noon):
    stripe.state.refund({"payment_intent": paid_twice.first, "amount": "2900"})
    provider_news.through(paid_twice.connection.pk)
    decide(house.ana, paid_twice.late.number, wants("refund", 2_550))
    work(noon)
    assert amounts(stripe) == [50, 2_500, 2_900]
    assert only().state == State.SETTLED
    assert list(differences()) == []


def test_where_all_payments_havent_enough_it_is_handed_over_by_hand(house, paid_twice, given, stripe, noon):
    stripe.state.refund({"payment_intent": paid_twice.second, "amount": "2000"})
    provider_news.through(paid_twice.connection.pk)
    work(noon)
    assert len(stripe.made()) == 1
    assert (only().state, only().provider, only().owing) == (State.GIVEN, "by-hand", GIVEN)
    assert Notice.objects.filter(code="remedy-came-back", member=house.sam).exists()
    assert list(differences()) == []


def test_all_parts_are_committed_before_any_is_asked_for(given, stripe):
    numbers = parts.begin(given.pk)
    assert len(numbers) == 2
    assert stripe.made() == []
    assert Sending.objects.filter(called_at=None).count() == 2
    assert parts.begin(given.pk) == numbers
    assert only().under_way == GIVEN
    assert list(differences()) == []


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("at", [0, 1])
def test_whatever_fails_at_either_part_each_is_given_once(given, stripe, fault, at):
    noon = clock.now()
    stripe.fails(*[None] * at, fault)
    with nobody_waits_for(fault, stripe):
        work(noon)
    assert only().state == State.ON_ITS_WAY
    assert list(differences()) == []
    work_for(noon, 3)
    assert amounts(stripe) == [GIVEN - FIRST, FIRST]
    assert only().state == State.SETTLED
    assert balances() == {"cost": GIVEN, "paid-by-provider": -GIVEN}
    assert list(differences()) == []


class TestOnePartFails:
    @pytest.fixture
    def half(self, paid_twice, given, stripe, noon):
        """The first part went out; the second was refused, since its payment is disputed."""
        stripe.state.refund({"payment_intent": paid_twice.second, "amount": "2000"})
        work(noon)
        assert sorted(Sending.objects.values_list("state", flat=True)) == ["done", "refused"]
        return given

    def test_it_says_what_went_out_and_what_didnt(self, half, house):
        remedy = only()
        assert (remedy.state, remedy.provider) == (State.GIVEN, "by-hand")
        assert (remedy.arrived, remedy.under_way, remedy.owing) == (FIRST, 0, GIVEN - FIRST)
        assert balances() == {"cost": GIVEN, "owed": FIRST - GIVEN, "paid-by-provider": -FIRST}
        told = Notice.objects.get(code="remedy-came-back", member=house.sam)
        assert told.title == "EUR 12 of EUR 42 didn't arrive"
        assert list(differences()) == []

    def test_the_rest_by_hand(self, half, house):
        with pytest.raises(Changed, match="By now EUR 12"):
            settle(only(), house.ben, "till 4", seen=GIVEN)
        settle(only(), house.ben, "till 4", seen=GIVEN - FIRST)
        assert only().state == State.SETTLED
        assert balances() == {"cost": GIVEN, "paid-by-provider": -FIRST, "paid": FIRST - GIVEN}
        assert list(differences()) == []
        with pytest.raises(Changed):
            settle(only(), house.ben, "till 4")

    def test_the_rest_as_store_credit(self, half, house, paid_twice):
        before = used()
        credit = give_as_credit(half.pk, house.sam, WHY)
        assert (credit.left, credit.face, only().state) == (GIVEN - FIRST, GIVEN - FIRST, State.SETTLED)
        assert balances() == {"cost": GIVEN, "paid-by-provider": -FIRST, "credit": FIRST - GIVEN}
        assert (given_on(paid_twice.late.order_key), used()) == (GIVEN, before)
        with pytest.raises(Changed):
            give_as_credit(half.pk, house.sam, WHY)
        redeem(credit, 200, house.ben, "till 5")
        assert list(differences()) == []
        take_back(only(), 3_500, house.sam, "A mistake.")
        assert balances() == {
            "cost": 700,
            "paid-by-provider": -FIRST,
            "paid": 2_500,
            "redeemed": -200,
        }
        assert StoreCredit.objects.get().left == 0
        assert list(differences()) == []
        with pytest.raises(Refusal, match="used some"):
            take_back(only(), 600, house.sam, "All of it.")

    def test_the_rest_is_taken_back(self, half, house, paid_twice):
        with pytest.raises(Refusal, match="EUR 30 of it went out"):
            take_back(only(), GIVEN, house.sam, WHY)
        take_back(only(), 200, house.sam, WHY)
        assert (only().state, only().owing) == (State.GIVEN, 1_000)
        take_back(only(), 1_000, house.sam, WHY)
        assert (only().state, only().counts) == (State.SETTLED, FIRST)
        assert balances() == {"cost": FIRST, "paid-by-provider": -FIRST}
        assert given_on(paid_twice.late.order_key) == FIRST
        assert list(differences()) == []

    def test_the_rest_once_more_when_there_is_money_again(self, half, house, paid_twice, stripe, noon):
        with clock.at(noon + timedelta(hours=1)), pytest.raises(Refusal, match="haven't as much left"):
            calling.try_again(half.pk, house.sam, WHY)
        stripe.state.become(stripe.made()[0]["id"], "failed", "declined")
        with clock.at(noon + timedelta(hours=1)):
            calling.try_again(half.pk, house.sam, WHY)
            assert (only().state, only().under_way) == (State.ON_ITS_WAY, GIVEN - FIRST)
            with pytest.raises(Changed):
                calling.try_again(half.pk, house.sam, WHY)
            run_due_jobs()
        assert amounts(stripe) == [GIVEN - FIRST, FIRST]
        assert only().state == State.SETTLED
        assert balances() == {"cost": GIVEN, "paid-by-provider": -GIVEN}
        assert list(differences()) == []

    def test_nothing_is_sent_again_while_nobody_can_look(self, half, house, stripe, noon):
        stripe.stop()
        with clock.at(noon + timedelta(hours=1)), pytest.raises(NotReached):
            calling.try_again(half.pk, house.sam, WHY)
        assert only().owing == GIVEN - FIRST
        assert list(differences()) == []

    def test_what_arrived_comes_back_days_later(self, half, house, paid_twice, stripe, noon):
        give_as_credit(half.pk, house.sam, WHY)
        done = Sending.objects.get(state=SendingState.DONE)
        stripe.state.become(done.reference, "failed", "expired_or_canceled_card")
        with clock.at(noon + timedelta(days=3)):
            for _ in range(2):
                provider_news.at_refund(paid_twice.connection.pk, done.reference)
            assert (only().state, only().owing) == (State.GIVEN, FIRST)
            assert balances() == {"cost": GIVEN, "owed": -FIRST, "credit": FIRST - GIVEN}
            credit = give_as_credit(half.pk, house.sam, WHY)
        assert (credit.left, credit.face) == (GIVEN, GIVEN)
        assert balances() == {"cost": GIVEN, "credit": -GIVEN}
        assert list(differences()) == []

    def test_every_part_stands_in_the_journal_with_its_reference(self, half, house, paid_twice):
        settle(only(), house.ben, "till 4")
        rows = [row for row in journal_of(house.harbour) if row[4] in {"paid", "paid-by-provider"}]
        done = Sending.objects.get(state=SendingState.DONE)
        found = [(row[3], row[4], row[9], row[10]) for row in rows]
        assert ("settle", "paid-by-provider", "30.00", done.reference) in found
        assert ("settle", "paid", "12.00", "till 4") in found


class TestOnePartPends:
    @pytest.fixture
    def pending(self, paid_twice, given, stripe, noon):
        """The first part pends for days; the second was refused."""
        stripe.state.refund({"payment_intent": paid_twice.second, "amount": "2000"})
        stripe.state.new_refunds_are = "pending"
        work(noon)
        return given

    def test_the_rest_doesnt_wait_for_it(self, pending, house, stripe, noon):
        assert (only().state, only().under_way, only().owing) == (State.GIVEN, FIRST, GIVEN - FIRST)
        settle(only(), house.ben, "till 4")
        assert (only().state, only().under_way) == (State.ON_ITS_WAY, FIRST)
        assert list(differences()) == []
        stripe.state.become(Sending.objects.get(state=SendingState.PENDING).reference, "succeeded")
        work(noon, hours=2)
        assert only().state == State.SETTLED
        assert balances() == {"cost": GIVEN, "paid": FIRST - GIVEN, "paid-by-provider": -FIRST}
        assert list(differences()) == []

    def test_only_the_rest_can_be_taken_back(self, pending, house):
        with pytest.raises(Refusal, match="went out already, or is on its way"):
            take_back(only(), GIVEN, house.sam, WHY)
        take_back(only(), GIVEN - FIRST, house.sam, WHY)
        assert only().state == State.ON_ITS_WAY
        assert list(differences()) == []

    def test_it_fails_as_well(self, pending, house, stripe, noon):
        stripe.state.become(Sending.objects.get(state=SendingState.PENDING).reference, "failed", "declined")
        work(noon, hours=2)
        assert (only().state, only().owing, only().under_way) == (State.GIVEN, GIVEN, 0)
        told = Notice.objects.get(code="remedy-came-back", member=house.sam)
        assert told.title == "EUR 42 didn't arrive"
        take_back(only(), GIVEN, house.sam, WHY)
        assert only().state == State.TAKEN_BACK
        assert balances() == {}
        assert list(differences()) == []


def test_a_given_up_part_that_is_there_after_all_isnt_sent_again(house, given, paid_twice, stripe, noon):
    stripe.stop()
    work(noon)
    stripe.start()
    with clock.at(noon + timedelta(minutes=30)):
        for row in Sending.objects.order_by("pk"):
            calling.take_over(row.pk, house.sam, WHY)
        row = Sending.objects.order_by("pk").first()
        asked = {"payment_intent": row.payment.reference, "amount": str(row.amount)}
        stripe.state.refund({**asked, "metadata": {"remit": row.key}})
        with pytest.raises(Refusal, match="one of them after all"):
            calling.try_again(given.pk, house.sam, WHY)
    assert only().owing == GIVEN


def test_parts_are_taken_over_and_stopped_one_by_one(house, given, stripe, noon):
    stripe.state.new_refunds_are = "requires_action"
    work(noon)
    first, second = Sending.objects.order_by("pk")
    with clock.at(noon + timedelta(minutes=5)):
        calling.stop(second.pk, house.sam, WHY)
    assert (only().state, only().under_way, only().owing) == (State.GIVEN, first.amount, second.amount)
    assert list(differences()) == []
    with clock.at(noon + timedelta(minutes=5)), pytest.raises(Changed):
        calling.stop(second.pk, house.sam, WHY)


def test_the_database_itself_refuses_more_than_was_given(given):
    parts.begin(given.pk)
    with pytest.raises(IntegrityError, match="no_more_out_than_given"), transaction.atomic():
        Remedy.objects.filter(pk=given.pk).update(arrived=1)


def test_a_second_refund_sees_what_the_first_will_take(house, paid_twice, given):
    parts.begin(given.pk)
    left = parts_for(house.harbour, paid_twice.late.order_key, FIRST + SECOND - GIVEN, "EUR")
    assert [(part.payment.reference, part.amount) for part in left] == [(paid_twice.second, 1_300)]
    assert parts_for(house.harbour, paid_twice.late.order_key, 1_301, "EUR") == ()


def test_the_books_say_when_a_part_is_missing(given, noon):
    work(noon)
    Sending.objects.filter(amount=FIRST).update(state=SendingState.WAITS)
    assert any(f"remedy {given.pk}" in each.where for each in differences())


def test_another_refund_is_no_part(given):
    number, _ = parts.begin(given.pk)
    assert sending.call_for(number).wish == sending.call_for(number).wish
    assert Payment.objects.aggregate(total=Sum("refunded"))["total"] == 0
    assert ProviderError("No.").words
