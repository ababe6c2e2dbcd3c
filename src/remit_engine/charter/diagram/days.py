"""What is the same on days that follow one another, said once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from remit_engine.charter.diagram.regions import Days

Said = TypeVar("Said", bound=Hashable)


def joined(found: Sequence[tuple[Days, Iterable[Said]]]) -> list[tuple[Days, Said]]:
    """What was found on some days, equal findings of neighbouring days as one.

    Args:
        found: pairs (days, what was found on them), every day once, from the oldest.
    """
    ended: list[tuple[Days, Said]] = []
    running: dict[Said, date | None] = {}
    last: date | None = None
    for days, findings in found:
        now = dict.fromkeys(findings)
        ended += [(Days(since, last), each) for each, since in running.items() if each not in now]
        running = {each: running.get(each, days.since) for each in now}
        last = days.until
    return ended + [(Days(since, last), each) for each, since in running.items()]
