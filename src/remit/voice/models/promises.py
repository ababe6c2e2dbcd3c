"""What a team promises those who have an idea, and what it stands for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.core.fields import Why
from remit.people.models import Member, Team
from remit.voice.vocabulary import FEWEST_DAYS, MOST_DAYS, USUAL_DAYS, VALUES


def usual_values() -> list[str]:
    """What a team stands for until it says so itself."""
    return list(VALUES)


class Promise(models.Model):
    """What a team says about itself; without a row what is usual holds.

    Attributes:
        days: within which every idea gets its answer. Each idea keeps what was promised when it came.
        values: what the team stands for, in a few words each.
        why: these, and not others.
    """

    team = models.OneToOneField(Team, models.PROTECT, primary_key=True, related_name="promise")
    days = models.PositiveSmallIntegerField(default=USUAL_DAYS)
    values = models.JSONField(default=usual_values)
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(days__gte=FEWEST_DAYS, days__lte=MOST_DAYS), name="a_promise_is_kept_some_day"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_promise_has_a_why"),
        )

    def __str__(self) -> str:
        return f"{self.days} days"
