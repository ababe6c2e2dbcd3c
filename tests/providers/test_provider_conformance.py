"""What every gateway promises, against Stripe as it is had here: our own fake, one of others, a real account.

The rules of ours would be our inventions, were they not held against the independent one. What a target can't
do is left out by name, with why.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from tests.providers.fake_stripe import FakeStripe
from tests.providers.fake_stripe.server import KEY

from remit.remedies.providers.contract import DisputeState, NotAllowedThere, RefundState, RefundWish, Refused
from remit.remedies.providers.stripe.gateway import ADDRESS, StripeGateway

CANNOT = {
    "mock": {
        "intents": "it speaks the API of 2020 and answers 404 to payment intents",
        "search": "it has no search",
        "checkouts": "it has no checkout",
        "waiting refunds": "its refunds are through at once",
        "account": "it has no account",
        "wrong key": "it takes any key that looks like one",
        "pages": "its list takes no time to begin from",
        "disputes": "it has no disputes",
        "unknown lists": "it lists the refunds of any payment, also of none",
    },
    "account": {
        "wrong key": "a real account isn't knocked at with wrong keys",
        "pages": "it would take a hundred refunds",
        "search": "its search knows a payment a minute later",
        "disputes": "a bank decides them after days, also those of test cards",
        "checkouts": "a checkout is paid by somebody in a browser",
        "waiting refunds": "only customers of some banks are waited for",
    },
}
"""What a target can't do, and why."""
MOCK = "stripe-stateful-mock@0.0.16"
MOCK_FOLDER = Path(tempfile.gettempdir()) / "remit-tests-stripe-mock"


class Target:
    """A Stripe, and a gateway to it."""

    def __init__(self, name, address, key, pay, fake=None):
        self.name, self.address, self.pay, self.fake = name, address, pay, fake
        self.gateway = StripeGateway(key, address=address)

    def needs(self, *abilities):
        """Leaves the test out where this one can't, saying why."""
        for ability in abilities:
            if why := CANNOT.get(self.name, {}).get(ability):
                pytest.skip(f"{self.name}: {why}")


@pytest.fixture(scope="module")
def fake():
    with FakeStripe() as fake:
        yield Target("fake", fake.address, KEY, fake.state.pay, fake)


