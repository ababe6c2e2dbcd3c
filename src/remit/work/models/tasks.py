"""Tasks: how they stand, and every turn that they took."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from remit.core.fields import Why, Word
from remit.people.models import Member, Team
from remit.purpose.models import Objective
from remit.work.vocabulary import LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORDS, End, Move


class Task(models.Model):
    """Something to be done once.

    Attributes:
        stamp: of the form that it was written in, good once: a second click makes no second task.
        objective: that it hangs on; None: on none yet.
        due_at: until when; None: whenever there is time.
        minutes: how long it takes, about; None where nobody said.
        holder: who has it; None: it is free to take. Once it has ended: who had it.
        held_by: how it came to the holder: `taken`, `given` or `handed-over`; "" where nobody has it.
        ended_at, end: when and how it ended; None and "" while it is open.
        revision: counts its changes from 1, so that two people at once lose nothing.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="tasks")
    stamp = models.CharField(max_length=64)
    title = models.CharField(max_length=LONGEST_TITLE)
    why = Why()
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    holder = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="tasks")
    held_by = Word(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = Word(choices=End.choices, blank=True)
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = (F("due_at").asc(nulls_last=True), "id")
        constraints = (
            models.UniqueConstraint(fields=("made_by", "stamp"), name="one_task_a_form"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(title=""), name="a_task_has_a_why"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="an_ended_task_says_how",
            ),
            models.CheckConstraint(
                condition=Q(holder=None, held_by="") | (Q(holder__isnull=False) & ~Q(held_by="")),
                name="a_held_task_says_how",
            ),
        )
        indexes = (
            models.Index(fields=("team", "due_at", "id"), condition=Q(ended_at=None), name="tasks_open"),
            models.Index(fields=("holder", "due_at", "id"), condition=Q(ended_at=None), name="tasks_held"),
            models.Index(fields=("team", "-ended_at", "-id"), name="tasks_ended"),
            models.Index(
                fields=("objective", "-id"), condition=Q(ended_at=None), name="tasks_of_an_objective"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"task:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be done."""
        return self.ended_at is None

    @property
    def is_free(self) -> bool:
        """Whether anybody may take it up."""
        return self.is_open and self.holder_id is None


class Turn(models.Model):
    """One thing that happened to a task. Rows are only added, so who took up what is never lost.

    Attributes:
        to: who has it from now on, where it changed hands.
        words: what was said with it: why it was closed, what the next one should know.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="turns")
    move = Word(choices=Move.choices)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    to = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="task_turns")
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(move__in=("handed-over", "closed")) | ~Q(words=""), name="a_turn_has_its_word"
            ),
        )
        indexes = (
            models.Index(fields=("task", "at", "id"), name="turns_of_a_task"),
            models.Index(fields=("at", "move"), name="turns_lately"),
        )

    def __str__(self) -> str:
        return f"{self.task_id} {self.move}"
