"""Whether a source is a log of events; if so, its decisions take its place."""

from __future__ import annotations

from dataclasses import replace

from remit_engine.errors import InputError
from remit_engine.history.account import Progress
from remit_engine.history.events.defaults import is_event_header
from remit_engine.history.events.source import Decisions, decisions_source
from remit_engine.history.mapping import Mapping
from remit_engine.history.source import Source
from remit_engine.history.uses import Use


def decisions_if_events(
    source: Source, mapping: Mapping, progress: Progress | None = None
) -> tuple[Source, Mapping]:
    """A source of decisions and the mapping to read it with.

    A source is a log of events when the mapping has an `events` part, when it is XES, or when its columns
    carry the XES standard's names and nothing is told about them.

    Raises:
        InputError: the events part of the mapping is wrong, doesn't fit, or none can be guessed; or
            `columns-of-events` when columns of decisions are told for a log of events.
    """
    told = mapping.events is not None or source.form == "XES"
    if not told and (mapping.columns or not is_event_header(source.header)):
        return source, mapping
    if mapping.columns:
        use, column = next(iter(mapping.columns.items()))
        raise InputError(
            "columns-of-events",
            f"{source.name} is a log of events; its column {column!r} can't be the {use.value} of decisions.",
            "Say which column is what in a mapping file, under events: docs/how-to/event-logs.md shows it.",
            column=column,
        )
    decisions = decisions_source(source, mapping.events, dates=mapping.dates, progress=progress)
    return decisions, replace(
        mapping, columns={use: use.value for use in Use if use.value in decisions.header}
    )


def rows_behind(source: Source, rows: int) -> int:
    """How many rows of the file stand behind `rows` rows of a source: for decisions, all events."""
    return source.events_read if isinstance(source, Decisions) else rows
