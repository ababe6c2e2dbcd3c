"""What moves objectives by itself: figures of a team from complaints, decisions and answers."""

from __future__ import annotations

from remit.insight.measures.answers import DECIDED, WAITING
from remit.insight.measures.customers import RATING, RESOLVING
from remit.purpose.measures import can_measure


def offer() -> None:
    """Offer all of them to objectives."""
    for measure in (RATING, RESOLVING, DECIDED, WAITING):
        can_measure(measure)
