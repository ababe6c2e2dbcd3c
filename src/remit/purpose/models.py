"""Tables of purpose: what was said, opened, changed, measured and closed is a row that stays."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from remit.core.fields import Why, Word
from remit.people.models import Member, Team
from remit.purpose.clauses import capital
from remit.purpose.vocabulary import (
    BY_HAND,
    DIGITS,
    LONGEST_CLAUSE,
    LONGEST_KEY,
    LONGEST_UNIT,
    LONGEST_VISION,
    PLACES,
    Outcome,
)


class Vision(models.Model):
    """Where a team wants to get to, in one version; the highest number holds.

    Attributes:
        so_that: in one clause, which completes `so that …`: `every guest leaves wanting to come back`.
        text: in a few sentences.
        why: why it was written, or changed.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="visions")
    number = models.PositiveIntegerField()
    so_that = models.CharField(max_length=LONGEST_CLAUSE)
    text = models.TextField(max_length=LONGEST_VISION)
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("team", "number"), name="one_vision_a_number"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(so_that=""), name="a_vision_has_a_why"),
        )

    def __str__(self) -> str:
        return capital(self.so_that)

    @property
    def subject(self) -> str:
        """How the trail names it."""
        return f"vision:{self.team_id}"


class Objective(models.Model):
    """What a team works at under its vision, how it is measured, and until when.

    Attributes:
        key: its short name within the team, made of the first title; never changes.
        title: completes `so that …`: `guests wait less for an answer`.
        why: what it is for.
        owner: whose eye is on it: a lead, a manager or an owner.
        measure: word of what moves it, see `remit.purpose.measures`; `by-hand` for what is typed.
        unit: behind each value: `h`, `%`, `of 5`; of what is typed whatever they like, or nothing.
        start, target: where it began, and where it should be on the day `until`.
        begins, until: first and last day, on the wall clock of the team.
        revision: counts its changes from 1, so that two people at once lose nothing.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="objectives")
    key = Word(max_length=LONGEST_KEY)
    title = models.CharField(max_length=LONGEST_CLAUSE)
    why = Why()
    owner = models.ForeignKey(Member, models.PROTECT, related_name="objectives")
    measure = Word(default=BY_HAND)
    unit = models.CharField(max_length=LONGEST_UNIT, blank=True)
    start = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    begins = models.DateField()
    until = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ("until", "id")
        constraints = (
            models.UniqueConstraint(fields=("team", "key"), name="one_objective_a_key"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(title=""), name="an_objective_has_a_why"),
            models.CheckConstraint(condition=~Q(start=F("target")), name="an_objective_goes_somewhere"),
            models.CheckConstraint(condition=Q(until__gt=F("begins")), name="an_objective_takes_time"),
        )

    def __str__(self) -> str:
        return capital(self.title)

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"objective:{self.pk}"

    @property
    def ref(self) -> str:
        """How addresses and forms name it, in all teams: `harbour/faster-answers`. Needs the team at hand."""
        return f"{self.team.word}/{self.key}"

    @property
    def address(self) -> str:
        """Its page. Needs the team at hand."""
        return reverse("purpose:objective", args=[self.team.word, self.key])

    @property
    def is_up(self) -> bool:
        """Whether more is better."""
        return self.target > self.start

    @property
    def is_open(self) -> bool:
        """Whether it still is worked at. Needs `closing` at hand, as all of `access` has it."""
        return not hasattr(self, "closing")


class Revision(models.Model):
    """A change of an objective: what it said before and after, and why.

    Attributes:
        number: what `Objective.revision` became.
        before, after: the fields that changed, by name, as text.
    """

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    before = models.JSONField()
    after = models.JSONField()
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("objective", "number"), name="one_change_a_number"),
            models.CheckConstraint(condition=~Q(why=""), name="a_change_has_a_why"),
        )

    def __str__(self) -> str:
        return f"change {self.number} of {self.objective_id}"


class Closing(models.Model):
    """The end of an objective: what came of it, and why it ends now.

    Attributes:
        came: what came of it, in words; what a team learns from.
        value: where it stood; None where nothing was measured.
    """

    objective = models.OneToOneField(Objective, models.PROTECT, primary_key=True, related_name="closing")
    outcome = Word(choices=Outcome.choices)
    came = models.TextField(max_length=1000)
    why = Why()
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        constraints = (models.CheckConstraint(condition=~Q(why="") & ~Q(came=""), name="an_end_has_a_why"),)

    def __str__(self) -> str:
        return f"{self.objective_id}: {self.outcome}"


class Measurement(models.Model):
    """Where an objective stood on a day. What moves by itself is written anew until the day is over.

    Attributes:
        value: in the unit of the objective.
        count: rows behind it; None for what was typed.
        words: what somebody typed beside it.
        by: who typed it; None for what moved by itself.
    """

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="measurements")
    day = models.DateField()
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    count = models.PositiveIntegerField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("day",)
        constraints = (models.UniqueConstraint(fields=("objective", "day"), name="one_value_a_day"),)

    def __str__(self) -> str:
        return f"{self.objective_id} on {self.day}: {self.value}"

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody typed it."""
        return self.by_id is not None


def bare(value: Decimal) -> str:
    """A value as it is read: without zeros behind the point, thousands set apart: `4.6`, `1,200`."""
    text = f"{value:,.{PLACES}f}"
    return text.rstrip("0").rstrip(".")
