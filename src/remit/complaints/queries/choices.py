"""What can be chosen at the desk: categories of a team, colleagues."""

from __future__ import annotations

from remit.charters.in_force import charter_of
from remit.core.errors import Refusal
from remit.people.models import Member, Membership, Team
from remit_engine.charter.facts import ChoiceFact
from remit_engine.errors import RemitError


def categories_of(team: Team) -> tuple[str, ...]:
    """The categories that the team's charter knows; none where there is no charter, or it names none."""
    try:
        fact = charter_of(team).compiled.charter.all_facts.get("category")
    except (Refusal, RemitError):
        return ()
    return fact.values if isinstance(fact, ChoiceFact) else ()


def colleagues_in(teams: list[Team]) -> list[Member]:
    """Everybody who works in these teams, by name."""
    memberships = Membership.objects.filter(team__in=teams, until=None).values("member")
    return list(Member.objects.filter(pk__in=memberships, left_at=None).order_by("name", "id"))
