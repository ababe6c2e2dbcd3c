"""What room is counted from: decisions, answers, tasks, ideas, briefings, steps, published figures."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, F, OuterRef, Q

from remit.approvals.models import Approval
from remit.approvals.vocabulary import End, Form
from remit.complaints.models import Decision
from remit.events.models import Point
from remit.growth.models import Proposal, StepChange
from remit.insight.balance.marks import Mark, Weeks, full_if
from remit.insight.balance.vocabulary import PUBLISHED_WITHIN, PULSE_ITEMS, WAITED
from remit.people.models import Membership
from remit.people.vocabulary import Rank
from remit.pulse.models import Figure
from remit.voice.models import Answer, Idea
from remit.voice.vocabulary import Outcome
from remit.work.models import Turn
from remit.work.vocabulary import Move
from remit_engine.charter.facts import NO_STEP
from remit_engine.evidence.balance import FULL

_ALONE: Final = frozenset({"decide", "inform"})
_ENDED: Final = (End.YES, End.YES_FROM_NOW_ON, End.ANOTHER_AMOUNT, End.NO, End.EXPIRED)
_CAME: Final = (Move.TAKEN, Move.GIVEN, Move.HANDED_OVER)
_TRIED: Final = (Outcome.YES, Outcome.TRY, Outcome.CHARTER)
_HALF: Final = 50
_LOWEST, _SPAN = 20, 80
"""Of both ends of a figure of the pulse together, in tenths: where its scale begins, and how long it is."""


def decided_alone(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """Decisions."""
    rows = Decision.objects.filter(team=weeks.team, at__gte=weeks.since, at__lt=weeks.before)
    found = rows.order_by().values_list("at", "level", "pk")
    return weeks.by_week(
        Mark(at, full_if(level in _ALONE), "decision", number) for at, level, number in found
    )


def answers_soon(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """Questions that were answered, or that nobody answered in time."""
    rows = Approval.objects.filter(team=weeks.team, form=Form.ASK, ending__how__in=_ENDED)
    rows = rows.filter(ended_at__gte=weeks.since, ended_at__lt=weeks.before).order_by()
    for number, asked, ended, how in rows.values_list("pk", "asked_at", "ended_at", "ending__how"):
        if ended is not None:
            points = _soon(asked, ended) if how != End.EXPIRED else 0
            yield from weeks.by_week([Mark(ended, points, "approval", number)])


def _soon(asked: datetime, ended: datetime) -> int:
    return next((points for within, points in WAITED if ended - asked <= within), 0)


def work_taken_up(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """Times that a task came to somebody."""
    rows = Turn.objects.filter(
        task__team=weeks.team, move__in=_CAME, at__gte=weeks.since, at__lt=weeks.before
    )
    found = rows.order_by().values_list("at", "move", "task", "to")
    return weeks.by_week(
        Mark(at, full_if(move == Move.TAKEN), "turn", task, to or 0) for at, move, task, to in found
    )


def ideas_answered(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """Ideas whose answer was promised."""
    tried = Answer.objects.filter(idea=OuterRef("pk"), outcome__in=_TRIED, at__lte=OuterRef("due_at"))
    rows = Idea.objects.filter(team=weeks.team, due_at__gte=weeks.since, due_at__lt=weeks.before)
    found = rows.annotate(is_tried=Exists(tried)).order_by()
    for number, due, answered, is_tried in found.values_list("pk", "due_at", "answered_at", "is_tried"):
        in_time = _HALF if answered is not None and answered <= due else 0
        yield from weeks.by_week([Mark(due, FULL if is_tried else in_time, "idea", number)])


def floor_shared(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """Points of briefings that were somebody's."""
    managing = Membership.objects.filter(
        Q(until=None) | Q(until__gt=OuterRef("event__starts_at")),
        team=weeks.team, member=OuterRef("speaker"),
        role__rank__gte=Rank.MANAGER, since__lte=OuterRef("event__starts_at"),
    )  # fmt: skip
    rows = Point.objects.filter(event__team=weeks.team, event__called_off_at=None, speaker__isnull=False)
    rows = rows.filter(event__starts_at__gte=weeks.since, event__starts_at__lt=weeks.before)
    found = rows.annotate(is_managing=Exists(managing)).order_by()
    named = ("event__starts_at", "event", "is_managing", "speaker__is_owner")
    return weeks.by_week(
        Mark(at, full_if(not (is_managing or is_owner)), "event", event)
        for at, event, is_managing, is_owner in found.values_list(*named)
        if at is not None
    )


def limits_widened(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """People below managers at the end of each week, from when a step was first spoken of."""
    of_team = {"membership__team": weeks.team, "at__lt": weeks.before}
    changes: dict[int, list[tuple[datetime, bool, datetime | None]]] = defaultdict(list)
    for membership, at, step, until in (
        StepChange.objects.filter(**of_team)
        .order_by("at", "pk")
        .values_list("membership", "at", "step", "until")
    ):
        changes[membership].append((at, step != NO_STEP, until))
    proposed = (
        Proposal.objects.filter(is_wider=True, **of_team).order_by("at").values_list("at", flat=True)[:1]
    )
    begins = [*proposed, *(rows[0][0] for rows in changes.values())]
    if not begins:
        return
    people = Membership.objects.filter(
        Q(until=None) | Q(until__gte=weeks.since), team=weeks.team, role__rank__lt=Rank.MANAGER,
        member__is_software=False, member__is_owner=False, since__lt=weeks.before,
    )  # fmt: skip
    there = list(people.order_by("pk").values_list("pk", "member", "since", "until"))
    for monday, end in weeks.ends():
        if min(begins) >= end:
            continue
        for membership, member, since, until in there:
            if since < end and (until is None or until >= end):
                is_wider = _holds(changes[membership], end)
                yield monday, Mark(end, full_if(is_wider), "member", membership, member)


def _holds(changes: list[tuple[datetime, bool, datetime | None]], end: datetime) -> bool:
    """Whether a step beyond the first was held at a moment."""
    at = bisect_left(changes, end, key=lambda each: each[0])
    if at == 0:
        return False
    _, is_wider, until = changes[at - 1]
    return is_wider and (until is None or until >= end)


def pulse_clarity(weeks: Weeks) -> Iterator[tuple[date, Mark]]:
    """The figures that were published last of each sentence, of the team as a whole."""
    rows = Figure.objects.filter(
        wave__team=weeks.team, part="", item__in=PULSE_ITEMS,
        wave__closed_at__gte=weeks.since - PUBLISHED_WITHIN, wave__closed_at__lt=weeks.before,
    ).order_by("wave__closed_at", "pk")  # fmt: skip
    figures = list(
        rows.annotate(at=F("wave__closed_at")).values_list("at", "item", "low", "high", "wave__number")
    )
    for monday, end in weeks.ends():
        newest = {
            item: (low + high, wave)
            for at, item, low, high, wave in figures
            if end - PUBLISHED_WITHIN <= at < end
        }
        for both, wave in newest.values():
            yield monday, Mark(end, round((both - _LOWEST) * 100 / _SPAN), "wave", wave)
