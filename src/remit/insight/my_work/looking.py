"""What somebody's own work did in a month: what they made right, what guests said, which objectives moved.

It counts for nobody and compares nobody: it is there so that a day's work is seen to lead somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from remit.complaints.access import complaints_for
from remit.complaints.models import Closure, Complaint, Rating
from remit.complaints.vocabulary import MADE_RIGHT_WORDS, CloseReason
from remit.core.clock import today
from remit.core.paging import Paged, paged
from remit.insight.my_work.beside import Things, beside_complaints
from remit.people.access import teams_of
from remit.people.models import Member, Team
from remit.purpose.access import visions_in_force
from remit.purpose.models import Objective, Vision
from remit.purpose.queries.progress import Point, Progress, progress_of_all, share_of

_OTHERWISE = "UTC"
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Month:
    """A month on a wall clock."""

    first: date
    zone: ZoneInfo

    @property
    def after(self) -> date:
        """The first day of the next one."""
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def before(self) -> date:
        """The first day of the one before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def since(self) -> datetime:
        """When it begins."""
        return datetime.combine(self.first, time.min, self.zone)

    @property
    def until(self) -> datetime:
        """When the next one begins."""
        return datetime.combine(self.after, time.min, self.zone)


@dataclass(frozen=True, slots=True)
class Mine:
    """A complaint that somebody had a part in, and what the guest said of it, in words; "" for nothing."""

    complaint: Complaint
    rated: str
    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An objective of one of their teams, over the month.

    Attributes:
        before, now: its values at the beginning of the month and at its end; None where there is none.
        is_nearer: whether it came nearer to its target.
        vision: of its team; None where nobody wrote one.
    """

    progress: Progress
    before: Point | None
    now: Point | None
    is_nearer: bool
    vision: Vision | None

    @property
    def is_there(self) -> bool:
        """Whether it is where it should be."""
        return self.now is not None and share_of(self.progress.objective, self.now.value) >= 1


@dataclass(frozen=True, slots=True)
class MyWork:
    """What somebody's work did in a month.

    Attributes:
        shown: a page of complaints that they decided or closed in the month.
        beside: tasks that they did in it, and ideas that they had.
        moved: objectives whose value moved in it.
        still: how many others stood still, or weren't measured.
    """

    month: Month
    shown: Paged[Complaint]
    mine: list[Mine]
    beside: list[Things]
    moved: list[Moved]
    still: int
    is_this_month: bool


def my_work(member: Member, month: str, page: str | None) -> MyWork:
    """What somebody's own work did.

    Args:
        member: whose.
        month: `2026-11`, as it stands in the address; this month for anything else.
        page: of complaints that is wanted.
    """
    teams = list(teams_of(member))
    zone = teams[0].time_zone if teams else _OTHERWISE
    this = today(zone).replace(day=1)
    over = Month(min(_first_day(month) or this, this), ZoneInfo(zone))
    shown = paged(_complaints(member, over), page)
    moved = _moved(teams, over, today(zone))
    return MyWork(
        month=over,
        shown=shown,
        mine=_with_ratings(list(shown)),
        beside=beside_complaints(member, teams, over.since, over.until),
        moved=[each for each in moved if each.now is not None and each.before != each.now],
        still=sum(each.now is None or each.before == each.now for each in moved),
        is_this_month=over.first == this,
    )


def _first_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _complaints(member: Member, month: Month) -> QuerySet[Complaint]:
    inside = {"at__gte": month.since, "at__lt": month.until}
    decided = Q(pk__in=member.decisions.filter(**inside).values("complaint"))
    ended = Closure.objects.filter(by=member, reason=CloseReason.MADE_RIGHT, reopened_at=None, **inside)
    found = complaints_for(member).filter(decided | Q(pk__in=ended.values("complaint")), merged_into=None)
    return found.select_related("team").order_by("-last_at", "-pk")


def _with_ratings(complaints: list[Complaint]) -> list[Mine]:
    ratings = {
        each.complaint_id: each
        for each in Rating.objects.filter(complaint__in=[each.pk for each in complaints]).order_by("at")
    }
    found = []
    for each in complaints:
        rating = ratings.get(each.pk)
        rated = MADE_RIGHT_WORDS[rating.made_right] if rating else ""
        found.append(Mine(each, rated, rating.words if rating else ""))
    return found


def _moved(teams: list[Team], month: Month, day: date) -> list[Moved]:
    objectives = Objective.objects.select_related("team", "owner", "closing").filter(
        team__in=teams, closing=None
    )
    visions = visions_in_force(teams)
    return [_over(each, month, visions) for each in progress_of_all(objectives, day)]


def _over(progress: Progress, month: Month, visions: dict[int, Vision]) -> Moved:
    earlier = [point for point in progress.points if point.day < month.first]
    inside = [point for point in progress.points if month.first <= point.day < month.after]
    before = earlier[-1] if earlier else (inside[0] if inside else None)
    now = inside[-1] if inside else None
    objective = progress.objective
    is_nearer = (
        before is not None
        and now is not None
        and share_of(objective, now.value) > share_of(objective, before.value)
    )
    if before is not None and now is not None and before.value == now.value:
        now = before
    return Moved(progress, before, now, is_nearer, visions.get(objective.team_id))
