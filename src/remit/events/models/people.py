"""Who is there for an event: what they can do, when they can come, what they would rather do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.events.models.events import Event
from remit.events.models.tasks import Task
from remit.events.vocabulary import LONGEST_SKILL
from remit.people.models import Member


class Person(models.Model):
    """A member who takes part in an event.

    Attributes:
        skills: words, in small letters, sorted.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="people")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    skills = models.JSONField(default=list)

    class Meta:
        ordering = ("member__name", "id")
        constraints = (models.UniqueConstraint(fields=("event", "member"), name="each_member_once"),)
        indexes = (models.Index(fields=("member", "event"), name="events_of_a_member"),)

    def __str__(self) -> str:
        return f"{self.member} · {self.event}"


class Stay(models.Model):
    """A time in which somebody can come. Who said none, can come at any time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="stays")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("person", "starts_at", "ends_at"), name="each_stay_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="a_stay_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} from {self.starts_at:%Y-%m-%d %H:%M}"


class Wish(models.Model):
    """What somebody would rather do, or rather not: a task, a skill, or whatever begins in a time.

    Attributes:
        weight: 1 to 3 for it, -1 to -3 against it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="wishes")
    weight = models.SmallIntegerField()
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="+")
    skill = models.CharField(max_length=LONGEST_SKILL, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(task__isnull=False, skill="", starts_at=None, ends_at=None)
                | Q(task=None, starts_at=None, ends_at=None) & ~Q(skill="")
                | Q(task=None, skill="", starts_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="a_wish_says_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(weight__range=(1, 3)) | Q(weight__range=(-3, -1)), name="a_wish_has_a_weight"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.weight:+}"
