"""What a rule gives, and the hours that several of them reckon with."""

from __future__ import annotations

from typing import Final

from remit.findings.actions import Found
from remit.findings.vocabulary import HAT_OF, Kind

HOURS_A_QUESTION: Final = 1 / 6
"""A question that needs a yes takes who asks and who answers ten minutes together."""
MOST: Final = 3
"""Of one kind so many are kept: one is shown, and the next ones wait until it is left or put on."""


def asked_for(kind: Kind, thing: object, worth: float, **evidence: object) -> Found:
    """A hat that is asked for.

    Args:
        kind: by what.
        thing: names what it is about, within its kind.
        worth: hours of somebody a week.
        evidence: figures that its words are made of; no names.
    """
    return Found(
        f"{kind}:{thing}", HAT_OF[kind].value, kind.value, {"worth": round(max(worth, 0.0), 2), **evidence}
    )
