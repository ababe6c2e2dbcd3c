"""Calling a provider, outside of any write: what was begun is asked for, and what it says is heard.

A try may end anywhere: before the call, in the middle of it, after it. And books that say that nothing was
asked for yet may be an older copy that was put back. So whoever asks looks first, each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.db.models import Q

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.jobs.errors import NeedsPerson
from remit.people.models import Member
from remit.remedies.actions import connections, lost, parts, sending
from remit.remedies.actions.payments import refresh_payment
from remit.remedies.actions.sending import Call
from remit.remedies.models import Connection, Payment, Remedy, Sending
from remit.remedies.providers.contract import (
    NEVER_ARRIVES,
    AnswerLost,
    Gateway,
    NotAllowedThere,
    NotReached,
    ProviderError,
    RefundThere,
    RefundWish,
    Refused,
)
from remit.remedies.providers.opening import gateway_of
from remit.remedies.vocabulary import OPEN_SENDINGS, SendingState

AT_REST_AFTER: Final = timedelta(minutes=10)
"""No call takes longer than this: what wasn't there by then doesn't come any more."""


def send(remedy: int) -> None:
    """Hand a remedy to its provider, or go on where an earlier try ended.

    What is in the way of one part doesn't keep the others.

    Raises:
        NotReached: it wasn't done; try again later.
        AnswerLost: it may have been done; the next try looks first.
        NeedsPerson: the connection doesn't work until somebody mends it.
    """
    hindrances = []
    for part in parts.begin(remedy):
        try:
            _send_part(part)
        except (NotReached, AnswerLost) as error:
            hindrances.append(error)
    if hindrances:
        raise hindrances[0]


def _send_part(number: int) -> None:
    call = sending.call_for(number)
    if call is None:
        return
    with _hindrances_of(call):
        gateway = gateway_of(call.connection)
        there = _there_already(gateway, call.sending, call.wish)
        sending.hear(call.sending, there or gateway.refund(call.wish))


def _there_already(gateway: Gateway, number: int, wish: RefundWish) -> RefundThere | None:
    """The refund of a part, where the provider has it: under its key, or under one that the books lost.

    Raises:
        Refused: it has another one of the same remedy, that these books know nothing of.
    """
    listed = gateway.refunds_of(wish.payment)
    for there in listed:
        if there.key == wish.key:
            return there
    remedy = Remedy.objects.get(sendings=number)
    for there in lost.lost_of(remedy, listed):
        if lost.take_up_as(number, there):
            return there
        raise Refused(
            "The provider has a refund of it already that isn't in these books: "
            f"{lost.words_of(there)}. Was an older copy put back? Look at it there before anything more is "
            "given.",
            "given-there",
        )
    return None


def look_at(number: int) -> bool:
    """Ask how far a refund has come that was pending; whether that is known for good now.

    Raises:
        NotReached, AnswerLost: try again later.
        NeedsPerson: the connection doesn't work until somebody mends it.
    """
    row = Sending.objects.select_related("payment__connection").get(pk=number)
    if row.state != SendingState.PENDING:
        return True
    try:
        there = gateway_of(row.payment.connection).refund_there(row.reference)
    except NotAllowedThere as error:
        raise _in_trouble(row.payment.connection, error) from error
    sending.hear(number, there)
    return not Sending.objects.filter(pk=number, state=SendingState.PENDING).exists()


def take_over(number: int, by: Member, why: str) -> None:
    """Hand something over by hand that doesn't get through: only once the provider says that it isn't there.

    Raises:
        ProviderError: the provider can't be asked, so nobody knows whether it was done.
        Refusal: it was tried just now, or it is there.
    """
    row = Sending.objects.select_related("payment__connection", "remedy").get(pk=number)
    if row.called_at is not None and row.called_at > now() - AT_REST_AFTER:
        raise Refusal(
            "tried-just-now",
            "It was tried a moment ago, and may still be under way.",
            f"Wait {AT_REST_AFTER.seconds // 60} minutes, then look again.",
        )
    there = _there_already(gateway_of(row.payment.connection), number, sending.wish_of(row))
    if there is not None:
        sending.hear(number, there)
        raise Refusal("is-there", "The provider has it after all.", "Nothing is to be done by hand.")
    sending.take_over_by_hand(number, by, why, called_at=row.called_at)


def stop(number: int, by: Member, why: str) -> None:
    """Have the provider stop a refund that it has; what becomes of it follows from what it says alone.

    That somebody wants it stopped is committed before it is asked.

    Raises:
        ProviderError: it can't be asked, or its answer was lost: nobody knows whether it was stopped. It is
            looked at again by itself.
        Refusal: the provider can't stop it any more, with why.
    """
    row = sending.want_stopped(number, by, why)
    try:
        there = gateway_of(row.payment.connection).stop(row.reference)
    except Refused as error:
        raise Refusal(error.code, error.words, "Wait until it is through, or has come back.") from error
    except NotAllowedThere as error:
        connections.note_trouble(row.payment.connection, error.words)
        raise
    sending.hear(number, there)


def try_again(
    remedy: int, by: Member, why: str, *, seen: int | None = None, known: Collection[str] = ()
) -> Sequence[RefundThere]:
    """Have what of a remedy didn't get through sent anew: only once the provider says that nothing is there.

    Each payment of its order is looked at: what was given back of it, by whom and for what, and what is left.

    Args:
        remedy: its number.
        by: who leads the team.
        why: never empty.
        seen: how much was left to give when they looked, in minor units; None where nobody looked.
        known: references of refunds that may be this one, and that they looked at: it isn't.

    Returns:
        refunds of it that the books had lost, and know again now: nothing was sent then. () where it was.

    Raises:
        ProviderError: the provider can't be asked, so nobody knows what is there.
        Refusal: it has one of them after all, or (`given-there`, with their `references`) some that may be,
            or the payments haven't as much left.
        Changed: nothing of it is to be handed over any more.
    """
    row = Remedy.objects.select_related("team").get(pk=remedy)
    found: list[RefundThere] = []
    unexplained: list[RefundThere] = []
    for payment, gateway in _payments_of(row):
        listed = gateway.refunds_of(payment.reference)
        _need_given_up(row, listed)
        found += _taken_up(row, payment, listed, by)
        unexplained += [each for each in lost.unexplained_by(row, listed) if each.reference not in known]
        refresh_payment(payment.connection, gateway.payment(payment.reference))
    if not found and unexplained:
        those = ", ".join(map(lost.words_of, unexplained))
        raise Refusal(
            "given-there",
            f"Nothing was sent: this was given back of the payment, and isn't in these books: {those}.",
            "If it is this refund, tick it off under To hand over, with that name as its reference. If it "
            "isn't, press once more.",
            references=" ".join(there.reference for there in unexplained),
        )
    if not found:
        parts.begin_again(remedy, by, why, seen=seen)
    return found


def look_for_lost(remedy: int, by: Member) -> Sequence[RefundThere]:
    """Refunds of a remedy that the provider has and the books had lost: they know them again now.

    Raises:
        ProviderError: the provider can't be asked.
    """
    row = Remedy.objects.select_related("team").get(pk=remedy)
    return [
        there
        for payment, gateway in _payments_of(row)
        for there in _taken_up(row, payment, gateway.refunds_of(payment.reference), by)
    ]


def _payments_of(remedy: Remedy) -> Iterator[tuple[Payment, Gateway]]:
    """Payments that a remedy was sent back to, or may be, and whom to ask about each."""
    of_order = Q(order_key=remedy.order_key, connection__teams__team=remedy.team, connection__off_at=None)
    rows = Payment.objects.filter(Q(sendings__remedy=remedy) | of_order).select_related("connection")
    for payment in rows.distinct().order_by("pk"):
        yield payment, gateway_of(payment.connection)


def _taken_up(
    remedy: Remedy, payment: Payment, listed: Sequence[RefundThere], by: Member
) -> list[RefundThere]:
    found = lost.lost_of(remedy, listed)
    return [there for there in found if lost.take_up(payment.connection, there, by)]


def _need_given_up(remedy: Remedy, listed: Sequence[RefundThere]) -> None:
    """That the provider has none of the parts of a remedy that were given up here.

    Raises:
        Refusal: it has one.
    """
    ended = remedy.sendings.exclude(state__in=[*OPEN_SENDINGS, SendingState.DONE])
    keys = set(ended.values_list("key", flat=True))
    for there in listed:
        if there.key in keys and there.state not in NEVER_ARRIVES:
            raise Refusal(
                "is-there",
                f"The provider has one of them after all: {there.reference}.",
                "Compare it with what was handed over, before anything more is given.",
            )


@contextmanager
def _hindrances_of(call: Call) -> Iterator[None]:
    """Writes down what was in the way of a call; a refusal ends there, all else goes on to the queue."""
    try:
        yield
    except Refused as error:
        sending.refuse(call.sending, error)
    except NotAllowedThere as error:
        sending.hinder(call.sending, error)
        raise _in_trouble(call.connection, error) from error
    except (NotReached, AnswerLost) as error:
        sending.hinder(call.sending, error)
        raise


def _in_trouble(connection: Connection, error: ProviderError) -> NeedsPerson:
    connections.note_trouble(connection, error.words)
    return NeedsPerson(error.words)
