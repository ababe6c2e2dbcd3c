"""What the frame around every page shows of the one who looks: bell, questions, duty, all in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest

from remit.approvals.access import waiting_for
from remit.approvals.models import Approval
from remit.core.asked_often import Slot
from remit.core.clock import now
from remit.core.counted import Counted
from remit.notices.models import Notice
from remit.notices.queries import MOST_COUNTED, count_unseen, unseen_by
from remit.people.access import asked_by_members, teams_for
from remit.people.facts import FORGOTTEN_AFTER, running_at
from remit.people.models import Member, Team
from remit.people.queries import OnDuty, as_duties, duty_shown, places_of
from remit.people.vocabulary import Rank
from remit.reviews.access import asked_to_look_at
from remit.reviews.models import Review

_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """The figures of the frame.

    Attributes:
        duties: for each of their teams whether they are on duty.
        unseen: how many notices they haven't seen.
        waiting: how many questions wait for their answer; counting stops as it does for notices.
        to_look_at: how many reviews they are asked for.
        teams_seen: how many teams they see; counting stops at two.
    """

    duties: Sequence[OnDuty]
    unseen: int
    waiting: int
    to_look_at: int
    teams_seen: int


def frame_of(member: Member) -> Frame:
    """The figures for somebody; an owner who is in no team is counted for in four queries."""
    moment = now()
    rows = _counted(member, moment=moment, begun=moment - FORGOTTEN_AFTER)
    if rows:
        first: Any = rows[0]
        return Frame(as_duties(rows), first.unseen, first.waiting, first.to_look_at, first.teams_seen)
    teams = teams_for(member)
    looks = asked_to_look_at(member, teams)[: MOST_COUNTED + 1]
    return Frame([], count_unseen(member), _asked(member).count(), looks.count(), teams[:_SEVERAL].count())


@asked_by_members(moment=DateTimeField(), begun=DateTimeField())
def _counted(teams: QuerySet[Team], member: Slot, moment: Slot, begun: Slot) -> QuerySet[Any]:
    """Somebody's places with their duty, and all that is counted for them beside each."""
    unseen = Notice.objects.filter(pk__in=unseen_by(member).values("pk"))
    waiting = Approval.objects.filter(pk__in=_asked(member).values("pk"))
    looks = Review.objects.filter(pk__in=asked_to_look_at(member, teams)[: MOST_COUNTED + 1].values("pk"))
    return duty_shown(places_of(member), running_at(moment, begun)).annotate(
        unseen=Counted(unseen.order_by().values("pk")),
        waiting=Counted(waiting.order_by().values("pk")),
        to_look_at=Counted(looks.order_by().values("pk")),
        teams_seen=Counted(teams.order_by().values("pk")[:_SEVERAL]),
    )


def _asked(member: Member | Slot) -> QuerySet[Approval]:
    return waiting_for(member).order_by()[: MOST_COUNTED + 1]


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """`my_duties`, `unseen_notices` and the like: looked up only where one of them is shown."""
    user = getattr(request, "user", None)
    if not isinstance(user, Member):
        return {}

    @cache
    def frame() -> Frame:
        return frame_of(user)

    return {
        "my_duties": lambda: frame().duties,
        "unseen_notices": lambda: frame().unseen,
        "waiting_for_me": lambda: frame().waiting,
        "reviews_for_me": lambda: frame().to_look_at,
        "teams_seen": lambda: frame().teams_seen,
        "teams_managed": lambda: _managed(user, frame()),
    }


def _managed(member: Member, frame: Frame) -> int:
    """How many teams somebody manages, which an owner does wherever they look."""
    if member.is_owner:
        return frame.teams_seen
    return sum(each.membership.role.rank >= Rank.MANAGER for each in frame.duties)
