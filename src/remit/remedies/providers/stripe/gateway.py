"""What a gateway can be asked, answered by Stripe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final, Literal

import requests
import stripe
from stripe.params import RefundCreateParams, RefundListParams
from stripe.params.checkout import SessionListParams

from remit.remedies.providers.contract import (
    AccountThere,
    BadSignature,
    DisputeThere,
    PaymentThere,
    RefundState,
    RefundThere,
    RefundWish,
    Refused,
    SignedEvent,
    WaitsFor,
)
from remit.remedies.providers.stripe.amounts import from_stripe, to_stripe
from remit.remedies.providers.stripe.disputes import dispute_of, leaves_refundable, payment_named
from remit.remedies.providers.stripe.errors import as_of_the_contract

ADDRESS: Final = "https://api.stripe.com"
_CONNECT_SECONDS: Final = 5
_A_PAGE: Final = 100
_MOST_PAYMENTS: Final = 20
_KEY: Final = "remit"
"""Under this name the key of Remit stands in the metadata of a refund."""
_ORDER_NAMES: Final = ("order", "order_id", "order_number")
"""Under these names shops write the number of an order into the metadata of a payment."""
_PAYMENT: Final = re.compile(r"(ch|py|pi)_[A-Za-z0-9_]{6,70}")
_REFUND: Final = re.compile(r"(re|pyr)_[A-Za-z0-9_]{6,70}")
_STATES: Final = {
    "succeeded": RefundState.SUCCEEDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.CANCELLED,
}
_WAITS_FOR_THE_CUSTOMER: Final = "requires_action"
_NO_LONGER_STOPPED: Final = {
    RefundState.SUCCEEDED: "It went through already: Stripe can't call it back.",
    RefundState.PENDING: "Stripe has handed it to the bank. It can stop only a refund that still waits for "
    "the customer to say where the money goes.",
}
"""Why Stripe doesn't stop a refund, by how far it has come."""
_OF_A_REFUND: Final = frozenset(
    {"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"}
)
_OF_A_CHARGE: Final = "charge."

_Answer = Mapping[str, Any]
"""An answer of Stripe, as JSON knows it."""


