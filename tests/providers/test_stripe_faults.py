"""What goes wrong at Stripe or on the way there, and what the gateway makes of it; amounts; webhooks."""

import socket
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.examples import examples
from tests.providers.fake_stripe import FakeStripe, Fault
from tests.providers.fake_stripe.server import KEY, SECRET
from tests.providers.fake_stripe.state import Refusal, State

from remit.remedies.providers.contract import (
    AnswerLost,
    BadSignature,
    Broken,
    NotReached,
    ProviderError,
    RefundState,
    RefundWish,
    Refused,
)
from remit.remedies.providers.stripe.amounts import from_stripe, to_stripe
from remit.remedies.providers.stripe.gateway import StripeGateway
from remit_engine.money import decimals


@pytest.fixture
def stripe():
    with FakeStripe() as fake:
        yield fake


def gateway(stripe, **more):
    return StripeGateway(KEY, SECRET, address=stripe.address, **more)


def wish(payment, amount=400, currency="EUR"):
    return RefundWish(key="remit-1-1-abc", payment=payment, amount=amount, currency=currency)


@pytest.mark.parametrize(
    ("fault", "error", "is_made"),
    [
        (Fault.TOO_MANY, NotReached, False),
        (Fault.BROKEN_BEFORE, Broken, False),
        (Fault.BROKEN_AFTER, Broken, True),
        (Fault.CUT_BEFORE, AnswerLost, False),
        (Fault.CUT_AFTER, AnswerLost, True),
        (Fault.LATE, AnswerLost, True),
        (Fault.NONSENSE, AnswerLost, True),
        (Fault.IN_PROGRESS, AnswerLost, False),
    ],
)
def test_a_fault_is_told_apart_by_what_it_may_have_done(stripe, fault, error, is_made):
    payment = stripe.state.pay(1000)
    stripe.fails(fault)
    with pytest.raises(ProviderError) as raised:
        gateway(stripe, answer_seconds=0.3).refund(wish(payment))
    stripe.late.set()
    assert type(raised.value) is error
    assert KEY not in repr(raised.value) + str(raised.value.__cause__)
    there = next(iter(gateway(stripe).refunds_of(payment)), None)
    assert (there is not None) is is_made
    if there is None:
        gateway(stripe).refund(replace(wish(payment), round=1 + (error is Broken)))
    assert len(stripe.made()) == 1


def test_a_fault_is_said_again_under_its_key_and_not_in_another_round(stripe):
    payment = stripe.state.pay(1000)
    stripe.fails(Fault.BROKEN_BEFORE)
    for _ in range(2):
        with pytest.raises(Broken):
            gateway(stripe).refund(wish(payment))
    assert gateway(stripe).refund(replace(wish(payment), round=2)).key == wish(payment).key
    assert len(stripe.made()) == 1


def test_nobody_there_is_not_reached(stripe):
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{it.getsockname()[1]}"
    for address in (nowhere, "http://nobody.invalid"):
        with pytest.raises(NotReached):
            StripeGateway(KEY, address=address).refund(wish("pi_fake000001"))


def test_one_call_is_one_call(stripe):
    payment = stripe.state.pay(1000)
    stripe.fails(Fault.BROKEN_BEFORE)
    with pytest.raises(AnswerLost):
        gateway(stripe).refund(wish(payment))
    assert [call for call in stripe.calls if call[0] == "POST"] == [("POST", "/v1/refunds", "remit-1-1-abc")]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("succeeded", RefundState.SUCCEEDED),
        ("pending", RefundState.PENDING),
        ("requires_action", RefundState.PENDING),
        ("failed", RefundState.FAILED),
        ("canceled", RefundState.CANCELLED),
        ("something new", RefundState.PENDING),
    ],
)
def test_every_state_is_known(stripe, status, state):
    made = gateway(stripe).refund(wish(stripe.state.pay(1000)))
    stripe.state.become(made.reference, status, "lost_or_stolen_card" if status == "failed" else None)
    there = gateway(stripe).refund_there(made.reference)
    assert there.state == state
    assert there.reason == ("lost_or_stolen_card" if status == "failed" else "")


def test_an_empty_balance_is_told_and_asked_anew_once_it_is_filled(stripe):
    payment = stripe.state.pay(1000)
    stripe.state.balance = 0
    for _ in range(2):
        with pytest.raises(Broken, match="Top it up"):
            gateway(stripe).refund(wish(payment))
        stripe.state.balance = 5000
    assert gateway(stripe).refund(replace(wish(payment), round=2)).amount == 400


def test_a_disputed_payment_is_refused_in_words(stripe):
    payment = stripe.state.pay(1000)
    stripe.state.charges[stripe.state.intents[payment]["latest_charge"]]["disputed"] = True
    assert not gateway(stripe).payment(payment).is_refundable
    with pytest.raises(Refused, match="dispute"):
        gateway(stripe).refund(wish(payment))


