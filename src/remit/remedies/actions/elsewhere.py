"""Money that went back without Remit: it counts on its order and in the books, or the caps would lie."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.ledger.actions import Line, transfer
from remit.ledger.models import Transfer
from remit.ledger.vocabulary import COST, PAID, PAID_BY_PROVIDER
from remit.people.models import Member, Team
from remit.remedies.models import Connection, Elsewhere, Payment
from remit.remedies.providers.contract import NEVER_ARRIVES, DisputeThere, RefundThere
from remit.trail.actions import record


def note_seen(connection: Connection, there: RefundThere) -> Elsewhere | None:
    """A refund that the provider knows and Remit didn't make, of a payment of an order; None for any other.

    The same again changes nothing; one that failed after all doesn't count any more.
    """
    with write():
        payment = (
            Payment.objects.select_related("team")
            .filter(connection=connection, reference=there.payment)
            .first()
        )
        if payment is None or not there.amount:
            return None
        row = Elsewhere.objects.filter(connection=connection, reference=there.reference).first()
        has_failed = there.state in NEVER_ARRIVES
        if row is None and not has_failed:
            row = _entered(
                Elsewhere(
                    team=payment.team,
                    order_key=payment.order_key,
                    connection=connection,
                    reference=there.reference,
                    amount=there.amount,
                    currency=there.currency,
                    made_at=there.made_at,
                )
            )
        elif row is not None and has_failed:
            _struck(row, None, "")
        return row


def note_dispute(payment: Payment, there: DisputeThere) -> None:
    """What the customer's bank took back of a payment counts on its order, until it is given back.

    The same again changes nothing; inside a write of the caller.
    """
    row = Elsewhere.objects.filter(connection=payment.connection_id, reference=there.reference).first()
    counts = row is not None and row.fell_through_at is None
    if there.is_taken == counts:
        return
    if row is None:
        row = Elsewhere(
            team=payment.team,
            order_key=payment.order_key,
            connection=payment.connection,
            reference=there.reference,
            amount=there.amount,
            currency=there.currency,
            made_at=there.made_at,
            is_dispute=True,
        )
    if not there.is_taken:
        _struck(row, None, "")
        return
    row.fell_through_at = None
    _entered(row)


def write_down(
    member: Member, team: Team, order_key: str, amount: int, currency: str, *, reference: str, why: str
) -> Elsewhere:
    """Somebody says that money was given back at the till, or in another way that Remit doesn't see.

    Args:
        member: who says so.
        team: whose order it is.
        order_key: the order.
        amount: minor units, above zero.
        currency: ISO 4217.
        reference: of the till; "" for none.
        why: never empty.
    """
    if amount <= 0:
        raise Refusal("nothing-given", "This is no amount.", "Say how much was given back.", field="amount")
    with write():
        row = Elsewhere(
            team=team,
            order_key=order_key,
            reference=reference,
            amount=amount,
            currency=currency,
            made_at=now(),
            by=member,
            why=why,
        )
        return _entered(row)


def strike(row: Elsewhere, by: Member, why: str) -> None:
    """It wasn't given after all: it was written down by mistake.

    Raises:
        Refusal: the provider said so, and only the provider can take it back.
        Changed: it was struck already.
    """
    with write():
        if row.connection_id is not None:
            raise Refusal(
                "seen-there",
                "The provider says that this was given back.",
                "Look at it on the provider's own pages.",
            )
        _struck(row, by, why)


def _entered(row: Elsewhere) -> Elsewhere:
    row.noted_at = now()
    row.save()
    _enter(row, "take-by-dispute" if row.is_dispute else "give-elsewhere", row.amount)
    record(
        "dispute-taken" if row.is_dispute else "given-elsewhere",
        row.order_key,
        by=row.by,
        team=row.team,
        words=row.why,
        elsewhere=row.pk,
        amount=row.amount,
        currency=row.currency,
        reference=row.reference if row.connection_id else "",
    )
    return row


def _struck(row: Elsewhere, by: Member | None, why: str) -> None:
    if Elsewhere.objects.filter(pk=row.pk, fell_through_at=None).update(fell_through_at=now()) != 1:
        if by is None:
            return
        raise Changed("struck-already", "This was struck already.", "Look at the complaint again.")
    _enter(row, "return-of-dispute" if row.is_dispute else "strike-elsewhere", -row.amount)
    record(
        "dispute-returned" if row.is_dispute else "elsewhere-struck",
        row.order_key,
        by=by,
        team=row.team,
        words=why,
        elsewhere=row.pk,
        amount=row.amount,
        currency=row.currency,
    )


def _enter(row: Elsewhere, what: str, amount: int) -> None:
    account = PAID_BY_PROVIDER if row.connection_id else PAID
    source = f"elsewhere:{row.pk}"
    # A dispute that was won may be lost after all: it is taken once more.
    number = Transfer.objects.filter(source=source, what=what).count() + 1 if row.is_dispute else 1
    transfer(
        row.team,
        what,
        source,
        [Line(COST, amount), Line(account, -amount)],
        kind="refund",
        currency=row.currency,
        number=number,
        reference=row.reference,
    )
