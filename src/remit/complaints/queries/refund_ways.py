"""How a refund went back: each part of it, what arrived, and what is still to be given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from remit.remedies.models import Event, Remedy, Sending, StoreCredit
from remit.remedies.providers import BY_HAND
from remit.remedies.vocabulary import SendingState, State
from remit_engine.money import written

_ICONS: Final = {
    SendingState.WAITS: "clock",
    SendingState.PENDING: "hourglass",
    SendingState.DONE: "check",
    SendingState.CAME_BACK: "undo-2",
    SendingState.REFUSED: "circle-x",
}
_WORDS: Final = {
    SendingState.WAITS: "still to be taken by the provider",
    SendingState.PENDING: "with the provider, not through yet",
    SendingState.DONE: "went back",
    SendingState.CAME_BACK: "came back",
    SendingState.REFUSED: "didn't go through",
}
_GIVEN_UP: Final = frozenset({SendingState.CAME_BACK, SendingState.REFUSED})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a refund as people read it.

    Attributes:
        amount: minor units.
        state: what became of it, in words.
        where: the payment, the till's slip, or the code of the credit.
        why: what stands or stood in its way; "" for nothing.
        reference: of the refund at the provider; "" while it isn't known.
        is_wrong: whether it didn't arrive.
        stop, take_over: number of the sending, where it can be stopped or done by hand; None where not.
    """

    amount: int
    icon: str
    state: str
    where: str
    at: datetime
    why: str = ""
    reference: str = ""
    is_wrong: bool = False
    stop: int | None = None
    take_over: int | None = None


@dataclass(frozen=True, slots=True)
class RefundWay:
    """All of it.

    Attributes:
        parts: in the order in which they were begun.
        sums: what arrived, what is under way and what is to be given, in words.
        has_rest: whether the provider couldn't give all, so that somebody has to choose.
    """

    remedy: Remedy
    parts: Sequence[Part]
    sums: Sequence[str]
    has_rest: bool


def refund_way(remedy: Remedy) -> RefundWay:
    """How a refund went back, in three queries.

    Args:
        remedy: with its team at hand.
    """
    sendings = list(remedy.sendings.select_related("payment__connection").order_by("pk"))
    parts = [*map(_of_sending, sendings), *_otherwise(remedy)]
    has_rest = bool(sendings) and remedy.state == State.GIVEN and remedy.provider == BY_HAND
    return RefundWay(remedy, sorted(parts, key=lambda part: part.at), sums_of(remedy), has_rest)


def sums_of(remedy: Remedy) -> list[str]:
    """What arrived of a refund, what is under way, and what is to be given, in words; [] before all of it."""
    waits = remedy.owing if remedy.state == State.GIVEN else 0
    sums = (
        (remedy.arrived, "arrived"),
        (remedy.under_way, "on the way"),
        (waits, "to be handed over" if remedy.provider == BY_HAND else "goes back by itself"),
        (remedy.taken_back, "taken back"),
    )
    return [f"{written(amount, remedy.currency)} {words}" for amount, words in sums if amount > 0]


def is_in_parts(remedy: Remedy) -> bool:
    """Whether some of a refund is elsewhere than the rest of it: arrived, on the way, or to be given."""
    return sum(amount > 0 for amount in (remedy.arrived, remedy.under_way, remedy.owing)) > 1


def _of_sending(row: Sending) -> Part:
    state = SendingState(row.state)
    return Part(
        amount=row.amount,
        icon=_ICONS[state],
        state=_WORDS[state],
        where=f"{row.payment.connection.account}, payment {row.payment.reference}",
        at=row.ended_at or row.made_at,
        why=row.words,
        reference=row.reference,
        is_wrong=state in _GIVEN_UP,
        stop=row.pk if state == SendingState.PENDING else None,
        take_over=row.pk if state == SendingState.WAITS and row.words else None,
    )


def _otherwise(remedy: Remedy) -> Iterator[Part]:
    """What was handed over by hand, and as store credit."""
    credit = StoreCredit.objects.filter(remedy=remedy).first()
    for event in remedy.events.select_related("by"):
        if event.what.startswith("settled") and event.by is not None:
            yield Part(event.amount, "hand-coins", "handed over by hand", _by(event), event.at)
        elif event.what.startswith("as-credit-") and credit is not None:
            yield Part(event.amount, "ticket", "as store credit", credit.code, event.at, why=event.why)


def _by(event: Event) -> str:
    name = event.by.name if event.by is not None else ""
    return f"{name}, {event.reference}" if event.reference else name
