"""What was undertaken about a cause, how far it is, and what became of the complaints since it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse

from remit.core.paging import Paged, paged
from remit.insight.causes.counting import WEEKS, Cause, Counted, Sort, counted, week_of
from remit.insight.causes.looking import Look, cause_words
from remit.insight.causes.words import since_words
from remit.insight.models import Undertaking
from remit.people.models import Member, Team
from remit.procedures.access import drafts_for
from remit.procedures.models import Draft
from remit.procedures.vocabulary import Outcome
from remit.work.models import Task
from remit.work.vocabulary import End
from remit_engine.evidence.afterwards import MOST_SINCE, Afterwards, afterwards
from remit_engine.evidence.rising import FEWEST_BEFORE, RECENT

SHOWN: Final = 20
"""Undertakings on a page."""
_LOOKED_AT: Final = 500
"""Undertakings of which it is looked whether anybody complains of their cause still."""


@dataclass(frozen=True, slots=True)
class Undertaken:
    """One of them, as a page shows it.

    Attributes:
        row: of the table, with its task or its draft at hand.
        title: what is done.
        address: where that is looked at; "" where it isn't theirs to see.
        stands: how far it is.
        done_at: when it was done; None while it isn't.
        week: in which it was done, from the first that was counted; None while it isn't.
        after: what became of the complaints; None while it isn't done, or where several teams are shown.
    """

    row: Undertaking
    title: str
    address: str
    stands: str
    done_at: datetime | None
    week: int | None = None
    after: Afterwards | None = None

    @property
    def since(self) -> tuple[str, str] | None:
        """What became of the complaints: the figures, and what they say."""
        return since_words(self.after) if self.after is not None else None


@dataclass(frozen=True, slots=True)
class Gone:
    """A cause about which something was undertaken, and of which nobody complained in the weeks counted.

    Attributes:
        cause: which.
        words: as people say it.
    """

    cause: Cause
    words: str


def undertaken_about(
    member: Member, cause: Cause, teams: Sequence[Team], found: Counted, page: str | None
) -> Paged[Undertaken]:
    """What was undertaken about a cause in some teams, the latest first; in one query.

    Where something was done so long ago that what came before isn't counted any more, the weeks around it are
    counted too, those of the latest one: two queries more.

    Args:
        member: who looks: drafts that aren't theirs to see are left out.
        cause: which.
        teams: in which.
        found: what was counted of the same teams.
        page: that is wanted.
    """
    rows = _seen_by(member).filter(sort=cause.sort, value=cause.value, team__in=list(teams))
    shown: Paged[Undertaking] = paged(rows, page, SHOWN)
    told = [_told(row, found) for row in shown]
    if len(teams) == 1 or cause.sort == Sort.TEAM:
        then = _long_ago(told, teams, found)
        told = [_judged(each, cause, then if then and _is_old(each, found) else found) for each in told]
    return Paged(told, shown.number, shown.has_more)


def gone(member: Member, teams: Sequence[Team], look: Look) -> list[Gone]:
    """Causes about which something was undertaken and of which nobody complains any more; one query."""
    rows = _seen_by(member).filter(team__in=list(teams)).values_list("sort", "value")
    names = {team.word: team.name for team in teams}
    causes = dict.fromkeys(Cause(*each) for each in rows[:_LOOKED_AT])
    there = look.counted.causes
    return [Gone(cause, cause_words(cause, names)) for cause in causes if cause not in there][:SHOWN]


def _seen_by(member: Member) -> QuerySet[Undertaking]:
    theirs = drafts_for(member).order_by().values("pk")
    rows = Undertaking.objects.select_related(
        "team", "by", "task__holder", "draft__procedure", "draft__made_by", "draft__version"
    )
    return rows.filter(Q(task__isnull=False) | Q(draft__version__isnull=False) | Q(draft__in=theirs))


def _told(row: Undertaking, found: Counted) -> Undertaken:
    if row.task is not None:
        title, address = row.task.title, reverse("work:task", args=[row.task.pk])
        stands, done_at = _of_task(row.task)
    else:
        draft = row.draft
        assert draft is not None  # noqa: S101 (either a task or a step: the table says so)
        title = f"{row.step_title}, in “{draft.said}”"
        address, stands, done_at = _of_draft(draft)
    week = week_of(row.team, done_at, found.mondays[0]) if done_at else None
    return Undertaken(row, title, address, stands, done_at, week)


def _is_old(each: Undertaken, found: Counted) -> bool:
    """Whether too little of what was before it is among the weeks that were counted."""
    return each.week is not None and each.week < FEWEST_BEFORE + RECENT and len(found.mondays) == WEEKS


def _long_ago(told: Sequence[Undertaken], teams: Sequence[Team], found: Counted) -> Counted | None:
    """The weeks around the latest of those that were done long ago; None where there is none."""
    old = [each.done_at for each in told if each.done_at and _is_old(each, found)]
    return counted(teams, max(old).date() + timedelta(weeks=MOST_SINCE + 1)) if old else None


def _judged(each: Undertaken, cause: Cause, found: Counted) -> Undertaken:
    """The same with what became of the complaints, where it is done."""
    if each.done_at is None:
        return each
    done, picked = (
        week_of(each.row.team, moment, found.mondays[0]) for moment in (each.done_at, each.row.at)
    )
    same = {known: weeks for known, weeks in found.causes.items() if known.sort == cause.sort}
    same[cause] = found.row(cause)
    return replace(each, after=afterwards(same, found.all, cause, done=done, picked=picked))


def _of_task(task: Task) -> tuple[str, datetime | None]:
    """How far it is, and when it was done."""
    if task.end == End.DONE:
        return "done", task.ended_at
    if task.end:
        return "closed without doing it", None
    return (f"{task.holder.first_name} has it" if task.holder else "free to take"), None


def _of_draft(draft: Draft) -> tuple[str, str, datetime | None]:
    """Its page, how far it is, and since when it holds."""
    if draft.version is not None:
        number = draft.version.number
        address = reverse("procedures:version", args=[draft.version.procedure_id, number])
        return address, f"published as version {number}", draft.version.at
    if draft.ended_at is not None:
        said = "answered" if draft.outcome == Outcome.ANSWERED else "put away"
        return reverse("procedures:draft", args=[draft.pk]), said, None
    if draft.handed_in_at is not None:
        said = f"{draft.made_by.first_name} proposes it"
        return reverse("procedures:draft-publish", args=[draft.pk]), said, None
    return reverse("procedures:draft", args=[draft.pk]), "being written", None
