"""Members as the engine knows them: who somebody is, where, and whether they are on duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.db.models import BigIntegerField, DateTimeField, Exists, OuterRef, Q, QuerySet

from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.core.errors import NotThere
from remit.people.access import Place
from remit.people.models import Duty, Member, Membership, Team
from remit.people.vocabulary import LONGEST_DUTY_HOURS, Rank
from remit_engine.charter.request import Person

FORGOTTEN_AFTER: Final = timedelta(hours=LONGEST_DUTY_HOURS)
"""Somebody who tapped themselves on duty so long ago forgot to tap themselves off."""


def person_of(membership: Membership, *, on_duty: bool = True) -> Person:
    """A membership as the engine's person.

    Args:
        membership: with its member, role and team at hand.
        on_duty: whether they are on duty now.
    """
    member = membership.member
    return Person(
        member=member.word,
        role=membership.role.word,
        team=membership.team.word,
        step=membership.step,
        rank=Rank.OWNER if member.is_owner else membership.role.rank,
        on_duty=on_duty,
        owner=member.is_owner,
    )


def duties_at(moment: datetime) -> QuerySet[Duty]:
    """The duties that run at a moment: shifts, and taps that aren't so old that they were forgotten."""
    return running_at(moment, moment - FORGOTTEN_AFTER)


def running_at(moment: datetime | Slot, begun: datetime | Slot) -> QuerySet[Duty]:
    """The same; taps that began before `begun` were forgotten."""
    return Duty.objects.filter(starts_at__lte=moment).filter(
        Q(ends_at__gt=moment) | Q(ends_at=None, starts_at__gt=begun)
    )


@asked_often(team=BigIntegerField(), moment=DateTimeField(), begun=DateTimeField())
def _memberships(team: Slot, moment: Slot, begun: Slot) -> QuerySet[Any]:
    on_duty = running_at(moment, begun).filter(membership=OuterRef("pk"))
    return (
        Membership.objects.select_related("member", "role", "team")
        .filter(Q(team=team) | Q(member__is_owner=True), until=None, member__left_at=None)
        .annotate(is_on_duty=Exists(on_duty))
        .order_by("id")
    )


class Everybody:
    """Everybody who could be asked about something of a team: its members, and the owners.

    They are read where it is first asked who they are: what somebody may decide alone concerns nobody else.

    Attributes:
        team: whose.
    """

    def __init__(self, team: Team) -> None:
        """Of a team, as it is at the moment of the first question."""
        self.team = team

    @cached_property
    def memberships(self) -> Mapping[str, Membership]:
        """With member, role and team at hand, by the member's word; an owner's may be elsewhere."""
        moment = now()
        found: dict[str, Membership] = {}
        for membership in _memberships(team=self.team.pk, moment=moment, begun=moment - FORGOTTEN_AFTER):
            # Somebody in two teams is asked as who they are here.
            word = membership.member.word
            if word not in found or membership.team_id == self.team.pk:
                found[word] = membership
        return found

    @cached_property
    def people(self) -> Sequence[Person]:
        """As the engine knows them."""
        return [person_of(each, on_duty=each.is_on_duty) for each in self.memberships.values()]  # type: ignore[attr-defined]  # annotated

    @property
    def members(self) -> dict[str, Member]:
        """Their rows by word."""
        return {word: membership.member for word, membership in self.memberships.items()}

    def place_of(self, member: Member) -> Place:
        """Somebody's place in the team.

        Raises:
            NotThere: they aren't in it.
        """
        found = self.memberships.get(member.word)
        membership = found if found and found.team_id == self.team.pk else None
        if membership is None and not member.is_owner:
            raise NotThere("team")
        return Place(member, self.team, membership)


def everybody_of(team: Team) -> Everybody:
    """Everybody who could be asked about something of a team, read in one query once somebody asks."""
    return Everybody(team)


def people_of(team: Team) -> Sequence[Person]:
    """Everybody who could be asked about something of a team, as the engine knows them."""
    return everybody_of(team).people
