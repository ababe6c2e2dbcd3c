"""Whether a team keeps what it promised those who have an idea: counts alone, of the team together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Min, Q

from remit.core.clock import now
from remit.people.models import Team
from remit.voice.models import Idea, Promise
from remit.voice.vocabulary import MEASURED_FOR, USUAL_DAYS


@dataclass(frozen=True, slots=True)
class Kept:
    """How a promise was kept.

    Attributes:
        days: that are promised now.
        due: ideas that were answered, or whose time was over, within thirteen weeks.
        in_time: those of them that were answered in time.
        waiting: ideas that wait for an answer.
        oldest_at: since when the oldest of these waits; None where none does.
        late: those that wait for longer than was promised.
    """

    team: Team
    days: int
    due: int
    in_time: int
    waiting: int
    oldest_at: datetime | None
    late: int

    @property
    def oldest_day(self) -> date | None:
        """The day on which the oldest of those that wait was said; None where none waits."""
        return self.oldest_at.astimezone(self.team.zone).date() if self.oldest_at else None

    @property
    def percent(self) -> int | None:
        """Answered in time, of all that were due, in percent, rounded down; None without any."""
        return 100 * self.in_time // self.due if self.due else None


def kept_in(teams: Iterable[Team]) -> list[Kept]:
    """How each of some teams keeps its promise, in two queries."""
    seen = list(teams)
    moment = now()
    since = moment - MEASURED_FOR
    answered = Q(answered_at__isnull=False, answered_at__gte=since)
    waiting = Q(answered_at=None)
    late = waiting & Q(due_at__lte=moment)
    rows = Idea.objects.filter(team__in=[each.pk for each in seen]).filter(answered | waiting)
    found: dict[int, dict[str, Any]] = {
        row["team"]: {**row}
        for row in rows.order_by()
        .values("team")
        .annotate(
            due=Count("pk", filter=answered | late),
            in_time=Count("pk", filter=answered & Q(answered_at__lte=F("due_at"))),
            waiting=Count("pk", filter=waiting),
            oldest_at=Min("at", filter=waiting),
            late=Count("pk", filter=late),
        )
    }
    promised = dict(Promise.objects.filter(team__in=found).values_list("team", "days")) if found else {}
    nothing: dict[str, Any] = {"due": 0, "in_time": 0, "waiting": 0, "oldest_at": None, "late": 0}
    return [_kept(each, promised, found.get(each.pk, nothing)) for each in seen]


def _kept(team: Team, promised: Mapping[int, int], row: Mapping[str, Any]) -> Kept:
    figures = {name: row[name] for name in ("due", "in_time", "waiting", "oldest_at", "late")}
    return Kept(team=team, days=promised.get(team.pk, USUAL_DAYS), **figures)
