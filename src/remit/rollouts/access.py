"""The only way to what is asked about: whoever is in a team that it concerns; silent about all else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from remit.core.errors import NotAllowed, NotThere
from remit.people.access import teams_for, teams_led_by
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank
from remit.rollouts.models import Change, Start


def changes_for(member: Member) -> QuerySet[Change]:
    """What is asked about in the teams that somebody sees, the newest first, with plan and draw."""
    seen = teams_for(member).order_by().values("pk")
    there = Start.objects.filter(change=OuterRef("pk"), team__in=seen)
    return Change.objects.select_related("by", "plan", "draw").filter(Exists(there))


def get_change_for(member: Member, number: int) -> Change:
    """One of them.

    Raises:
        NotThere: there is none.
    """
    found = changes_for(member).filter(pk=number).first()
    if found is None:
        raise NotThere("change")
    return found


def starts_of(change: Change) -> list[Start]:
    """The teams that it is about, in order of their starts; who hasn't one comes last. One query."""
    rows = list(change.starts.select_related("team", "begun_by"))
    return sorted(rows, key=lambda row: (row.on is None, row.on, row.team.name))


def managed_by(member: Member) -> QuerySet[Team]:
    """The teams that somebody manages; for an owner all."""
    if member.is_owner:
        return teams_for(member)
    managed = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.MANAGER)
    return teams_for(member).filter(pk__in=managed.values("team"))


def manages_all(member: Member, teams: Iterable[int]) -> bool:
    """Whether somebody manages all of some teams, given by number."""
    return member.is_owner or set(teams) <= set(managed_by(member).values_list("pk", flat=True))


def need_manager(managed: Sequence[Team]) -> None:
    """Refuse whoever manages no team.

    Raises:
        NotAllowed: there is none.
    """
    if not managed:
        raise NotAllowed("needs-rank", "It takes a manager to plan a rollout.", "Ask a manager, or an owner.")


def need_manager_of_all(member: Member, teams: Iterable[int], to_do: str) -> None:
    """Refuse what only who manages all of the teams may do.

    Raises:
        NotAllowed: there is one that they don't manage.
    """
    if not manages_all(member, teams):
        raise NotAllowed(
            "needs-rank",
            f"It takes a manager of all these teams to {to_do}.",
            "Ask an owner, or whoever manages all of them.",
        )


def leads_one(member: Member, teams: Iterable[int]) -> bool:
    """Whether somebody leads one of some teams, given by number."""
    return member.is_owner or teams_led_by(member).filter(pk__in=list(teams)).exists()


def need_leader_of_all(member: Member, teams: Iterable[int], to_do: str) -> None:
    """Refuse what only who leads all of the teams may do.

    Raises:
        NotAllowed: there is one that they don't lead.
    """
    if member.is_owner or set(teams) <= set(teams_led_by(member).values_list("pk", flat=True)):
        return
    raise NotAllowed(
        "needs-rank",
        f"It takes a lead of all these teams to {to_do}.",
        "Ask an owner, or a lead of all of them.",
    )
