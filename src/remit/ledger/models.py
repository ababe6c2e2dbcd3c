"""Tables of the ledger. Triggers of the database refuse to change or delete an entry (migration 0002)."""

from __future__ import annotations

from django.db import models

from remit.core.fields import Currency, Word
from remit.people.models import Team


class Account(models.Model):
    """Where amounts stand, per team, kind of remedy and currency.

    `balance` is the sum of its entries, in minor units; moved by guarded UPDATE, proven by reconciling.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="accounts")
    name = Word()
    kind = Word(blank=True)
    currency = Currency()
    balance = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("team", "name", "kind", "currency"), name="one_account_a_purpose"
            ),
        )

    def __str__(self) -> str:
        return f"{self.team_id}:{self.name}:{self.kind}:{self.currency}"


class Transfer(models.Model):
    """One thing that happened to a remedy, in entries that sum to nothing.

    Attributes:
        what: hold, release, give, settle, reverse, redeem, put-back, end, renew.
        source: what it belongs to, for example `remedy:88`.
        number: counts the transfers of one source, so that a transfer made twice is refused.
    """

    at = models.DateTimeField()
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    what = Word()
    source = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField(default=1)
    reference = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "what", "number"), name="a_transfer_happens_once"),
        )
        indexes = (models.Index(fields=("team", "at"), name="transfers_of_a_team"),)

    def __str__(self) -> str:
        return f"{self.what} of {self.source}"


class Entry(models.Model):
    """One side of a transfer: minor units into an account (above zero) or out of it (below)."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    amount = models.BigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(amount=0), name="an_entry_moves_something"),
        )

    def __str__(self) -> str:
        return f"{self.amount:+d} {self.account}"
