"""Who reads, and who publishes."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank
from remit.procedures.models import Draft


def people_of(team: Team) -> QuerySet[Member]:
    """The people of a team who read its procedures; programs read nothing."""
    return Member.objects.filter(
        memberships__team=team, memberships__until=None, left_at=None, is_software=False
    ).order_by("pk")


def publishers_of(draft: Draft) -> QuerySet[Member]:
    """Who may take a proposal in: leads and managers of the team, and who looks after the procedure."""
    leading = Membership.objects.filter(team=draft.team, until=None, role__rank__gte=Rank.LEAD)
    who = Q(pk__in=leading.values("member"))
    if draft.procedure is not None:
        who |= Q(pk=draft.procedure.owner_id)
    return Member.objects.filter(who, left_at=None, is_software=False).order_by("pk")
