"""What the doctor says of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

_UNITS: Final = (
    (timedelta(days=2), timedelta(days=1), "days"),
    (timedelta(hours=2), timedelta(hours=1), "hours"),
)


class Health(StrEnum):
    """How something stands."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing.

    Attributes:
        what: it is about, in a few words.
        health: how it stands.
        words: what was found, one sentence; nothing secret.
        next_step: what to do; "" where nothing is.
    """

    what: str
    health: Health
    words: str
    next_step: str = ""


def ok(what: str, words: str) -> Finding:
    """All is well."""
    return Finding(what, Health.OK, words)


def look(what: str, words: str, next_step: str) -> Finding:
    """It works, and somebody should look at it."""
    return Finding(what, Health.LOOK, words, next_step)


def wrong(what: str, words: str, next_step: str) -> Finding:
    """It doesn't work, or won't for long."""
    return Finding(what, Health.WRONG, words, next_step)


def in_words(span: timedelta) -> str:
    """How long that is: 3 days, 5 hours, 12 minutes."""
    for least, unit, name in _UNITS:
        if span >= least:
            return f"{span // unit} {name}"
    minutes = span // timedelta(minutes=1)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
