"""Complaints that nothing is on hold in."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from remit.complaints.models import Complaint
from remit.privacy.models import Hold


def not_held(complaints: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Of these complaints those that a lawyer, an insurer or a court doesn't have."""
    return complaints.exclude(Exists(Hold.objects.filter(complaint=OuterRef("pk"), ended_at=None)))
