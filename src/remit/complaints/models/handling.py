"""Who has a complaint, how it was closed, what the customer said then, and views of the list."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.complaints.models.complaint import Complaint
from remit.complaints.vocabulary import CloseReason
from remit.core.fields import Why, Word
from remit.people.models import Member, Team


class HandOver(models.Model):
    """A complaint went from one member to another, or was taken up or put back, with a word why."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    why = Why(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.giver} to {self.receiver}"


class Closure(models.Model):
    """A complaint was closed, and why; reopening ends it, and says why too.

    Attributes:
        rating_asked_at: when the customer was asked by mail how it went; once for each closure.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="closures")
    reason = Word(choices=CloseReason.choices)
    why = Why(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_why = Why(blank=True)
    rating_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("complaint",), condition=Q(reopened_at=None), name="closed_once"),
        )

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.reason}"


class Rating(models.Model):
    """What the customer says after closing: was it made right, how quickly, one free line."""

    closure = models.OneToOneField(Closure, models.CASCADE, related_name="rating")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="ratings")
    made_right = models.PositiveSmallIntegerField()
    quickness = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(made_right__gte=1, made_right__lte=5), name="made_right_1_to_5"
            ),
        )
        indexes = (models.Index(fields=("-at", "-id"), name="ratings_latest"),)

    def __str__(self) -> str:
        return f"{self.made_right} of 5 on {self.complaint_id}"


class RatingSetting(models.Model):
    """Whether a team asks its customers how it went, and how long after closing; without a row: it asks."""

    team = models.OneToOneField(Team, models.CASCADE, primary_key=True, related_name="rating_setting")
    asks = models.BooleanField(default=True)
    after_hours = models.PositiveSmallIntegerField(default=24)

    def __str__(self) -> str:
        return (
            f"{self.team_id} asks after {self.after_hours} h" if self.asks else f"{self.team_id} doesn't ask"
        )


class SavedView(models.Model):
    """Filters of the list that a member kept under a name; they are an address."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="views")
    title = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ("title",)
        constraints = (models.UniqueConstraint(fields=("member", "title"), name="one_view_a_title"),)

    def __str__(self) -> str:
        return self.title
