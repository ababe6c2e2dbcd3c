"""The only way to teams and members: what somebody may see. Silent about what exists elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.db.models import BigIntegerField, Field, Model, Q, QuerySet

from remit.core.asked_often import Slot, asked_often
from remit.core.errors import NotAllowed, NotThere
from remit.people.models import Member, Membership, Role, Team
from remit.people.vocabulary import Rank

_M = TypeVar("_M", bound=Model)
_Row = TypeVar("_Row")


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
    return all_teams() if member.is_owner else teams_of(member)


def all_teams() -> QuerySet[Team]:
    """The teams that an owner sees."""
    return Team.objects.filter(closed_at=None)


def teams_of(member: Member | Slot) -> QuerySet[Team]:
    """The teams that somebody is in."""
    return all_teams().filter(memberships__member=member, memberships__until=None)


def asked_by_members(
    **kinds: Field[Any, Any],
) -> Callable[[Callable[..., QuerySet[_M, _Row]]], Callable[..., list[_Row]]]:
    """Make the SQL of a question about the teams that somebody sees once for members, and once for owners.

    `@asked_by_members(number=BigIntegerField())` stands above a function that takes these teams, the slot
    `member` of who asks, and a slot for each of the values; see `asked_often`.

    Args:
        kinds: the field of each value, by its name.

    Returns:
        what takes the member who asks, and the values by their names, and gives the rows.
    """

    def above(say: Callable[..., QuerySet[_M, _Row]]) -> Callable[..., list[_Row]]:
        @asked_often(member=BigIntegerField(), **kinds)
        @wraps(say)
        def as_member(member: Slot, **slots: Slot) -> QuerySet[_M, _Row]:
            return say(teams_of(member), member, **slots)

        @asked_often(member=BigIntegerField(), **kinds)
        @wraps(say)
        def as_owner(member: Slot, **slots: Slot) -> QuerySet[_M, _Row]:
            return say(all_teams(), member, **slots)

        @wraps(say)
        def ask(member: Member, **values: Any) -> list[_Row]:  # noqa: ANN401 (what a field takes)
            return (as_owner if member.is_owner else as_member)(member=member.pk, **values)

        return ask

    return above


def teams_led_by(member: Member) -> QuerySet[Team]:
    """The teams in which somebody stands as high as a lead; for an owner all."""
    teams = teams_for(member)
    if member.is_owner:
        return teams
    leading = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.LEAD)
    return teams.filter(pk__in=leading.values("team"))


def get_place_for(member: Member, team_word: str) -> Place:
    """Somebody's place in a team by its word.

    Raises:
        NotThere: there is no such team, or they aren't in it.
    """
    membership = (
        Membership.objects.select_related("role", "member", "team")
        .filter(member=member, team__word=team_word, team__closed_at=None, until=None)
        .first()
    )
    if membership is not None:
        return Place(member, membership.team, membership)
    team = Team.objects.filter(word=team_word, closed_at=None).first() if member.is_owner else None
    if team is None:
        raise NotThere("team")
    return Place(member, team, None)


def place_in(member: Member, team: Team) -> Place:
    """Somebody's place in a team.

    Raises:
        NotThere: they aren't in it.
    """
    found = _membership(team=team.pk, member=member.pk)
    for membership in found:
        membership.member, membership.team = member, team
    if not found and not member.is_owner:
        raise NotThere("team")
    return Place(member, team, found[0] if found else None)


def place_ahead(member: Member, team: Team) -> None:
    """Say in a write that this will be asked."""
    _membership.ahead(team=team.pk, member=member.pk)


@asked_often(team=BigIntegerField(), member=BigIntegerField())
def _membership(team: Slot, member: Slot) -> QuerySet[Membership]:
    return Membership.objects.select_related("role").filter(team=team, member=member, until=None)


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


def memberships_for(place: Place) -> QuerySet[Membership]:
    """Who is in a team now, with their role, in the order in which people are listed."""
    return (
        Membership.objects.select_related("member", "role", "team")
        .filter(team=place.team, until=None, member__left_at=None)
        .order_by("-role__rank", "member__name", "id")
    )


def members_for(place: Place) -> QuerySet[Member]:
    """The members of a team, as somebody in it may know them."""
    return Member.objects.filter(
        memberships__team=place.team, memberships__until=None, left_at=None
    ).order_by("name", "id")


def get_member_for(place: Place, word: str) -> Member:
    """A member of a team by their word.

    Raises:
        NotThere: nobody of that word is in it.
    """
    member = members_for(place).filter(word=word).first()
    if member is None:
        raise NotThere("member")
    return member


def get_membership_for(place: Place, word: str) -> Membership:
    """A member's place in a team by their word, with member, role and team at hand.

    Raises:
        NotThere: nobody of that word is in it.
    """
    membership = memberships_for(place).filter(member__word=word).first()
    if membership is None:
        raise NotThere("member")
    return membership


def highest_rank_of(member: Member) -> int:
    """The highest rank that somebody has in any team."""
    if member.is_owner:
        return Rank.OWNER
    ranks = member.memberships.filter(until=None).values_list("role__rank", flat=True)
    return max(ranks, default=0)


def people_who_manage(team: Team) -> QuerySet[Member]:
    """The people who manage a team, and the owners."""
    managing = Membership.objects.filter(team=team, until=None, role__rank__gte=Rank.MANAGER)
    return Member.objects.filter(
        Q(pk__in=managing.values("member")) | Q(is_owner=True), left_at=None, is_software=False
    )


def roles_within(place: Place) -> QuerySet[Role]:
    """The roles that somebody may give: none above their own rank."""
    return Role.objects.filter(rank__lte=place.rank)


def need_owner(member: Member, to_do: str) -> None:
    """Refuse what only an owner may.

    Raises:
        NotAllowed: they aren't one.
    """
    if not member.is_owner:
        raise NotAllowed("needs-rank", f"It takes an owner to {to_do}.", "Ask an owner.")
