"""Looking at what the provider knows, outside of any write, and taking it into the books.

A webhook only says where to look. The daily look goes through the provider's own list, so that nothing is
missed where a webhook was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from remit.core.clock import now
from remit.jobs.errors import NeedsPerson
from remit.people.models import Member, Team
from remit.remedies.actions import connections, elsewhere, sending
from remit.remedies.actions.looks import keep_look
from remit.remedies.actions.payments import link_payment, refresh_payment
from remit.remedies.models import Connection, Payment, Sending
from remit.remedies.providers.contract import (
    NEVER_ARRIVES,
    NotAllowedThere,
    PaymentThere,
    RefundThere,
    Refused,
)
from remit.remedies.providers.opening import gateway_of
from remit.remedies.vocabulary import SendingState

_GIVEN_UP: Final = frozenset({SendingState.REFUSED, SendingState.CAME_BACK})
OVERLAP: Final = timedelta(days=3)
"""How far before the last look the next one begins: a refund may fail days after it was made."""


def at_refund(connection: int, reference: str) -> None:
    """Look at one refund, and take in what became of it."""
    row = _in_use(connection)
    if row is None:
        return
    gateway = gateway_of(row)
    there = gateway.refund_there(reference)
    if _take_in(row, there):
        refresh_payment(row, gateway.payment(there.payment))


def at_payment(connection: int, reference: str) -> None:
    """Look at one payment and its refunds, where it is an order's here."""
    row = _in_use(connection)
    if row is None or not Payment.objects.filter(connection=row, reference=reference).exists():
        return
    gateway = gateway_of(row)
    refresh_payment(row, gateway.payment(reference))
    for there in gateway.refunds_of(reference):
        _take_in(row, there)


def find(
    connection: Connection, *, order: str = "", mail: str = "", reference: str = ""
) -> list[PaymentThere]:
    """Payments of an order, of somebody, or of one name; [] where there is none.

    Raises:
        ProviderError: the provider can't be asked.
    """
    gateway = gateway_of(connection)
    if reference:
        try:
            return [gateway.payment(reference)]
        except Refused:
            return []
    return gateway.payments(order=order) if order else gateway.payments(mail=mail)


def link(connection: Connection, team: Team, order_key: str, reference: str, by: Member | None) -> Payment:
    """A payment is an order's from now on: what was given back of it before counts too.

    Raises:
        ProviderError: the provider can't be asked.
        Refusal: it is another order's.
    """
    gateway = gateway_of(connection)
    there = gateway.payment(reference)
    before = gateway.refunds_of(there.reference)
    payment = link_payment(connection, team, order_key, there, by)
    for each in before:
        _take_in(connection, each)
    return payment


def through(connection: int) -> None:
    """Compare the books with the provider's own list, since the last time.

    Raises:
        NotReached, AnswerLost: try again later.
        NeedsPerson: the connection doesn't work until somebody mends it.
    """
    row = _in_use(connection)
    if row is None:
        return
    begun, since, gateway = now(), row.looked_until - OVERLAP, gateway_of(row)
    try:
        listed = list(gateway.refunds_since(since))
        noted = [there for there in listed if _take_in(row, there)]
        for reference in dict.fromkeys(there.payment for there in noted):
            refresh_payment(row, gateway.payment(reference))
    except NotAllowedThere as error:
        connections.note_trouble(row, error.words)
        raise NeedsPerson(error.words) from error
    keep_look(
        row,
        begun=begun,
        since=since,
        seen=len(listed),
        noted=len(noted),
        differences=_differences(row, listed, since),
    )


def _in_use(connection: int) -> Connection | None:
    return Connection.objects.filter(pk=connection, off_at=None).first()


def _take_in(connection: Connection, there: RefundThere) -> bool:
    """Take in what is known of a refund; whether it was made elsewhere, and concerns an order here."""
    ours = Sending.objects.filter(payment__connection=connection)
    row = ours.filter(key=there.key).first() if there.key else ours.filter(reference=there.reference).first()
    if row is not None:
        if _is_the_same(row, there):
            sending.hear(row.pk, there)
        return False
    return not there.key and elsewhere.note_seen(connection, there) is not None


def _is_the_same(row: Sending, there: RefundThere) -> bool:
    return row.amount == there.amount and row.reference in {"", there.reference}


def _differences(connection: Connection, listed: Sequence[RefundThere], since: datetime) -> list[str]:
    """What isn't the same here and there, in sentences."""
    ours = {
        row.key: row
        for row in Sending.objects.filter(payment__connection=connection, key__in=[t.key for t in listed])
    }
    found = []
    for there in listed:
        row = ours.get(there.key)
        if there.key and row is None:
            found.append(
                f"{there.reference} carries the key {there.key}, which isn't in these books. "
                "Was an older copy of this Remit put back, or does another one use the same account?"
            )
        elif row is not None and row.amount != there.amount:
            found.append(f"{there.reference} is over another amount than {row.key} here.")
        elif row is not None and row.state in _GIVEN_UP and there.state not in NEVER_ARRIVES:
            found.append(
                f"{there.reference} was given there all the same, though {row.key} was given up here and is "
                "handed over by hand: it may have been given twice."
            )
    found += [
        f"{count} refunds carry the same key {key}: {', '.join(t.reference for t in listed if t.key == key)}."
        for key, count in Counter(there.key for there in listed if there.key).items()
        if count > 1
    ]
    there_are = {there.reference for there in listed}
    missing = Sending.objects.filter(
        payment__connection=connection, state=SendingState.DONE, called_at__gte=since, ended_at__lt=now()
    ).exclude(reference__in=there_are)
    found += [
        f"{row.reference} of {row.key} is through here, and isn't on the provider's list." for row in missing
    ]
    return found
