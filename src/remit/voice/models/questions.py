"""Questions to the manager: read by those who manage until they are answered, by all afterwards."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from remit.core.fields import Why
from remit.people.models import Member, Team
from remit.voice.vocabulary import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_WORDS


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


class EarlierAnswer(models.Model):
    """What was answered before it was corrected; it stays to be read.

    Attributes:
        number: counted from 1 within the question.
        text: as all could read it.
        by: who had answered so; `at`: when.
        why: it was corrected, as all read it.
        corrected_by: whose answer stands instead.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="earlier_answers")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=LONGEST_ANSWER)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = Why(max_length=LONGEST_WORDS)
    corrected_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("question", "number"), name="one_correction_a_number"),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(why=""), name="an_earlier_answer_said_something"
            ),
        )

    def __str__(self) -> str:
        return self.text
