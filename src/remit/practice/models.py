"""Tables of practice. What a customer said isn't copied: it is read, and disguised, each time it is shown."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.complaints.models import Complaint
from remit.core.fields import Currency, MinorUnits, Why, Word
from remit.people.models import Member


class Case(models.Model):
    """A closed complaint to practise on.

    Attributes:
        code: how its page is named; says nothing about the complaint.
    """

    complaint = models.OneToOneField(Complaint, models.CASCADE, related_name="practice_case")
    code = Word(unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class TakenOut(models.Model):
    """Somebody took a case out of practice, since it doesn't belong there or shows who it was.

    Attributes:
        back_at, back_by: a manager put it back.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="taken_out")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    why = Why()
    at = models.DateTimeField()
    back_at = models.DateTimeField(null=True, blank=True)
    back_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("case",), condition=Q(back_at=None), name="taken_out_once"),
            models.CheckConstraint(condition=~Q(why=""), name="taken_out_with_a_why"),
        )
        indexes = (models.Index(fields=("-at", "-id"), condition=Q(back_at=None), name="taken_out_now"),)

    def __str__(self) -> str:
        return f"{self.case_id} by {self.by_id}"


class Tried(models.Model):
    """What somebody would have decided about a case: for themselves alone, and gone when they say so.

    Attributes:
        kind: of remedy; "" for nothing at all.
        value: of it, in minor units.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="practised")
    case = models.ForeignKey(Case, models.CASCADE, related_name="tried")
    kind = Word(blank=True)
    value = MinorUnits(default=0)
    currency = Currency()
    words = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.UniqueConstraint(fields=("member", "case"), name="tried_once"),)
        indexes = (models.Index(fields=("member", "-at", "-id"), name="tried_by_a_member"),)

    def __str__(self) -> str:
        return f"{self.member_id} on {self.case_id}"
