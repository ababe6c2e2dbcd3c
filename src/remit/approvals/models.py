"""Tables of the approvals."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.approvals.vocabulary import End, Form
from remit.charters.models import Delegation, Version
from remit.core.fields import Currency, MinorUnits, Why, Word
from remit.people.models import Member, Team


class Approval(models.Model):
    """A question, bound to one exact request, answered once.

    Attributes:
        subject: what it is about, for example `complaint:2041`.
        request: the engine's request as a record, at the moment it was asked.
        fingerprint: of complaint, order, kind, amount, currency and declared facts as asked; when the same
            things have another fingerprint, a fact was changed, and the question is void.
        wish: the words of the one who asks.
        goes_at: when a proposal goes ahead, as reckoned now; None while nobody who may object is on duty.
        objection_seconds_left: working time in which objections may still come; counted down by the worker.
        wider_at: when the next circle is asked too; None when there is none left.
        circle: how many circles were asked so far.
        ended_at: when its ending was written; kept beside it so that open ones are found by an index.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="approvals")
    subject = models.CharField(max_length=80)
    form = Word(choices=Form.choices)
    asker = models.ForeignKey(Member, models.PROTECT, related_name="approvals_asked")
    kind = Word()
    amount = MinorUnits()
    currency = Currency()
    request = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    charter = models.ForeignKey(Version, models.PROTECT, related_name="+")
    wish = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    goes_at = models.DateTimeField(null=True, blank=True)
    objection_seconds_left = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)
    wider_at = models.DateTimeField(null=True, blank=True)
    circle = models.PositiveSmallIntegerField(default=1)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("team", "asked_at"), condition=Q(ended_at=None), name="approvals_open"),
            models.Index(
                fields=("team", "-ended_at"), condition=Q(ended_at__isnull=False), name="approvals_ended"
            ),
            models.Index(fields=("asker", "-ended_at"), name="approvals_of_an_asker"),
            models.Index(fields=("subject",), name="approvals_of_a_subject"),
            models.Index(fields=("wider_at",), condition=Q(ended_at=None), name="approvals_going_wider"),
            models.Index(fields=("goes_at",), condition=Q(ended_at=None), name="approvals_going_ahead"),
        )

    def __str__(self) -> str:
        return f"{self.form} {self.kind} {self.amount} on {self.subject}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.ended_at is None


class Asked(models.Model):
    """Somebody whose answer was asked for, or who may object; and when they saw it."""

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="asked")
    member = models.ForeignKey(Member, models.PROTECT, related_name="asked")
    circle = models.PositiveSmallIntegerField(default=1)
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="+")
    is_alone = models.BooleanField(default=False)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("approval", "member"), name="asked_once"),)
        indexes = (models.Index(fields=("member", "-at"), name="asked_of_a_member"),)

    def __str__(self) -> str:
        return f"{self.member} about {self.approval}"


class Ending(models.Model):
    """How a question ended, by whom, and why: there is at most one.

    Attributes:
        by: who answered, objected or withdrew; None where time or a fact did.
        on_authority_of: whose authority it was, where it was lent.
        amount: for another amount.
        is_alone: an owner answered because nobody else may; listed for the books.
    """

    approval = models.OneToOneField(Approval, models.PROTECT, primary_key=True, related_name="ending")
    how = Word(choices=End.choices)
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="answers")
    on_authority_of = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    amount = MinorUnits(null=True, blank=True)
    why = Why(blank=True)
    is_alone = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(how=End.ANOTHER_AMOUNT, amount__isnull=False)
                | ~Q(how=End.ANOTHER_AMOUNT) & Q(amount=None),
                name="another_amount_has_one",
            ),
            models.CheckConstraint(
                condition=~Q(how__in=(End.NO, End.OBJECTED)) | ~Q(why=""), name="a_no_has_a_why"
            ),
            models.CheckConstraint(condition=Q(is_alone=False) | ~Q(why=""), name="alone_has_a_why"),
        )

    def __str__(self) -> str:
        return f"{self.how}: {self.approval}"
