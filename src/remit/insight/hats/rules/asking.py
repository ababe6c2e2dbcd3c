"""Ask: ideas without an answer for longer than was promised, and a pulse that fell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from remit.findings.actions import Found
from remit.findings.vocabulary import Kind
from remit.insight.hats.rules.asked_for import asked_for
from remit.insight.hats.rules.latest_pulse import STRENGTH, latest_pulse
from remit.people.models import Team
from remit.voice.queries.promise import kept_in

_HOURS_AN_IDEA: Final = 0.5
_HOURS_A_SENTENCE: Final = 0.1
"""Stated: of each person whom a wave asks, and for each sentence that fell."""


def late_ideas(team: Team) -> Iterator[Found]:
    """Ideas that wait for longer than was promised when they came: all of them together."""
    (kept,) = kept_in([team])
    if kept.late:
        yield asked_for(
            Kind.LATE_IDEAS,
            "all",
            _HOURS_AN_IDEA * kept.late,
            ideas=kept.late,
            days=kept.days,
            oldest=kept.oldest_day.isoformat() if kept.oldest_day else "",
        )


def pulse_fell(team: Team) -> Iterator[Found]:
    """Sentences that fell beyond noise in the last result, while nobody has answered it."""
    pulse = latest_pulse(team)
    fell = [
        line.figure.item
        for line in (pulse.lines if pulse else ())
        if line.figure and line.moved < 0 and line.figure.item != STRENGTH
    ]
    if pulse and fell:
        yield asked_for(
            Kind.PULSE_FELL,
            pulse.wave.number,
            _HOURS_A_SENTENCE * pulse.wave.asked * len(fell),
            wave=pulse.wave.number,
            items=fell,
        )
