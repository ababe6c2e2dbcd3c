"""An event moves to another day: its plan and the times that people said move along, the same on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from remit.events.models import Event, Placing, Stay, Wish


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved with an event.

    Attributes:
        times: how many times in which somebody can come: said for another day, and theirs to say anew.
        gone: names of those of whom a time or a wish went, each once.
    """

    times: int
    gone: list[str]


def move_day(event: Event, days: int) -> Moved:
    """Move what is planned and said for an event by so many days; inside a write of the caller.

    When somebody can come is marked as moved: it was said for another day, and it is theirs to say that it
    holds. A time that isn't there on its new day, as the clocks change in it, goes.

    Args:
        event: with its team at hand.
        days: below 0 for an earlier day.
    """
    _move_plan(event, days)
    if event.briefing_at is not None:
        event.briefing_at = _moved(event, event.briefing_at, days)
        event.save(update_fields=["briefing_at"])
    times, gone = _move_stays(event, days)
    return Moved(times, list(dict.fromkeys([*gone, *_move_wishes(event, days)])))


def _move_plan(event: Event, days: int) -> None:
    for placing in Placing.objects.filter(task__event=event):
        length = placing.ends_at - placing.starts_at
        placing.starts_at = _moved(event, placing.starts_at, days)
        placing.ends_at = placing.starts_at + length
        placing.save(update_fields=["starts_at", "ends_at"])


def _move_stays(event: Event, days: int) -> tuple[int, list[str]]:
    """How many moved, and of whom one went. Put in anew, since one may move to where another one was."""
    rows = list(Stay.objects.filter(person__event=event).select_related("person__member"))
    moved, gone = [], []
    for row in rows:
        starts, ends = _moved(event, row.starts_at, days), _moved(event, row.ends_at, days)
        if starts < ends:
            moved.append(Stay(person=row.person, starts_at=starts, ends_at=ends, is_moved=True))
        else:
            gone.append(row.person.called)
    Stay.objects.filter(pk__in=[each.pk for each in rows]).delete()
    Stay.objects.bulk_create(moved, ignore_conflicts=True)
    return len(moved), gone


def _move_wishes(event: Event, days: int) -> list[str]:
    gone = []
    rows = Wish.objects.filter(person__event=event, starts_at__isnull=False)
    for row in rows.select_related("person__member"):
        assert row.starts_at is not None  # noqa: S101 -- said for the type checker: those with a time alone
        assert row.ends_at is not None  # noqa: S101 -- said for the type checker: the table says so
        row.starts_at, row.ends_at = (
            _moved(event, row.starts_at, days),
            _moved(event, row.ends_at, days),
        )
        if row.starts_at < row.ends_at:
            row.save(update_fields=["starts_at", "ends_at"])
        else:
            gone.append(row.person.called)
            row.delete()
    return gone


def _moved(event: Event, moment: datetime, days: int) -> datetime:
    there = moment.astimezone(event.team.zone).replace(fold=0)
    return (there + timedelta(days=days)).astimezone(UTC)
