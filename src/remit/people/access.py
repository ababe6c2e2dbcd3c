"""The only way to teams and members: what somebody may see. Silent about what exists elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from remit.core.errors import NotAllowed, NotThere
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a team: who looks, and with which rank.

    Attributes:
        member: who.
        team: where.
        membership: their role there; None for an owner who works elsewhere.
    """

    member: Member
    team: Team
    membership: Membership | None

    @property
    def rank(self) -> int:
        """Of their role; an owner's is above all."""
        if self.member.is_owner:
            return Rank.OWNER
        return self.membership.role.rank if self.membership else 0

    @property
    def is_lead(self) -> bool:
        """Whether they stand as high as a lead."""
        return self.rank >= Rank.LEAD

    @property
    def is_manager(self) -> bool:
        """Whether they stand as high as a manager."""
        return self.rank >= Rank.MANAGER


def teams_for(member: Member) -> QuerySet[Team]:
    """The teams that somebody sees: those they are in; for an owner all."""
    teams = Team.objects.filter(closed_at=None)
    if member.is_owner:
        return teams
    return teams.filter(memberships__member=member, memberships__until=None)


def get_place_for(member: Member, team_word: str) -> Place:
    """Somebody's place in a team by its word.

    Raises:
        NotThere: there is no such team, or they aren't in it.
    """
    team = teams_for(member).filter(word=team_word).first()
    if team is None:
        raise NotThere("team")
    return place_in(member, team)


def place_in(member: Member, team: Team) -> Place:
    """Somebody's place in a team.

    Raises:
        NotThere: they aren't in it.
    """
    membership = (
        Membership.objects.select_related("role", "member", "team")
        .filter(member=member, team=team, until=None)
        .first()
    )
    if membership is None and not member.is_owner:
        raise NotThere("team")
    return Place(member, team, membership)


def need_rank(place: Place, rank: Rank, to_do: str) -> None:
    """Refuse what a rank is needed for.

    Args:
        place: whose.
        rank: what is needed.
        to_do: what it is for, after "to": `publish a charter`.

    Raises:
        NotAllowed: their rank is below.
    """
    if place.rank < rank:
        who = {Rank.LEAD: "a lead", Rank.MANAGER: "a manager", Rank.OWNER: "an owner"}[rank]
        raise NotAllowed("needs-rank", f"It takes {who} to {to_do}.", f"Ask {who} of {place.team.name}.")
