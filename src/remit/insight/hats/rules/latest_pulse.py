"""The last result of the pulse, as it was published: nothing else of the pulse is read here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from remit.people.models import Team
from remit.pulse.access import results_of
from remit.pulse.models import Wave
from remit.pulse.queries.pages import Line, lines_of

STRENGTH: Final = "strength"
"""The sentence about strength that is left."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """A result that waits for an answer.

    Attributes:
        wave: whose.
        lines: its sentences, with figures and how they moved.
    """

    wave: Wave
    lines: Sequence[Line]


def latest_pulse(team: Team) -> Pulse | None:
    """The last result of a team; None where there is none, or where it has its answer."""
    wave = results_of(team).first()
    if wave is None or hasattr(wave, "reply"):
        return None
    return Pulse(wave, lines_of(wave))