class StripeGateway:
    """One account at Stripe.

    Args:
        key: secret or restricted key of the API.
        secret: that webhooks are signed with; "" where none are taken.
        address: where Stripe is reached.
        answer_seconds: how long an answer is waited for.
    """

    def __init__(  # nosec B107  # none is taken then
        self, key: str, secret: str = "", *, address: str = ADDRESS, answer_seconds: float = 30
    ) -> None:
        session = requests.Session()
        session.max_redirects = 0
        self._secret = secret
        self._stripe = stripe.StripeClient(
            key,
            base_addresses={"api": address},
            # The queue tries again, with patience and after looking; the library would at once, and blindly.
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=(_CONNECT_SECONDS, answer_seconds), session=session),
        ).v1

    def account(self) -> AccountThere:
        """The account that the key opens; proves that the connection works."""
        with as_of_the_contract():
            account = self._stripe.accounts.retrieve_current().to_dict()
        profile = account.get("business_profile") or {}
        dashboard = (account.get("settings") or {}).get("dashboard") or {}
        name = str(profile.get("name") or dashboard.get("display_name") or account["id"])
        return AccountThere(str(account["id"])[:80], name[:120])

    def payment(self, reference: str) -> PaymentThere:
        """Look one payment up: a charge, or a payment intent.

        A charge that an intent made goes by the intent's name, so that one payment has one.
        """
        _expect(_PAYMENT, reference, "payment", "ch_, py_ or pi_")
        with as_of_the_contract():
            if reference.startswith("pi_"):
                intent = self._stripe.payment_intents.retrieve(reference, {"expand": ["latest_charge"]})
                charge, about = self._charge_of(intent.to_dict())
            else:
                charge, about = self._stripe.charges.retrieve(reference).to_dict(), None
            # It stays marked as disputed, also once that was won.
            disputes = self._disputes_of(charge["id"]) if charge.get("disputed") else ()
        there = _of_charge(charge, about)
        if not disputes:
            return there
        is_refundable = _is_left(charge) and all(leaves_refundable(each) for each in disputes)
        return replace(there, is_refundable=is_refundable, disputes=tuple(map(dispute_of, disputes)))

    def payments(self, *, order: str = "", mail: str = "") -> list[PaymentThere]:
        """Payments of an order or of somebody, newest first, at most 20.

        By order through Stripe's search, which knows a payment a minute after it was made, sometimes later.
        By mail through its customers and its Checkout Sessions: whoever paid as a guest is no customer.
        """
        with as_of_the_contract():
            found = self._of_order(order) if order else self._of_mail(mail)
            payments = {payment.reference: payment for payment in islice(found, _MOST_PAYMENTS * 2)}
        newest = sorted(payments.values(), key=lambda payment: payment.paid_at, reverse=True)
        return newest[:_MOST_PAYMENTS]

    def refund(self, wish: RefundWish) -> RefundThere:
        """Give back. The same key and wish again is the same refund."""
        with as_of_the_contract():
            asked: RefundCreateParams = {
                "amount": to_stripe(wish.amount, wish.currency),
                "reason": "requested_by_customer",
                "metadata": dict(wish.about) | {_KEY: wish.key},
            }
            asked[_named(wish.payment)] = wish.payment
            # Stripe says the same again under a key for a day, also where it had a fault.
            again = "" if wish.round == 1 else f"-{wish.round}"
            made = self._stripe.refunds.create(asked, {"idempotency_key": f"{wish.key}{again}"})
        return _refund(made.to_dict())

    def refund_there(self, reference: str) -> RefundThere:
        """How far a refund has come."""
        _expect(_REFUND, reference, "refund", "re_ or pyr_")
        with as_of_the_contract():
            return _refund(self._stripe.refunds.retrieve(reference).to_dict())

    def stop(self, reference: str) -> RefundThere:
        """Stop a refund that waits for the customer to say where the money goes; no other can be stopped.

        Source: https://docs.stripe.com/api/refunds/cancel
        """
        _expect(_REFUND, reference, "refund", "re_ or pyr_")
        with as_of_the_contract():
            refund = self._stripe.refunds.retrieve(reference).to_dict()
            if refund.get("status") == _WAITS_FOR_THE_CUSTOMER:
                return _refund(self._stripe.refunds.cancel(reference).to_dict())
        there = _refund(refund)
        if there.state in _NO_LONGER_STOPPED:
            raise Refused(_NO_LONGER_STOPPED[there.state], "cant-be-stopped")
        return there

    def refunds_of(self, payment: str) -> list[RefundThere]:
        """All refunds of a payment, by Stripe's list, which knows each at once, and not by its search."""
        with as_of_the_contract():
            asked: RefundListParams = {"limit": _A_PAGE}
            asked[_named(payment)] = payment
            listed = self._stripe.refunds.list(asked)
            return [_refund(each.to_dict()) for each in listed.auto_paging_iter()]

    def refunds_since(self, moment: datetime) -> Iterator[RefundThere]:
        """All refunds made since then, whoever made them, newest first."""
        with as_of_the_contract():
            listed = self._stripe.refunds.list(
                {"created": {"gte": int(moment.timestamp())}, "limit": _A_PAGE}
            )
            for each in listed.auto_paging_iter():
                yield _refund(each.to_dict())

    def disputes_since(self, moment: datetime) -> Iterator[DisputeThere]:
        """All disputes that began since then, newest first."""
        with as_of_the_contract():
            listed = self._stripe.disputes.list(
                {"created": {"gte": int(moment.timestamp())}, "limit": _A_PAGE}
            )
            for each in listed.auto_paging_iter():
                yield dispute_of(each.to_dict())

    def heard(self, body: bytes, signature: str) -> SignedEvent:
        """Read a webhook: its signature, and that it isn't older than five minutes."""
        try:
            event = stripe.Webhook.construct_event(body, signature, self._secret).to_dict()
        except (stripe.SignatureVerificationError, ValueError, KeyError) as error:
            raise BadSignature("This isn't signed by Stripe, or it is too old.", "bad-signature") from error
        about, kind = event["data"]["object"], str(event["type"])
        if kind in _OF_A_REFUND:
            return SignedEvent(key=event["id"], refund=str(about.get("id", "")))
        if kind.startswith(_OF_A_CHARGE):
            return SignedEvent(key=event["id"], payment=payment_named(about))
        return SignedEvent(key=event["id"])

    def _of_order(self, order: str) -> Iterator[PaymentThere]:
        quoted = order.replace("\\", "\\\\").replace("'", "\\'")
        query = " OR ".join(f"metadata['{name}']:'{quoted}'" for name in _ORDER_NAMES)
        intents = self._stripe.payment_intents.search({"query": query, "expand": ["data.latest_charge"]})
        for intent in intents.data:
            if intent.status == "succeeded":
                yield self._of_intent(intent.to_dict())
        for charge in self._stripe.charges.search({"query": query}).data:
            if charge.status == "succeeded" and not charge.payment_intent:
                yield _of_charge(charge.to_dict())

    def _of_mail(self, mail: str) -> Iterator[PaymentThere]:
        yield from islice(self._of_customers(mail), _MOST_PAYMENTS)
        yield from self._of_guests(mail)

    def _of_customers(self, mail: str) -> Iterator[PaymentThere]:
        for customer in self._stripe.customers.list({"email": mail, "limit": 5}).data:
            for charge in self._stripe.charges.list({"customer": customer.id, "limit": _MOST_PAYMENTS}).data:
                if charge.status == "succeeded":
                    yield _of_charge(charge.to_dict())

    def _of_guests(self, mail: str) -> Iterator[PaymentThere]:
        """Payments of whoever gave this address at a checkout; none where the key may not read checkouts."""
        asked: SessionListParams = {
            "customer_details": {"email": mail},
            "status": "complete",
            "limit": _MOST_PAYMENTS,
            "expand": ["data.payment_intent.latest_charge"],
        }
        try:
            sessions = self._stripe.checkout.sessions.list(asked).data
        except stripe.PermissionError:
            # Keys made before this was asked for lack the right; what customers paid is found all the same.
            return
        for session in sessions:
            found = session.to_dict()
            intent = found.get("payment_intent")
            if found.get("payment_status") == "paid" and intent:
                payment = self._of_intent(intent)
                yield payment if payment.mail else replace(payment, mail=mail)

    def _of_intent(self, intent: _Answer) -> PaymentThere:
        return _of_charge(*self._charge_of(intent))

    def _charge_of(self, intent: _Answer) -> tuple[_Answer, _Answer]:
        """The charge of an intent, and what is kept beside the intent."""
        charge = intent.get("latest_charge")
        if isinstance(charge, str):
            charge = self._stripe.charges.retrieve(charge).to_dict()
        if not charge:
            raise Refused("Nothing was paid with this payment yet.", "not-there")
        return charge, intent.get("metadata") or {}

    def _disputes_of(self, charge: str) -> Sequence[_Answer]:
        listed = self._stripe.disputes.list({"charge": charge, "limit": _A_PAGE})
        return [each.to_dict() for each in listed.data]


