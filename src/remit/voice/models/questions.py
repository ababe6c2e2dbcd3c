"""Questions to the manager: read by those who manage until they are answered, by all afterwards."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from remit.people.models import Member, Team
from remit.voice.vocabulary import LONGEST_ANSWER, LONGEST_QUESTION


class Question(models.Model):
    """A question, and its answer for all.

    Attributes:
        stamp: of the form that it was written in, good once.
        author: who asks; None where they gave no name: nothing else says it either, and `at` is the beginning
            of a day.
        answer: for all; "" until there is one.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="questions")
    stamp = models.CharField(max_length=64)
    text = models.CharField(max_length=LONGEST_QUESTION)
    author = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(max_length=LONGEST_ANSWER, blank=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("team", "stamp"), name="one_question_a_form"),
            models.CheckConstraint(condition=~Q(text=""), name="a_question_asks_something"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="an_answered_question_says_what",
            ),
        )
        indexes = (
            models.Index(fields=("team", "-answered_at", "-id"), name="questions_answered"),
            models.Index(fields=("team", "at", "id"), condition=Q(answered_at=None), name="questions_open"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"question:{self.pk}"

    @property
    def day(self) -> date:
        """The day on which it was said, on the wall clock of the team; without a name all that is known."""
        return self.at.astimezone(self.team.zone).date()
