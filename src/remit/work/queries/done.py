"""What is done, from where the last page ended: so that years of it cost a page nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from remit.core.paging import A_PAGE
from remit.people.access import teams_for
from remit.people.models import Member
from remit.work.access import ended
from remit.work.models import Task

_LONGEST: Final = 18
"""Digits of a number that a database can hold."""


@dataclass(frozen=True, slots=True)
class Done:
    """A page of what is done, the latest first.

    Attributes:
        rows: of the page.
        after: where the next page begins; "" on the last one.
    """

    rows: Sequence[Task]
    after: str


def done_from(member: Member, after: str = "") -> Done:
    """A page of what is done in the teams that somebody sees; in two queries.

    The first rows of each team are read from its index, and the first of them all are taken: one order over
    several teams would have to be made of all that was ever done there.

    Args:
        member: who looks.
        after: as the page before gave it; "" for the first, and for anything else.
    """
    keys = list(teams_for(member).order_by().values_list("pk", flat=True))
    # A row of its own around each, as SQLite limits no part of a union.
    firsts = [
        Task.objects.filter(pk__in=_of_team(key, after).values("pk")[: A_PAGE + 1]).order_by() for key in keys
    ]
    found = Task.objects.none().union(*(each.values("pk") for each in firsts), all=True)
    rows = list(ended(member).filter(pk__in=found.values("pk"))[: A_PAGE + 1]) if keys else []
    return Done(rows[:A_PAGE], _behind(rows[A_PAGE - 1]) if len(rows) > A_PAGE else "")


def _behind(last: Task) -> str:
    """Where the page after this task begins."""
    return f"{last.ended_at.isoformat()}~{last.pk}" if last.ended_at else ""


def _of_team(key: int, after: str) -> QuerySet[Task]:
    rows = Task.objects.filter(team=key, ended_at__isnull=False).order_by("-ended_at", "-id")
    text, _, number = after.partition("~")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return rows
    if moment.tzinfo is None or not (number.isascii() and number.isdecimal() and len(number) <= _LONGEST):
        return rows
    return rows.filter(ended_at__lte=moment).exclude(ended_at=moment, pk__gte=int(number))