def _of_charge(charge: _Answer, about: _Answer | None = None) -> PaymentThere:
    currency = str(charge["currency"]).upper()
    about = {**(charge.get("metadata") or {}), **(about or {})}
    paid_by = charge.get("billing_details") or {}
    return PaymentThere(
        reference=payment_named(charge),
        order=next((str(about[name]) for name in _ORDER_NAMES if about.get(name)), ""),
        mail=str(paid_by.get("email") or charge.get("receipt_email") or ""),
        amount=from_stripe(charge.get("amount_captured", charge["amount"]), currency),
        refunded=from_stripe(charge["amount_refunded"], currency),
        currency=currency,
        paid_at=datetime.fromtimestamp(charge["created"], UTC),
        is_refundable=_is_left(charge) and not charge.get("disputed"),
        words=str(charge.get("description") or "")[:200],
    )


def _is_left(charge: _Answer) -> bool:
    """Whether anything of a charge is with the team, disputes aside."""
    return bool(charge.get("paid") and charge.get("captured") and not charge.get("refunded"))


def _refund(refund: _Answer) -> RefundThere:
    currency = str(refund["currency"]).upper()
    waits_for, words = _waits(refund)
    beside = refund.get("metadata") or {}
    return RefundThere(
        reference=refund["id"],
        payment=payment_named(refund),
        key=str(beside.get(_KEY, "")),
        amount=from_stripe(refund["amount"], currency),
        currency=currency,
        state=_STATES.get(str(refund.get("status")), RefundState.PENDING),
        made_at=datetime.fromtimestamp(refund["created"], UTC),
        reason=str(refund.get("failure_reason") or ""),
        waits_for=waits_for,
        words=words,
        about=tuple(sorted((str(name), str(said)) for name, said in beside.items() if name != _KEY)),
    )


def _waits(refund: _Answer) -> tuple[WaitsFor | None, str]:
    """Whether somebody has to do something before a refund goes on, and what.

    Source: https://docs.stripe.com/api/refunds/object (`next_action`, `pending_reason`)
    """
    if refund.get("status") == _WAITS_FOR_THE_CUSTOMER:
        shown = (refund.get("next_action") or {}).get("display_details") or {}
        until = shown.get("expires_at")
        last = f", at the latest on {datetime.fromtimestamp(until, UTC):%d %b %Y}" if until else ""
        words = (
            "It waits for the customer: Stripe asked them by mail where the money goes. "
            f"Have them answer{last}, or stop it and give it another way."
        )
        return WaitsFor.CUSTOMER, words
    if refund.get("status") == "pending" and refund.get("pending_reason") == "insufficient_funds":
        words = "The balance at Stripe doesn't cover it. Top it up there: it goes on by itself then."
        return WaitsFor.BALANCE, words
    return None, ""


def _named(payment: str) -> Literal["charge", "payment_intent"]:
    """Under which name Stripe takes a payment."""
    _expect(_PAYMENT, payment, "payment", "ch_, py_ or pi_")
    return "payment_intent" if payment.startswith("pi_") else "charge"


def _expect(form: re.Pattern[str], reference: str, what: str, begins: str) -> None:
    """A reference becomes part of an address: it has to look like one."""
    if not form.fullmatch(reference):
        raise Refused(f"This is no {what} of Stripe: those begin with {begins}.", "not-there")
