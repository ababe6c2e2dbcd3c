"""Tables of what is known of providers: their connections, the payments found there, what they said."""

from __future__ import annotations

from django.db import models

from remit.core.fields import Currency, MinorUnits, Word
from remit.people.models import Member, Team


class Connection(models.Model):
    """An account at a provider through which teams give money back.

    Attributes:
        provider: one of the folders of `providers`.
        account: its name, as the provider says it.
        reference: by which the provider knows it from all others; "" where that wasn't asked.
        sealed_key, sealed_secret: what opens it, and what proves its webhooks; see `remit.core.sealing`.
        ends_with: the last letters of the key, to tell it from others.
        is_live: whether it moves real money.
        hook: the part of the webhook's address that nobody guesses.
        off_at: when it was switched off; None while it is in use.
        trouble: what stands in its way, in words; "" for nothing.
        looked_until: everything up to here was compared with the provider's own list.
        changes: counts what owners changed, so that one who looked before somebody else's change is told.
    """

    provider = Word()
    account = models.CharField(max_length=120)
    reference = models.CharField(max_length=80, blank=True)
    sealed_key = models.TextField()
    sealed_secret = models.TextField(blank=True)
    ends_with = models.CharField(max_length=4)
    is_live = models.BooleanField()
    hook = models.CharField(max_length=43, unique=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    off_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)
    trouble_at = models.DateTimeField(null=True, blank=True)
    looked_until = models.DateTimeField()
    changes = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.account} ({self.provider})"


class ConnectedTeam(models.Model):
    """A team that gives money back through a connection; through one only."""

    team = models.OneToOneField(Team, models.PROTECT, related_name="connected")
    connection = models.ForeignKey(Connection, models.PROTECT, related_name="teams")

    def __str__(self) -> str:
        return f"{self.team}: {self.connection}"


class Payment(models.Model):
    """A payment of an order, as it was last seen at the provider.

    Attributes:
        reference: its name there.
        order_key: the order that it paid, `order:17`.
        refunded: minor units that were given back, whoever did it, when it was looked at.
        dispute: how the gravest dispute of it stands, a `DisputeState`; "" for none.
        disputed: minor units of it that the customer's bank has at present.
        answer_by: until when that dispute can be answered; None where it can't be.
        linked_by: who said that it is this order's; None where the provider's order number said so.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="payments")
    connection = models.ForeignKey(Connection, models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=80)
    order_key = models.CharField(max_length=80)
    amount = MinorUnits()
    refunded = MinorUnits()
    currency = Currency()
    is_refundable = models.BooleanField()
    dispute = Word(blank=True)
    disputed = MinorUnits(default=0)
    answer_by = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("connection", "reference"), name="one_payment_a_name"),
        )
        indexes = (models.Index(fields=("order_key",), name="payments_of_an_order"),)

    def __str__(self) -> str:
        return self.reference


class Heard(models.Model):
    """An event of a provider that was heard by webhook; kept so that it is heard once."""

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="heard")
    key = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("connection", "key"), name="an_event_is_heard_once"),)
        indexes = (models.Index(fields=("at",), name="heard_long_ago"),)

    def __str__(self) -> str:
        return self.key


class Look(models.Model):
    """A comparison with the provider's own list of refunds.

    Attributes:
        seen: how many refunds the list held.
        noted: how many of them were made elsewhere and are in the books from now on.
        differences: in words, what isn't the same here and there and needs a person; [] for nothing.
    """

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    since = models.DateTimeField()
    seen = models.PositiveIntegerField()
    noted = models.PositiveIntegerField()
    differences = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=("connection", "-at"), name="looks_of_a_connection"),)

    def __str__(self) -> str:
        return f"{self.connection} {self.at:%Y-%m-%d}"
