"""What was asked and planned, as it is listed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from remit.core.clock import today
from remit.core.paging import Paged, paged
from remit.people.models import Member
from remit.rollouts.access import changes_for
from remit.rollouts.models import Answer, Change


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the list.

    Attributes:
        change: what it is about.
        teams: how many it is about.
        begun: how many of them have a start.
        says: what the newest answer says in a few words; "" for none.
        stands: where it stands, where there is no answer.
    """

    change: Change
    teams: int
    begun: int
    says: str
    stands: str


def listed(member: Member, page: str | None) -> Paged[ChangeLine]:
    """A page of what somebody may read, in two queries."""
    rows = changes_for(member).annotate(
        teams=Count("starts"), begun=Count("starts", filter=Q(starts__on__isnull=False))
    )
    found = paged(rows, page)
    said: dict[int, str] = {}
    answers = Answer.objects.filter(change__in=found.rows, ended_at__isnull=False).order_by("id")
    for change, effects in answers.values_list("change", "effects"):
        if effects:
            said[change] = headline_of(effects)
    lines = [ChangeLine(row, row.teams, row.begun, said.get(row.pk, ""), _stands(row)) for row in found.rows]
    return Paged(lines, found.number, found.has_more)


def headline_of(effects: list[dict[str, str]]) -> str:
    """The first outcome in a few words: what it says, and how much that can carry."""
    first = effects[0]
    design, says = first["design"], first["says"]
    return f"{design}: {says}" if design not in ("", says) else says


def _stands(change: Change) -> str:
    plan, draw = getattr(change, "plan", None), getattr(change, "draw", None)
    if change.given_up_at is not None:
        return "given up"
    if plan is None:
        return "being looked at"
    if draw is None:
        return "planned; the order isn’t drawn yet"
    if today("UTC") < draw.ends_on:
        return f"drawn by lot; looked at from {draw.ends_on.day} {draw.ends_on:%B %Y} on"
    return "its end is reached"
