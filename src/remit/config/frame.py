"""What the frame around every page shows of the one who looks: bell, questions, duty, all in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest

from remit.approvals.access import waiting_for
from remit.approvals.models import Approval
from remit.core.counted import Counted
from remit.notices.models import Notice
from remit.notices.queries import MOST_COUNTED, count_unseen, unseen_by
from remit.people.models import Member
from remit.people.queries import OnDuty, places_of, with_duty
from remit.reviews.access import reviews_for
from remit.reviews.models import Review


@dataclass(frozen=True, slots=True)
class Frame:
    """The figures of the frame.

    Attributes:
        duties: for each of their teams whether they are on duty.
        unseen: how many notices they haven't seen.
        waiting: how many questions wait for their answer; counting stops as it does for notices.
        to_look_at: how many reviews they are asked for.
    """

    duties: Sequence[OnDuty]
    unseen: int
    waiting: int
    to_look_at: int


def frame_of(member: Member) -> Frame:
    """The figures for somebody; an owner who is in no team is counted for in three queries."""
    unseen = Notice.objects.filter(pk__in=unseen_by(member).values("pk"))
    asked = waiting_for(member).order_by()[: MOST_COUNTED + 1]
    waiting = Approval.objects.filter(pk__in=asked.values("pk"))
    open_reviews = reviews_for(member).filter(reviewer=member, done_at=None)
    looks = Review.objects.filter(pk__in=open_reviews.order_by()[: MOST_COUNTED + 1].values("pk"))
    places = places_of(member).annotate(
        unseen=Counted(unseen.order_by().values("pk")),
        waiting=Counted(waiting.order_by().values("pk")),
        to_look_at=Counted(looks.order_by().values("pk")),
    )
    duties = with_duty(places)
    if not duties:
        return Frame(duties, count_unseen(member), asked.count(), looks.count())
    first: Any = duties[0].membership
    return Frame(duties, first.unseen, first.waiting, first.to_look_at)


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
    }
