"""An event moves to another day or clock: its plan and what people said move along, the same on the wall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from remit.core.clock import now
from remit.events.models import Event, Placing, Stay, Wish

_Move = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved with an event.

    Attributes:
        times: how many times in which somebody can come: said for another day, and theirs to say anew.
        gone: names of those of whom a time or a wish went, each once.
    """

    times: int
    gone: list[str]


def move_day(event: Event, days: int, clock: ZoneInfo) -> Moved:
    """Move what is planned and said for an event by so many days; inside a write of the caller.

    When somebody can come is marked as moved: it was said for another day, and it is theirs to say that it
    holds. A time that isn't there on its new day, as the clocks change in it, goes.

    Args:
        event: on its new day, with its team at hand.
        days: below 0 for an earlier day.
        clock: on which it was said until now.
    """

    def move(moment: datetime) -> datetime:
        there = moment.astimezone(clock) + timedelta(days=days)
        return there.replace(tzinfo=event.zone, fold=0).astimezone(UTC)

    return _move(event, move, is_other_day=True)


def move_clock(event: Event, clock: ZoneInfo) -> Moved:
    """The same where its day stays, and its team got another clock; a briefing that was held stays.

    Args:
        event: with its team at hand.
        clock: the old one.
    """

    def move(moment: datetime) -> datetime:
        return moment.astimezone(clock).replace(tzinfo=event.zone, fold=0).astimezone(UTC)

    return _move(event, move, is_other_day=False)


def _move(event: Event, move: _Move, *, is_other_day: bool) -> Moved:
    _move_plan(event, move)
    if event.briefing_at is not None and (is_other_day or event.briefing_at > now()):
        event.briefing_at = move(event.briefing_at)
        event.save(update_fields=["briefing_at"])
    times, gone = _move_stays(event, move, is_other_day=is_other_day)
    return Moved(times, list(dict.fromkeys([*gone, *_move_wishes(event, move)])))


def _move_plan(event: Event, move: _Move) -> None:
    rows = list(Placing.objects.filter(task__event=event))
    for placing in rows:
        length = placing.ends_at - placing.starts_at
        placing.starts_at = move(placing.starts_at)
        placing.ends_at = placing.starts_at + length
    Placing.objects.bulk_update(rows, ["starts_at", "ends_at"], batch_size=200)


def _move_stays(event: Event, move: _Move, *, is_other_day: bool) -> tuple[int, list[str]]:
    """How many moved, and of whom one went. Put in anew, since one may move to where another one was."""
    rows = list(Stay.objects.filter(person__event=event).select_related("person__member"))
    moved, gone = [], []
    for row in rows:
        starts, ends, is_moved = move(row.starts_at), move(row.ends_at), is_other_day or row.is_moved
        if starts < ends:
            moved.append(Stay(person=row.person, starts_at=starts, ends_at=ends, is_moved=is_moved))
        else:
            gone.append(row.person.called)
    Stay.objects.filter(pk__in=[each.pk for each in rows]).delete()
    Stay.objects.bulk_create(moved, ignore_conflicts=True)
    return len(moved), gone


def _move_wishes(event: Event, move: _Move) -> list[str]:
    gone = []
    rows = Wish.objects.filter(person__event=event, starts_at__isnull=False)
    for row in rows.select_related("person__member"):
        assert row.starts_at is not None  # noqa: S101 -- said for the type checker: those with a time alone
        assert row.ends_at is not None  # noqa: S101 -- said for the type checker: the table says so
        row.starts_at, row.ends_at = move(row.starts_at), move(row.ends_at)
        if row.starts_at < row.ends_at:
            row.save(update_fields=["starts_at", "ends_at"])
        else:
            gone.append(row.person.called)
            row.delete()
    return gone
