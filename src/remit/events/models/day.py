"""What surrounds a big day: risks, money, the briefing, the look back, lent authority."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.charters.models import Delegation
from remit.core.fields import MinorUnits, Word
from remit.events.models.events import Event
from remit.events.models.tasks import Task
from remit.events.vocabulary import LONGEST_TITLE, LONGEST_WORDS, Kept
from remit.people.models import Member
from remit.procedures.models import Draft
from remit.work.models import Task as WorkTask


class Risk(models.Model):
    """Something that may happen, and what is done then."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="risks")
    title = models.CharField(max_length=LONGEST_TITLE)
    then = models.TextField(max_length=LONGEST_WORDS)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & ~Q(then=""), name="a_risk_says_what_then"),
        )

    def __str__(self) -> str:
        return self.title


class BudgetLine(models.Model):
    """Money for one thing, in the currency of the event.

    Attributes:
        planned, spent: minor units.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="budget")
    title = models.CharField(max_length=LONGEST_TITLE)
    planned = MinorUnits(default=0)
    spent = MinorUnits(default=0)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(planned__gte=0, spent__gte=0) & ~Q(title=""), name="a_budget_line_says_what_for"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Point(models.Model):
    """A point of the briefing.

    Attributes:
        minutes: how long it has.
        task: that it is about; None for none in particular.
        speaker: whose floor it is; None: nobody's yet.
        words: notes of what was said.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="points")
    title = models.CharField(max_length=LONGEST_TITLE)
    minutes = models.PositiveSmallIntegerField()
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="+")
    speaker = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & Q(minutes__gte=1), name="a_point_takes_time"),
        )
        indexes = (models.Index(fields=("speaker", "event"), name="points_of_a_speaker"),)

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """Something asked before the briefing, so that it can be answered before, or there.

    Attributes:
        answer, answered_by, answered_at: "" and None while nobody has answered.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    text = models.CharField(max_length=LONGEST_WORDS)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(max_length=LONGEST_WORDS, blank=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="a_question_asks"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="an_answer_says_whose",
            ),
        )

    def __str__(self) -> str:
        return self.text


class Lesson(models.Model):
    """A word of the look back: what is kept, what is changed next time, or thanks.

    Attributes:
        to: whom thanks are for; None for everybody, and for the other kinds.
        task, draft: what became of it; None: nothing yet.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="lessons")
    kind = Word(choices=Kept.choices)
    text = models.CharField(max_length=LONGEST_WORDS)
    to = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    task = models.ForeignKey(WorkTask, models.SET_NULL, null=True, blank=True, related_name="+")
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("kind", "id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="a_lesson_says_something"),)

    def __str__(self) -> str:
        return self.text


class Lending(models.Model):
    """Authority that was lent for an event; it ends with it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="lendings")
    delegation = models.OneToOneField(Delegation, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.delegation} for {self.event}"
