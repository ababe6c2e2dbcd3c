"""Plays what happens, act by act, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush

from remit.core import clock

Story = Iterator[datetime]
"""Acts; between two of them it gives the moment of the next."""


class Playing:
    """Stories that are told, each from its first moment on, and go on where they were left.

    Args:
        stories: with the moment of their first acts.
    """

    def __init__(self, stories: Iterable[tuple[datetime, Story]]) -> None:
        self._waiting = [(moment, number, story) for number, (moment, story) in enumerate(stories)]
        heapify(self._waiting)

    def until(self, end: datetime) -> int:
        """Go on to a moment; what would happen later waits.

        Returns:
            how many acts were played.
        """
        played = 0
        while self._waiting and self._waiting[0][0] <= end:
            moment, number, story = heappop(self._waiting)
            with clock.at(moment):
                following = next(story, None)
            played += 1
            if following is not None:
                heappush(self._waiting, (max(following, moment), number, story))
        return played


def play(stories: Iterable[tuple[datetime, Story]], until: datetime) -> int:
    """Play stories up to a moment, and leave them there; says how many acts were played."""
    return Playing(stories).until(until)
