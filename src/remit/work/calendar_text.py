"""A calendar as text: iCalendar (RFC 5545), as every calendar program reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from remit.work.queries.calendar import Entry

_ASKS_AGAIN: Final = timedelta(hours=1)
_MAKER: Final = "-//Remit//Remit//EN"


def calendar_text(entries: Iterable[Entry], *, here: str, address_of: Callable[[str], str]) -> bytes:
    """The text of a calendar; of the same entries it is the same to the byte.

    Moments are written in UTC, so that no calendar has to know a time zone; days are days.

    Args:
        entries: each key once.
        here: names this Remit for ever; with it a key is one of its own in all the world, and stays.
        address_of: where a page is reached from outside, by its path.
    """
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Remit")
    calendar.add("refresh-interval", _ASKS_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in sorted(entries, key=lambda each: each.key):
        calendar.add_component(_event(entry, here, address_of(entry.path)))
    text: bytes = calendar.to_ical()
    return text


def _event(entry: Entry, here: str, address: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{here}")
    event.add("dtstamp", _moment(entry.changed_at))
    event.add("last-modified", _moment(entry.changed_at))
    event.add("sequence", entry.revision)
    event.add("dtstart", _when(entry.begins))
    event.add("dtend", _when(entry.ends))
    event.add("summary", _clean(entry.title))
    if entry.why:
        event.add("description", f"Why: {_clean(entry.why)}")
    if entry.place:
        event.add("location", _clean(entry.place))
    event.add("url", address)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _when(there: datetime | date) -> datetime | date:
    return _moment(there) if isinstance(there, datetime) else there


def _moment(there: datetime) -> datetime:
    return there.astimezone(UTC).replace(microsecond=0)


def _clean(text: str) -> str:
    """Without what no line of a calendar may hold."""
    return "".join(each for each in text if each.isprintable() or each in "\n\t")
