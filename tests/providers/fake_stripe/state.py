"""What Stripe knows: payments, refunds, and which key asked for what. Its rules, and its words for a no.

Sources: https://docs.stripe.com/api/refunds, /api/idempotent_requests, /error-codes, as read in 2026.
"""

import itertools
import json
import re
import time

SEARCHED = re.compile(r"metadata\['([^']+)'\]:'((?:[^'\\]|\\.)*)'")


class Refusal(Exception):
    """An error as Stripe answers it."""

    def __init__(self, status, kind, message, code=None):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **({"code": code} if code else {})}}


def not_there(what, name):
    return Refusal(404, "invalid_request_error", f"No such {what}: '{name}'", "resource_missing")


class State:
    """Everything that is kept; no method of it knows of HTTP.

    Attributes:
        new_refunds_are: the status of refunds from now on; `more` are further fields of them.
        balance: what is there to give back; None for enough.
    """

    def __init__(self, clock=time.time):
        self.charges, self.intents, self.customers, self.refunds = {}, {}, {}, {}
        self.keys, self.events, self.sessions, self.disputes = {}, [], {}, {}
        self.new_refunds_are, self.balance = "succeeded", None
        self.more = {}
        self._clock, self._numbers = clock, itertools.count(1)

    def pay(
        self,
        amount,
        currency="eur",
        *,
        order=None,
        mail=None,
        by_intent=True,
        at=None,
        order_name="order",
        is_guest=False,
    ):
        """Somebody pays; returns the name of the payment: of its intent, or of the charge.

        A guest is no customer: their address stands in the session of their checkout alone.
        """
        number = next(self._numbers)
        customer = self._customer(mail) if mail and not is_guest else None
        charge = {
            "id": f"ch_fake{number:06d}",
            "object": "charge",
            "amount": amount,
            "amount_captured": amount,
            "amount_refunded": 0,
            "billing_details": {"email": None if is_guest else mail},
            "captured": True,
            "created": int(at or self._clock()),
            "currency": currency,
            "customer": customer,
            "description": None,
            "disputed": False,
            "metadata": {order_name: order} if order else {},
            "paid": True,
            "payment_intent": f"pi_fake{number:06d}" if by_intent else None,
            "receipt_email": None,
            "refunded": False,
            "status": "succeeded",
        }
        self.charges[charge["id"]] = charge
        if not by_intent:
            return charge["id"]
        self.intents[charge["payment_intent"]] = {
            "id": charge["payment_intent"],
            "object": "payment_intent",
            "amount": amount,
            "created": charge["created"],
            "currency": currency,
            "customer": customer,
            "latest_charge": charge["id"],
            "metadata": charge["metadata"],
            "status": "succeeded",
        }
        if is_guest:
            self.check_out(mail, charge["payment_intent"])
        return charge["payment_intent"]

    def leave_checkout(self, mail):
        """Somebody begins a checkout and never pays."""
        return self._session(mail, None, amount=None, status="expired", payment_status="unpaid")

    def check_out(self, mail, intent):
        """A payment was made at a checkout, under this address."""
        amount = self.intents[intent]["amount"]
        return self._session(mail, intent, amount=amount, status="complete", payment_status="paid")

    def _session(self, mail, intent, *, amount, status, payment_status):
        name = f"cs_test_fake{next(self._numbers):06d}"
        self.sessions[name] = {
            "id": name,
            "object": "checkout.session",
            "amount_total": amount,
            "created": int(self._clock()),
            "customer": None,
            "customer_details": {"email": mail},
            "mode": "payment",
            "payment_intent": intent,
            "payment_status": payment_status,
            "status": status,
        }
        return name

    def sessions_of(self, asked):
        """A page of checkouts, newest first, as Stripe filters them."""
        mail, status = (asked.get("customer_details") or {}).get("email"), asked.get("status")
        rows = [row for row in reversed(self.sessions.values()) if status in {None, row["status"]}]
        rows = [row for row in rows if mail in {None, row["customer_details"]["email"]}]
        return _page(rows, asked) | {"url": "/v1/checkout/sessions"}

    def _customer(self, mail):
        for customer in self.customers.values():
            if customer["email"] == mail:
                return customer["id"]
        name = f"cus_fake{next(self._numbers):06d}"
        self.customers[name] = {"id": name, "object": "customer", "email": mail}
        return name

    def charge_of(self, asked):
        """The charge that is meant: by its own name, or by that of its intent."""
        if intent := asked.get("payment_intent"):
            if intent not in self.intents:
                raise not_there("payment_intent", intent)
            return self.charges[self.intents[intent]["latest_charge"]]
        if asked.get("charge") not in self.charges:
            raise not_there("charge", asked.get("charge"))
        return self.charges[asked["charge"]]

    def refund(self, asked, key=None):
        """Give back; the same key and body once more is the same answer, whatever came of it."""
        body = json.dumps(asked, sort_keys=True)
        if key in self.keys:
            earlier, answer = self.keys[key]
            if earlier != body:
                raise Refusal(
                    400,
                    "idempotency_error",
                    "Keys for idempotent requests can only be used with the same parameters "
                    "they were first used with.",
                )
            if isinstance(answer, Refusal):
                raise answer
            return answer
        try:
            answer = json.loads(json.dumps(self._refunded(asked)))
        except Refusal as refusal:
            answer = refusal
        if key is not None:
            self.keys[key] = (body, answer)
        if isinstance(answer, Refusal):
            raise answer
        return answer

    def remember(self, key, asked, answer):
        """What is answered under a key from now on, also where it is a fault."""
        self.keys[key] = (json.dumps(asked, sort_keys=True), answer)

    def _refunded(self, asked):
        charge = self.charge_of(asked)
        left = charge["amount"] - charge["amount_refunded"]
        if charge["disputed"] and not self._leaves_refundable(charge):
            raise Refusal(
                400, "invalid_request_error", "This charge has been charged back.", "charge_disputed"
            )
        if left == 0:
            raise Refusal(
                400,
                "invalid_request_error",
                f"Charge {charge['id']} has already been refunded.",
                "charge_already_refunded",
            )
        amount = int(asked.get("amount") or left)
        if amount > left:
            raise Refusal(
                400,
                "invalid_request_error",
                f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            )
        if amount <= 0:
            raise Refusal(
                400, "invalid_request_error", "Invalid positive integer", "parameter_invalid_integer"
            )
        if self.balance is not None and amount > self.balance:
            words = "Insufficient funds in your Stripe balance to refund this amount."
            raise Refusal(400, "invalid_request_error", words, "insufficient_funds")
        refund = {
            "id": f"re_fake{next(self._numbers):06d}",
            "object": "refund",
            "amount": amount,
            "charge": charge["id"],
            "created": int(self._clock()),
            "currency": charge["currency"],
            "metadata": asked.get("metadata") or {},
            "payment_intent": charge["payment_intent"],
            "reason": asked.get("reason"),
            "status": self.new_refunds_are,
            **self.more,
        }
        self.refunds[refund["id"]] = refund
        self._count(charge, amount)
        self._happened("refund.created", refund)
        self._happened("charge.refunded", charge)
        return refund

    def cancel(self, name):
        """Stop a refund: only one that waits for the customer."""
        if name not in self.refunds:
            raise not_there("refund", name)
        if self.refunds[name]["status"] != "requires_action":
            words = "This refund cannot be canceled: only refunds that require action can be."
            raise Refusal(400, "invalid_request_error", words)
        return self.become(name, "canceled")

    def become(self, name, status, reason=None):
        """A refund settles or fails, perhaps days later."""
        refund = self.refunds[name]
        if status in {"failed", "canceled"} and refund["status"] not in {"failed", "canceled"}:
            self._count(self.charges[refund["charge"]], -refund["amount"])
        refund["status"] = status
        for over in ("next_action", "pending_reason"):
            refund.pop(over, None)
        if reason:
            refund["failure_reason"] = reason
        self._happened("refund.failed" if status == "failed" else "refund.updated", refund)
        return refund

    def dispute(self, payment, amount=None, *, status="needs_response", at=None):
        """The customer's bank takes a payment back; with a status of `warning_…` it only asks."""
        named = "payment_intent" if payment.startswith("pi_") else "charge"
        charge = self.charge_of({named: payment})
        charge["disputed"] = True
        begun = int(at or self._clock())
        dispute = {
            "id": f"du_fake{next(self._numbers):06d}",
            "object": "dispute",
            "amount": amount or charge["amount"],
            "balance_transactions": [],
            "charge": charge["id"],
            "created": begun,
            "currency": charge["currency"],
            "evidence_details": {"due_by": begun + 14 * 86_400},
            "is_charge_refundable": status.startswith("warning_"),
            "payment_intent": charge["payment_intent"],
            "status": status,
        }
        self.disputes[dispute["id"]] = dispute
        self._happened("charge.dispute.created", dispute)
        if not status.startswith("warning_"):
            self.move_disputed(dispute["id"], -1)
        return dispute["id"]

    def move_disputed(self, name, sign):
        """The money of a dispute leaves the balance (-1), or comes back (1)."""
        dispute = self.disputes[name]
        moved = {"object": "balance_transaction", "amount": sign * dispute["amount"], "fee": 2_000}
        dispute["balance_transactions"].append(moved)
        self._happened(f"charge.dispute.funds_{'withdrawn' if sign < 0 else 'reinstated'}", dispute)

    def close_dispute(self, name, status):
        """It is decided; what is won comes back by itself, perhaps days later: see `move_disputed`."""
        self.disputes[name]["status"] = status
        self._happened("charge.dispute.closed", self.disputes[name])

    def listed_disputes(self, asked):
        """A page of disputes, newest first."""
        rows = sorted(self.disputes.values(), key=lambda row: (row["created"], row["id"]), reverse=True)
        since = int((asked.get("created") or {}).get("gte", 0))
        charge = asked.get("charge")
        rows = [row for row in rows if row["created"] >= since and charge in {None, row["charge"]}]
        return _page(rows, asked) | {"url": "/v1/disputes"}

    def _leaves_refundable(self, charge):
        rows = [row for row in self.disputes.values() if row["charge"] == charge["id"]]
        return bool(rows) and all(row["is_charge_refundable"] or row["status"] == "won" for row in rows)

    def listed(self, asked):
        """A page of refunds, newest first."""
        rows = sorted(self.refunds.values(), key=lambda row: (row["created"], row["id"]), reverse=True)
        if asked.get("charge") or asked.get("payment_intent"):
            charge = self.charge_of(asked)
            rows = [row for row in rows if row["charge"] == charge["id"]]
        since = int((asked.get("created") or {}).get("gte", 0))
        rows = [row for row in rows if row["created"] >= since]
        return _page(rows, asked)

    def searched(self, rows, query):
        """Rows whose metadata hold one of what is searched."""
        wanted = [(name, re.sub(r"\\(.)", r"\1", value)) for name, value in SEARCHED.findall(query)]
        if not wanted:
            raise Refusal(400, "invalid_request_error", "We were unable to parse your search query.")
        found = [row for row in rows if any(row["metadata"].get(name) == value for name, value in wanted)]
        return {"object": "search_result", "data": found, "has_more": False, "next_page": None}

    def _count(self, charge, amount):
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]

    def _happened(self, kind, about):
        self.events.append(
            {
                "id": f"evt_fake{next(self._numbers):06d}",
                "object": "event",
                "created": int(self._clock()),
                "data": {"object": json.loads(json.dumps(about))},
                "type": kind,
            }
        )


def _page(rows, asked):
    names = [row["id"] for row in rows]
    begins = names.index(asked["starting_after"]) + 1 if asked.get("starting_after") in names else 0
    limit = int(asked.get("limit", 10))
    return {
        "object": "list",
        "url": "/v1/refunds",
        "data": rows[begins : begins + limit],
        "has_more": len(rows) > begins + limit,
    }
