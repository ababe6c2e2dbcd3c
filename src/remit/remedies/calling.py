"""Calling a provider, outside of any write: what was begun is asked for, and what it says is heard.

A try may end anywhere: before the call, in the middle of it, after it. So whoever asks again looks first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.jobs.errors import NeedsPerson
from remit.people.models import Member
from remit.remedies.actions import connections, parts, sending
from remit.remedies.actions.payments import refresh_payment
from remit.remedies.actions.sending import Call
from remit.remedies.models import Connection, Sending
from remit.remedies.providers.contract import (
    NEVER_ARRIVES,
    AnswerLost,
    NotAllowedThere,
    NotReached,
    ProviderError,
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
        there = gateway.refund_of(call.wish) if call.is_repeated else None
        sending.hear(call.sending, there or gateway.refund(call.wish))


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
    there = gateway_of(row.payment.connection).refund_of(sending.wish_of(row))
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


def try_again(remedy: int, by: Member, why: str, *, seen: int | None = None) -> None:
    """Have what of a remedy didn't get through sent anew: only once the provider says that nothing is there.

    Each part that was given up is looked for, and what its payment has left is looked at.

    Args:
        remedy: its number.
        by: who leads the team.
        why: never empty.
        seen: how much was left to give when they looked, in minor units; None where nobody looked.

    Raises:
        ProviderError: the provider can't be asked, so nobody knows what is there.
        Refusal: it has one of them after all, or the payments haven't as much left.
        Changed: nothing of it is to be handed over any more.
    """
    ended = Sending.objects.filter(remedy=remedy).exclude(state__in=OPEN_SENDINGS)
    for row in ended.select_related("payment__connection", "remedy").order_by("pk"):
        gateway = gateway_of(row.payment.connection)
        there = gateway.refund_of(sending.wish_of(row))
        if row.state != SendingState.DONE and there is not None and there.state not in NEVER_ARRIVES:
            raise Refusal(
                "is-there",
                f"The provider has one of them after all: {there.reference}.",
                "Compare it with what was handed over, before anything more is given.",
            )
        refresh_payment(row.payment.connection, gateway.payment(row.payment.reference))
    parts.begin_again(remedy, by, why, seen=seen)


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