class TestAmounts:
    @pytest.mark.parametrize(
        ("amount", "currency", "there"),
        [
            (4200, "EUR", 4200),
            (42, "JPY", 42),
            (42, "ISK", 4200),
            (7, "UGX", 700),
            (5010, "KWD", 5010),
            (300, "MGA", 3),
        ],
    )
    def test_odd_currencies(self, amount, currency, there):
        assert to_stripe(amount, currency) == there
        assert from_stripe(there, currency) == amount

    @pytest.mark.parametrize(("amount", "currency"), [(5001, "KWD"), (301, "MGA")])
    def test_what_cant_be_said_is_refused(self, amount, currency):
        with pytest.raises(Refused, match="by hand"):
            to_stripe(amount, currency)

    @given(
        st.integers(1, 10**9),
        st.sampled_from(["EUR", "USD", "JPY", "ISK", "UGX", "KWD", "MGA", "HUF", "CLP"]),
    )
    def test_there_and_back_is_the_same(self, amount, currency):
        step = {3: 10}.get(decimals(currency), 100 if currency == "MGA" else 1)
        assert from_stripe(to_stripe(amount * step, currency), currency) == amount * step


class TestWebhooks:
    def event(self, stripe, kind="refund.updated", **about):
        about = {"id": "re_fake000009", "payment_intent": "pi_fake000001", "charge": "ch_fake000001"} | about
        return {"id": "evt_1", "object": "event", "type": kind, "data": {"object": about}}

    def test_says_where_to_look(self, stripe):
        heard = gateway(stripe).heard(*stripe.signed(self.event(stripe)))
        assert (heard.key, heard.refund, heard.payment) == ("evt_1", "re_fake000009", "")
        heard = gateway(stripe).heard(*stripe.signed(self.event(stripe, "charge.dispute.created", id="dp_1")))
        assert (heard.refund, heard.payment) == ("", "pi_fake000001")
        about = {"id": "ch_fake000001", "payment_intent": None, "charge": None}
        heard = gateway(stripe).heard(*stripe.signed(self.event(stripe, "charge.refunded", **about)))
        assert heard.payment == "ch_fake000001"
        heard = gateway(stripe).heard(*stripe.signed(self.event(stripe, "invoice.paid")))
        assert (heard.refund, heard.payment) == ("", "")

    def test_another_secret_an_old_moment_and_a_changed_body_are_refused(self, stripe):
        body, signature = stripe.signed(self.event(stripe))
        for wrong in (
            stripe.signed(self.event(stripe), secret=SECRET + "x"),
            stripe.signed(self.event(stripe), at=time.time() - 999),
            (body.replace(b"re_fake000009", b"re_fake000010"), signature),
            (body, ""),
            (b"\xff\xfe", signature),
        ):
            with pytest.raises(BadSignature):
                gateway(stripe).heard(*wrong)

    def test_without_a_secret_nothing_is_believed(self, stripe):
        with pytest.raises(BadSignature):
            StripeGateway(KEY, address=stripe.address).heard(*stripe.signed(self.event(stripe), ""))


class RulesOfTheFake(RuleBasedStateMachine):
    """The fake beside a plain model: no more is given back than was paid, and a key is one refund."""

    def __init__(self):
        super().__init__()
        self.state, self.given, self.asked = State(clock=lambda: 1), {}, {}

    @rule(amount=st.integers(1, 50))
    def pay(self, amount):
        self.given[self.state.pay(amount)] = [amount, {}]

    @rule(data=st.data(), amount=st.integers(1, 30), key=st.sampled_from("abcdef"))
    def refund(self, data, amount, key):
        if not self.given:
            return
        payment = data.draw(st.sampled_from(sorted(self.given)))
        wished = (payment, amount)
        left = self.given[payment][0] - sum(self.given[payment][1].values())
        expected = self.asked.get(key, (wished, amount <= left))
        try:
            made = self.state.refund({"payment_intent": payment, "amount": str(amount)}, key)
        except Refusal:
            assert expected[0] != wished or not expected[1]
        else:
            assert expected == (wished, True)
            if key not in self.asked:  # the same again, of one that may have failed since
                self.given[payment][1][made["id"]] = amount
        self.asked.setdefault(key, expected)

    @rule(data=st.data())
    def fail(self, data):
        made = [(payment, name) for payment, (_, refunds) in self.given.items() for name in refunds]
        if made:
            payment, name = data.draw(st.sampled_from(made))
            self.state.become(name, "failed")
            del self.given[payment][1][name]

    @invariant()
    def counts(self):
        for payment, (amount, refunds) in self.given.items():
            charge = self.state.charge_of({"payment_intent": payment})
            assert charge["amount_refunded"] == sum(refunds.values()) <= amount


TestRulesOfTheFake = RulesOfTheFake.TestCase
TestRulesOfTheFake.settings = settings(max_examples=examples(60), deadline=None)
