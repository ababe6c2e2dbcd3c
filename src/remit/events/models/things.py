"""Equipment and rooms of a team, which all of its events share."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from remit.core.fields import Word
from remit.events.vocabulary import LONGEST_NAME, ThingKind
from remit.people.models import Team


class Thing(models.Model):
    """Equipment of one kind, or a room.

    Attributes:
        count: how many pieces there are; of a room: how many tasks may be in it at the same time.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="things")
    kind = Word(choices=ThingKind.choices)
    name = models.CharField(max_length=LONGEST_NAME)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ("kind", "name", "id")
        constraints = (
            models.UniqueConstraint("team", Lower("name"), name="one_thing_a_name"),
            models.CheckConstraint(condition=Q(count__gte=1) & ~Q(name=""), name="a_thing_is_there"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_room(self) -> bool:
        """Whether it is a room."""
        return self.kind == ThingKind.ROOM
