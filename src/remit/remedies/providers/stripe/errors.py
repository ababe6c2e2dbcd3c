"""What Stripe answers in place of what was asked for, as the errors of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import requests
import stripe
import urllib3

from remit.remedies.providers.contract import (
    AnswerLost,
    Broken,
    NotAllowedThere,
    NotReached,
    ProviderError,
    Refused,
)

_NOT_THERE: Final = 404
_CONFLICT: Final = 409
_EMPTY: Final = "The balance at Stripe doesn't cover it. Top it up there, then have it tried again."
_WORDS: Final = {
    "charge_already_refunded": "Stripe says that all of this payment was given back already. "
    "Look at the payment there before anything is handed over by hand.",
    "charge_disputed": "The customer's bank took this payment back (a dispute), so nothing can be refunded. "
    "Answer the dispute on Stripe's own pages.",
    "charge_not_refundable": "Stripe can't refund this payment. Hand the money over another way.",
    "refund_disputed_payment": "The customer's bank took this payment back (a dispute), so nothing can be "
    "refunded. Answer the dispute on Stripe's own pages.",
    "insufficient_funds": _EMPTY,
    "balance_insufficient": _EMPTY,
    "resource_missing": "Stripe doesn't know this payment. Was it made in another account, or in test mode?",
    "amount_too_small": "It is less than Stripe gives back. Hand it over another way.",
    "refund_too_large": "It is more than is left of this payment at Stripe. "
    "Somebody may have given some of it back there; look at the payment.",
    "not-there": "Stripe doesn't know this.",
}
_LATER: Final = frozenset({"insufficient_funds", "balance_insufficient"})
"""Refusals that somebody mends elsewhere: asked for anew, since this answer stays with its key."""


@contextmanager
def as_of_the_contract() -> Iterator[None]:
    """Turns whatever the library raises into an error of the contract; nothing secret is in its words."""
    try:
        yield
    except stripe.StripeError as error:
        raise _translated(error) from None


def _translated(error: stripe.StripeError) -> ProviderError:
    match error:
        case stripe.APIConnectionError():
            return _of_the_way(error)
        case stripe.AuthenticationError():
            return NotAllowedThere(
                "Stripe doesn't take the key any more: it was revoked or mistyped. Put in a new one.",
                "authentication",
            )
        case stripe.PermissionError():
            return NotAllowedThere(
                "The key of this connection may not do this at Stripe. It needs to read charges, payment "
                "intents, customers and disputes, and to write refunds.",
                "permission",
            )
        case stripe.RateLimitError():
            return NotReached("Stripe is asked too much at the moment.", "rate-limit")
        case stripe.IdempotencyError():
            return Refused(
                "Stripe knows this refund with other figures. Nothing was done twice; look at it there.",
                "idempotency",
            )
    return _by_status(error)


def _by_status(error: stripe.StripeError) -> ProviderError:
    status, code = error.http_status or 0, _code_of(error)
    if code in _LATER:
        return Broken(_WORDS[code], code)
    if status == _CONFLICT:
        return AnswerLost("Stripe is still at work on it.", code or "conflict")
    if status == _NOT_THERE:
        return Refused(_WORDS.get(code, _WORDS["not-there"]), "not-there")
    if 400 <= status < 500:  # noqa: PLR2004 (what HTTP calls an error of ours)
        return Refused(_WORDS.get(code, f"Stripe refused it ({code or status})."), code or str(status))
    if status >= 500:  # noqa: PLR2004 (what HTTP calls an error of theirs)
        words = f"Stripe had a fault of its own ({status})."
        return Broken(words, code or str(status))
    return AnswerLost("Stripe's answer can't be read.", code or str(status))


def _code_of(error: stripe.StripeError) -> str:
    """Stripe's code; where it gives none, what its words say of an amount that is too large."""
    code = error.code or getattr(error.error, "code", None) or ""
    if not code and "greater than unrefunded amount" in str(error.user_message):
        return "refund_too_large"
    return str(code)


def _of_the_way(error: stripe.APIConnectionError) -> ProviderError:
    """Whether the question can have arrived: it can't where no connection was made."""
    cause = error.__cause__
    reasons = [cause, *getattr(cause, "args", ())]
    reasons += [getattr(each, "reason", None) for each in reasons]
    never_sent = (
        requests.exceptions.ConnectTimeout,
        requests.exceptions.SSLError,
        requests.exceptions.ProxyError,
        urllib3.exceptions.NewConnectionError,
        urllib3.exceptions.ConnectTimeoutError,
    )
    if any(isinstance(each, never_sent) for each in reasons):
        return NotReached("Stripe can't be reached from here at the moment.", "unreachable")
    return AnswerLost("Stripe's answer didn't arrive.", "answer-lost")
