"""Words of the first page, and how much of each thing stands on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

MOST_WAITING: Final = 12
"""Lines of what is somebody's; of what is free, and of what changed, fewer. The rest is one click away."""
MOST_FREE: Final = 6
MOST_CHANGED: Final = 5
MOST_ON: Final = 12
MOST_SAID: Final = 3
MOST_THANKS: Final = 3
MOST_COUNTED: Final = 100
"""What a manager sees is counted so far; beyond it says *more than*."""
LATELY: Final = timedelta(days=7)
"""What somebody may decide by now that they could not so long ago."""
SAID_LATELY: Final = timedelta(days=30)
"""Ratings that are older say nothing of today."""
AHEAD: Final = timedelta(days=28)
"""A big day that is further ahead, with nothing to do for it before, says nothing of today."""
THANKED_LATELY: Final = timedelta(days=7)
"""Thanks stand there for a week; the page of the month has them all."""

_MORNING, _AFTERNOON, _EVENING = 4, 12, 18


def greeting(hour: int) -> str:
    """What one says at an hour of the wall clock, from 0 to 23."""
    if _MORNING <= hour < _AFTERNOON:
        return "Good morning"
    if _AFTERNOON <= hour < _EVENING:
        return "Good afternoon"
    return "Good evening"
