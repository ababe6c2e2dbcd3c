"""Trials of the charter itself: an idea about who may decide what is tried there, and linked from here.

A charter has trials of its own, with an end and a question. Apps above tell which there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from remit.people.access import Place


@dataclass(frozen=True, slots=True)
class CharterTrial:
    """A version of a charter that is a trial.

    Attributes:
        number: of the version.
        words: what it asks, and until when.
    """

    number: int
    words: str


_tell: Final[list[Callable[[Place], Sequence[CharterTrial]]]] = []


def told_by(tell: Callable[[Place], Sequence[CharterTrial]]) -> None:
    """Say who knows the trials of a team's charter; called when an app is ready."""
    _tell[:] = [tell]


def charter_trials_of(place: Place) -> Sequence[CharterTrial]:
    """The trials of a team's charter, the newest first; one query."""
    return _tell[0](place) if _tell else ()
