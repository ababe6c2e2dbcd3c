"""The only way to looks back: who manages every team whose decisions they are about."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from remit.charters.access import (
    drafts_for,
    get_draft_for,
    organisation_drafts_for,
    versions_in_force,
)
from remit.charters.models import Draft, Version
from remit.charters.vocabulary import ORGANISATION
from remit.complaints.models import Decision
from remit.core.errors import NotThere, Refusal
from remit.insight.models import LookBack
from remit.people.access import Place, get_place_for, need_rank, teams_for
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank


def get_place_to_look(member: Member, team: str) -> Place:
    """The place of somebody who may look at what another charter would have meant.

    Raises:
        NotThere: there is no such team for them.
        NotAllowed: they don't manage it.
    """
    place = get_place_for(member, team)
    need_rank(place, Rank.MANAGER, "look at what another charter would have meant")
    return place


def get_draft_to_look(member: Member, number: int) -> tuple[Draft, Team]:
    """A draft of a team that somebody manages, and the team; of an owner's for all teams, the first of them.

    Raises:
        NotThere: there is none for them.
        NotAllowed: they don't manage its team.
        Refusal: it is the organisation's, and no team's charter extends that yet.
    """
    team = teams_for(member).filter(drafts__pk=number, drafts__ended_at=None).first()
    if team is not None:
        return get_draft_for(get_place_to_look(member, team.word), number), team
    draft = organisation_drafts_for(member).filter(pk=number).first()
    if draft is None:
        raise NotThere("draft")
    teams = list(teams_for(member))
    in_force = versions_in_force(teams)
    team = next((each for each in teams if each.pk in in_force and in_force[each.pk].extends_id), None)
    if team is None:
        raise Refusal(
            "nobody-extends",
            "No team's charter extends the organisation's yet, so it would have changed nothing.",
            f"Write 'extend: {ORGANISATION}' into the charter of a team first.",
        )
    return draft, team


def drafts_to_look_at(place: Place, in_force: Version) -> list[Draft]:
    """Drafts of a team, and for an owner those of the organisation's charter, where the team's extends it.

    Args:
        place: of a manager.
        in_force: the charter of the team.
    """
    above = list(organisation_drafts_for(place.member)) if in_force.extends_id else []
    return [*drafts_for(place), *above]


def managed_by(member: Member) -> QuerySet[Team]:
    """The teams that somebody manages; for an owner all."""
    if member.is_owner:
        return teams_for(member)
    managed = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.MANAGER)
    return teams_for(member).filter(pk__in=managed.values("team"))


def look_backs_for(place: Place, managed: Sequence[Team]) -> list[LookBack]:
    """Looks back of a team, the newest first, as far as somebody manages all teams that they are about.

    Args:
        place: of a manager.
        managed: all the teams that they manage.
    """
    known = {team.pk for team in managed}
    rows = (
        LookBack.objects.filter(team=place.team)
        .select_related("by")
        .defer("text", "answer", "behind")[:_LISTED]
    )
    return [row for row in rows if known.issuperset(row.over)]


_LISTED = 30


def get_look_back_for(place: Place, number: int) -> LookBack:
    """One look back.

    Raises:
        NotThere: there is none, or it is about a team that they don't manage.
    """
    row = (
        LookBack.objects.filter(team=place.team, pk=number)
        .select_related("team", "by", "base", "above", "draft")
        .defer("behind")
        .first()
    )
    if row is None or not _manages(place.member, row.over):
        raise NotThere("look-back")
    return row


def decisions_behind(member: Member, ids: Sequence[int]) -> list[Decision]:
    """Decisions by their numbers, in this order, as far as somebody manages the teams that made them."""
    rows = Decision.objects.filter(pk__in=ids, team__in=managed_by(member).order_by().values("pk"))
    rows = rows.select_related("complaint", "member", "team", "approval__ending__by")
    found = {row.pk: row for row in rows}
    return [found[each] for each in ids if each in found]


def _manages(member: Member, teams: Sequence[int]) -> bool:
    return member.is_owner or managed_by(member).filter(pk__in=teams).count() == len(set(teams))
