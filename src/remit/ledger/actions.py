"""Moving amounts between accounts: in entries that sum to nothing, inserted and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, CharField, F, QuerySet

from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.core.writing import write
from remit.core.written_often import Change, changed_often, insert, insert_all
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
        made = insert(
            Transfer(at=now(), team=team, what=what, source=source, number=number, reference=reference)
        )
        accounts = _accounts(team, [line.account for line in moving], kind=kind, currency=currency)
        insert_all(
            [Entry(transfer=made, account=accounts[each.account], amount=each.amount) for each in moving]
        )
        for line in moving:
            _moved(account=accounts[line.account].pk, amount=line.amount)
    return made


@changed_often(account=BigIntegerField(), amount=BigIntegerField())
def _moved(account: Slot, amount: Slot) -> Change:
    return Account.objects.filter(pk=account), {"balance": F("balance") + amount}


def _accounts(team: Team, names: Sequence[str], *, kind: str, currency: str) -> dict[str, Account]:
    """The accounts of a kind, these names among them; what isn't there yet is opened, in this order."""
    rows = _accounts_of(team=team.pk, kind=kind, currency=currency)
    found = {account.name: account for account in rows}
    for name in names:
        if name not in found:
            found[name] = Account.objects.create(team=team, name=name, kind=kind, currency=currency)
    return found


@asked_often(team=BigIntegerField(), kind=CharField(), currency=CharField())
def _accounts_of(team: Slot, kind: Slot, currency: Slot) -> QuerySet[Account]:
    return Account.objects.filter(team=team, kind=kind, currency=currency)
