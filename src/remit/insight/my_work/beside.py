"""What somebody did in a month beside complaints: tasks, also of big days, and ideas with their name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from django.urls import reverse

from remit.events.models import Task as EventTask
from remit.people.models import Member, Team
from remit.voice.models import Idea
from remit.work.models import Task
from remit.work.vocabulary import End

MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was done.

    Attributes:
        title: how it is called.
        address: its page.
        words: what it is for, or what became of it; "" for nothing.
    """

    title: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Things:
    """Things of one kind, the latest first, as far as one page shows them.

    Attributes:
        kind: above them.
        has_more: whether there are others.
    """

    kind: str
    shown: Sequence[Thing]
    has_more: bool


def beside_complaints(
    member: Member, teams: Sequence[Team], since: datetime, until: datetime
) -> list[Things]:
    """What somebody did beside complaints, kind by kind, in three queries; kinds without any are left out.

    An idea without a name is nobody's, here too.

    Args:
        member: whose.
        teams: in which.
        since: from when.
        until: before when.
    """
    kinds = {
        "Tasks that you did": _tasks(member, teams, since, until),
        "At big days": _at_big_days(member, teams, since, until),
        "Ideas with your name": _ideas(member, teams, since, until),
    }
    found = []
    for kind, things in kinds.items():
        some = list(islice(things, MOST_SHOWN + 1))
        if some:
            found.append(Things(kind, some[:MOST_SHOWN], len(some) > MOST_SHOWN))
    return found


def _tasks(member: Member, teams: Sequence[Team], since: datetime, until: datetime) -> Iterable[Thing]:
    rows = Task.objects.filter(
        team__in=teams, ended_at__gte=since, ended_at__lt=until, end=End.DONE, holder=member
    ).select_related("objective")
    for task in rows.order_by("-ended_at", "-id")[: MOST_SHOWN + 1]:
        words = f"so that {task.objective.title}" if task.objective else ""
        yield Thing(task.title, reverse("work:task", args=[task.pk]), words)


def _at_big_days(member: Member, teams: Sequence[Team], since: datetime, until: datetime) -> Iterable[Thing]:
    rows = EventTask.objects.filter(
        event__team__in=teams, done_at__gte=since, done_at__lt=until, done_by=member
    ).select_related("event")
    for task in rows.order_by("-done_at", "-id")[: MOST_SHOWN + 1]:
        yield Thing(task.title, reverse("events:event", args=[task.event_id]), task.event.title)


def _ideas(member: Member, teams: Sequence[Team], since: datetime, until: datetime) -> Iterable[Thing]:
    rows = Idea.objects.filter(team__in=teams, at__gte=since, at__lt=until, author=member)
    for idea in rows.order_by("-at", "-id")[: MOST_SHOWN + 1]:
        yield Thing(idea.text, reverse("voice:idea", args=[idea.pk]), str(idea.get_state_display()))
