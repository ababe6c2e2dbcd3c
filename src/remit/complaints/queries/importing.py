"""Imports: what was brought in before, and where somebody may."""

from __future__ import annotations

from remit.complaints.models import Import
from remit.people.access import teams_for
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank


def imports_for(member: Member) -> list[Import]:
    """The last imports of somebody's teams."""
    teams = teams_for(member).order_by().values("pk")
    return list(Import.objects.filter(team__in=teams).select_related("team", "by")[:10])


def teams_to_import_into(member: Member) -> list[Team]:
    """The teams in which somebody stands as high as a lead."""
    teams = teams_for(member)
    if not member.is_owner:
        leads = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.LEAD)
        teams = teams.filter(pk__in=leads.values("team"))
    return list(teams)
