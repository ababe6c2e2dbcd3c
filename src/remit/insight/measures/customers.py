"""What customers meet: how they say it was made right, and how long that took."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Final

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from remit.complaints.access import complaints_for
from remit.complaints.models import Closure, Complaint, Rating
from remit.complaints.vocabulary import CloseReason
from remit.insight.measures.middle import middle_of
from remit.people.models import Member, Team
from remit.purpose.measures import Behind, Measure, Reading, Row, Stretch, kept

_HOUR: Final = timedelta(hours=1)


def _ratings(team: Team, stretch: Stretch) -> QuerySet[Rating]:
    since, before = stretch.moments(team.zone)
    return Rating.objects.filter(complaint__team=team, at__gte=since, at__lt=before)


def _rating(team: Team, stretch: Stretch) -> Reading:
    found = _ratings(team, stretch).aggregate(count=Count("pk"), sum=Sum("made_right"))
    value = kept(Fraction(found["sum"], found["count"])) if found["count"] else None
    return Reading(value, found["count"])


def _ratings_for(member: Member, team: Team, stretch: Stretch) -> QuerySet[Rating]:
    rows = _ratings(team, stretch).filter(complaint__in=complaints_for(member).order_by().values("pk"))
    return rows.select_related("complaint").order_by("-at", "-pk")


def _rating_told(rating: Rating) -> Row:
    return _row(rating.complaint, f"{rating.made_right} of 5", rating)


def made_right() -> QuerySet[Closure]:
    """Complaints that were closed as made right, and stayed so."""
    return Closure.objects.filter(reason=CloseReason.MADE_RIGHT, reopened_at=None)


def _closed(team: Team, stretch: Stretch) -> QuerySet[Closure]:
    since, before = stretch.moments(team.zone)
    return made_right().filter(complaint__team=team, at__gte=since, at__lt=before)


def _resolving(team: Team, stretch: Stretch) -> Reading:
    rows = _closed(team, stretch).order_by().values_list("complaint__opened_at", "at")
    spans = [closed - opened for opened, closed in rows]
    return Reading(middle_of(spans, _HOUR), len(spans))


def _closed_for(member: Member, team: Team, stretch: Stretch) -> QuerySet[Closure]:
    rows = _closed(team, stretch).filter(complaint__in=complaints_for(member).order_by().values("pk"))
    return rows.select_related("complaint").order_by("-at", "-pk")


def _closed_told(closure: Closure) -> Row:
    hours = (closure.at - closure.complaint.opened_at) / _HOUR
    return _row(closure.complaint, f"{hours:.1f} h", closure)


def _row(complaint: Complaint, value: str, row: Rating | Closure) -> Row:
    address = reverse("complaints:complaint", args=[complaint.number])
    return Row(f"{complaint.said} {complaint.title}", value, address, row.at)


RATING: Final = Measure(
    word="rating",
    label="Made right, as customers say",
    unit="of 5",
    is_up=True,
    said="The average answer of customers to “Was it made right?” within 28 days.",
    days=28,
    least=5,
    rows="ratings",
    look=_rating,
    behind=Behind(_ratings_for, _rating_told),
)
RESOLVING: Final = Measure(
    word="time-to-resolve",
    label="Time until it is made right",
    unit="h",
    is_up=False,
    said="From a complaint to its end as made right, in hours by day and night: the middle one of 28 days.",
    days=28,
    least=5,
    rows="complaints made right",
    look=_resolving,
    behind=Behind(_closed_for, _closed_told),
)
