"""Imports: what was brought in before, and where somebody may."""

from __future__ import annotations

from remit.complaints.models import Import
from remit.people.access import teams_led_by
from remit.people.models import Member, Team


def imports_for(member: Member) -> list[Import]:
    """The last imports of somebody's teams."""
    teams = teams_led_by(member).order_by().values("pk")
    return list(Import.objects.filter(team__in=teams).select_related("team", "by")[:10])


def teams_to_import_into(member: Member) -> list[Team]:
    """The teams in which somebody stands as high as a lead."""
    return list(teams_led_by(member))
