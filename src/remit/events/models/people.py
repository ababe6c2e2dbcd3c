"""Who is there for an event: what they can do, when they can come, what they would rather do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower

from remit.events.models.events import Event
from remit.events.models.tasks import Task
from remit.events.vocabulary import ERASED_HELPER, HELPER_MARK, LONGEST_NAME, LONGEST_SKILL
from remit.people.models import Member


class Person(models.Model):
    """Somebody who takes part in an event: a member, or a helper without an account.

    A helper stands in the plan and on the run sheet by name, and nowhere else: nothing is sent to them, and
    they may nothing.

    Attributes:
        member: None for a helper.
        name: of a helper; "" for a member.
        skills: words, in small letters, sorted.
        erased_at: when the name of a helper was erased; None while it is there.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="people")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    skills = models.JSONField(default=list)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = (Coalesce("member__name", "name"), "id")
        constraints = (
            models.UniqueConstraint(fields=("event", "member"), name="each_member_once"),
            models.UniqueConstraint(
                "event", Lower("name"), condition=Q(member=None, erased_at=None), name="each_helper_once"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, name="", erased_at=None) | Q(member=None) & ~Q(name=""),
                name="a_member_or_a_named_helper",
            ),
        )
        indexes = (models.Index(fields=("member", "event"), name="events_of_a_member"),)

    def __str__(self) -> str:
        return f"{self.called} · {self.event}"

    @property
    def called(self) -> str:
        """The name by which people know them; of a helper who was erased, what they were."""
        if self.member is not None:
            return self.member.name
        return ERASED_HELPER if self.erased_at else self.name

    @property
    def word(self) -> str:
        """How addresses name them: a helper by a number, as a name doesn't belong there."""
        return self.member.word if self.member is not None else f"{HELPER_MARK}{self.pk}"

    @property
    def is_helper(self) -> bool:
        """Whether they have no account."""
        return self.member_id is None


class Stay(models.Model):
    """A time in which somebody can come. Who said none, can come at any time.

    Attributes:
        is_moved: whether it was said for another day and moved with the event, and nobody said since that
            it holds.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="stays")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_moved = models.BooleanField(default=False)

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


class HelperRule(models.Model):
    """How long the names of helpers are kept; one row, where an owner chose.

    Attributes:
        days: after the end of the event; then they are erased.
        changed_at: when that was chosen.
    """

    only = models.BooleanField(default=True, unique=True, editable=False)
    days = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(only=True, days__gte=1), name="one_helper_rule"),)

    def __str__(self) -> str:
        return f"{self.days} days"
