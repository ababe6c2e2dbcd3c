"""Tables of what is asked about: who began when, the plan and the draw of a rollout, and kept answers."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from remit.core.fields import Currency, MinorUnits, Why, Word
from remit.people.models import Member, Team
from remit.rollouts.vocabulary import LONGEST_NAME, LONGEST_STAMP, Outcome, Sort


class Change(models.Model):
    """Something that began in one or several teams, and of which is asked whether it worked.

    Attributes:
        stamp: of the form that it was written in, good once.
        origin: the number of what began: a version, a trial, a draft; None for an idea in words.
        named: what it is called.
        why: of a rollout: why it is tried; "" where it is asked afterwards.
        last: the Monday of the last week in which it held; None where it goes on. Of a rollout, see `Plan`.
        currency: in which money is counted; teams with another one are left out there.
        given_up_at, given_up_why: a rollout that isn't gone on with; it stays readable.
    """

    sort = Word(choices=Sort.choices)
    origin = models.PositiveBigIntegerField(null=True, blank=True)
    stamp = models.CharField(max_length=LONGEST_STAMP)
    named = models.CharField(max_length=LONGEST_NAME)
    why = Why(blank=True)
    last = models.DateField(null=True, blank=True)
    currency = Currency()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up_why = Why(blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("by", "stamp"), name="one_change_a_form"),
            models.CheckConstraint(condition=~Q(named=""), name="a_change_has_a_name"),
            models.CheckConstraint(
                condition=Q(given_up_at=None) | ~Q(given_up_why=""), name="giving_up_has_a_why"
            ),
        )
        indexes = (models.Index(fields=("sort", "origin"), name="changes_of_an_origin"),)

    def __str__(self) -> str:
        return self.named

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"change:{self.pk}"


class Start(models.Model):
    """When a team begins, or began.

    Attributes:
        origin: the number of what began there; None where that is the same as elsewhere.
        on: the Monday of the week; None where it hasn't begun, and before an order is drawn.
        begun_on: the day on which a team said that it began; drawn starts alone have one.
        why: why that was another week than the drawn one.
        told_at: when a team was told that its turn has come.
    """

    change = models.ForeignKey(Change, models.CASCADE, related_name="starts")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    origin = models.PositiveBigIntegerField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    begun_on = models.DateField(null=True, blank=True)
    begun_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    why = Why(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("change", "team"), name="one_start_a_team"),)
        indexes = (
            models.Index(fields=("on",), condition=Q(told_at=None, begun_on=None), name="starts_to_be_told"),
        )

    def __str__(self) -> str:
        return f"{self.team_id} from {self.on}"

    @property
    def is_off(self) -> bool:
        """Whether the team began in another week than the drawn one."""
        begun, on = self.begun_on, self.on
        return begun is not None and on is not None and monday_of(begun) != on


class Plan(models.Model):
    """How a rollout goes: it can be changed until its order is drawn.

    Attributes:
        first_on: the Monday of the first start.
        apart: weeks from one wave to the next.
        each: teams of a wave.
        primary: the outcome that decides.
        until: the Monday of the last week that is looked at.
        commitment: SHA-256 of the key, 64 hexadecimal digits; told when it is planned.
        sealed_key: the key, as `remit.core.sealing` keeps it; "" once the order is drawn.
        revision: counts what was changed.
        limit: what is given above it for a complaint counts as it, in minor units; None for none.
        smallest: the smallest effect found in four studies of five; None where the past doesn't say.
        past: weeks of the past that it stands on.
        reckoned: the revision for which these were reckoned; 0 for none.
    """

    change = models.OneToOneField(Change, models.CASCADE, primary_key=True, related_name="plan")
    first_on = models.DateField()
    apart = models.PositiveSmallIntegerField()
    each = models.PositiveSmallIntegerField()
    primary = Word(choices=Outcome.choices)
    until = models.DateField()
    commitment = models.CharField(max_length=64)
    sealed_key = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)
    limit = MinorUnits(null=True, blank=True)
    smallest = models.FloatField(null=True, blank=True)
    past = models.PositiveIntegerField(default=0)
    reckoned = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gt=F("first_on")), name="a_rollout_ends_after_its_start"
            ),
            models.CheckConstraint(condition=Q(apart__gte=1, each__gte=1), name="a_rollout_has_waves"),
        )

    def __str__(self) -> str:
        return f"plan of {self.change_id}"

    @property
    def is_reckoned(self) -> bool:
        """Whether what it would find was reckoned for what it says now."""
        return self.reckoned == self.revision


class Draw(models.Model):
    """The order of a rollout, with all that was fixed before it; the database refuses to change it.

    Attributes:
        key: 64 hexadecimal digits; anybody can draw again with it.
        primary, until, limit: as in the plan, for good.
        first: the Monday of the first week that is looked at.
        order: number of each team and the Monday of its start, in order of the starts.
    """

    change = models.OneToOneField(Change, models.PROTECT, primary_key=True, related_name="draw")
    key = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    primary = Word(choices=Outcome.choices)
    first = models.DateField()
    until = models.DateField()
    limit = MinorUnits(null=True, blank=True)
    order = models.JSONField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draw of {self.change_id}"

    @property
    def ends_on(self) -> date:
        """The day from which on it may be looked at: the Monday after its last week."""
        return self.until + timedelta(days=7)


class Answer(models.Model):
    """What was found when it was looked at; kept as it was then.

    Attributes:
        first, until: Mondays of the first and the last week that are looked at.
        effects: by outcome what the engine says, as a record; None until it is there.
        weeks: the table of teams by weeks behind it.
        failed: why there is no answer, in a sentence.
    """

    change = models.ForeignKey(Change, models.CASCADE, related_name="answers")
    at = models.DateTimeField()
    first = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    effects = models.JSONField(null=True, blank=True)
    weeks = models.JSONField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failed = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("change",), condition=Q(ended_at=None), name="looked_at_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk} about {self.change_id}"


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
