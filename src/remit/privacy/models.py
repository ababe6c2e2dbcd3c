"""Tables of what is done about personal data; nothing in them says who somebody was."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.complaints.models import Complaint, Customer
from remit.core.fields import Why, Word
from remit.people.models import Member
from remit.privacy.vocabulary import BACKUP_DAYS, BOOKS_YEARS, ErasureOf


class Erasure(models.Model):
    """Somebody was made nobody, or a complaint lost its words: what has to be done again after a restore.

    Attributes:
        of, key: what it was, and its number in its table.
        made_at: when that row was made: a number alone may be another one's after a restore.
        by: who did it; None where age did.
        is_deleted: the rows are gone altogether.
        noted_at: when it was written into the list beside the database, which a restore doesn't turn back.
    """

    of = Word(choices=ErasureOf.choices)
    key = models.BigIntegerField()
    made_at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    is_deleted = models.BooleanField(default=False)
    at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.UniqueConstraint(fields=("of", "key", "made_at"), name="erased_once"),)

    def __str__(self) -> str:
        return f"{self.of}:{self.key}"


class Export(models.Model):
    """All that is held about a customer, in one file, for a day.

    Attributes:
        customer: None once they were deleted.
        with_notes: whether what the team wrote among themselves is in it; somebody read it for that.
        done, total: complaints that are written, of how many.
        file: removed when it ends.
        ends_at: when link and file end; None while it is made.
        opened: how often it was fetched.
    """

    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="exports")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    with_notes = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="exports/", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return f"export {self.pk}"


class Hold(models.Model):
    """A complaint that nothing is erased in until somebody says so: a lawyer, an insurer, a court has it."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="holds")
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("complaint",), condition=Q(ended_at=None), name="held_once"),
            models.CheckConstraint(condition=~Q(why=""), name="a_hold_has_a_why"),
        )

    def __str__(self) -> str:
        return f"hold on {self.complaint_id}"


class Retention(models.Model):
    """How long what is kept; one row. None is *for good*, which every rule is until an owner chooses.

    Attributes:
        complaint_months: closed complaints are made nobody's after that.
        attachment_months: files are removed that long after closing.
        letter_months: Message-IDs of mails are forgotten that long after closing.
        sign_in_days: records of tries to sign in, and sessions that ended.
        books_years: how long the law wants the books kept; said on the page, not acted upon.
        backup_days: how long backups hold somebody who was erased; said on the page.
    """

    only = models.BooleanField(default=True, unique=True, editable=False)
    complaint_months = models.PositiveSmallIntegerField(null=True, blank=True)
    attachment_months = models.PositiveSmallIntegerField(null=True, blank=True)
    letter_months = models.PositiveSmallIntegerField(null=True, blank=True)
    sign_in_days = models.PositiveSmallIntegerField(null=True, blank=True)
    books_years = models.PositiveSmallIntegerField(default=BOOKS_YEARS)
    backup_days = models.PositiveSmallIntegerField(default=BACKUP_DAYS)
    changed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(only=True), name="one_retention"),)

    def __str__(self) -> str:
        return "how long what is kept"


class Night(models.Model):
    """One run of what goes by age.

    Attributes:
        complaints, customers, files, letters, sign_ins: how many went so far.
        stopped_by: who said stop; what went by then is gone.
    """

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    complaints = models.PositiveIntegerField(default=0)
    customers = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)
    sign_ins = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-began_at", "-id")

    def __str__(self) -> str:
        return f"night of {self.began_at:%Y-%m-%d}"


class Statement(models.Model):
    """What customers read about what is kept and why: each version stays.

    Attributes:
        number: 1, 2, 3 …
        text: paragraphs; a line that begins with `## ` is a heading.
        contact: how to reach the organisation about it.
    """

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    contact = models.CharField(max_length=300)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"version {self.number}"
