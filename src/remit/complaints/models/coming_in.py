"""What came in by files, by the public form, and by mail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.complaints.models.complaint import Complaint
from remit.complaints.models.conversation import Message
from remit.complaints.vocabulary import SET_ASIDE, ImportOf, MailKind
from remit.core.fields import Word
from remit.inbox.models import Mailbox
from remit.people.models import Member, Team


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


class ReceivedMail(models.Model):
    """A mail that came in: to the mailbox of a team, or to the address of Remit, which nobody reads.

    Of the latter nothing is kept of what it says.

    Attributes:
        mailbox: to which it came; None for the address of Remit.
        key: hash of its Message-ID, or of all it says where it has none: the same mail again does nothing.
        message_id: as it was, to answer it; "" where it can't be named.
        complaint: what it is about; None for one that isn't about anything known here.
        became: what was made of it in the conversation.
        word: the automatic word that it was answered with.
        sender, sender_name, subject: as it says.
        older: of its text what was quoted from earlier mails, and isn't in the message.
        left_out: what of it isn't in the message, in words.
        words: why it could not be read; "" when it could.
        raw: the whole, as it came.
        size: of that, in bytes.
        done_at, done_by: when somebody looked at one that was set aside.
    """

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, blank=True, related_name="mails")
    key = models.CharField(max_length=64)
    kind = Word(choices=MailKind.choices)
    message_id = models.CharField(max_length=250, blank=True)
    complaint = models.ForeignKey(
        Complaint, models.CASCADE, null=True, blank=True, related_name="mails_received"
    )
    became = models.OneToOneField(Message, models.CASCADE, null=True, blank=True, related_name="mail")
    word = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    older = models.TextField(blank=True)
    left_out = models.JSONField(default=list)
    words = models.CharField(max_length=500, blank=True)
    raw = models.FileField(upload_to="mails/%Y/%m/", blank=True)
    size = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("key",), condition=Q(mailbox=None), name="a_mail_to_remit_once"),
            models.UniqueConstraint(fields=("mailbox", "key"), name="a_mail_to_a_team_once"),
        )
        indexes = (
            models.Index(fields=("complaint", "at"), name="mails_of_a_complaint"),
            models.Index(fields=("kind", "at"), name="mails_of_a_kind"),
            models.Index(fields=("message_id",), name="mails_by_their_id"),
            models.Index(fields=("mailbox", "sender", "at"), name="mails_of_a_sender"),
            models.Index(
                fields=("mailbox", "-at", "-id"),
                condition=Q(done_at=None, kind__in=sorted(SET_ASIDE)),
                name="mails_set_aside",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
