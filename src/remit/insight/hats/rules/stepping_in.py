"""Step in: customers who wait for longer than was promised right now, and a team that is tired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import Count, Min

from remit.complaints.models import Complaint
from remit.core.clock import now
from remit.findings.actions import Found
from remit.findings.vocabulary import Kind
from remit.insight.hats.rules.asked_for import asked_for
from remit.insight.hats.rules.latest_pulse import STRENGTH, latest_pulse
from remit.people.models import Team

_HOURS_A_COMPLAINT: Final = 1.0
_HOURS_A_PERSON: Final = 0.5
"""Stated: of each person whom a wave asks."""
_MIDDLE: Final = 30
"""In tenths of a point: *partly*. Whoever is surely below it has little strength left."""


def late_now(team: Team) -> Iterator[Found]:
    """Complaints whose answer or end is overdue at this moment: all of them together."""
    late = Complaint.objects.filter(team=team, closed_at=None, due_at__lt=now()).order_by()
    seen = late.aggregate(number=Count("pk"), oldest=Min("due_at"))
    if seen["number"]:
        yield asked_for(
            Kind.LATE_NOW,
            "all",
            _HOURS_A_COMPLAINT * seen["number"],
            complaints=seen["number"],
            oldest=seen["oldest"].isoformat(),
        )


def tired(team: Team) -> Iterator[Found]:
    """A last result, without an answer yet, by which strength fell beyond noise or is surely low."""
    pulse = latest_pulse(team)
    for line in pulse.lines if pulse else ():
        figure = line.figure
        if figure is None or figure.item != STRENGTH or pulse is None:
            continue
        if line.moved < 0 or figure.sure_high < _MIDDLE:
            yield asked_for(
                Kind.TIRED,
                pulse.wave.number,
                _HOURS_A_PERSON * pulse.wave.asked,
                wave=pulse.wave.number,
                low=figure.low,
                high=figure.high,
                has_fallen=line.moved < 0,
            )
