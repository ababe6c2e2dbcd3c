"""Hold on: what reviews and the nightly look say is worth a look. Never an accusation, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from remit.findings.access import worth_a_look_in
from remit.findings.actions import Found
from remit.findings.vocabulary import Kind, Signal
from remit.insight.hats.rules.asked_for import MOST, asked_for
from remit.people.models import Team

_HOURS: Final = 1.0
"""Stated: half an hour of two people who look at it together."""


def worth_a_look(team: Team) -> Iterator[Found]:
    """What is open, once whom it concerns had time to say something: all of it together."""
    rows = list(worth_a_look_in(team))
    if rows:
        yield asked_for(
            Kind.WORTH_A_LOOK,
            rows[0].pk,
            _HOURS * min(len(rows), MOST),
            things=len(rows),
            by_reviews=sum(row.reason == Signal.DIFFERENT for row in rows),
        )
