"""What a team owes its customers and until when, its closed days left out; and what falls on such a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from remit.complaints.models import Complaint
from remit.complaints.working_hours import Deadlines, deadlines_from
from remit.people.models import Team
from remit.work.facts import calendar_of
from remit.work.queries.closed import Promised, Span


def deadlines_of(team: Team, moment: datetime) -> Deadlines:
    """Until when a team owes an answer and an end to somebody who says something at a moment; one query."""
    return deadlines_from(team, moment, calendar_of(team).closed)


def promised_on(team: Team, spans: Sequence[Span]) -> list[Promised]:
    """How many customers were promised something for each of some closed times; one query.

    What was promised stays, also where the day was closed afterwards: the customer was told.
    """
    if not spans:
        return []
    within = Q()
    for begins, ends in spans:
        within |= Q(due_at__gte=begins, due_at__lt=ends)
    due = list(
        Complaint.objects.filter(within, team=team, closed_at=None)
        .order_by()
        .values_list("due_at", flat=True)
    )
    address = reverse("complaints:list") + "?tab=due"
    return [
        Promised(sum(begins <= each < ends for each in due), "complaint", "complaints", address)
        for begins, ends in spans
    ]
