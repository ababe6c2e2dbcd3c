"""Tables of the desk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Least, Lower

from remit.approvals.models import Approval
from remit.charters.models import Delegation, Version
from remit.complaints.vocabulary import (
    Channel,
    CloseReason,
    ImportOf,
    MailState,
    MessageForm,
    Severity,
)
from remit.core.fields import Currency, MinorUnits, Why, Word
from remit.people.models import Member, Team
from remit.remedies.models import Remedy


class Customer(models.Model):
    """Somebody who complained, or might.

    Attributes:
        team: where they were first known, without a complaint or an order yet.
        merged_into: the one that goes on in their place.
    """

    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="customers")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    since = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        indexes = (
            models.Index(Lower("email"), name="customer_by_mail"),
            models.Index(fields=("phone",), name="customer_by_phone"),
            models.Index(Lower("name"), name="customer_by_name"),
        )

    def __str__(self) -> str:
        return self.name


class Order(models.Model):
    """What a customer paid for: a light record, typed or imported."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="orders")
    number = models.CharField(max_length=60)
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, blank=True, related_name="orders")
    placed_on = models.DateField(null=True, blank=True)
    paid = MinorUnits(null=True, blank=True)
    currency = Currency()
    summary = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("team", "number"), name="one_order_a_number"),)

    def __str__(self) -> str:
        return self.number


class Complaint(models.Model):
    """What a customer is unhappy with.

    Attributes:
        number: said on the phone as C-2041.
        token: the customer's way to their page.
        sought_kind, sought_amount, sought: the remedy that the customer would like.
        about: the member whom it is about, if any.
        facts: declared facts of the charter that were given by hand, by name.
        changes: counts what was changed, so that two people at once notice each other.
        reply_due_at: until when the customer should hear from us next; None when it isn't our turn.
        due_at: the next moment from which it would be late: the earlier of reply and resolution.
        merged_into: the complaint that goes on in its place.
    """

    number = models.PositiveIntegerField(unique=True)
    token = models.CharField(max_length=40, unique=True)
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
    last_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("team", "-last_at", "-id"), name="complaints_of_a_team"),
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
            models.Index(fields=("customer", "-opened_at"), name="complaints_of_a_customer"),
            models.Index(fields=("team", "category", "-opened_at"), name="complaints_alike"),
        )

    def __str__(self) -> str:
        return f"{self.said} {self.title}"

    @property
    def said(self) -> str:
        """Its number as it is said on the phone: `C-2041`."""
        return f"C-{self.number}"

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


class Message(models.Model):
    """Something said about a complaint.

    Attributes:
        leaves_at: a message to the customer isn't sent before, so that it can be taken back.
        message_id: of the mail.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="messages")
    form = Word(choices=MessageForm.choices)
    author = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    to_member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    mail_state = Word(choices=MailState.choices, default=MailState.NONE)
    leaves_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("complaint", "at"), name="messages_of_a_complaint"),)

    def __str__(self) -> str:
        return f"{self.form} of {self.complaint_id}"

    @property
    def is_internal(self) -> bool:
        """Whether only the team sees it."""
        return self.form in {MessageForm.NOTE, MessageForm.QUESTION, MessageForm.ADVICE}


class Attachment(models.Model):
    """A file that came with a message; pictures without their place and device."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m/")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """What somebody decided about a complaint, with the verdict and the facts of that moment.

    Attributes:
        value: of the remedy in minor units; an amount that Remit itself offered says so in `was_offered`.
        level: word of the verdict's level, as it was carried out.
        request, verdict: records of the engine; `remit verify` judges the request again.
        on_authority_of, delegation: whose authority it was, where it was lent.
        is_near_line: it ends just under the amount where the level falls; again and again, it is looked at.
        key: of the form that was sent, so that a second click decides nothing twice.
        approval: the question that it became, for `ask` and `propose`.
        remedy: what was given or is held; None while it waits for a yes.
        message: the letter that goes with it, sent when the remedy is given.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="decisions")
    team = models.ForeignKey(Team, models.PROTECT, related_name="decisions")
    member = models.ForeignKey(Member, models.PROTECT, related_name="decisions")
    kind = Word()
    value = MinorUnits()
    currency = Currency()
    what = models.CharField(max_length=200, blank=True)
    level = Word()
    request = models.JSONField()
    verdict = models.JSONField()
    charter = models.ForeignKey(Version, models.PROTECT, related_name="+")
    on_authority_of = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="+")
    was_offered = models.BooleanField(default=False)
    is_near_line = models.BooleanField(default=False)
    key = models.CharField(max_length=64, unique=True)
    words = models.TextField(blank=True)
    letter = models.TextField(blank=True)
    at = models.DateTimeField()
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, blank=True, related_name="decision")
    remedy = models.OneToOneField(Remedy, models.PROTECT, null=True, blank=True, related_name="decision")
    message = models.OneToOneField(Message, models.PROTECT, null=True, blank=True, related_name="decision")

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("complaint", "at"), name="decisions_of_a_complaint"),
            models.Index(fields=("team", "-at"), name="decisions_of_a_team"),
            models.Index(fields=("member", "-at"), name="decisions_of_a_member"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.value} on {self.complaint_id}"


class HandOver(models.Model):
    """A complaint went from one member to another, or was taken up or put back, with a word why."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    why = Why(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.giver} to {self.receiver}"


