"""What is to be done for an event, counted back from its day, and what each task needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q

from remit.core.fields import Why
from remit.events.models.events import Event
from remit.events.models.things import Thing
from remit.events.vocabulary import LONGEST_SKILL, LONGEST_TEXT, LONGEST_TITLE
from remit.people.actions.duty import moment_on
from remit.people.models import Member


class Task(models.Model):
    """Something that is done once, without a break, by the same people from its beginning to its end.

    Attributes:
        stamp: of the form that it was written in, good once.
        days_before: counted back from the day of the event; below 0 for the days after.
        at: on the wall clock of the team: the earliest time at which it begins.
        minutes: how long it takes.
        air: minutes by which it may begin later.
        after: what has to be over before it begins.
        revision: counts its changes from 1.
        done_at, done_by: None while it isn't done.
        late_minutes: by how much it will be late, as whoever is at it says; 0: in time.
        help_at, help_by, help_words: since when who needs help, and for what; None and "" where nobody does.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="tasks")
    stamp = models.CharField(max_length=64)
    title = models.CharField(max_length=LONGEST_TITLE)
    why = Why()
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    days_before = models.SmallIntegerField(default=0)
    at = models.TimeField()
    minutes = models.PositiveIntegerField()
    air = models.PositiveIntegerField(default=0)
    after = models.ManyToManyField("self", symmetrical=False, related_name="before", blank=True)
    revision = models.PositiveIntegerField(default=1)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    late_minutes = models.PositiveSmallIntegerField(default=0)
    help_at = models.DateTimeField(null=True, blank=True)
    help_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    help_words = models.CharField(max_length=LONGEST_TITLE, blank=True)

    class Meta:
        ordering = ("-days_before", "at", "id")
        constraints = (
            models.UniqueConstraint(fields=("event", "stamp"), name="one_event_task_a_form"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(title=""), name="an_event_task_has_a_why"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="an_event_task_takes_time"),
        )
        indexes = (models.Index(fields=("event", "-days_before", "at", "id"), name="tasks_of_an_event"),)

    def __str__(self) -> str:
        return self.title

    def day_of(self, day: date) -> date:
        """Its day, where the event is on a day."""
        return day - timedelta(days=self.days_before)

    def earliest(self, event: Event) -> datetime | None:
        """The moment from which on it may begin: the same time on the wall, whatever the clocks do.

        Args:
            event: its own, at hand with its team.
        """
        return None if event.day is None else moment_on(event, self.day_of(event.day), self.at)


class Press(models.Model):
    """Something that somebody pressed on the run sheet. Sent again after a lost connection it counts once.

    Attributes:
        key: that the browser made up when it was pressed; of one member it counts once.
        at: when it arrived.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="presses")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("by", "key"), name="one_event_press_a_key"),)

    def __str__(self) -> str:
        return f"{self.task_id} at {self.at:%Y-%m-%d %H:%M}"


class Need(models.Model):
    """What a task needs: people with a skill, pieces of equipment, or one of its rooms.

    Attributes:
        thing: equipment, or a room that would do; None for people.
        skill: of people; "" for anybody.
        count: how many people or pieces; 1 for a room.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="needs")
    thing = models.ForeignKey(Thing, models.PROTECT, null=True, blank=True, related_name="needs")
    skill = models.CharField(max_length=LONGEST_SKILL, blank=True)
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("task", "skill"), condition=Q(thing=None), name="each_skill_once"
            ),
            models.UniqueConstraint(
                fields=("task", "thing"), condition=Q(thing__isnull=False), name="each_thing_once"
            ),
            models.CheckConstraint(condition=Q(thing=None) | Q(skill=""), name="a_thing_has_no_skill"),
            models.CheckConstraint(condition=Q(count__gte=1), name="a_need_is_one_at_least"),
        )

    def __str__(self) -> str:
        return f"{self.count} × {self.thing or self.skill or 'anybody'}"
