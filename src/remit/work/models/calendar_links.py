"""Links by which somebody's own calendar reads what they have to do."""

from __future__ import annotations

from django.db import models

from remit.people.models import Member
from remit.work.vocabulary import LONGEST_LINK_NAME


class CalendarLink(models.Model):
    """A secret address of somebody's calendar; told once, its secret kept as a hash.

    Attributes:
        name: where they use it: `my phone`.
        has_checklists: whether the checklists of their teams stand in it too.
        mark: of what was read last, so that a calendar that has it isn't sent it again.
        changed_at: since when it says that.
        read_at: when it was read last, to the day.
        ended_at: from when on it opens nothing.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="calendar_links")
    secret_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=LONGEST_LINK_NAME)
    has_checklists = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    mark = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"{self.name} of {self.member_id}"
