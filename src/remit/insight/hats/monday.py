"""What managers are told on Monday: the same hats as on the page, of each of their teams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Final

from django.urls import reverse

from remit.core.clock import now
from remit.findings.hats import tell_on_monday
from remit.findings.models import HatLook
from remit.insight.hats.looking import look_at_hats
from remit.insight.hats.queries import Line, hats_of
from remit.notices.actions import Message
from remit.notices.vocabulary import MONDAY_CODE
from remit.people.access import place_in
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank

TOLD_AT: Final = time(7)
"""On the wall clock of the team."""


def tell_managers(team: Team) -> bool:
    """Tell who manages a team, if it is Monday there, late enough, and they weren't told today.

    Returns:
        whether they were told, or nothing needed them, this time.
    """
    there = now().astimezone(team.zone)
    monday = there.date()
    if there.weekday() != 0 or there.time() < TOLD_AT or _was_told(team, monday):
        return False
    look_at_hats(team)
    managers = _managers(team)
    lines = hats_of(place_in(managers[0], team)).now if managers else ()
    return tell_on_monday(team, monday, managers, hats_of_monday(team, lines) if lines else None)


def hats_of_monday(team: Team, lines: Sequence[Line]) -> Message:
    """To who manages a team: which hats it asks for this week."""
    hats = "a hat" if len(lines) == 1 else f"{len(lines)} hats"
    return Message(
        code=MONDAY_CODE,
        subject=f"hats:{team.word}",
        title=f"Which hat this week: {team.name} asks for {hats}"[:200],
        body="\n".join(f"{line.hat.label}: {line.said.title} {line.said.evidence}" for line in lines),
        address=reverse("hats:team", args=[team.word]),
    )


def _was_told(team: Team, monday: date) -> bool:
    return HatLook.objects.filter(team=team, told_on=monday).exists()


def _managers(team: Team) -> list[Member]:
    """The people who manage a team there; without any, the owners."""
    places = Membership.objects.filter(team=team, until=None, role__rank__gte=Rank.MANAGER)
    people = Member.objects.filter(left_at=None, is_software=False).order_by("pk")
    return list(people.filter(pk__in=places.values("member"))) or list(people.filter(is_owner=True))
