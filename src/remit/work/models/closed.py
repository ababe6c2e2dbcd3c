"""Days on which a team is closed although its week says otherwise."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from remit.core.fields import Why
from remit.people.models import Member, Team


class ClosedDays(models.Model):
    """Some days in a row on which a team is closed.

    Attributes:
        first, last: on the wall clock of the team; both belong to it.
        is_yearly: whether the same days come back each year after.
        why: what for: a holiday, repairs.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="closed_days")
    first = models.DateField()
    last = models.DateField()
    is_yearly = models.BooleanField(default=False)
    why = Why()
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("first", "last", "id")
        constraints = (
            models.UniqueConstraint(fields=("team", "first", "last"), name="closed_days_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="closed_days_end_after_start"),
            models.CheckConstraint(condition=~Q(why=""), name="closed_days_have_a_why"),
        )

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"
