"""What was promised for days that are closed: apps above this one know it, and say so when they start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from remit.core.clock import now
from remit.people.models import Team
from remit.work.facts import stretch_of
from remit.work.models import ClosedDays

Span = tuple[datetime, datetime]
"""A closed time: from a moment on, until before another one."""


@dataclass(frozen=True, slots=True)
class Promised:
    """What was promised for a closed time before it was written down, and stays promised.

    Attributes:
        count: how many.
        one, many: what they are.
        address: of the page where they stand.
    """

    count: int
    one: str
    many: str
    address: str

    @property
    def words(self) -> str:
        """`2 complaints are due then`."""
        return (
            f"{self.count} {self.one} is due then"
            if self.count == 1
            else f"{self.count} {self.many} are due then"
        )


Source = Callable[[Team, Sequence[Span]], Sequence[Promised]]
_sources: list[Source] = []


def promises(source: Source) -> None:
    """Call a function for what was promised for closed times: one answer for each of them, in their order."""
    if source not in _sources:
        _sources.append(source)


def promised_for(team: Team, rows: Iterable[ClosedDays]) -> dict[int, list[Promised]]:
    """What was promised for closed days that aren't over, by the number of their entry; nothing left out.

    Args:
        team: whose.
        rows: its entries.
    """
    spans = {row.pk: span for row in rows if (span := _next_span(row, team))}
    found: dict[int, list[Promised]] = {}
    for source in _sources:
        for number, said in zip(spans, source(team, list(spans.values())), strict=True):
            if said.count:
                found.setdefault(number, []).append(said)
    return found


def _next_span(row: ClosedDays, team: Team) -> Span | None:
    """The days of an entry that come next, or that are now; None where they are over."""
    day = now().astimezone(team.zone).date()
    stretch = stretch_of(row)
    if not row.is_yearly or row.last >= day:
        first, last = row.first, row.last
    else:
        first = next((each for each in (day + timedelta(days=n) for n in range(367)) if each in stretch), day)
        last = first
        while last + timedelta(days=1) in stretch:
            last += timedelta(days=1)
    if last < day:
        return None
    return _midnight(first, team), _midnight(last + timedelta(days=1), team)


def _midnight(day: date, team: Team) -> datetime:
    return datetime.combine(day, time(), tzinfo=team.zone)
