"""What members meet: how often they decide without asking, and how long they wait when they ask."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from remit.approvals.models import Approval
from remit.approvals.vocabulary import End, Form
from remit.complaints.access import complaints_for
from remit.complaints.models import Decision
from remit.insight.measures.middle import middle_of
from remit.people.models import Member, Team
from remit.purpose.measures import Behind, Measure, Reading, Row, Stretch, kept

_MINUTE: Final = timedelta(minutes=1)
_ALONE: Final = ("decide", "inform")
_SAID: Final = {
    "decide": "decided",
    "inform": "decided, and somebody was told",
    "propose": "proposed",
    "ask": "asked",
}
_ANSWERS: Final = (End.YES, End.YES_FROM_NOW_ON, End.ANOTHER_AMOUNT, End.NO)


def _decisions(team: Team, stretch: Stretch) -> QuerySet[Decision]:
    since, before = stretch.moments(team.zone)
    return Decision.objects.filter(team=team, at__gte=since, at__lt=before)


def _decided(team: Team, stretch: Stretch) -> Reading:
    found = _decisions(team, stretch).aggregate(
        count=Count("pk"), alone=Count("pk", filter=Q(level__in=_ALONE))
    )
    value = kept(Fraction(100 * found["alone"], found["count"])) if found["count"] else None
    return Reading(value, found["count"])


def _decisions_for(member: Member, team: Team, stretch: Stretch) -> QuerySet[Decision]:
    rows = _decisions(team, stretch).filter(complaint__in=complaints_for(member).order_by().values("pk"))
    return rows.select_related("complaint").order_by("-at", "-pk")


def _decision_told(decision: Decision) -> Row:
    complaint = decision.complaint
    address = reverse("complaints:complaint", args=[complaint.number])
    said = _SAID.get(decision.level, decision.level)
    return Row(f"{complaint.said} {complaint.title}", said, address, decision.at)


def _answered(team: Team, stretch: Stretch) -> QuerySet[Approval]:
    since, before = stretch.moments(team.zone)
    asked = Approval.objects.filter(form=Form.ASK, ending__how__in=_ANSWERS)
    return asked.filter(team=team, ended_at__gte=since, ended_at__lt=before)


def _waiting(team: Team, stretch: Stretch) -> Reading:
    rows = _answered(team, stretch).order_by().values_list("asked_at", "ended_at")
    spans = [ended - asked for asked, ended in rows if ended is not None]
    return Reading(middle_of(spans, _MINUTE), len(spans))


def _answered_for(member: Member, team: Team, stretch: Stretch) -> QuerySet[Decision]:
    """The decisions whose questions were answered: a member finds the complaint there, not who answered."""
    asked = _answered(team, stretch).order_by().values("pk")
    rows = Decision.objects.filter(
        approval__in=asked, complaint__in=complaints_for(member).order_by().values("pk")
    )
    return rows.select_related("complaint", "approval").order_by("-approval__ended_at", "-pk")


def _answered_told(decision: Decision) -> Row:
    complaint, question = decision.complaint, decision.approval
    address = reverse("complaints:complaint", args=[complaint.number])
    ended = question.ended_at if question and question.ended_at else decision.at
    waited = (ended - (question.asked_at if question else decision.at)) / _MINUTE
    return Row(f"{complaint.said} {complaint.title}", f"{waited:,.0f} min", address, ended)


DECIDED: Final = Measure(
    word="decided-without-asking",
    label="Decided without asking",
    unit="%",
    is_up=True,
    said="Of all decisions of 28 days, the share for which nobody had to be asked.",
    days=28,
    least=10,
    rows="decisions",
    look=_decided,
    behind=Behind(_decisions_for, _decision_told),
)
WAITING: Final = Measure(
    word="waiting-for-answers",
    label="Waiting for an answer",
    unit="min",
    is_up=False,
    said="From a question to its answer, in minutes by day and night: the middle one of 28 days.",
    days=28,
    least=5,
    rows="answers",
    look=_waiting,
    behind=Behind(_answered_for, _answered_told),
)
