"""Tables of the notices."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from remit.core.fields import Word
from remit.notices.vocabulary import Wish


class Notice(models.Model):
    """One member is told one thing.

    Attributes:
        code: what it is, for example `approval-asked`; the app that sends it knows its words.
        title, body: as the member reads it.
        address: where it leads, a path.
        subject: what it is about, for example `approval:12`; told again, it takes the place of the older one.
        seen_at: when it was seen; outdated ones are seen too.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    code = Word()
    subject = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    address = models.CharField(max_length=300)
    is_urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("member", "-created_at"), condition=models.Q(seen_at=None), name="notices_not_seen"
            ),
            models.Index(fields=("member", "-created_at"), name="notices_of_a_member"),
            models.Index(fields=("subject",), name="notices_of_a_subject"),
        )

    def __str__(self) -> str:
        return self.title


class Channels(models.Model):
    """What somebody wants to be told beside the screen; without a row it is as the defaults say.

    Attributes:
        monday: whether what comes once a week, to who manages a team, leaves the screen as well.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="channels"
    )
    push = Word(choices=Wish.choices, default=Wish.URGENT)
    mail = Word(choices=Wish.choices, default=Wish.ALL)
    monday = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"push: {self.push}, mail: {self.mail}"


class Delivery(models.Model):
    """A notice on its way by one channel beside the screen.

    Attributes:
        channel: `mail`, or `push:12` for one browser.
        sent_at: when it went out; None while it waits, or where it wasn't needed any more.
        failed: why it never will, in words.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = Word()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("notice", "channel"), name="one_delivery_a_channel"),)

    def __str__(self) -> str:
        return f"{self.notice} by {self.channel}"


class PushSubscription(models.Model):
    """A browser that a member lets Remit reach (RFC 8030)."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions")
    endpoint = models.URLField(max_length=500, unique=True)
    public_key = models.CharField(max_length=120)
    auth_secret = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"a browser of {self.member}"
