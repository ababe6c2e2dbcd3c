"""Counts a balance row by row, one loop for each part: the oracle of what is kept."""

from datetime import timedelta

from remit.approvals.models import Approval
from remit.complaints.models import Closure, Decision
from remit.events.models import Point
from remit.growth.models import StepChange
from remit.insight.balance.vocabulary import Word
from remit.people.models import Membership
from remit.procedures.models import Procedure, Reading, Version
from remit.pulse.models import Figure
from remit.voice.models import Answer, Idea
from remit.work.models import Round, Task, Turn


def plainly(team, since, end):
    """By part: the marks of its rows between two moments; states as they were at the second one.

    Args:
        team: whose.
        since: by part, from when on.
        end: before when.
    """
    return {word: list(count(team, since[word], end)) for word, count in PLAIN.items()}


def people_with_tasks(team, since, end):
    """To how many a task came."""
    return len({each.to_id for each in _came(team, since, end)})


def _current(team, _since, end):
    for each in Procedure.objects.filter(team=team):
        if each.made_at < end and (each.retired_at is None or each.retired_at >= end):
            versions = [version.at for version in Version.objects.filter(procedure=each)]
            fresh = any(end - timedelta(days=182) <= at < end for at in versions)
            to_come = each.review_by is not None and each.review_by >= end.astimezone(team.zone).date()
            yield 100 if fresh or to_come else 0


def _understood(team, since, end):
    for each in Reading.objects.filter(procedure__team=team):
        author = Version.objects.get(procedure=each.procedure, number=each.number).by_id
        if since <= each.at < end and each.member_id != author:
            yield 100 if each.understood_at else 0


def _on_time(team, since, end):
    for each in Task.objects.filter(team=team, due_at__isnull=False):
        needless = each.end == "closed" and each.ended_at <= each.due_at
        if since <= each.due_at < end and not needless:
            yield 100 if each.end == "done" and each.ended_at <= each.due_at else 0
    for each in Round.objects.filter(team=team):
        if since <= each.due_at < end:
            yield 100 if each.is_whole and each.ended_at and each.ended_at <= each.due_at else 0


def _alike(team, since, end):
    given = {}
    for each in (
        Decision.objects.filter(team=team, remedy__isnull=False)
        .select_related("remedy", "complaint__order")
        .order_by("at", "pk")
    ):
        if each.remedy.state in ("given", "on-its-way", "settled"):
            given.setdefault(each.complaint_id, each)
    before = {}
    for each in sorted(given.values(), key=lambda one: (one.at, one.pk)):
        like = (each.complaint.category, each.complaint.severity)
        other, before[like] = before.get(like), each
        if like[0] and other and since <= each.at < end and each.at - other.at <= timedelta(days=91):
            yield 100 if _same(other, each) else 0


def _same(one, other):
    worth = [float(one.remedy.value), float(other.remedy.value)]
    if one.complaint.order and other.complaint.order:
        worth = [worth[0] / one.complaint.order.paid, worth[1] / other.complaint.order.paid]
    return one.remedy.kind == other.remedy.kind and max(worth) <= 2 * min(worth) + 1e-12


def _record(team, since, end):
    for each in Closure.objects.filter(complaint__team=team, reopened_at=None).select_related("complaint"):
        complaint = each.complaint
        if since <= each.at < end and each.reason != "duplicate" and complaint.erased_at is None:
            said = each.why or Decision.objects.filter(complaint=complaint).exists()
            yield 100 if complaint.category and complaint.first_replied_at and said else 0


def _alone(team, since, end):
    for each in Decision.objects.filter(team=team):
        if since <= each.at < end:
            yield {"decide": 100, "inform": 100}.get(each.level, 0)


def _answers(team, since, end):
    for each in Approval.objects.filter(team=team, form="ask", ended_at__isnull=False).select_related(
        "ending"
    ):
        if since <= each.ended_at < end and each.ending.how not in {"withdrawn", "void"}:
            waited = (each.ended_at - each.asked_at).total_seconds() / 60
            soon = 100 if waited <= 15 else 75 if waited <= 60 else 50 if waited <= 240 else 25
            yield 0 if each.ending.how == "expired" or waited > 1440 else soon


def _came(team, since, end):
    for each in Turn.objects.filter(task__team=team):
        if since <= each.at < end and each.move in {"taken", "given", "handed-over"}:
            yield each


def _taken_up(team, since, end):
    return (100 if each.move == "taken" else 0 for each in _came(team, since, end))


def _ideas(team, since, end):
    for each in Idea.objects.filter(team=team):
        if since <= each.due_at < end:
            answers = [
                answer.outcome for answer in Answer.objects.filter(idea=each) if answer.at <= each.due_at
            ]
            yield 100 if {"yes", "try", "charter"} & set(answers) else 50 if answers else 0


def _floor(team, since, end):
    for each in Point.objects.filter(event__team=team).exclude(speaker=None):
        if since <= each.event.starts_at < end and each.event.called_off_at is None:
            yield 0 if each.speaker.is_owner or _managed_then(each) else 100


def _managed_then(point):
    return any(
        each.role.rank >= 30 and each.since <= point.event.starts_at
        for each in Membership.objects.filter(member=point.speaker, team=point.event.team)
        if each.until is None or each.until > point.event.starts_at
    )


def _widened(team, _since, end):
    changes = list(StepChange.objects.filter(membership__team=team, at__lt=end).order_by("at", "pk"))
    for each in Membership.objects.filter(team=team, since__lt=end) if changes else ():
        if (each.until is None or each.until >= end) and each.role.rank < 30 and not each.member.is_owner:
            own = [change for change in changes if change.membership_id == each.pk]
            holds = own and own[-1].step != "none" and (own[-1].until is None or own[-1].until >= end)
            yield 100 if holds else 0


def _pulse(team, _since, end):
    newest = {}
    for each in Figure.objects.filter(wave__team=team, part="").order_by("wave__closed_at", "pk"):
        is_lately = end - timedelta(days=91) <= each.wave.closed_at < end
        if is_lately and each.item in {"clear", "may-decide", "sure"}:
            newest[each.item] = round(((each.low + each.high) / 2 - 10) / 40 * 100)
    return newest.values()


PLAIN = {
    Word.CURRENT: _current,
    Word.UNDERSTOOD: _understood,
    Word.ON_TIME: _on_time,
    Word.ALIKE: _alike,
    Word.RECORD: _record,
    Word.ALONE: _alone,
    Word.ANSWERS: _answers,
    Word.TAKEN_UP: _taken_up,
    Word.IDEAS: _ideas,
    Word.FLOOR: _floor,
    Word.WIDENED: _widened,
    Word.PULSE: _pulse,
}
