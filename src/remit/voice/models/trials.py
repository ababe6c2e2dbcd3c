"""Trials: safe to try, as each has an owner, an end, a measure, and a limit on what may go wrong."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from remit.core.clock import now
from remit.core.fields import Word
from remit.people.models import Member, Team
from remit.purpose.models import Objective
from remit.voice.models.ideas import Idea
from remit.voice.vocabulary import LONGEST_LIMIT, LONGEST_TITLE, LONGEST_WORDS, Came


class Trial(models.Model):
    """An idea that is tried for a time.

    Attributes:
        stamp: of the form that it was begun in, good once.
        what: is done while it runs.
        owner: whose eye is on it, and who is asked for what came of it.
        begins_at, ends_at: when it runs; it ends by itself.
        objective: whose measure says whether it works; None for words alone.
        measure: what says so, in words; "" where the objective does.
        limit: what may go wrong at most; beyond it, it is stopped.
        asked_at: when the owner was asked for what came of it.
        came, learned: what came of it, in a word and in words; "" until somebody says so.
        ended_at: when that was said.
    """

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="trials")
    team = models.ForeignKey(Team, models.PROTECT, related_name="trials")
    stamp = models.CharField(max_length=64)
    what = models.CharField(max_length=LONGEST_TITLE)
    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="+")
    measure = models.CharField(max_length=LONGEST_LIMIT, blank=True)
    limit = models.CharField(max_length=LONGEST_LIMIT)
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    came = Word(choices=Came.choices, blank=True)
    learned = models.TextField(max_length=LONGEST_WORDS, blank=True)
    said_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("ends_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("begun_by", "stamp"), name="one_trial_a_form"),
            models.UniqueConstraint(fields=("idea",), condition=Q(ended_at=None), name="one_trial_at_a_time"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(limit="") & (~Q(measure="") | Q(objective__isnull=False)),
                name="a_trial_is_safe_to_try",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, came="")
                | (Q(ended_at__isnull=False) & ~Q(came="") & ~Q(learned="")),
                name="an_ended_trial_says_what_came",
            ),
        )
        indexes = (
            models.Index(fields=("ends_at",), condition=Q(ended_at=None), name="trials_to_end"),
            models.Index(fields=("team", "ends_at"), condition=Q(ended_at=None), name="trials_of_a_team"),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"trial:{self.pk}"

    @property
    def first_day(self) -> date:
        """The day on which it began, on the wall clock of the team."""
        return self.begins_at.astimezone(self.team.zone).date()

    @property
    def last_day(self) -> date:
        """The last day on which it runs."""
        return (self.ends_at - timedelta(seconds=1)).astimezone(self.team.zone).date()

    @property
    def is_over(self) -> bool:
        """Whether its time is over, whoever noticed; what came of it may still be to be said."""
        return self.ended_at is not None or self.ends_at <= now()

    @property
    def waits(self) -> bool:
        """Whether it is over, and somebody still has to say what came of it."""
        return self.ended_at is None and self.is_over