@pytest.fixture(scope="module")
def mock():
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("node isn't installed, so the independent fake isn't had")
    program = MOCK_FOLDER / "node_modules" / "stripe-stateful-mock" / "dist" / "cli.js"
    if not program.exists():
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", MOCK_FOLDER, MOCK]
        if subprocess.run(command, check=False, capture_output=True, timeout=120).returncode:
            pytest.skip(f"{MOCK} can't be installed here")
    address = f"http://127.0.0.1:{_free_port()}"
    environment = os.environ | {"PORT": address.rpartition(":")[2], "LOG_LEVEL": "silent"}
    process = subprocess.Popen([node, program], env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(address, process)
        yield Target(
            "mock", address, "sk_test_any", lambda *a, **k: _charged(address, "sk_test_any", *a, **k)
        )
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def account():
    key = os.environ.get("REMIT_TEST_STRIPE_KEY", "")
    if not key.startswith(("sk_test_", "rk_test_")):
        pytest.skip("REMIT_TEST_STRIPE_KEY holds no key of a test account")
    return Target("account", ADDRESS, key, lambda *a, **k: _charged(ADDRESS, key, *a, **k))


@pytest.fixture(params=["fake", "mock", "account"])
def target(request):
    return request.getfixturevalue(request.param)


def _free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def _wait_for(address, process):
    for _ in range(2_000):
        try:
            requests.get(address, timeout=1)
        except requests.ConnectionError:
            assert process.poll() is None, "the independent fake ended by itself"
        else:
            return
    raise AssertionError(f"nothing answers at {address}")


def _charged(address, key, amount, currency="eur", *, by_intent=True, order=None, **_):
    """Pay by Stripe's own test card."""
    asked = {"amount": amount, "currency": currency, **({"metadata[order]": order} if order else {})}
    if by_intent and address == ADDRESS:
        more = {"payment_method": "pm_card_visa", "confirm": "true", "payment_method_types[]": "card"}
        return requests.post(
            f"{address}/v1/payment_intents", asked | more, auth=(key, ""), timeout=30
        ).json()["id"]
    made = requests.post(f"{address}/v1/charges", asked | {"source": "tok_visa"}, auth=(key, ""), timeout=30)
    return made.json()["id"]


def wish(payment, amount, key="", currency="EUR"):
    return RefundWish(
        key=key or f"remit-1-1-{secrets.token_hex(8)}",
        payment=payment,
        amount=amount,
        currency=currency,
        about=(("remit_source", "complaint:2041"),),
    )


def refund_of(target, wished):
    """The refund of a key, among those of its payment."""
    return next((row for row in target.gateway.refunds_of(wished.payment) if row.key == wished.key), None)


def refused(target, wished):
    with pytest.raises(Refused) as refusal:
        target.gateway.refund(wished)
    return refusal.value


def test_a_part_is_given_back_and_counted(target):
    payment = target.pay(1000, by_intent=False)
    made = target.gateway.refund(wish(payment, 400))
    assert (made.amount, made.currency, made.payment) == (400, "EUR", payment)
    assert made.state in {RefundState.SUCCEEDED, RefundState.PENDING}
    there = target.gateway.payment(payment)
    assert (there.amount, there.refunded, there.is_refundable) == (1000, 400, True)


def test_all_of_it_is_given_back_and_no_more(target):
    payment = target.pay(1000, by_intent=False)
    target.gateway.refund(wish(payment, 1000))
    assert not target.gateway.payment(payment).is_refundable
    assert refused(target, wish(payment, 1)).code == "charge_already_refunded"


def test_parts_of_two_payments_are_refunds_of_their_own(target):
    """One refund that is spread: each part has its key and its payment, and is found there alone."""
    wished = [wish(target.pay(amount, by_intent=False), part) for amount, part in ((600, 600), (500, 200))]
    made = [target.gateway.refund(each) for each in wished]
    assert len({there.reference for there in made}) == 2
    for each, there in zip(wished, made, strict=True):
        assert refund_of(target, each).reference == there.reference
        assert [row.key for row in target.gateway.refunds_of(each.payment)] == [each.key]
        assert target.gateway.refund(each).reference == there.reference
    refused(target, wish(wished[0].payment, 1))
    assert target.gateway.payment(wished[1].payment).refunded == 200


def test_more_than_is_left_is_refused_and_nothing_is_given(target):
    payment = target.pay(1000, by_intent=False)
    target.gateway.refund(wish(payment, 700))
    assert refused(target, wish(payment, 301)).code == "refund_too_large"
    assert target.gateway.payment(payment).refunded == 700


def test_the_same_key_is_the_same_refund(target):
    wished = wish(target.pay(1000, by_intent=False), 400)
    first, again = target.gateway.refund(wished), target.gateway.refund(wished)
    assert first.reference == again.reference
    assert target.gateway.payment(wished.payment).refunded == 400


def test_the_same_key_for_another_amount_is_refused(target):
    wished = wish(target.pay(1000, by_intent=False), 400)
    target.gateway.refund(wished)
    assert refused(target, wish(wished.payment, 500, wished.key)).code == "idempotency"
    assert target.gateway.payment(wished.payment).refunded == 400


def test_what_was_refused_is_refused_again_under_its_key(target):
    wished = wish(target.pay(1000, by_intent=False), 2000)
    assert refused(target, wished).code == refused(target, wished).code == "refund_too_large"


def test_a_refund_is_found_by_its_key_alone(target):
    payment = target.pay(1000, by_intent=False)
    wished, other = wish(payment, 400), wish(payment, 400)
    assert refund_of(target, wished) is None
    made = target.gateway.refund(wished)
    assert refund_of(target, wished) == made
    assert made.about == wished.about
    assert refund_of(target, other) is None
    assert target.gateway.refund_there(made.reference) == made


@pytest.mark.parametrize("by_intent", [True, False])
def test_a_dispute_takes_the_payment_until_it_is_won(target, by_intent):
    target.needs("disputes")
    state, since = target.fake.state, datetime.now(UTC) - timedelta(minutes=1)
    payment = target.pay(1000, by_intent=by_intent)
    name = state.dispute(payment)
    there = target.gateway.payment(payment)
    (dispute,) = there.disputes
    assert (dispute.reference, dispute.payment, dispute.amount) == (name, payment, 1000)
    assert (dispute.state, dispute.is_taken, there.is_refundable) == (DisputeState.OPEN, True, False)
    assert dispute.answer_by > dispute.made_at
    assert refused(target, wish(payment, 400)).code == "charge_disputed"
    assert name in {each.reference for each in target.gateway.disputes_since(since)}
    state.close_dispute(name, "won")
    (won,) = target.gateway.payment(payment).disputes
    assert (won.state, won.is_taken, won.answer_by) == (DisputeState.WON, True, None)
    state.move_disputed(name, 1)
    there = target.gateway.payment(payment)
    assert (there.disputes[0].is_taken, there.is_refundable) == (False, True)
    assert target.gateway.refund(wish(payment, 400)).state == RefundState.SUCCEEDED


def test_a_dispute_that_is_lost_stays_with_the_bank(target):
    target.needs("disputes")
    payment = target.pay(1000)
    target.fake.state.close_dispute(target.fake.state.dispute(payment, 600), "lost")
    there = target.gateway.payment(payment)
    assert [(each.state, each.amount, each.is_taken) for each in there.disputes] == [
        (DisputeState.LOST, 600, True)
    ]
    assert not there.is_refundable
    assert list(target.gateway.disputes_since(datetime.now(UTC) + timedelta(days=1))) == []


def test_a_bank_that_only_asks_takes_nothing(target):
    target.needs("disputes")
    payment = target.pay(1000)
    name = target.fake.state.dispute(payment, status="warning_needs_response")
    there = target.gateway.payment(payment)
    assert [(each.state, each.is_taken) for each in there.disputes] == [(DisputeState.ASKED, False)]
    assert there.is_refundable
    target.fake.state.close_dispute(name, "warning_closed")
    assert target.gateway.payment(payment).disputes[0].state == DisputeState.WON


def test_what_is_not_there_is_said(target):
    for ask, name in (
        (target.gateway.payment, "ch_0000000000"),
        (target.gateway.refund_there, "re_0000000000"),
    ):
        with pytest.raises(Refused) as refusal:
            ask(name)
        assert refusal.value.code == "not-there"
    assert refused(target, wish("ch_0000000000000000", 5)).code == "not-there"


def test_refunds_of_no_payment_are_none(target):
    target.needs("unknown lists")
    with pytest.raises(Refused) as refusal:
        target.gateway.refunds_of("ch_0000000000000000")
    assert refusal.value.code == "not-there"


@pytest.mark.parametrize("name", ["", "ch_", "../refunds", "ch_1/../x", "re_000000", "ch_0000000\n", "42"])
def test_what_is_no_name_is_never_asked_for(fake, name):
    before = len(fake.fake.calls)
    for ask in (fake.gateway.payment, fake.gateway.refunds_of):
        with pytest.raises(Refused):
            ask(name)
    assert refused(fake, wish(name, 5)).code == "not-there"
    assert len(fake.fake.calls) == before


def test_an_intent_and_its_charge_are_one_payment(target):
    target.needs("intents")
    payment = target.pay(1000)
    made = target.gateway.refund(wish(payment, 400))
    assert payment.startswith("pi_")
    assert made.payment == payment
    there = target.gateway.payment(payment)
    assert (there.reference, there.amount, there.refunded) == (payment, 1000, 400)


def test_payments_are_found_by_order_and_by_mail(target):
    target.needs("search", "intents")
    mine = {target.pay(1000, order="H-7' \\", mail="kim@example.org"), target.pay(500, order="H-7' \\")}
    target.pay(900, order="H-8")
    found = target.gateway.payments(order="H-7' \\")
    assert {each.reference for each in found} == mine
    assert {each.order for each in found} == {"H-7' \\"}
    assert [each.amount for each in target.gateway.payments(mail="kim@example.org")] == [1000]
    assert target.gateway.payments(order="nothing") == target.gateway.payments(mail="no@example.org") == []


def test_what_a_guest_paid_is_found_by_their_mail(target):
    target.needs("checkouts")
    known = target.pay(700, mail="lee@example.org")
    guest = target.pay(1000, mail="lee@example.org", is_guest=True)
    target.pay(800, mail="no@example.net", is_guest=True)
    target.fake.state.leave_checkout("lee@example.org")
    found = target.gateway.payments(mail="lee@example.org")
    assert {each.reference for each in found} == {known, guest}
    assert {each.mail for each in found} == {"lee@example.org"}


def test_a_key_that_may_not_read_checkouts_finds_what_customers_paid(fake):
    known = fake.pay(700, mail="mo@example.org")
    fake.pay(1000, mail="mo@example.org", is_guest=True)
    fake.fake.may_read_sessions = False
    try:
        assert [each.reference for each in fake.gateway.payments(mail="mo@example.org")] == [known]
    finally:
        fake.fake.may_read_sessions = True


def test_a_customer_who_is_a_guest_too_has_each_payment_once(fake):
    paid = fake.pay(700, mail="nat@example.org")
    fake.fake.state.check_out("nat@example.org", paid)
    assert [each.reference for each in fake.gateway.payments(mail="nat@example.org")] == [paid]


def test_a_refund_that_waits_for_the_customer_is_stopped_and_once_is_enough(target):
    target.needs("waiting refunds")
    payment = target.pay(1000)
    target.fake.state.new_refunds_are = "requires_action"
    try:
        made = target.gateway.refund(wish(payment, 400))
    finally:
        target.fake.state.new_refunds_are = "succeeded"
    assert made.state == RefundState.PENDING
    for _ in range(2):
        assert target.gateway.stop(made.reference).state == RefundState.CANCELLED
    assert target.gateway.payment(payment).refunded == 0


def test_what_is_through_is_not_stopped_and_says_why(target):
    payment = target.pay(1000, by_intent=False)
    made = target.gateway.refund(wish(payment, 400))
    with pytest.raises(Refused) as refusal:
        target.gateway.stop(made.reference)
    assert refusal.value.code == "cant-be-stopped"
    assert target.gateway.payment(payment).refunded == 400


@pytest.mark.slow  # more than a hundred refunds
def test_all_refunds_since_a_moment_are_listed_page_by_page(target):
    target.needs("pages")
    since = datetime.now(UTC) - timedelta(minutes=1)
    payment = target.pay(100_000, by_intent=False)
    made = {target.gateway.refund(wish(payment, 10 + number)).reference for number in range(110)}
    assert {each.reference for each in target.gateway.refunds_since(since)} >= made
    assert {each.reference for each in target.gateway.refunds_of(payment)} == made
    assert list(target.gateway.refunds_since(datetime.now(UTC) + timedelta(days=1))) == []


def test_the_account_says_its_name(target):
    target.needs("account")
    assert target.gateway.account()


def test_a_wrong_key_opens_nothing(target):
    target.needs("wrong key")
    payment = target.pay(1000, by_intent=False)
    for key in ("sk_test_wrong", "rk_test_fake_may_nothing"):
        with pytest.raises(NotAllowedThere) as refusal:
            StripeGateway(key, address=target.address).refund(wish(payment, 400))
        assert key not in f"{refusal.value!r} {refusal.value.words}"
