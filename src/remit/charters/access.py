"""The only way to charters, publications and delegations: what somebody may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery

from remit.charters.models import Delegation, Draft, Publication, Version
from remit.core.clock import now
from remit.core.errors import NotAllowed, NotThere
from remit.people.access import Place, place_in, teams_for
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank


def versions_for(place: Place) -> QuerySet[Version]:
    """Every version of a team, the latest first: everybody in the team reads them."""
    return (
        Version.objects.filter(team=place.team)
        .select_related("published_by", "seconded_by", "extends__extends")
        .order_by("-published_at", "-number")
    )


def versions_in_force(teams: Iterable[Team]) -> dict[int, Version]:
    """The version in force of each of these teams that has one, by the number of the team."""
    latest = Version.objects.filter(team=OuterRef("team"), published_at__lte=now()).order_by(
        "-published_at", "-number"
    )
    versions = Version.objects.filter(team__in=list(teams), pk=Subquery(latest.values("pk")[:1]))
    return {
        version.team_id: version
        for version in versions.select_related("published_by", "extends__extends")
        if version.team_id is not None
    }


def get_version_for(place: Place, number: int) -> Version:
    """A version of a team by its number.

    Raises:
        NotThere: there is none.
    """
    version = versions_for(place).filter(number=number).first()
    if version is None:
        raise NotThere("version")
    return version


def need_owner(member: Member, to_do: str) -> None:
    """Refuse what only an owner may do; whoever isn't one may know that it exists.

    Raises:
        NotAllowed: they are no owner.
    """
    if not member.is_owner:
        raise NotAllowed("needs-rank", f"It takes an owner to {to_do}.", "Ask an owner.")


def get_publication_for(member: Member, number: int) -> Publication:
    """A publication that waits, or waited: managers see those of their teams, owners all.

    Raises:
        NotThere: there is none, or not for them.
    """
    publication = (
        Publication.objects.select_related("team", "proposed_by", "base", "version", "settled_by")
        .filter(pk=number)
        .filter(Q(team=None) | Q(team__in=teams_for(member).order_by().values("pk")))
        .first()
    )
    if publication is None or not _may_publish(member, publication):
        raise NotThere("publication")
    return publication


def _may_publish(member: Member, publication: Publication) -> bool:
    if publication.team is None:
        return member.is_owner
    return place_in(member, publication.team).is_manager or publication.proposed_by_id == member.pk


def drafts_for(place: Place) -> QuerySet[Draft]:
    """The drafts of a team that are still worked on, for those who may publish them."""
    drafts = (
        Draft.objects.filter(team=place.team, ended_at=None) if place.is_manager else Draft.objects.none()
    )
    return drafts.select_related("made_by")


def get_draft_for(place: Place, number: int) -> Draft:
    """A draft of a team that is still worked on.

    Raises:
        NotThere: there is none.
    """
    draft = Draft.objects.filter(team=place.team, pk=number, ended_at=None).first()
    if draft is None:
        raise NotThere("draft")
    return draft


def delegations_for(member: Member) -> QuerySet[Delegation]:
    """What was lent in somebody's teams: what they gave or received, as a manager everything."""
    lent = Delegation.objects.filter(team__in=teams_for(member).order_by().values("pk")).select_related(
        "giver", "receiver", "team", "ended_by"
    )
    if member.is_owner:
        return lent
    managed = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.MANAGER).values(
        "team"
    )
    return lent.filter(Q(giver=member) | Q(receiver=member) | Q(team__in=managed))


def get_delegation_for(member: Member, number: int) -> Delegation:
    """A delegation that somebody gave or received, or sees as a manager of the team.

    Raises:
        NotThere: there is none, or not for them.
    """
    lent = delegations_for(member).filter(pk=number).first()
    if lent is None:
        raise NotThere("delegation")
    return lent
