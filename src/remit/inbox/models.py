"""Tables of the mailboxes."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from remit.core.fields import Word
from remit.inbox.fetching.account import Account, Afterwards, Place, Security, Stuck
from remit.inbox.vocabulary import USUAL_MOST_AN_HOUR, Way
from remit.people.models import Member, Team


class Mailbox(models.Model):
    """The mail of a team: the address that it writes from, and how what comes there gets in.

    Attributes:
        address: in lower case; mails to customers are from it.
        signature: below what the team writes to customers; "" for its name and the complaint's number.
        most_an_hour: mails to customers that leave the team within an hour at most.
        way: how mail gets here.
        host, port, security, user, folder, afterwards, moved_to: for IMAP; see `Account`.
        sealed_password: of that user; see `remit.core.sealing`.
        uid_validity, last_uid: how far its folder was read; see `Place`.
        stuck_validity, stuck_uid, stuck_times, stuck_is_it: where the connection broke off last; see `Stuck`.
        begins_at: when it was set up without the mail that was there; None where that was taken in, too.
        hook_hash: SHA-256 of the part of the address that nobody guesses, where mail is posted.
        sealed_key: with which a service signs what it posts.
        reached_at: when it was looked into last, or when something was posted.
        trouble, trouble_at: what stands in its way, in words, and since when; "" for nothing.
        told_at: when somebody was told of it.
        is_stopped: it isn't tried again before somebody changed something: another try would only lock it.
        watcher, watched_until: the worker that watches it, and for how long that is believed.
        off_at: when it was switched off; None while it is in use.
    """

    team = models.OneToOneField(Team, models.PROTECT, related_name="mailbox")
    address = models.EmailField()
    signature = models.TextField(blank=True)
    most_an_hour = models.PositiveIntegerField(default=USUAL_MOST_AN_HOUR)
    way = Word(choices=Way.choices)
    host = models.CharField(max_length=253, blank=True)
    port = models.PositiveIntegerField(default=0)
    security = Word(default=Security.TLS.value)
    user = models.CharField(max_length=254, blank=True)
    sealed_password = models.TextField(blank=True)
    folder = models.CharField(max_length=200, default="INBOX")
    afterwards = Word(default=Afterwards.SEEN.value)
    moved_to = models.CharField(max_length=200, blank=True)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    stuck_validity = models.BigIntegerField(default=0)
    stuck_uid = models.BigIntegerField(default=0)
    stuck_times = models.PositiveSmallIntegerField(default=0)
    stuck_is_it = models.BooleanField(default=False)
    begins_at = models.DateTimeField(null=True, blank=True)
    hook_hash = models.CharField(max_length=64, blank=True)
    sealed_key = models.TextField(blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)
    trouble_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    is_stopped = models.BooleanField(default=False)
    watcher = models.CharField(max_length=80, blank=True)
    watched_until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=0)
    off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("address",), condition=Q(off_at=None), name="one_mailbox_an_address"
            ),
            models.UniqueConstraint(
                fields=("hook_hash",), condition=~Q(hook_hash=""), name="one_mailbox_a_hook"
            ),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def subject(self) -> str:
        """How the trail names it."""
        return f"mailbox:{self.pk}"

    @property
    def place(self) -> Place:
        """How far its folder was read."""
        stuck = Stuck(self.stuck_validity, self.stuck_uid, self.stuck_times, self.stuck_is_it)
        return Place(self.uid_validity, self.last_uid, stuck)

    def account(self, password: str, our_mark: str = "") -> Account:
        """What opens it.

        Raises:
            Refusal: without TLS it may only be on this machine.
        """
        return Account(
            host=self.host,
            user=self.user,
            password=password,
            security=Security(self.security),
            port=self.port,
            folder=self.folder,
            afterwards=Afterwards(self.afterwards),
            moved_to=self.moved_to,
            our_mark=our_mark,
            # A day earlier: servers compare days, each on a clock of its own.
            since=self.begins_at.date() - timedelta(days=1) if self.begins_at else None,
        )


class Outflow(models.Model):
    """How many mails to customers left a team within the hour that is on; one row a team.

    Attributes:
        hour: its beginning.
        told_hour: the hour in which somebody was told last that mails are held back.
    """

    team = models.OneToOneField(Team, models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    told_hour = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.count} of {self.team_id}"
