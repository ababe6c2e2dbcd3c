"""Thanks: to somebody, for something, tied to an objective or to a value of the team."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from remit.people.models import Member, Team
from remit.purpose.models import Objective
from remit.voice.vocabulary import LONGEST_THANKS, LONGEST_VALUE


class Thanks(models.Model):
    """Somebody thanks somebody. It is never counted for or against anybody.

    Attributes:
        stamp: of the form that it was written in, good once.
        objective: that it served; None where it is tied to a value.
        value: of the team, as it was said then; "" where it is tied to an objective.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="thanks")
    stamp = models.CharField(max_length=64)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    to = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.CharField(max_length=LONGEST_THANKS)
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.CharField(max_length=LONGEST_VALUE, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("by", "stamp"), name="one_thanks_a_form"),
            models.CheckConstraint(condition=~Q(text=""), name="thanks_are_for_something"),
            models.CheckConstraint(condition=~Q(by=F("to")), name="nobody_thanks_themselves"),
            models.CheckConstraint(
                condition=Q(objective=None) & ~Q(value="") | Q(objective__isnull=False, value=""),
                name="thanks_are_tied_to_one_thing",
            ),
        )
        indexes = (models.Index(fields=("team", "-at", "-id"), name="thanks_of_a_team"),)

    def __str__(self) -> str:
        return self.text
