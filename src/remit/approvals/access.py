"""The only way to approvals: what somebody asked, was asked, or may see as a lead of the team."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from remit.approvals.models import Approval
from remit.core.errors import NotThere
from remit.people.models import Member, Membership
from remit.people.vocabulary import Rank


def approvals_for(member: Member) -> QuerySet[Approval]:
    """Approvals that somebody sees: their own, those they were asked about, and as a lead all of the team."""
    rows = Approval.objects.select_related("team", "asker", "charter")
    if member.is_owner:
        return rows
    led = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.LEAD).values("team")
    here = Membership.objects.filter(member=member, until=None).values("team")
    return rows.filter(
        Q(team__in=led) | Q(team__in=here) & (Q(asker=member) | Q(asked__member=member))
    ).distinct()


def get_approval_for(member: Member, number: int) -> Approval:
    """One of them.

    Raises:
        NotThere: there is none, or it isn't theirs to see.
    """
    approval = approvals_for(member).filter(pk=number).first()
    if approval is None:
        raise NotThere("approval")
    return approval


def waiting_for(member: Member) -> QuerySet[Approval]:
    """Open questions that wait for somebody's answer, or to which they may still object."""
    mine = Q(asked__member=member) & (~Q(asker=member) | Q(asked__is_alone=True))
    return Approval.objects.filter(mine, ended_at=None)
