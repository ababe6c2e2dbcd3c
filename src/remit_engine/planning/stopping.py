"""How long planning may take, how far it is, and how somebody ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SECONDS: Final = 10.0


class Stop:
    """A button to end planning early, from any thread. Pressed once, it stays pressed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pressed = False
        self._told: list[Callable[[], None]] = []

    @property
    def is_pressed(self) -> bool:
        """Whether somebody pressed it."""
        return self._pressed

    def press(self) -> None:
        """End what is being planned; the best plan until now is kept."""
        with self._lock:
            self._pressed = True
            told = tuple(self._told)
        for each in told:
            each()

    @contextmanager
    def telling(self, stop: Callable[[], None]) -> Iterator[None]:
        """Within this context the function is called when it is pressed, or at once if it has been."""
        with self._lock:
            self._told.append(stop)
            pressed = self._pressed
        if pressed:
            stop()
        try:
            yield
        finally:
            with self._lock:
                self._told.remove(stop)


class Ended(StrEnum):
    """Why planning ended."""

    PROVED = "proved"
    """There is no better plan, or no plan that meets everything."""
    EFFORT = "effort"
    """The effort that was allowed is used up."""
    TIME = "time"
    """The time that was allowed is over."""
    STOPPED = "stopped"
    """Somebody pressed the button."""
    TRIED = "tried"
    """A planner without proof has done its rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far planning is.

    Attributes:
        seconds: since it began.
        cost: of the best plan until now; None while there is none.
        bound: no plan can cost less, as far as is known.
        plans: how many plans were found, each better than the one before.
    """

    seconds: float
    cost: int | None
    bound: int
    plans: int

    @property
    def gap(self) -> float | None:
        """By how much of its cost the best plan might at most be improved, in [0, 1]; None without a plan."""
        return gap(self.cost, self.bound)


def gap(cost: int | None, bound: int) -> float | None:
    """By how much of its cost a plan might at most be improved, in [0, 1]; None without a plan."""
    if cost is None:
        return None
    return max(0.0, (cost - bound) / cost) if cost else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much planning may take.

    Attributes:
        seconds: by the clock; the search ends then, and the answer needs a moment more.
        effort: in the solver's own count of its work, which is the same on every machine: about a second of a
            core each; None for as much as the time allows. Only what ends by proof or by effort is
            the same plan each time.
        workers: how many cores may search; with more than one, plans differ from time to time.
        seed: of the search.
    """

    seconds: float = SECONDS
    effort: float | None = None
    workers: int = 1
    seed: int = 7
