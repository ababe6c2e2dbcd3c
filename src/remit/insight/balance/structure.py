"""What structure is counted from: procedures, work with a time, remedies, the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from remit.complaints.models import Closure, Decision
from remit.complaints.vocabulary import CloseReason
from remit.insight.balance.marks import Mark, Weeks, full_if
from remit.insight.balance.vocabulary import ALIKE_TIMES, ALIKE_WITHIN
from remit.procedures.models import Procedure, Reading, Version
from remit.procedures.vocabulary import REVIEW_AFTER
from remit.remedies.vocabulary import State
from remit.work.models import Round, Task
from remit.work.vocabulary import End

_GIVEN: Final = (State.GIVEN, State.ON_ITS_WAY, State.SETTLED)


def procedures_current(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """Procedures in use at the end of each week."""
    rows = Procedure.objects.filter(team=weeks.team, made_at__lt=weeks.before)
    in_use = rows.filter(Q(retired_at=None) | Q(retired_at__gte=weeks.since)).order_by("pk")
    procedures = list(in_use.values_list("pk", "made_at", "retired_at", "review_by"))
    versions = Version.objects.filter(
        procedure__in=rows.order_by().values("pk"), at__gte=weeks.since - REVIEW_AFTER, at__lt=weeks.before
    )
    published: dict[int, list[datetime]] = {}
    for procedure, at in versions.order_by("at").values_list("procedure", "at"):
        published.setdefault(procedure, []).append(at)
    for monday, end in weeks.ends():
        for number, made, retired, review_by in procedures:
            if made >= end or (retired is not None and retired < end):
                continue
            is_current = (
                review_by is not None and review_by >= (end.astimezone(weeks.team.zone).date())
            ) or any(end - REVIEW_AFTER <= at < end for at in published.get(number, ()))
            yield monday, Mark(end, full_if(is_current), "procedure", number)


def procedures_understood(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """Readings, by all but who wrote what they read."""
    written = Version.objects.filter(
        procedure=OuterRef("procedure"), number=OuterRef("number"), by=OuterRef("member")
    )
    rows = Reading.objects.filter(
        ~Exists(written), procedure__team=weeks.team, at__gte=weeks.since, at__lt=weeks.before
    )
    found = rows.order_by().values_list("at", "understood_at", "procedure")
    return weeks.by_week(Mark(at, full_if(understood), "reading", number) for at, understood, number in found)


def work_on_time(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """Tasks and checklists that were due."""
    due = {"team": weeks.team, "due_at__gte": weeks.since, "due_at__lt": weeks.before}
    needless = Q(end=End.CLOSED, ended_at__lte=F("due_at"))
    tasks = (
        Task.objects.filter(**due).exclude(needless).order_by().values_list("pk", "due_at", "ended_at", "end")
    )
    rounds = Round.objects.filter(**due).order_by().values_list("pk", "due_at", "ended_at", "is_whole")
    for number, at, ended, end in tasks:
        if at is not None:
            in_time = end == End.DONE and ended is not None and ended <= at
            yield from weeks.by_week([Mark(at, full_if(in_time), "task", number)])
    for number, at, ended, is_whole in rounds:
        in_time = is_whole and ended is not None and ended <= at
        yield from weeks.by_week([Mark(at, full_if(in_time), "round", number)])


class _Given(NamedTuple):
    """The first remedy of a complaint."""

    number: int
    at: datetime
    complaint: int
    category: str
    severity: int
    kind: str
    value: int
    currency: str
    paid: int | None


def remedies_alike(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """First remedies of complaints that have a like complaint before."""
    given = Decision.objects.filter(
        team=weeks.team, remedy__state__in=_GIVEN, at__gte=weeks.since - ALIKE_WITHIN, at__lt=weeks.before
    ).exclude(complaint__category="")
    earlier = Decision.objects.filter(complaint=OuterRef("complaint"), remedy__state__in=_GIVEN).filter(
        Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk"))
    )
    first = given.filter(~Exists(earlier)).order_by("at", "pk")
    complaint = ("complaint", "complaint__category", "complaint__severity")
    remedy = ("remedy__kind", "remedy__value", "remedy__currency")
    last: dict[tuple[str, int], _Given] = {}
    for each in map(
        _Given._make, first.values_list("pk", "at", *complaint, *remedy, "complaint__order__paid")
    ):
        like = (each.category, each.severity)
        before, last[like] = last.get(like), each
        if before is not None and each.at >= weeks.since and each.at - before.at <= ALIKE_WITHIN:
            yield from weeks.by_week(
                [Mark(each.at, full_if(_are_alike(before, each)), "decision", each.number)]
            )


def _are_alike(one: _Given, other: _Given) -> bool:
    if (one.kind, one.currency) != (other.kind, other.currency):
        return False
    left, right = one.value, other.value
    if one.paid and other.paid:
        left, right = one.value * other.paid, other.value * one.paid
    return min(left, right) * ALIKE_TIMES >= max(left, right)


def record_complete(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """Complaints that were closed, and stayed so."""
    decided = Decision.objects.filter(complaint=OuterRef("complaint"))
    rows = Closure.objects.filter(
        complaint__team=weeks.team, complaint__erased_at=None, complaint__merged_into=None, reopened_at=None
    ).filter(at__gte=weeks.since, at__lt=weeks.before)
    found = rows.exclude(reason=CloseReason.DUPLICATE).annotate(is_decided=Exists(decided)).order_by()
    complaint = ("complaint", "complaint__category", "complaint__first_replied_at")
    return weeks.by_week(
        Mark(at, full_if(category and replied and (is_decided or why)), "complaint", number)
        for at, number, category, replied, is_decided, why in found.values_list(
            "at", *complaint, "is_decided", "why"
        )
    )
