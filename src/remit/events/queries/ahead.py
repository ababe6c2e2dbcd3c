"""What somebody's big days are that aren't over."""

from __future__ import annotations

from django.db.models import QuerySet

from remit.core.clock import now
from remit.events.models import Event
from remit.people.models import Membership


def ahead_of(membership: Membership) -> QuerySet[Event]:
    """Events of a team in which a member of it takes part, and that aren't over; templates too."""
    events = Event.objects.select_related("team").filter(
        team=membership.team, people__member=membership.member
    )
    return events.exclude(ends_at__lt=now())
