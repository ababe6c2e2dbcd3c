"""Members as the engine knows them: who somebody is, where, and whether they are on duty."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from remit.core.clock import now
from remit.people.models import Duty, Membership, Team
from remit.people.vocabulary import LONGEST_DUTY_HOURS, Rank
from remit_engine.charter.request import Person


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
    return Duty.objects.filter(starts_at__lte=moment).filter(
        Q(ends_at__gt=moment) | Q(ends_at=None, starts_at__gt=moment - timedelta(hours=LONGEST_DUTY_HOURS))
    )


def people_of(team: Team) -> list[Person]:
    """Everybody who could be asked about something of a team: its members, and the owners."""
    on_duty = duties_at(now()).filter(membership=OuterRef("pk"))
    memberships = (
        Membership.objects.select_related("member", "role", "team")
        .filter(Q(team=team) | Q(member__is_owner=True), until=None, member__left_at=None)
        .annotate(is_on_duty=Exists(on_duty))
        .order_by("id")
    )
    people: dict[str, Person] = {}
    for membership in memberships:
        # Somebody in two teams is asked as who they are here.
        if membership.member.word not in people or membership.team_id == team.pk:
            people[membership.member.word] = person_of(membership, on_duty=membership.is_on_duty)
    return list(people.values())