class Closure(models.Model):
    """A complaint was closed, and why; reopening ends it, and says why too.

    Attributes:
        rating_asked_at: when the customer was asked by mail how it went; once for each closure.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="closures")
    reason = Word(choices=CloseReason.choices)
    why = Why(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_why = Why(blank=True)
    rating_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("complaint",), condition=Q(reopened_at=None), name="closed_once"),
        )

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.reason}"


class Rating(models.Model):
    """What the customer says after closing: was it made right, how quickly, one free line."""

    closure = models.OneToOneField(Closure, models.CASCADE, related_name="rating")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="ratings")
    made_right = models.PositiveSmallIntegerField()
    quickness = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(made_right__gte=1, made_right__lte=5), name="made_right_1_to_5"
            ),
        )

    def __str__(self) -> str:
        return f"{self.made_right} of 5 on {self.complaint_id}"


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


class SavedReply(models.Model):
    """Words that a team says often, with variables in braces."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="saved_replies")
    title = models.CharField(max_length=80)
    text = models.TextField()
    category = Word(blank=True)

    class Meta:
        ordering = ("title",)
        constraints = (models.UniqueConstraint(fields=("team", "title"), name="one_reply_a_title"),)

    def __str__(self) -> str:
        return self.title


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


class SavedView(models.Model):
    """Filters of the list that a member kept under a name; they are an address."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="views")
    title = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ("title",)
        constraints = (models.UniqueConstraint(fields=("member", "title"), name="one_view_a_title"),)

    def __str__(self) -> str:
        return self.title


class Presence(models.Model):
    """Somebody has the page of a complaint open; seen again every few seconds, and soon forgotten."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="presences")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("complaint", "member"), name="here_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} looks at {self.complaint_id}"


class RatingSetting(models.Model):
    """Whether a team asks its customers how it went, and how long after closing; without a row: it asks."""

    team = models.OneToOneField(Team, models.CASCADE, primary_key=True, related_name="rating_setting")
    asks = models.BooleanField(default=True)
    after_hours = models.PositiveSmallIntegerField(default=24)

    def __str__(self) -> str:
        return (
            f"{self.team_id} asks after {self.after_hours} h" if self.asks else f"{self.team_id} doesn't ask"
        )


class CustomerMerge(models.Model):
    """Two records of one customer became one; it can be taken back.

    Attributes:
        moved: JSON: which complaints and orders went over, and what the kept one said before.
    """

    kept = models.ForeignKey(Customer, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("gone",), condition=Q(undone_at=None), name="merged_once"),
        )

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"


class Import(models.Model):
    """A file of complaints, orders or customers, and how far it is.

    Attributes:
        file: as it was uploaded; removed when the import ends.
        columns: JSON: which column stands for what.
        rows, done, made, known, wrong: figures; `known` were there already, `wrong` say why in `reasons`.
        reasons: JSON: the first wrong rows: line and reason.
        started_at: when somebody said yes to the preview.
        cancelled_at: when somebody asked to stop; what was brought in by then stays.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="imports")
    what = Word(choices=ImportOf.choices)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    file = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    name = models.CharField(max_length=160)
    columns = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failed = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.what} from {self.name}"


class ImportedRow(models.Model):
    """A row of a file that was brought in: the same row again does nothing.

    Attributes:
        key: the row's own reference, or a hash of all it says.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    what = Word(choices=ImportOf.choices)
    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("team", "what", "key"), name="a_row_once"),)

    def __str__(self) -> str:
        return f"{self.what} {self.key}"


class FormSent(models.Model):
    """The public form was sent once: so that one address can't flood a team, and a second click does nothing.

    Attributes:
        origin: keyed hash of the network address, never the address itself.
        stamp: of the form that was shown; each is good once.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    origin = models.CharField(max_length=64)
    stamp = models.CharField(max_length=64, unique=True)
    complaint = models.ForeignKey(Complaint, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("origin", "at"), name="forms_of_an_origin"),
            models.Index(fields=("team", "at"), name="forms_of_a_team"),
        )

    def __str__(self) -> str:
        return f"form of {self.team_id}"
