"""What was decided about a complaint."""

from __future__ import annotations

from django.db import models

from remit.approvals.models import Approval
from remit.charters.models import Delegation, Version
from remit.complaints.models.complaint import Complaint
from remit.complaints.models.conversation import Message
from remit.core.fields import Currency, MinorUnits, Word
from remit.people.models import Member, Team
from remit.remedies.models import Remedy


class Decision(models.Model):
    """What somebody decided about a complaint, with the verdict and the facts of that moment.

    Attributes:
        value: of the remedy in minor units; an amount that Remit itself offered says so in `was_offered`.
        level: word of the verdict's level, as it was carried out.
        request, verdict: records of the engine; `remit verify` judges the request again.
        on_authority_of, delegation: whose authority it was, where it was lent.
        near_lines: how many amounts just under a line its member chose in 30 days, this one the last of them;
            0 where it isn't one. See `remit.complaints.near_lines`.
        key: of the form that was sent, so that a second click decides nothing twice.
        approval: the question that it became, for `ask` and `propose`.
        remedy: what was given or is held; None while it waits for a yes.
        message: the letter that goes with it, sent when the remedy is given.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="decisions")
    team = models.ForeignKey(Team, models.PROTECT, related_name="decisions")
    member = models.ForeignKey(Member, models.PROTECT, related_name="decisions")
    kind = Word()
    value = MinorUnits()
    currency = Currency()
    what = models.CharField(max_length=200, blank=True)
    level = Word()
    request = models.JSONField()
    verdict = models.JSONField()
    charter = models.ForeignKey(Version, models.PROTECT, related_name="+")
    on_authority_of = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="+")
    was_offered = models.BooleanField(default=False)
    near_lines = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=64, unique=True)
    words = models.TextField(blank=True)
    letter = models.TextField(blank=True)
    at = models.DateTimeField()
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, blank=True, related_name="decision")
    remedy = models.OneToOneField(Remedy, models.PROTECT, null=True, blank=True, related_name="decision")
    message = models.OneToOneField(Message, models.PROTECT, null=True, blank=True, related_name="decision")

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("complaint", "at"), name="decisions_of_a_complaint"),
            models.Index(fields=("team", "-at"), name="decisions_of_a_team"),
            models.Index(fields=("member", "-at"), name="decisions_of_a_member"),
            models.Index(fields=("team", "near_lines"), name="decisions_near_a_line"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.value} on {self.complaint_id}"

    @property
    def is_near_line(self) -> bool:
        """Whether it ends just under the amount where the level falls."""
        return self.near_lines > 0
