"""The only way to approvals: what somebody asked, was asked, or may see as a lead of the team."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from remit.approvals.models import Approval, Asked
from remit.core.asked_often import Slot
from remit.core.errors import NotThere
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank

_NEWEST_ASKED: Final = 200
"""Of the questions that somebody was asked, those among which the ones that ended last are looked for."""


def approvals_for(member: Member) -> QuerySet[Approval]:
    """Approvals that somebody sees: their own, those they were asked about, and as a lead all of the team."""
    rows = Approval.objects.select_related("team", "asker", "charter")
    if member.is_owner:
        return rows
    here = _memberships(member)
    led = here.filter(role__rank__gte=Rank.LEAD)
    about = Exists(Asked.objects.filter(approval=OuterRef("pk"), member=member))
    return rows.filter(
        Q(team__in=led.values("team")) | Q(team__in=here.values("team")) & (Q(asker=member) | about)
    )


def last_ended_for(member: Member, most: int) -> QuerySet[Approval]:
    """The last of them that ended, at most so many, the newest first: read from indexes, however many ended.

    They are among the last ones of every team that somebody leads, their own last ones, and those of the
    questions that they were asked lately.
    """
    led = _memberships(member).filter(role__rank__gte=Rank.LEAD)
    teams = Team.objects.all() if member.is_owner else Team.objects.filter(pk__in=led.values("team"))
    lately = Asked.objects.filter(member=member).order_by("-at").values("approval")[:_NEWEST_ASKED]
    theirs = approvals_for(member)
    parts = (
        *(Approval.objects.filter(team=team) for team in teams.values_list("pk", flat=True)),
        theirs.filter(asker=member),
        theirs.filter(pk__in=lately),
    )
    # As the condition of the index says it: SQLite doesn't see that `NOT … IS NULL` is the same.
    ended = [part.filter(ended_at__isnull=False) for part in parts]
    lasts = [part.order_by("-ended_at", "-pk").values("pk")[:most] for part in ended]
    found = Approval.objects.none().union(
        *(Approval.objects.filter(pk__in=each).values("pk") for each in lasts)
    )
    return theirs.filter(pk__in=found).order_by("-ended_at", "-pk")[:most]


def _memberships(member: Member) -> QuerySet[Membership]:
    return Membership.objects.filter(member=member, until=None)


def get_approval_for(member: Member, number: int) -> Approval:
    """One of them.

    Raises:
        NotThere: there is none, or it isn't theirs to see.
    """
    approval = approvals_for(member).filter(pk=number).first()
    if approval is None:
        raise NotThere("approval")
    return approval


def waiting_for(member: Member | Slot) -> QuerySet[Approval]:
    """Open questions that wait for somebody's answer, or to which they may still object."""
    mine = Q(asked__member=member) & (~Q(asker=member) | Q(asked__is_alone=True))
    return Approval.objects.filter(mine, ended_at=None)
