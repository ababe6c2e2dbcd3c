"""Proof that the books are right: every transfer balances, every balance is the sum of its entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from remit.ledger.models import Account, Transfer


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in the books that isn't right.

    Attributes:
        where: the transfer, account or remedy.
        wrong: what isn't right, in words.
    """

    where: str
    wrong: str


def differences() -> Iterator[Difference]:
    """Everything that isn't right; nothing when the books are."""
    unbalanced = Transfer.objects.annotate(total=Sum("entries__amount")).exclude(total=0)
    for transfer in unbalanced.iterator():
        yield Difference(f"transfer {transfer.pk}", f"{transfer} sums to {transfer.total}, not to nothing")
    drifted = Account.objects.annotate(total=Coalesce(Sum("entries__amount"), 0)).exclude(total=F("balance"))
    for account in drifted.iterator():
        yield Difference(
            f"account {account}", f"its balance is {account.balance}, the sum of its entries {account.total}"
        )
