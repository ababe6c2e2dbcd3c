"""Looking at what the provider knows, outside of any write, and taking it into the books.

A webhook only says where to look. The daily look goes through the provider's own list, so that nothing is
missed where a webhook was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from remit.core.clock import now
from remit.jobs.errors import NeedsPerson
from remit.jobs.models import Job
from remit.people.models import Member, Team
from remit.remedies.actions import connections, elsewhere, lost, sending
from remit.remedies.actions.looks import keep_look
from remit.remedies.actions.payments import link_payment, refresh_payment
from remit.remedies.models import Connection, Elsewhere, Payment, Sending
from remit.remedies.providers.contract import (
    NEVER_ARRIVES,
    DisputeState,
    DisputeThere,
    NotAllowedThere,
    PaymentThere,
    RefundState,
    RefundThere,
    Refused,
)
from remit.remedies.providers.opening import gateway_of
from remit.remedies.vocabulary import SendingState
from remit_engine.money import written

_GIVEN_UP: Final = frozenset({SendingState.REFUSED, SendingState.CAME_BACK})
OVERLAP: Final = timedelta(days=35)
"""How far before the last look the next one begins. A bank may send a refund back a month after it went
through (https://docs.stripe.com/refunds, "Failed refunds"), and where no webhook comes nothing else tells."""

LEFT_AFTER: Final = timedelta(days=1)
"""After which a refund that is still to be handed to the provider, and that nobody tries, is told."""

_CHUNK: Final = 500


def at_refund(connection: int, reference: str) -> None:
    """Look at one refund, and take in what became of it; nothing for one that isn't of this account.

    Raises:
        NotReached, AnswerLost: try again later.
        NeedsPerson: the connection doesn't work until somebody mends it.
    """
    row = _in_use(connection)
    if row is None:
        return
    with _of(row):
        gateway = gateway_of(row)
        try:
            there = gateway.refund_there(reference)
        except Refused:
            return
        if _take_in(row, there):
            refresh_payment(row, gateway.payment(there.payment))


def at_payment(connection: int, reference: str) -> None:
    """Look at one payment, its refunds and disputes, where it is an order's here and still there.

    Raises:
        NotReached, AnswerLost: try again later.
        NeedsPerson: the connection doesn't work until somebody mends it.
    """
    row = _in_use(connection)
    if row is None or not Payment.objects.filter(connection=row, reference=reference).exists():
        return
    with _of(row):
        gateway = gateway_of(row)
        try:
            there = gateway.payment(reference)
        except Refused:
            return
        refresh_payment(row, there)
        for refund in gateway.refunds_of(reference):
            _take_in(row, refund)


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
    begun, since = now(), row.looked_until - OVERLAP
    with _of(row):
        gateway = gateway_of(row)
        listed = list(gateway.refunds_since(since))
        moved = _take_all_in(row, listed)
        for reference in dict.fromkeys(there.payment for there in moved):
            refresh_payment(row, gateway.payment(reference))
        for reference in _disputed(row, gateway.disputes_since(since)):
            refresh_payment(row, gateway.payment(reference))
    keep_look(
        row,
        begun=begun,
        since=since,
        seen=len(listed),
        noted=_noted(row, listed),
        differences=[*_differences(row, listed, since), *_left(row)],
    )


def _disputed(connection: Connection, begun: Iterable[DisputeThere]) -> set[str]:
    """Payments of orders here whose disputes are looked at: those that began, and those that aren't over.

    What was won counts until the money is back.
    """
    rows = Payment.objects.filter(connection=connection)
    is_on = Q(dispute__in=[DisputeState.ASKED, DisputeState.OPEN]) | Q(
        dispute=DisputeState.WON, disputed__gt=0
    )
    named = list({there.payment for there in begun})
    found = set(rows.filter(is_on).values_list("reference", flat=True))
    for at in range(0, len(named), _CHUNK):
        some = rows.filter(reference__in=named[at : at + _CHUNK])
        found.update(some.values_list("reference", flat=True))
    return found


@contextmanager
def _of(connection: Connection) -> Iterator[None]:
    """Says that a connection doesn't work, where it doesn't."""
    try:
        yield
    except NotAllowedThere as error:
        connections.note_trouble(connection, error.words)
        raise NeedsPerson(error.words) from error


def _take_all_in(connection: Connection, listed: Sequence[RefundThere]) -> list[RefundThere]:
    """Take in what is new on a list; of which payments here somebody else gave back, told by their refunds.

    Most of what is listed was known yesterday: that is told by a few questions about many at once.
    """
    moved = []
    for some in _chunks(listed):
        ours = Sending.objects.filter(payment__connection=connection, key__in={t.key for t in some} - {""})
        stands = {row.key: row for row in ours}
        noted = _noted_before(connection, some)
        payments = _payments_here(connection, some)
        for there in some:
            if there.key in stands:
                if not _is_known(stands[there.key], there):
                    _take_in(connection, there)
            elif there.payment in payments:
                has_failed = there.state in NEVER_ARRIVES
                if there.key:
                    lost.take_up(connection, there)
                if there.key or (noted.get(there.reference) != has_failed and _take_in(connection, there)):
                    moved.append(there)
    return moved


def _is_known(row: Sending, there: RefundThere) -> bool:
    """Whether the books say already what is said of a refund that ended."""
    if row.reference != there.reference:
        return False
    if there.state in NEVER_ARRIVES:
        return row.state == SendingState.CAME_BACK
    return there.state == RefundState.SUCCEEDED and row.state == SendingState.DONE


def _noted_before(connection: Connection, listed: Sequence[RefundThere]) -> dict[str, bool]:
    """Of refunds that were made elsewhere and are in the books whether they fell through."""
    rows = Elsewhere.objects.filter(connection=connection, reference__in=[t.reference for t in listed])
    return {row.reference: row.fell_through_at is not None for row in rows}


def _payments_here(connection: Connection, listed: Sequence[RefundThere]) -> set[str]:
    """Which of the payments of some refunds are an order's here."""
    rows = Payment.objects.filter(connection=connection, reference__in={t.payment for t in listed})
    return set(rows.values_list("reference", flat=True))


def _noted(connection: Connection, listed: Sequence[RefundThere]) -> int:
    """How many of the listed refunds were made elsewhere and are in the books."""
    return sum(len(_noted_before(connection, some)) for some in _chunks(listed))


def _chunks(listed: Sequence[RefundThere]) -> Iterator[Sequence[RefundThere]]:
    for begin in range(0, len(listed), _CHUNK):
        yield listed[begin : begin + _CHUNK]


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
        for some in _chunks(listed)
        for row in Sending.objects.filter(payment__connection=connection, key__in={t.key for t in some})
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
    through_here = Sending.objects.filter(
        payment__connection=connection, state=SendingState.DONE, called_at__gte=since, ended_at__lt=now()
    ).order_by("pk")
    found += [
        f"{reference} of {key} is through here, and isn't on the provider's list."
        for reference, key in through_here.values_list("reference", "key")
        if reference not in there_are
    ]
    return found


def _left(connection: Connection) -> list[str]:
    """Refunds that are to be handed to the provider, and that nobody tries any more, in sentences."""
    waiting = Sending.objects.filter(
        payment__connection=connection, state=SendingState.WAITS, made_at__lt=now() - LEFT_AFTER
    )
    rows = list(waiting.select_related("remedy").order_by("pk"))
    keys = {row.remedy_id: f"send-remedy-{row.remedy_id}" for row in rows}
    tried = set(
        Job.objects.filter(unique_key__in=keys.values(), finished_at=None).values_list(
            "unique_key", flat=True
        )
    )
    return [
        f"{written(row.amount, row.remedy.currency)} of {row.remedy.source.replace('complaint:', 'C-')} was "
        "to be handed to the provider, and nobody tries it any more. Somebody who leads the team does it by "
        "hand, under To hand over: the provider is asked first whether it was done."
        for row in rows
        if keys[row.remedy_id] not in tried
    ]
