"""Moving amounts between accounts: in entries that sum to nothing, inserted and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, CharField, F, Q, QuerySet, When

from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.core.writing import write
from remit.core.written_often import Change, changed_often, insert, insert_unseen
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
        insert_unseen(
            [Entry(transfer=made, account_id=accounts[each.account], amount=each.amount) for each in moving]
        )
        _move([(accounts[each.account], each.amount) for each in moving])
    return made


def _move(moving: Sequence[tuple[int, int]]) -> None:
    """Amounts into accounts, two at a time: most transfers are from one to another."""
    if len(moving) % 2:
        moving = [*moving, (moving[0][0], 0)]
    for (one, amount), (other, other_amount) in zip(moving[::2], moving[1::2], strict=True):
        if one == other:
            _moved.unseen(one=one, amount=amount + other_amount, other=other, other_amount=0)
        else:
            _moved.unseen(one=one, amount=amount, other=other, other_amount=other_amount)


@changed_often(
    one=BigIntegerField(), amount=BigIntegerField(), other=BigIntegerField(), other_amount=BigIntegerField()
)
def _moved(one: Slot, amount: Slot, other: Slot, other_amount: Slot) -> Change:
    by = Case(When(pk=one, then=amount), default=other_amount)
    return Account.objects.filter(Q(pk=one) | Q(pk=other)), {"balance": F("balance") + by}


def _accounts(team: Team, names: Sequence[str], *, kind: str, currency: str) -> dict[str, int]:
    """The accounts of a kind, these names among them; what isn't there yet is opened, in this order."""
    found = dict(_accounts_of(team=team.pk, kind=kind, currency=currency))
    for name in names:
        if name not in found:
            found[name] = Account.objects.create(team=team, name=name, kind=kind, currency=currency).pk
    return found


def accounts_ahead(team: Team, *, kind: str, currency: str) -> None:
    """Say in a write that the next transfer is between accounts of a kind."""
    _accounts_of.ahead(team=team.pk, kind=kind, currency=currency)


@asked_often(team=BigIntegerField(), kind=CharField(), currency=CharField())
def _accounts_of(team: Slot, kind: Slot, currency: Slot) -> QuerySet[Account, tuple[str, int]]:
    return Account.objects.filter(team=team, kind=kind, currency=currency).values_list("name", "pk")
