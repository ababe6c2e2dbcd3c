"""The plan: when each task takes place, where, and who does it; and each time that it was asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from remit.core.fields import Word
from remit.events.models.events import Event
from remit.events.models.people import Person
from remit.events.models.tasks import Task
from remit.events.models.things import Thing
from remit.events.vocabulary import LONGEST_SKILL, Outcome, StopWord
from remit.people.models import Member


class Placing(models.Model):
    """When and where a task takes place.

    Attributes:
        room: None for none.
        things: what it gets: pairs of the number of a thing and how many pieces.
        start_by_hand, room_by_hand: whether somebody set it; then planning anew leaves it so.
    """

    task = models.OneToOneField(Task, models.CASCADE, related_name="placing")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Thing, models.SET_NULL, null=True, blank=True, related_name="+")
    things = models.JSONField(default=list)
    start_by_hand = models.BooleanField(default=False)
    room_by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="a_placing_ends_after_start"
            ),
        )
        indexes = (models.Index(fields=("starts_at", "ends_at"), name="placings_by_time"),)

    def __str__(self) -> str:
        return f"{self.task_id} at {self.starts_at:%Y-%m-%d %H:%M}"


class Assignment(models.Model):
    """Somebody who does a task.

    Attributes:
        skill: the need that they fill; "" for the one that asks for none.
        by_hand: whether somebody set it; then planning anew leaves it so.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    skill = models.CharField(max_length=LONGEST_SKILL, blank=True)
    by_hand = models.BooleanField(default=False)

    class Meta:
        ordering = ("skill", Coalesce("person__member__name", "person__name"), "id")
        constraints = (models.UniqueConstraint(fields=("task", "person"), name="each_person_once_a_task"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.task_id}"


class Spared(models.Model):
    """Somebody whom no plan chooses for a task, as they were taken out of it by hand.

    Attributes:
        by: who took them out.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="spared")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("task", "person"), name="spared_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} not in {self.task_id}"


class Planning(models.Model):
    """One time that a plan was asked for.

    Attributes:
        stop: what somebody said who stopped it; "" while nobody did.
        ended_at, outcome: None and "" while it goes on.
        of_revision: of everything that the plan rests on, when it was made.
        planner: who made it: `solver` or `greedy`; "" before.
        plans: how many were found, each better than the one before.
        cost, bound: of the best one, and what none can cost less than; None where nobody knows.
        told: what stays short, each with its task, what is asked for, and a sentence.
        dropped: what was set by hand and couldn't be kept, in sentences.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="plannings")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    stop = Word(choices=StopWord.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = Word(choices=Outcome.choices, blank=True)
    of_revision = models.PositiveIntegerField(default=0)
    planner = Word(blank=True)
    plans = models.PositiveIntegerField(default=0)
    cost = models.BigIntegerField(null=True, blank=True)
    bound = models.BigIntegerField(null=True, blank=True)
    told = models.JSONField(default=list)
    dropped = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("event",), condition=Q(ended_at=None), name="one_planning_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
                name="an_ended_planning_says_how",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_id} planned at {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def gap(self) -> int | None:
        """By how many percent of its cost the plan might at most be better; None where nobody looked.

        Rounded up, as it is a promise: 0 says that none is better.
        """
        if self.cost is None or self.bound is None:
            return None
        return -(-100 * max(0, self.cost - self.bound) // self.cost) if self.cost else 0
