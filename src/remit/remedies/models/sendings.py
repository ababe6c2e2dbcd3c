"""Tables of money that goes back through a provider, and of money that was given back elsewhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.core.fields import Currency, MinorUnits, Why, Word
from remit.people.models import Member, Team
from remit.remedies.models.connections import Connection, Payment
from remit.remedies.models.remedy import Remedy
from remit.remedies.vocabulary import OPEN_SENDINGS, SendingState


class Sending(models.Model):
    """A remedy, or a part of one, on its way through a provider: of one payment.

    It is committed before the provider is called: whatever happens to the process that calls, what was to be
    done, and under which key, is known to the next one.

    Attributes:
        key: the same at every try; the provider makes one refund of it.
        round: counts how often it was asked for anew after a fault of the provider's own.
        called_at: when the provider was called last; from the first time on it may have been done.
        reference: of the refund at the provider; "" while it isn't known.
        code, words: what stood in the way at the last try; "" for nothing.
    """

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="sendings")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="sendings")
    key = models.CharField(max_length=64, unique=True)
    amount = MinorUnits()
    round = models.PositiveSmallIntegerField(default=1)
    state = Word(choices=SendingState.choices)
    made_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("remedy", "payment"),
                condition=Q(state__in=sorted(OPEN_SENDINGS)),
                name="one_way_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=("state", "made_at"), name="sendings_on_their_way"),
            models.Index(fields=("reference",), name="sendings_by_reference"),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class Elsewhere(models.Model):
    """Money that went back without Remit: at the till, at the provider, by a dispute. It counts as well.

    Attributes:
        order_key: the order whose total it counts to.
        connection: where it was seen; None where somebody wrote it down.
        reference: of the refund at the provider, or of the till.
        by: who wrote it down; None where the provider said so.
        is_dispute: whether the customer's bank took it, rather than that somebody gave it.
        fell_through_at: when the provider said that it failed after all, or is back from the bank; it
            doesn't count any more.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="given_elsewhere")
    order_key = models.CharField(max_length=80)
    connection = models.ForeignKey(
        Connection, models.PROTECT, null=True, blank=True, related_name="elsewhere"
    )
    reference = models.CharField(max_length=120, blank=True)
    amount = MinorUnits()
    currency = Currency()
    made_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    why = Why(blank=True)
    is_dispute = models.BooleanField(default=False)
    fell_through_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "given elsewhere"
        constraints = (
            models.UniqueConstraint(
                fields=("connection", "reference"),
                condition=Q(connection__isnull=False),
                name="seen_there_once",
            ),
        )
        indexes = (models.Index(fields=("order_key",), name="elsewhere_on_an_order"),)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} {self.reference}"
