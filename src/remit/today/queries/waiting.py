"""What waits for somebody, and what is free to take: tasks, checklists, complaints, questions in one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import BigIntegerField, Manager, OuterRef, QuerySet, Subquery
from django.urls import reverse

from remit.approvals.access import waiting_for
from remit.complaints.models import Complaint, Decision
from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.people.access import asked_by_members, teams_of
from remit.people.models import Member, Team
from remit.today.vocabulary import MOST_FREE, MOST_WAITING
from remit.work.access import free as free_tasks
from remit.work.access import held_by, open_rounds
from remit.work.models import Round, Task

_LAST: Final = datetime(9999, 1, 1, tzinfo=UTC)


class Sort(StrEnum):
    """What a line is."""

    TASK = "task"
    CHECKLIST = "checklist"
    COMPLAINT = "complaint"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that waits.

    Attributes:
        address: of its page.
        due_at: until when; None: whenever there is time.
        asked_at: since when a colleague waits for an answer; None for all else.
        why: what it is for, or "".
        asker: who waits for an answer, or "".
        press: address of the one press that is offered beside it, or "".
        is_missed: of a checklist whose time is over.
    """

    sort: Sort
    title: str
    address: str
    team: Team
    due_at: datetime | None
    asked_at: datetime | None = None
    why: str = ""
    asker: str = ""
    press: str = ""
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody, and what is free to take.

    Attributes:
        mine, free: the most pressing ones.
        more_mine, more_free: whether there are others.
    """

    mine: Sequence[Line]
    free: Sequence[Line]
    more_mine: bool
    more_free: bool


def waiting(member: Member) -> Waiting:
    """What waits for somebody, in three queries: tasks, checklists, complaints with questions about them."""
    tasks, complaints = _tasks(member), _complaints(member=member.pk)
    rounds = [_round_line(each) for each in open_rounds(member)[: MOST_WAITING + 1]]
    mine = [_task_line(each) for each in tasks if each.holder_id is not None]
    mine += [*rounds, *_own_lines(complaints, member)]
    free = [_task_line(each) for each in tasks if each.holder_id is None]
    free += [_free_line(each) for each in complaints if each.assignee_id is None and not each.question]
    mine.sort(key=_pressing)
    free.sort(key=_pressing)
    return Waiting(mine[:MOST_WAITING], free[:MOST_FREE], len(mine) > MOST_WAITING, len(free) > MOST_FREE)


def _pressing(line: Line) -> tuple[Any, ...]:
    """Who waits for an answer comes first, then what is due first; what was missed is last."""
    return line.is_missed, line.asked_at is None, line.asked_at or line.due_at or _LAST, line.address


@asked_by_members()
def _tasks(seen: QuerySet[Team], member: Slot) -> QuerySet[Task]:
    """Those that somebody has in the teams that they see, and those that are free in their own."""
    mine = held_by(member, seen)[: MOST_WAITING + 1]
    free = free_tasks(member)[: MOST_FREE + 1]
    return Task.objects.select_related("team").filter(pk__in=_any_of(Task.objects, mine, free))


@asked_often(member=BigIntegerField())
def _complaints(member: Slot) -> QuerySet[Any]:
    """Those that somebody has, those that nobody has in their teams, and those that they are asked about."""
    own = teams_of(member).order_by().values("pk")
    open_ones = Complaint.objects.filter(closed_at=None)
    theirs = open_ones.filter(assignee=member).order_by("due_at", "pk")[: MOST_WAITING + 1]
    free = open_ones.filter(assignee=None, team__in=own).order_by("-last_at", "-pk")[: MOST_FREE + 1]
    asked = waiting_for(member).order_by("asked_at")[: MOST_WAITING + 1]
    behind = Decision.objects.filter(approval__in=asked.values("pk"))
    about = Complaint.objects.filter(pk__in=behind.values("complaint"))
    question = _questions(member)
    return (
        Complaint.objects.select_related("team")
        .only("number", "title", "due_at", "last_at", "assignee", "closed_at", "team")
        .filter(pk__in=_any_of(Complaint.objects, theirs, free, about))
        .annotate(
            question=Subquery(question.values("approval")[:1]),
            asked_at=Subquery(question.values("approval__asked_at")[:1]),
            asker=Subquery(question.values("approval__asker__name")[:1]),
        )
    )


def _questions(member: Slot) -> QuerySet[Decision]:
    """The decisions about a complaint whose question waits for somebody, the oldest question first."""
    asked = waiting_for(member).order_by().values("pk")
    return Decision.objects.filter(complaint=OuterRef("pk"), approval__in=asked).order_by(
        "approval__asked_at"
    )


def _any_of(rows: Manager[Any], *parts: QuerySet[Any]) -> QuerySet[Any]:
    """The keys of the first rows of each of them: read from an index each, then put together."""
    firsts = (rows.filter(pk__in=each.values("pk")).order_by().values("pk") for each in parts)
    return rows.none().union(*firsts)


def _task_line(task: Task) -> Line:
    is_free = task.holder_id is None
    return Line(
        sort=Sort.TASK,
        title=task.title,
        address=reverse("work:task", args=[task.pk]),
        team=task.team,
        due_at=task.due_at,
        why=task.why,
        press=reverse("work:take-task" if is_free else "work:do-task", args=[task.pk]),
    )


def _round_line(row: Round) -> Line:
    return Line(
        sort=Sort.CHECKLIST,
        title=row.checklist.title,
        address=reverse("work:round", args=[row.pk]),
        team=row.team,
        due_at=row.due_at,
        is_missed=row.due_at < now(),
    )


def _complaint_line(row: Complaint, *, press: str = "") -> Line:
    return Line(
        sort=Sort.COMPLAINT,
        title=row.title,
        address=reverse("complaints:complaint", args=[row.number]),
        team=row.team,
        due_at=row.due_at,
        press=press,
    )


def _free_line(row: Complaint) -> Line:
    return _complaint_line(row, press=reverse("complaints:take-up", args=[row.number]))


def _own_lines(rows: Iterable[Any], member: Member) -> Iterator[Line]:
    for row in rows:
        if row.question:
            yield Line(
                sort=Sort.QUESTION,
                title=row.title,
                address=reverse("approvals:approval", args=[row.question]),
                team=row.team,
                due_at=None,
                asked_at=row.asked_at,
                asker=row.asker,
            )
        if row.assignee_id == member.pk and row.closed_at is None:
            yield _complaint_line(row)
