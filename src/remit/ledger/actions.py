"""Moving amounts between accounts: in entries that sum to nothing, inserted and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from remit.core.clock import now
from remit.core.writing import write
from remit.ledger.models import Account, Entry, Transfer
from remit.people.models import Team


@dataclass(frozen=True, slots=True)
class Line:
    """One side of a transfer.

    Attributes:
        account: a name of the vocabulary.
        amount: minor units into it (above zero) or out of it (below).
    """

    account: str
    amount: int


def transfer(
    team: Team,
    what: str,
    source: str,
    lines: Sequence[Line],
    *,
    kind: str,
    currency: str,
    number: int = 1,
    reference: str = "",
) -> Transfer | None:
    """Move amounts; None when there is nothing to move (an apology costs nothing).

    Args:
        team: whose accounts.
        what: hold, release, give, settle, reverse, redeem, put-back, end, renew.
        source: what it belongs to: `remedy:88`. The same source, what and number twice is refused.
        lines: sum to nothing.
        kind: of the remedy; accounts are kept apart by it.
        currency: ISO 4217 code.
        number: counts what may happen several times to one source.
        reference: of the other side: a till slip, a refund of the provider.

    Raises:
        ValueError: the lines don't sum to nothing.
        IntegrityError: it happened already.
    """
    moving = [line for line in lines if line.amount]
    if sum(line.amount for line in moving) != 0:
        raise ValueError(f"{what} of {source} doesn't balance: {lines}")
    if not moving:
        return None
    with write():
        made = Transfer.objects.create(
            at=now(), team=team, what=what, source=source, number=number, reference=reference
        )
        for line in moving:
            account, _ = Account.objects.get_or_create(
                team=team, name=line.account, kind=kind, currency=currency
            )
            Entry.objects.create(transfer=made, account=account, amount=line.amount)
            Account.objects.filter(pk=account.pk).update(balance=F("balance") + line.amount)
    return made
