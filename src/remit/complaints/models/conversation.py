"""What is said about a complaint, and the words that a team keeps ready."""

from __future__ import annotations

from django.db import models

from remit.complaints.models.complaint import Complaint
from remit.complaints.vocabulary import MailState, MessageForm
from remit.core.fields import Word
from remit.people.models import Member, Team


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


class UnsentFile(models.Model):
    """A file that a member put to an answer that isn't sent yet.

    Attributes:
        at: when; it is forgotten after a week, as the draft of the answer is.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="unsent_files")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    file = models.FileField(upload_to="attachments/%Y/%m/")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class LetterWording(models.Model):
    """How a team says one of the letters that leave by themselves, in a language.

    Attributes:
        letter: one of `LETTERS`.
        language: of two letters, as ISO 639-1 has it.
        text: with variables in braces.
        is_usual: also for customers whose language isn't known, or in which it isn't said here.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="letter_wordings")
    letter = Word()
    language = models.CharField(max_length=2)
    text = models.TextField()
    is_usual = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("team", "letter", "language"), name="one_wording"),)

    def __str__(self) -> str:
        return f"{self.letter} in {self.language}"


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
