"""What a way of giving money back by itself can be asked, whoever stands behind it.

A gateway knows no tables and no members: it takes values, calls out, and gives values. Whoever calls it has
committed before what is to be done and under which key. What may have happened at the other end is never
guessed: an answer that was lost is its own error, after which the caller looks before trying again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol


class RefundState(StrEnum):
    """How far a refund has come at the provider."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class WaitsFor(StrEnum):
    """For what a pending refund waits, where patience alone doesn't help."""

    CUSTOMER = "customer"
    BALANCE = "balance"


class DisputeState(StrEnum):
    """How a dispute stands: the customer's bank takes a payment back, or asks whether it should."""

    ASKED = "asked"
    OPEN = "open"
    WON = "won"
    LOST = "lost"


NEVER_ARRIVES: Final = frozenset({RefundState.FAILED, RefundState.CANCELLED})
"""States in which the money isn't, and won't be, with the customer."""


@dataclass(frozen=True, slots=True)
class AccountThere:
    """An account at a provider.

    Attributes:
        reference: its name there; no other account has it.
        name: as its owner calls it; several of theirs may have the same.
    """

    reference: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeThere:
    """A dispute of a payment, as the provider knows it.

    Attributes:
        reference: its name at the provider.
        payment: the reference of the payment.
        amount: minor units that it is about.
        currency: ISO 4217, three capitals.
        state: how it stands; an inquiry that led to nothing is won.
        is_taken: whether the bank has the money at present.
        answer_by: until when it can be answered; None where it can't be any more.
    """

    reference: str
    payment: str
    amount: int
    currency: str
    state: DisputeState
    is_taken: bool
    made_at: datetime
    answer_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentThere:
    """A payment as the provider knows it.

    Attributes:
        reference: its name at the provider: a charge or a payment intent.
        order: the number of the order that it says that it paid; "" for none.
        mail: of who paid; "" where it isn't known.
        amount: minor units that were paid.
        refunded: minor units that were given back, whoever did it; pending ones count.
        currency: ISO 4217, three capitals.
        is_refundable: False where the provider would refuse: disputed, too old, not captured.
        words: what it says it was for; "" for nothing.
        disputes: of it, the newest first; known where the payment was looked up by its name, () elsewhere.
    """

    reference: str
    order: str
    mail: str
    amount: int
    refunded: int
    currency: str
    paid_at: datetime
    is_refundable: bool
    words: str = ""
    disputes: tuple[DisputeThere, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundThere:
    """A refund as the provider knows it.

    Attributes:
        reference: its name at the provider.
        payment: the reference of the payment.
        key: under which it was asked for; "" where somebody else did, on the provider's pages or at a till.
        amount: minor units.
        currency: ISO 4217, three capitals.
        state: how far it has come.
        reason: why it failed, in the provider's code; "" where it hasn't.
        waits_for: somebody has to do something before it goes on; None where it only takes its time.
        words: what that is; "" for nothing.
        about: what is kept beside it at the provider; see `RefundWish`.
    """

    reference: str
    payment: str
    key: str
    amount: int
    currency: str
    state: RefundState
    made_at: datetime
    reason: str = ""
    waits_for: WaitsFor | None = None
    words: str = ""
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundWish:
    """A refund that is asked for.

    Attributes:
        key: at most 64 letters; the same key with the same wish is one refund, for ever.
        payment: a charge or payment intent, by its reference.
        amount: minor units.
        currency: ISO 4217, three capitals.
        round: counts how often it was asked for anew after the provider's own fault had ended an earlier one:
            some keep an answer by its key, also that of a fault, and would say it again.
        about: what is kept beside it at the provider, for example the complaint's number; never personal.
    """

    key: str
    payment: str
    amount: int
    currency: str
    round: int = 1
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedEvent:
    """A webhook whose signature was right. It says where to look; what it claims isn't believed.

    Attributes:
        key: of the event: the same for the same event, however often it comes.
        refund: reference of the refund it is about; "" for none.
        payment: reference of the payment it is about; "" for none.
    """

    key: str
    refund: str = ""
    payment: str = ""


class ProviderError(Exception):
    """Something is wrong at the provider, or on the way there.

    Args:
        words: one or two sentences: what, and what to do; nothing secret, nothing personal.
        code: in the provider's or our own word, for whoever looks it up.
    """

    def __init__(self, words: str, code: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.code = code


class NotReached(ProviderError):
    """Nothing was done there, for sure: no connection, or it said so (busy, too many). Try again later."""


class AnswerLost(ProviderError):
    """It may have been done: the answer didn't come, or was an error of theirs. Look before trying again."""


class Broken(AnswerLost):
    """It answered with a fault of its own: whatever was asked has ended, done or not. Look, then ask anew."""


class Refused(ProviderError):
    """It was understood and refused: trying again won't help, a person has to look."""


class NotAllowedThere(ProviderError):
    """The key is wrong, revoked, or may not do this: nothing works until somebody mends the connection."""


class BadSignature(ProviderError):
    """A webhook that isn't from the provider, or is too old."""


class Gateway(Protocol):
    """One connection to a provider."""

    def payment(self, reference: str) -> PaymentThere:
        """Look one payment up. Raises `Refused` (code `not-there`) where there is none."""

    def payments(self, *, order: str = "", mail: str = "") -> list[PaymentThere]:
        """Look for payments of an order or of somebody; newest first, at most 20."""

    def refund(self, wish: RefundWish) -> RefundThere:
        """Give back. The same key and wish again is the same refund; raises any `ProviderError`."""

    def refund_there(self, reference: str) -> RefundThere:
        """How far a refund has come. Raises `Refused` (code `not-there`) where there is none."""

    def stop(self, reference: str) -> RefundThere:
        """Stop a refund that hasn't gone out; the same again is harmless.

        Raises `Refused` (code `cant-be-stopped`) where the provider can't, with why; any `ProviderError`.
        """

    def refunds_of(self, payment: str) -> list[RefundThere]:
        """All refunds of a payment, whoever made them: one that was made a moment ago is among them."""

    def refunds_since(self, moment: datetime) -> Iterator[RefundThere]:
        """All refunds made since then, whoever made them, a page at a time."""

    def disputes_since(self, moment: datetime) -> Iterator[DisputeThere]:
        """All disputes that began since then, a page at a time."""

    def heard(self, body: bytes, signature: str) -> SignedEvent:
        """Read a webhook. Raises `BadSignature`."""

    def account(self) -> AccountThere:
        """The account that the key opens; proves that the connection works."""
