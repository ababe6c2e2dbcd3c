"""What stands around the list of complaints: how many each tab has, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import DateTimeField, Q, QuerySet, Subquery, Value

from remit.approvals.models import Approval
from remit.complaints.filters import Tab
from remit.complaints.models import Complaint, SavedView, Tag
from remit.core.asked_often import Slot
from remit.core.clock import now
from remit.core.counted import Counted
from remit.people.access import asked_by_members
from remit.people.models import Member, Membership, Team

SOON: Final = timedelta(minutes=60)
"""A complaint is about to breach when something is due within this time."""
MOST_COUNTED: Final = 100
"""Tabs count so far; beyond they say *many*."""
_COUNTED: Final = (Tab.MINE, Tab.DUE, Tab.UNASSIGNED, Tab.WAITING)


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view that somebody kept: what it is called, and the address that it stands for."""

    title: str
    query: str
    pk: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in these teams."""

    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen around the list: views that were kept, tags, people."""

    views: list[KeptView]
    tags: list[str]
    colleagues: list[Colleague]


def condition_of(tab: Tab, member: Member | Slot, soon: datetime | Slot) -> Q:
    """What a tab shows; that of questions that wait is asked of the questions."""
    conditions = {
        Tab.ALL: Q(),
        Tab.CLOSED: ~Q(closed_at=None),
        Tab.OPEN: Q(closed_at=None),
        Tab.MINE: Q(closed_at=None, assignee=member),
        Tab.UNASSIGNED: Q(closed_at=None, assignee=None),
        Tab.DUE: Q(closed_at=None, due_at__lte=soon),
    }
    return conditions[tab]


def counts_for(member: Member) -> tuple[dict[Tab, int], int]:
    """In one query: how many each tab has that says what is to be done, and the newest number."""
    row = _counted(member, soon=now() + SOON)[0]
    return {tab: row[tab.value] for tab in _COUNTED}, row["newest"] or 0


@asked_by_members(soon=DateTimeField())
def _counted(teams: QuerySet[Team], member: Slot, soon: Slot) -> QuerySet[Any]:
    here = teams.order_by().values("pk")
    counted = {}
    for tab in (Tab.MINE, Tab.DUE, Tab.UNASSIGNED):
        rows = Complaint.objects.filter(condition_of(tab, member, soon), team__in=here)
        counted[tab.value] = Counted(rows.order_by().values("pk")[:MOST_COUNTED])
    asked = Approval.objects.filter(team__in=here, ended_at=None).values("subject").distinct()
    counted[Tab.WAITING.value] = Counted(asked[:MOST_COUNTED])
    newest = Complaint.objects.filter(team__in=here).order_by("-number").values("number")[:1]
    whole: QuerySet[Any] = Member.objects.filter(pk=member).annotate(newest=Subquery(newest), **counted)
    return whole.values("newest", *counted)


def choices_for(member: Member) -> Choices:
    """What can be chosen around the list, in one query and by name."""
    rows = sorted(_choices(member))
    return Choices(
        [KeptView(title, query, pk) for title, query, pk in rows if pk > 0],
        [word for word, _, pk in rows if pk == 0],
        [Colleague(name, word) for name, word, pk in rows if pk < 0],
    )


@asked_by_members()
def _choices(teams: QuerySet[Team], member: Slot) -> QuerySet[Any]:
    """Views with their number, tags with 0, people with -1."""
    seen = teams.order_by().values("pk")
    views = SavedView.objects.filter(member=member).order_by()
    tags = Tag.objects.filter(team__in=seen).order_by()
    here = Membership.objects.filter(team__in=seen, until=None).values("member")
    people = Member.objects.filter(pk__in=here, left_at=None).order_by()
    return views.values_list("title", "query", "pk").union(
        tags.values_list("word", Value(""), Value(0)), people.values_list("name", "word", Value(-1))
    )
