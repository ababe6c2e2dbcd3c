"""Tables of insight: looks back with another charter, what was undertaken about causes, and the balance."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from remit.charters.models import Draft, Version
from remit.core.fields import Why, Word
from remit.insight.what_if.vocabulary import Of
from remit.people.models import Member, Team
from remit.procedures.models import Draft as ProcedureDraft
from remit.procedures.text.document import LONGEST_STEP_TITLE
from remit.work.models import Task
from remit_engine.modes import Mode


class LookBack(models.Model):
    """A charter replayed over a period; what came out is kept as it was then.

    Attributes:
        team: whose charter it would be.
        over: numbers of the teams whose decisions are looked at.
        of: where the text comes from.
        named: what it is, in words.
        draft: the draft that it was; None for another text, and once the draft is gone.
        text: as it was looked at.
        above: the version of the organisation that it extends.
        above_text: what the organisation's draft says that is looked at in its place; "" for none.
        base: the version in force that it was held against.
        mode: which running totals are used.
        since, until: first and last day, on the wall clock of `team`.
        rows, done: decisions that there are, and those that are read.
        answer: record of the engine's answer; None until there is one.
        behind: which decisions change, packed; see `remit.insight.what_if.behind`.
        failed: why there is no answer, in a sentence.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="look_backs")
    over = models.JSONField(default=list)
    of = Word(choices=Of.choices)
    named = models.CharField(max_length=200)
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField()
    above = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    above_text = models.TextField(blank=True)
    base = models.ForeignKey(Version, models.PROTECT, related_name="+")
    mode = Word(choices=[(mode.value, mode.value) for mode in Mode])
    since = models.DateField()
    until = models.DateField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    answer = models.JSONField(null=True, blank=True)
    behind = models.BinaryField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failed = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("team", "-at"), name="look_backs_of_a_team"),)
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_look_back_ends_after_start"),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(ended_at__isnull=False), name="what_is_answered_has_ended"
            ),
        )

    def __str__(self) -> str:
        return f"{self.of} of {self.team_id}, {self.since} to {self.until}"

    @property
    def is_open(self) -> bool:
        """Whether it is still at work."""
        return self.ended_at is None


class Undertaking(models.Model):
    """Something that was undertaken about a cause of complaints: a task, or the change of a procedure's step.

    Attributes:
        team: whose complaints it is about, and who works at it.
        sort, value: the cause; see `remit.insight.causes.counting.Cause`.
        task: that is to be done; None where a step is changed.
        draft: of a procedure, in which a step is changed; None for a task.
        step, step_title: key of the step, and what it was called then.
        at: when somebody picked the cause.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    sort = Word()
    value = Word()
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="+")
    draft = models.ForeignKey(ProcedureDraft, models.CASCADE, null=True, blank=True, related_name="+")
    step = Word(blank=True)
    step_title = models.CharField(max_length=LONGEST_STEP_TITLE, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("sort", "value", "team", "-at"), name="undertaken_about_a_cause"),)
        constraints = (
            models.UniqueConstraint(fields=("task",), name="a_task_is_about_one_cause"),
            models.UniqueConstraint(
                fields=("draft", "step", "team", "sort", "value"), name="a_step_is_changed_once_a_draft"
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=False, draft=None, step="")
                | Q(task=None, draft__isnull=False) & ~Q(step=""),
                name="either_a_task_or_a_step",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task or self.draft} about {self.sort} {self.value}"

    @property
    def subject(self) -> str:
        """How the trail names it."""
        return f"undertaking:{self.pk}"


class BalanceWeek(models.Model):
    """What was counted of a team's balance in a week; written anew every night, from the rows themselves.

    Attributes:
        week: its Monday, on the wall clock of the team.
        counted: by part: points, rows; and where people are counted, how many. See `balance.counting`.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    week = models.DateField()
    counted = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("week",)
        constraints = (models.UniqueConstraint(fields=("team", "week"), name="a_balance_a_week"),)

    def __str__(self) -> str:
        return f"{self.team_id} in the week of {self.week}"


class BalanceTarget(models.Model):
    """Where a team wants a part of its balance to be, with a why; the newest row of a part holds.

    Attributes:
        target: 0 to 100.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    part = Word()
    target = models.PositiveSmallIntegerField()
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(target__lte=100), name="a_target_is_on_the_scale"),
            models.CheckConstraint(condition=~Q(why=""), name="a_target_has_a_why"),
        )
        indexes = (models.Index(fields=("team", "part", "-at", "-id"), name="targets_of_a_team"),)

    def __str__(self) -> str:
        return f"{self.part} of {self.team_id}: {self.target}"
