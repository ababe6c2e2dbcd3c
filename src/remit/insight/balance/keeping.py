"""Keeps what was counted, so that a page reads a year of weeks in one query."""

from __future__ import annotations

from datetime import timedelta

from remit.core.clock import now
from remit.core.writing import write
from remit.insight.balance.counting import count
from remit.insight.balance.vocabulary import KEPT
from remit.insight.models import BalanceWeek
from remit.people.models import Team
from remit.reviews.weeks import week_of


def keep(team: Team) -> None:
    """Count all weeks that are over anew, and keep them: rows of earlier weeks may have changed since.

    Args:
        team: one that is open.
    """
    moment = now()
    last = week_of(team, moment) - timedelta(weeks=1)
    counted = count(team, last, KEPT)
    rows = [BalanceWeek(team=team, week=week, counted=each, at=moment) for week, each in counted.items()]
    with write():
        BalanceWeek.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=("team", "week"), update_fields=("counted", "at")
        )
        BalanceWeek.objects.filter(team=team, week__lt=min(counted)).delete()
