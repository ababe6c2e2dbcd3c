"""The complaint itself, and what marks and connects it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Least

from remit.complaints.customer_links import customer_token
from remit.complaints.models.customers import Customer, Order
from remit.complaints.vocabulary import Channel, Severity
from remit.core.fields import MinorUnits, Word
from remit.people.models import Member, Team


class Complaint(models.Model):
    """What a customer is unhappy with.

    Attributes:
        number: said on the phone as C-2041.
        link: what is kept of the customer's way to their page; alone it opens nothing.
        sought_kind, sought_amount, sought: the remedy that the customer would like.
        about: the member whom it is about, if any.
        facts: declared facts of the charter that were given by hand, by name.
        changes: counts what was changed, so that two people at once notice each other.
        reply_due_at: until when the customer should hear from us next; None when it isn't our turn.
        due_at: the next moment from which it would be late: the earlier of reply and resolution.
        merged_into: the complaint that goes on in its place.
        erased_at: when all that was personal in it was erased; for good.
        mails_back: how often the customer answered by mail, which nobody read.
    """

    number = models.PositiveIntegerField(unique=True)
    link = models.CharField(max_length=40, unique=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="complaints")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, blank=True, related_name="complaints")
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="complaints")
    title = models.CharField(max_length=160)
    category = Word(blank=True)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.USUAL)
    channel = Word(choices=Channel.choices)
    language = models.CharField(max_length=12, default="en")
    sought_kind = Word(blank=True)
    sought_amount = MinorUnits(null=True, blank=True)
    sought = models.CharField(max_length=300, blank=True)
    about = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="complaints_about")
    facts = models.JSONField(default=dict)
    assignee = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="complaints_taken"
    )
    opened_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    first_replied_at = models.DateTimeField(null=True, blank=True)
    first_reply_due_at = models.DateTimeField(null=True, blank=True)
    reply_due_at = models.DateTimeField(null=True, blank=True)
    resolution_due_at = models.DateTimeField(null=True, blank=True)
    due_at = models.GeneratedField(
        expression=Least(
            Coalesce("reply_due_at", "resolution_due_at"), Coalesce("resolution_due_at", "reply_due_at")
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    changes = models.PositiveIntegerField(default=0)
    mails_back = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            # With what the filters ask for, so that rows that don't fit aren't fetched.
            models.Index(
                fields=(
                    *("team", "-last_at", "-id"),
                    *("severity", "channel", "category", "assignee", "opened_at"),
                ),
                name="complaints_of_a_team",
            ),
            models.Index(
                fields=("team", "-last_at", "-id"), condition=Q(closed_at=None), name="complaints_open"
            ),
            models.Index(
                fields=("assignee", "-last_at"), condition=Q(closed_at=None), name="complaints_mine"
            ),
            models.Index(fields=("team", "due_at", "id"), condition=Q(closed_at=None), name="complaints_due"),
            models.Index(
                fields=("team", "-last_at", "-id"), condition=~Q(closed_at=None), name="complaints_closed"
            ),
            models.Index(
                fields=("team", "-last_at", "-id"),
                condition=Q(closed_at=None, assignee=None),
                name="complaints_unassigned",
            ),
            # The same of all that nobody has, closed ones too: few, which a filter would look for among all.
            models.Index(
                fields=(*("team", "-last_at", "-id"), *("severity", "channel", "category", "opened_at")),
                condition=Q(assignee=None),
                name="complaints_of_nobody",
            ),
            models.Index(fields=("customer", "-opened_at"), name="complaints_of_a_customer"),
            models.Index(
                fields=("closed_at", "id"),
                condition=Q(erased_at=None, closed_at__isnull=False),
                name="complaints_by_age",
            ),
            models.Index(fields=("team", "category", "-opened_at"), name="complaints_alike"),
        )

    def __str__(self) -> str:
        return f"{self.said} {self.title}"

    @property
    def said(self) -> str:
        """Its number as it is said on the phone: `C-2041`."""
        return f"C-{self.number}"

    @property
    def token(self) -> str:
        """What stands in the address of the customer's page."""
        return customer_token(self.link)

    @property
    def subject(self) -> str:
        """How the trail, approvals and remedies name it."""
        return f"complaint:{self.number}"

    @property
    def order_key(self) -> str:
        """What totals count to: the order, or without one the complaint itself."""
        return f"order:{self.order_id}" if self.order_id else self.subject

    @property
    def customer_key(self) -> str:
        """Whose allowances are used: the customer, or ""."""
        return f"customer:{self.customer_id}" if self.customer_id else ""


class NextNumber(models.Model):
    """The next number of a complaint; one row, taken by guarded UPDATE."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    number = models.PositiveIntegerField(default=2001)

    def __str__(self) -> str:
        return str(self.number)


class Tag(models.Model):
    """A word that a team puts on complaints."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="tags")
    word = Word()
    complaints = models.ManyToManyField(Complaint, related_name="tags", blank=True)

    class Meta:
        ordering = ("word",)
        constraints = (models.UniqueConstraint(fields=("team", "word"), name="one_tag_a_word"),)

    def __str__(self) -> str:
        return self.word


class Link(models.Model):
    """Two complaints that belong together."""

    one = models.ForeignKey(Complaint, models.CASCADE, related_name="+")
    other = models.ForeignKey(Complaint, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="linked_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="linked_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} with {self.other_id}"


class Presence(models.Model):
    """Somebody has the page of a complaint open; seen again every few seconds, and soon forgotten."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="presences")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("complaint", "member"), name="here_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} looks at {self.complaint_id}"
