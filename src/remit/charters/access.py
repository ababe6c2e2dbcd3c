"""The only way to charters, publications and delegations: what somebody may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from remit.charters.models import Delegation, Draft, Publication, Revision, Version
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere
from remit.people.access import Place, get_place_for, place_in, teams_for
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank


@dataclass(frozen=True, slots=True)
class VersionsSeen:
    """The versions of a charter, as somebody sees them.

    Attributes:
        member: who looks.
        team: whose charter; None for the organisation's.
        may_change: whether they may make a draft of one, end a trial, or take out what is still to come.
    """

    member: Member
    team: Team | None
    may_change: bool

    @property
    def zone_name(self) -> str:
        """The time zone in which its days are meant."""
        return self.team.time_zone if self.team else "UTC"


def get_versions(member: Member, team: str | None) -> VersionsSeen:
    """The versions of a team by its word, for everybody in it; those of the organisation (None) for owners.

    Raises:
        NotThere: there is no such team for them.
        NotAllowed: they are no owner.
    """
    if team is None:
        need_owner(member, "look back at the charter of the organisation")
        return VersionsSeen(member, None, may_change=True)
    place = get_place_for(member, team)
    return VersionsSeen(member, place.team, may_change=place.is_manager)


def versions_for(place: Place | VersionsSeen) -> QuerySet[Version]:
    """Every version of a charter that is or was in force, the latest first."""
    return (
        Version.objects.filter(team=place.team, published_at__lte=now(), withdrawn_at=None)
        .select_related("published_by", "seconded_by", "extends__extends")
        .order_by("-published_at", "-number")
    )


def versions_to_come_for(place: Place | VersionsSeen) -> QuerySet[Version]:
    """Versions of a charter that are published and not in force yet, the next one first."""
    return (
        Version.objects.filter(team=place.team, published_at__gt=now(), withdrawn_at=None)
        .select_related("published_by", "ends")
        .defer("text")
        .order_by("published_at", "number")
    )


def versions_in_force(teams: Iterable[Team]) -> dict[int, Version]:
    """The version in force of each of these teams that has one, by the number of the team."""
    latest = Version.objects.filter(
        team=OuterRef("team"), published_at__lte=now(), withdrawn_at=None
    ).order_by("-published_at", "-number")
    versions = Version.objects.filter(team__in=list(teams), pk=Subquery(latest.values("pk")[:1]))
    return {
        version.team_id: version
        for version in versions.select_related("published_by", "extends__extends")
        if version.team_id is not None
    }


def get_version_for(place: Place | VersionsSeen, number: int) -> Version:
    """A version of a charter by its number, also one that is still to come or was taken out before.

    Raises:
        NotThere: there is none.
    """
    version = (
        Version.objects.filter(team=place.team, number=number)
        .select_related("team", "published_by", "seconded_by", "extends__extends", "ends")
        .first()
    )
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


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A draft, as somebody sees it.

    Attributes:
        draft: the draft.
        member: who looks.
        place: their place in its team; None for the organisation's draft.
        may_edit: whether they may change and publish it; others read it and say what they think.
    """

    draft: Draft
    member: Member
    place: Place | None
    may_edit: bool


def drafts_for(place: Place) -> QuerySet[Draft]:
    """The drafts of a team that are still worked on: all for its managers, for others what was shared."""
    drafts = Draft.objects.filter(team=place.team, ended_at=None)
    if not place.is_manager:
        drafts = drafts.exclude(shared_at=None)
    return _listed(drafts)


def organisation_drafts_for(member: Member) -> QuerySet[Draft]:
    """The drafts of the organisation's charter that are still worked on, for owners."""
    drafts = Draft.objects.filter(team=None, ended_at=None)
    return _listed(drafts if member.is_owner else drafts.none())


def _listed(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    shown = _with_open_comments(drafts.select_related("made_by", "base")).defer("text", "base__text")
    return shown.order_by("-made_at", "-pk")


def _with_open_comments(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Each with `open_comments`: how many comments nobody has settled."""
    return drafts.annotate(open_comments=Count("comments", filter=Q(comments__settled_at=None)))


def get_draft(member: Member, number: int) -> DraftSeen:
    """A draft, ended ones too: for managers of its team, for the team once it is shared, for owners.

    Raises:
        NotThere: there is none, or not for them.
    """
    draft = (
        _with_open_comments(Draft.objects.select_related("team", "made_by", "base")).filter(pk=number).first()
    )
    if draft is None or (draft.team is not None and draft.team.closed_at is not None):
        raise NotThere("draft")
    if draft.team is None:
        if not member.is_owner:
            raise NotThere("draft")
        return DraftSeen(draft, member, None, may_edit=draft.ended_at is None)
    try:
        place = place_in(member, draft.team)
    except NotThere:  # of a team that they aren't in: as if there were none
        raise NotThere("draft") from None
    if not place.is_manager and draft.shared_at is None:
        raise NotThere("draft")
    return DraftSeen(draft, member, place, may_edit=place.is_manager and draft.ended_at is None)


def get_draft_to_edit(member: Member, number: int) -> DraftSeen:
    """A draft that somebody may change.

    Raises:
        NotThere: there is none, or not for them.
        NotAllowed: they may only read it.
    """
    seen = get_draft(member, number)
    if seen.draft.ended_at is not None:
        raise Changed(
            "draft-ended",
            "This draft was published or put away already.",
            "Look at the charter that is in force, or begin another draft.",
        )
    if not seen.may_edit:
        raise NotAllowed(
            "needs-rank", "It takes a manager to change a draft.", "Say what you think of it below instead."
        )
    return seen


def get_draft_for(place: Place, number: int) -> Draft:
    """A draft of a team that is still worked on.

    Raises:
        NotThere: there is none.
    """
    draft = Draft.objects.filter(team=place.team, pk=number, ended_at=None).first()
    if draft is None:
        raise NotThere("draft")
    return draft


def get_revision_for(seen: DraftSeen, number: int) -> Revision:
    """What a draft said at some time.

    Raises:
        NotThere: there is no such revision.
    """
    revision = Revision.objects.select_related("made_by").filter(draft=seen.draft, number=number).first()
    if revision is None and number == 1:
        return Revision(
            draft=seen.draft,
            number=1,
            text=seen.draft.text,
            act="begun",
            made_by=seen.draft.made_by,
            made_at=seen.draft.made_at,
        )
    if revision is None:
        raise NotThere("revision")
    return revision


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
