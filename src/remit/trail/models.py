"""Tables of the trail. Triggers of the database refuse to change or delete an entry (migration 0002)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from remit.core.fields import Word


class Entry(models.Model):
    """One act: who did what, when, to what. Its hash covers it and the hash of the entry before it.

    Attributes:
        number: 1, 2, 3 … without a gap.
        act: the code of what was done, for example `complaint-decided`.
        subject: what it was done to, for example `complaint:2041`.
        team: the word of the team, or "".
        data: references and figures, never personal text.
        words_hash: of the personal text that belongs to it, or "": the text can be erased, the hash stays.
    """

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    act = Word()
    subject = models.CharField(max_length=80)
    team = Word(blank=True)
    data = models.JSONField(default=dict)
    words_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(fields=("subject", "number"), name="trail_of_a_subject"),
            models.Index(fields=("member", "number"), name="trail_of_a_member"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject}"


class Words(models.Model):
    """Personal text of an entry; may be erased, and then says when instead.

    Attributes:
        salt: that was hashed with the text; it goes with it, so that nobody can guess what stood there.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="words")
    salt = models.CharField(max_length=32)
    text = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text or "erased"
