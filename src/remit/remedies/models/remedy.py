"""Tables of the remedies."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from remit.core.clock import today
from remit.core.fields import Currency, MinorUnits, Why, Word
from remit.people.models import Member, Team
from remit.remedies.vocabulary import State


class Remedy(models.Model):
    """Something given to make it right, or held until it may be.

    Attributes:
        source: what it is given for, for example `complaint:2041`.
        order_key: the order whose total it counts to, `order:17`; without an order, the complaint.
        customer_key: the customer whose allowances it uses, or "".
        member: who wanted it given.
        authority: on whose authority it was given: who said yes or lent it; None for the member's own.
        authority_facts: their role, team and step at that moment; {} where nobody else stands behind it.
        request: the engine's request as a record, as it was judged.
        counted: the buckets of allowances that it was added to: `[allowance, key, day]` each.
        value: what it is worth in minor units: a replacement and a comp their price, an apology 0.
        taken_back: minor units of it that were taken back.
        arrived: minor units of it that the customer has, less what came in again; below zero where they
            brought some of it, and the money that had been sent came back.
        under_way: minor units of it that a provider was, or is to be, asked for and hasn't answered for yet.
        settles_at: not handed over before, so that it can be undone.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="remedies")
    source = models.CharField(max_length=80)
    order_key = models.CharField(max_length=80)
    customer_key = models.CharField(max_length=80, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="remedies")
    authority = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    kind = Word()
    value = MinorUnits()
    currency = Currency()
    what = models.CharField(max_length=200, blank=True)
    authority_facts = models.JSONField(default=dict)
    request = models.JSONField()
    counted = models.JSONField(default=list)
    provider = Word()
    state = Word(choices=State.choices)
    taken_back = MinorUnits(default=0)
    arrived = models.BigIntegerField(default=0)
    under_way = MinorUnits(default=0)
    made_at = models.DateTimeField()
    settles_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("order_key",), name="remedies_of_an_order"),
            models.Index(fields=("source",), name="remedies_of_a_source"),
            models.Index(fields=("team", "-made_at"), name="remedies_of_a_team"),
            models.Index(fields=("team", "id"), condition=Q(state=State.GIVEN), name="remedies_to_hand_over"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(taken_back__lte=F("value")), name="no_more_back_than_given"),
            models.CheckConstraint(
                condition=Q(value__gte=F("taken_back") + F("arrived") + F("under_way")),
                name="no_more_out_than_given",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.value} {self.currency} ({self.state})"

    @property
    def counts(self) -> int:
        """What it adds to the total of its order, in minor units."""
        return self.value - self.taken_back

    @property
    def owing(self) -> int:
        """What of it neither arrived nor is under way, in minor units."""
        return self.counts - self.arrived - self.under_way


class Event(models.Model):
    """One thing that happened to a remedy: who, when, and why."""

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="events")
    what = Word()
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    amount = MinorUnits(default=0)
    reference = models.CharField(max_length=120, blank=True)
    why = Why(blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("remedy", "what"), condition=~Q(what="taken-back"), name="happens_to_a_remedy_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.what}: {self.remedy}"


class StoreCredit(models.Model):
    """A code that the customer can use; a liability until it is redeemed.

    Attributes:
        face: minor units that it was made over, less what was taken back of it.
        left: minor units that can still be redeemed; moved by guarded UPDATE.
        last_day: on which it can be used, on the wall clock of its team; None where it never ends.
        reminded_at: when the customer was told by mail that it ends soon.
    """

    remedy = models.OneToOneField(Remedy, models.PROTECT, related_name="store_credit")
    code = models.CharField(max_length=24, unique=True)
    face = MinorUnits()
    left = MinorUnits()
    last_day = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("last_day",), condition=Q(left__gt=0, last_day__isnull=False), name="credit_that_ends"
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def has_ended(self) -> bool:
        """Whether its last day is over, where its team is."""
        return self.last_day is not None and self.last_day < today(self.remedy.team.time_zone)


class CreditTerm(models.Model):
    """How long the store credit of a team stays valid; without a row it never ends.

    Attributes:
        place: whose law holds: a code of `credit_law.LAWS`, or "" for one that isn't known there.
        years: from issue.
    """

    team = models.OneToOneField(Team, models.PROTECT, primary_key=True, related_name="credit_term")
    place = models.CharField(max_length=6, blank=True)
    years = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(years__gte=1), name="credit_is_valid_for_a_year_at_least"),
        )

    def __str__(self) -> str:
        return f"{self.team_id}: {self.years} years"
