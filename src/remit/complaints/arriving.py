"""Who hears that a complaint came in, and what they read."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from remit.complaints.models import Complaint
from remit.complaints.notices import address_of, in_short
from remit.core.clock import now
from remit.notices.actions import Message
from remit.people.models import Duty, Member, Membership, Team
from remit.people.vocabulary import LONGEST_DUTY_HOURS


def on_duty_in(team: Team, *, but: Member | None = None) -> list[Member]:
    """The people of a team who are on duty now.

    Args:
        team: which.
        but: somebody who knows already.
    """
    moment = now()
    duties = Duty.objects.filter(
        Q(ends_at__gt=moment) | Q(ends_at=None, starts_at__gt=moment - timedelta(hours=LONGEST_DUTY_HOURS)),
        membership=OuterRef("pk"),
        starts_at__lte=moment,
    )
    memberships = Membership.objects.filter(
        Exists(duties), team=team, until=None, member__left_at=None, member__is_software=False
    )
    return [
        each.member
        for each in memberships.select_related("member").order_by("id")
        if but is None or each.member_id != but.pk
    ]


def came_in(complaint: Complaint, text: str) -> Message:
    """A complaint came in: whoever has time takes it up."""
    who = complaint.customer.name if complaint.customer else "A customer"
    return Message(
        code="complaint-came-in",
        subject=complaint.subject,
        title=f"{who}: {complaint.title}"[:200],
        body=in_short(text),
        address=address_of(complaint),
        is_urgent=True,
    )
