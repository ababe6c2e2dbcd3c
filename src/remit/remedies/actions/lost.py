"""Refunds of this Remit that its books lost: an older copy of them was put back, and the provider has more.

A refund says at the provider of which remedy it is, and when it was made. Where that remedy still waits to be
given, the refund is taken up as its own: the customer has the money, and gets it no second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from remit.core.clock import now
from remit.core.writing import write
from remit.people.models import Member
from remit.remedies.actions import sending
from remit.remedies.actions.moving import count, event, go_on
from remit.remedies.models import Connection, Payment, Remedy, Sending
from remit.remedies.providers.contract import NEVER_ARRIVES, RefundThere
from remit.remedies.vocabulary import OPEN_SENDINGS, SendingState, State
from remit.trail.actions import record
from remit_engine.money import written

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""How far the provider's clock may be behind ours. A remedy that was decided after a refund isn't its own,
though it may have its number: numbers are given anew where an older copy was put back."""


def lost_of(remedy: Remedy, listed: Iterable[RefundThere]) -> list[RefundThere]:
    """Which of some refunds that may still arrive are of a remedy, and in no books here; the first first."""
    about = set(sending.about_of(remedy))
    of_it = [
        there
        for there in listed
        if there.key and there.state not in NEVER_ARRIVES and about <= set(there.about)
    ]
    return [there for there in _in_no_books(of_it) if not _is_before(there, remedy)]


def unexplained_by(remedy: Remedy, listed: Iterable[RefundThere]) -> list[RefundThere]:
    """Which of some refunds may be this remedy's, though nothing here says so: somebody has to look.

    Those over what is still to be given of it that were made elsewhere since it was decided, and those of its
    complaint under a key of Remit that isn't in these books.
    """
    source = ("remit_source", remedy.source)
    likely = [
        there
        for there in listed
        if there.state not in NEVER_ARRIVES
        and (source in there.about if there.key else there.amount == remedy.owing)
        and (there.key or not _is_before(there, remedy))
    ]
    return _in_no_books(likely)


def take_up(connection: Connection, there: RefundThere, by: Member | None = None) -> bool:
    """Take a refund that the books lost up as a part of the remedy that it names; whether it was one.

    Args:
        connection: where it was found.
        there: as the provider knows it.
        by: who looked; None where nobody did.
    """
    with write():
        remedy = _named(there)
        payment = Payment.objects.filter(connection=connection, reference=there.payment).first()
        if (
            remedy is None
            or payment is None
            or payment.order_key != remedy.order_key
            or remedy.state != State.GIVEN
            or there.amount > remedy.owing
            or there.currency != remedy.currency
            or not lost_of(remedy, [there])
            or remedy.sendings.filter(payment=payment, state__in=OPEN_SENDINGS).exists()
        ):
            return False
        number = remedy.sendings.count() + 1
        row = Sending.objects.create(
            remedy=remedy,
            payment=payment,
            key=there.key,
            amount=there.amount,
            state=SendingState.WAITS,
            made_at=now(),
            called_at=there.made_at,
        )
        event(remedy, f"sent-{number}", None, amount=there.amount, reference=there.payment)
        count(remedy, under_way=there.amount)
        go_on(remedy)
        _taken_up(row, there, by)
        sending.hear(row.pk, there)
        return True


def take_up_as(number: int, there: RefundThere) -> bool:
    """A part that is about to be asked for is this refund; False where it is over another amount."""
    with write():
        row = Sending.objects.select_related("remedy__team").select_for_update(of=("self",)).get(pk=number)
        if row.state != SendingState.WAITS or (there.amount, there.currency) != (
            row.amount,
            row.remedy.currency,
        ):
            return False
        Sending.objects.filter(pk=number).update(key=there.key)
        _taken_up(row, there, None)
        return True


def words_of(there: RefundThere) -> str:
    """What stands at the provider, in words."""
    day = f"{there.made_at.day} {there.made_at:%b %Y}"
    return f"{written(there.amount, there.currency)} on {day} ({there.reference})"


def _taken_up(row: Sending, there: RefundThere, by: Member | None) -> None:
    record(
        "refund-taken-up",
        f"remedy:{row.remedy_id}",
        by=by,
        team=row.remedy.team,
        key=there.key,
        reference=there.reference,
        amount=there.amount,
        currency=there.currency,
    )


def _named(there: RefundThere) -> Remedy | None:
    """The remedy that a refund says it is of, locked; None where it names none that is here."""
    number = dict(there.about).get("remit_remedy", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):  # noqa: PLR2004 (fits a column)
        return None
    rows = Remedy.objects.select_related("team").select_for_update(of=("self",))
    return rows.filter(pk=int(number)).first()


def _in_no_books(listed: list[RefundThere]) -> list[RefundThere]:
    keys = {there.key for there in listed} - {""}
    known = set(Sending.objects.filter(key__in=keys).values_list("key", flat=True))
    references = set(
        Sending.objects.filter(reference__in=[there.reference for there in listed]).values_list(
            "reference", flat=True
        )
    )
    unknown = [each for each in listed if each.key not in known and each.reference not in references]
    return sorted(unknown, key=lambda each: each.made_at)


def _is_before(there: RefundThere, remedy: Remedy) -> bool:
    return there.made_at < remedy.made_at - CLOCKS_DIFFER
