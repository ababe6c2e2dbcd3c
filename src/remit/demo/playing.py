"""Plays what happens, act by act, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush

from remit.core import clock

Story = Iterator[datetime]
"""Acts; between two of them it gives the moment of the next."""


def play(stories: Iterable[tuple[datetime, Story]], until: datetime) -> int:
    """Play stories, each from its first moment on.

    Args:
        stories: with the moment of their first acts.
        until: what would happen later doesn't happen.

    Returns:
        how many acts were played.
    """
    waiting = [(moment, number, story) for number, (moment, story) in enumerate(stories)]
    heapify(waiting)
    played = 0
    while waiting:
        moment, number, story = heappop(waiting)
        if moment > until:
            break
        with clock.at(moment):
            following = next(story, None)
        played += 1
        if following is not None:
            heappush(waiting, (max(following, moment), number, story))
    return played
