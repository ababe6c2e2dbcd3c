"""Big days themselves, and those to copy from, which have no day."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from remit.core.fields import Currency, Why
from remit.events.vocabulary import LONGEST_PLACE, LONGEST_TITLE
from remit.people.models import Member, Team
from remit.purpose.models import Objective


class Event(models.Model):
    """A big day, or a template for one.

    Attributes:
        stamp: of the form that it was written in, good once.
        objective: that it hangs on; None: on none yet.
        day: on the wall clock of the team; None for a template.
        begins, ends: times on that wall clock; an end not after the begin lies on the next day.
        starts_at, ends_at: the same as moments; None for a template.
        owner: who runs it, whatever their rank.
        currency: of its budget.
        briefing_at: when it is talked through; None: nobody said yet.
        made_from: the template or earlier event that it was copied from.
        revision: counts changes of what it says from 1, so that two people at once lose nothing.
        plan_revision: counts changes of everything that a plan depends on, or that was set by hand.
        called_off_at, called_off_why: None and "" unless it doesn't take place.
        time_zone: of the clock that it keeps, where its team has got another one since it began; else "".
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="events")
    stamp = models.CharField(max_length=64)
    title = models.CharField(max_length=LONGEST_TITLE)
    why = Why()
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField(null=True, blank=True)
    begins = models.TimeField()
    ends = models.TimeField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    currency = Currency()
    made_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    plan_revision = models.PositiveIntegerField(default=1)
    briefing_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_why = Why(blank=True)
    time_zone = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("made_by", "stamp"), name="one_event_a_form"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(title=""), name="an_event_has_a_why"),
            models.CheckConstraint(
                condition=Q(day=None, starts_at=None, ends_at=None)
                | Q(day__isnull=False, starts_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="an_event_has_its_hours",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None) | ~Q(called_off_why=""), name="called_off_with_a_why"
            ),
        )
        indexes = (
            models.Index(fields=("team", "starts_at", "id"), name="events_of_a_team"),
            models.Index(fields=("objective", "-id"), name="events_of_an_objective"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"event:{self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        """Of the clock that its times are on; its team is at hand."""
        return ZoneInfo(self.time_zone or self.team.time_zone)

    @property
    def is_template(self) -> bool:
        """Whether it is there to be copied."""
        return self.day is None

    @property
    def is_on(self) -> bool:
        """Whether it takes place: it has a day and wasn't called off."""
        return self.day is not None and self.called_off_at is None
