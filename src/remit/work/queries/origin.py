"""What a task came from: apps above this one know it, and say so when they start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remit.people.models import Member
from remit.work.models import Task


@dataclass(frozen=True, slots=True)
class Origin:
    """What a task came from.

    Attributes:
        kind: what that is: `Cause of complaints`.
        words: which.
        address: its page.
    """

    kind: str
    words: str
    address: str


Source = Callable[[Member, Task], Origin | None]
_sources: list[Source] = []


def tells_origin(source: Source) -> None:
    """Call a function for what a task came from: in one query, and None for what it knows nothing of."""
    if source not in _sources:
        _sources.append(source)


def origins_of(member: Member, task: Task) -> list[Origin]:
    """What a task came from, as far as somebody sees it."""
    return [origin for source in _sources if (origin := source(member, task))]
