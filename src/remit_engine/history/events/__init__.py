"""Logs of events, read as decisions: of a request event and an answer event one decision is made."""

from remit_engine.history.events.checking import event_mapping
from remit_engine.history.events.choosing import decisions_if_events, rows_behind
from remit_engine.history.events.defaults import is_event_header
from remit_engine.history.events.mapping import EventMapping
from remit_engine.history.events.source import decisions_source

__all__ = [
    "EventMapping",
    "decisions_if_events",
    "decisions_source",
    "event_mapping",
    "is_event_header",
    "rows_behind",
]
