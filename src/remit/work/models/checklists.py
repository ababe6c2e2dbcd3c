"""Checklists that come back: what they say, each time that they came, and every press on them."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q

from remit.core.fields import Why, Word
from remit.people.models import Member, Team
from remit.procedures.models import Procedure
from remit.purpose.models import Objective
from remit.work.vocabulary import (
    LONGEST_ITEM,
    LONGEST_RULE,
    LONGEST_STEP_KEY,
    LONGEST_TITLE,
    LONGEST_WORDS,
    OnClosed,
    With,
)
from remit_engine.recurrence.reading import read_rule
from remit_engine.recurrence.recurrence import Anchor, OnClosedDays, Recurrence


class Checklist(models.Model):
    """A list that comes back.

    Attributes:
        stamp: of the form that it was written in, good once.
        procedure: that it was made from; None: from none.
        procedure_number: the version of it that its lines follow.
        rule: an RRULE of RFC 5545: on which days it comes.
        starts: the first day on which it may come, on the wall clock of the team.
        at: the time at which it comes; None where it comes with the opening or closing.
        comes_with: `opening` or `closing`; "" for a time.
        on_closed: what happens on days on which the team is closed.
        minutes: how long there is time for it; then it was missed, and the next shift sees it.
        next_at: when it comes next; None: no more.
        stopped_at: from when on it doesn't come any more.
        revision: counts its changes from 1, so that two people at once lose nothing.
        changed_at: when what it says was changed last.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="checklists")
    stamp = models.CharField(max_length=64)
    title = models.CharField(max_length=LONGEST_TITLE)
    why = Why()
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="+")
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, blank=True, related_name="checklists")
    procedure_number = models.PositiveIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=LONGEST_RULE)
    starts = models.DateField()
    at = models.TimeField(null=True, blank=True)
    comes_with = Word(choices=With.choices, blank=True)
    on_closed = Word(choices=OnClosed.choices, default=OnClosed.COMES)
    minutes = models.PositiveIntegerField()
    next_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(fields=("made_by", "stamp"), name="one_checklist_a_form"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(title=""), name="a_checklist_has_a_why"),
            models.CheckConstraint(
                condition=Q(at=None) & ~Q(comes_with="") | Q(at__isnull=False, comes_with=""),
                name="a_checklist_comes_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=("next_at",), condition=Q(stopped_at=None), name="checklists_to_come"),
            models.Index(fields=("team", "title", "id"), name="checklists_of_a_team"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """How the trail names it."""
        return f"checklist:{self.pk}"

    @property
    def is_behind(self) -> bool:
        """Whether its procedure has another version by now than the one that its lines follow."""
        return self.procedure is not None and self.procedure.number != self.procedure_number

    @property
    def recurrence(self) -> Recurrence:
        """When it comes back, as the engine takes it."""
        at = Anchor(self.comes_with) if self.comes_with else self.at or time()
        return Recurrence(read_rule(self.rule), self.starts, at, OnClosedDays(self.on_closed))


class Item(models.Model):
    """What a checklist asks for, with what it is for.

    Attributes:
        step: key of the step of its procedure that it is; "" for a line of its own.
        needs_photo: whether a photo shows that it is done.
    """

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST_ITEM)
    why = models.CharField(max_length=LONGEST_ITEM)
    step = models.CharField(max_length=LONGEST_STEP_KEY, blank=True)
    needs_photo = models.BooleanField(default=False)

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("checklist", "place"), name="one_item_a_place"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(text=""), name="an_item_has_a_why"),
        )

    def __str__(self) -> str:
        return self.text


class Round(models.Model):
    """A checklist that came: made once for each time, with the items of that time.

    Attributes:
        begins_at, due_at: when it came, and until when there is time.
        ended_at, is_whole: when it ended, and whether everything was ticked; else it was let go.
        words: why it was let go.
    """

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="rounds")
    team = models.ForeignKey(Team, models.PROTECT, related_name="rounds")
    begins_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    is_whole = models.BooleanField(default=False)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    let_go_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-begins_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("checklist", "begins_at"), name="one_round_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(is_whole=True) | ~Q(words=""), name="let_go_with_a_word"
            ),
        )
        indexes = (
            models.Index(fields=("team", "due_at", "id"), condition=Q(ended_at=None), name="rounds_open"),
            models.Index(fields=("checklist", "-begins_at", "-id"), name="rounds_of_a_checklist"),
        )

    def __str__(self) -> str:
        return f"{self.checklist_id} of {self.begins_at:%Y-%m-%d %H:%M}"


class Line(models.Model):
    """An item of a round, and who ticked it.

    Attributes:
        text, why, needs_photo: as the checklist said then.
        ticked_by, ticked_at: None while it isn't ticked.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST_ITEM)
    why = models.CharField(max_length=LONGEST_ITEM)
    needs_photo = models.BooleanField(default=False)
    ticked_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    ticked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("round", "place"), name="one_line_a_place"),)

    def __str__(self) -> str:
        return self.text


class Press(models.Model):
    """Somebody ticked a line, or took the tick away. Sent again after a lost connection it counts once.

    Attributes:
        key: that the browser made up when it was pressed; of one member it counts once.
        is_on: ticked, or taken away.
        pressed_at: when, as the browser says, and never later than it arrived.
    """

    line = models.ForeignKey(Line, models.CASCADE, related_name="presses")
    key = models.CharField(max_length=64)
    is_on = models.BooleanField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    pressed_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("by", "key"), name="one_press_a_key"),)

    def __str__(self) -> str:
        return f"{self.line_id} {'on' if self.is_on else 'off'}"


class Photo(models.Model):
    """A photo that shows that a line is done, drawn anew from its dots: it says neither where nor with what.

    Attributes:
        key: that the browser made up when it was taken; of one member it counts once.
        taken_at: when, as the browser says, and never later than it arrived.
    """

    line = models.ForeignKey(Line, models.CASCADE, related_name="photos")
    key = models.CharField(max_length=64)
    file = models.FileField(upload_to="rounds/%Y/%m/")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("taken_at", "id")
        constraints = (models.UniqueConstraint(fields=("by", "key"), name="one_photo_a_key"),)
        indexes = (models.Index(fields=("at",), name="photos_by_age"),)

    def __str__(self) -> str:
        return f"photo of {self.line_id}"
