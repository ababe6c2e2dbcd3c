"""The events of an XES file, one by one, with their attributes as written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree

from remit_engine import limits
from remit_engine.history.events.mapping import CASE_PREFIX
from remit_engine.history.xes.opening import elements, namespace, opened

CASE_NAME: Final = f"{CASE_PREFIX}concept:name"
SCALARS: Final = ("string", "date", "int", "float", "boolean", "id")
_WORDS: Final = ("string", "boolean", "id")
_EXTENSIONS: Final = {
    "concept": "concept",
    "time": "time",
    "organizational": "org",
    "lifecycle": "lifecycle",
    "cost": "cost",
    "identity": "identity",
}
"""The standard's extensions, by name, with the prefix that their keys are given here."""
_PLACEHOLDERS: Final = frozenset({"__invalid__", "undefined", "unknown", "default", "none", ""})


class Event(NamedTuple):
    """One event: the line on which it begins, and its attributes and its trace's as written, by column."""

    line: int
    attributes: dict[str, str]


@dataclass(slots=True)
class Tally:
    """What was met on the way.

    Attributes:
        traces: how many traces.
        nested: how many attributes inside others, lists and containers were passed over.
        unnamed: how many traces had no name and were numbered.
        kinds: every column, in the order in which they are met, with the kinds of its attributes.
        beyond: attributes that were passed over because there are more than `limits.SOURCE_COLUMNS`.
    """

    traces: int = 0
    nested: int = 0
    unnamed: int = 0
    kinds: dict[str, set[str]] = field(default_factory=lambda: {CASE_NAME: {"string"}})
    beyond: int = 0


def events_of(path: Path, tally: Tally, advanced: Callable[[int], None]) -> Iterator[Event]:
    """All events of a file in its order, in bounded memory.

    Args:
        path: an XES file, plain or gzipped.
        tally: is written while the events are read.
        advanced: told, with each trace, how many bytes of the file are read.

    Raises:
        InputError: not XES, broken or cut off.
    """
    prefix = namespace(path)
    parsing = _Parsing(prefix, tally)
    tags = tuple(prefix + name for name in ("event", "trace", "global", "extension"))
    with opened(path) as (raw, xml):
        for _, element in elements(xml, tag=tags):
            name = element.tag[len(prefix) :]
            if name == "event":
                yield parsing.event(element)
            elif name == "trace":
                parsing.end_trace(element)
                advanced(raw.tell())
            elif name == "extension":
                parsing.extension(element)
            else:
                parsing.default(element)


class _Parsing:
    def __init__(self, prefix: str, tally: Tally) -> None:
        self._kinds = {prefix + kind: kind for kind in SCALARS}
        self._members = {prefix + "event", prefix + "trace"}
        self._tally = tally
        self._renamed: dict[str, str] = {}
        self._columns: dict[tuple[str, str, str], str | None] = {}
        self._of_event: dict[str, str] = {}
        self._of_trace: dict[str, str] = {}
        self._trace: dict[str, str] | None = None

    def extension(self, element: etree._Element) -> None:
        """Learn how a file abbreviates an extension of the standard."""
        standard = _EXTENSIONS.get((element.get("name") or "").lower())
        prefix = element.get("prefix")
        if standard and prefix and prefix != standard:
            self._renamed[prefix] = standard

    def default(self, element: etree._Element) -> None:
        """Learn what attributes have that an event or a trace doesn't tell.

        Only words are taken: a made-up moment or amount would count as a real one.
        """
        for child in list(element):
            is_word = self._kinds.get(child.tag) in _WORDS
            if not is_word or (child.get("value") or "").lower() in _PLACEHOLDERS:
                element.remove(child)
        if element.get("scope") == "trace":
            self._of_trace = self._attributes(element, CASE_PREFIX)
        else:
            self._of_event = self._attributes(element, "")

    def event(self, element: etree._Element) -> Event:
        trace = element.getparent()
        if self._trace is None and trace is not None and trace.getparent() is not None:
            self._trace = self._begin_trace(trace)
        attributes = {**self._of_event, **(self._trace or {}), **self._attributes(element, "")}
        line: Any = element.sourceline
        if trace is not None:
            trace.remove(element)
        return Event(line or 0, attributes)

    def _begin_trace(self, element: etree._Element) -> dict[str, str]:
        attributes = self._of_trace | self._attributes(element, CASE_PREFIX)
        self._tally.traces += 1
        if CASE_NAME not in attributes:
            self._tally.unnamed += 1
            attributes[CASE_NAME] = f"trace {self._tally.traces}"
        return attributes

    def end_trace(self, element: etree._Element) -> None:
        """Forget a trace."""
        if self._trace is None:  # it had no events
            self._tally.traces += 1
        self._trace = None
        log = element.getparent()
        if log is not None:
            log.remove(element)

    def _attributes(self, element: etree._Element, prefix: str) -> dict[str, str]:
        """The attributes of an event or a trace by column; this runs for every one of millions."""
        found: dict[str, str] = {}
        columns = self._columns
        for child in element:
            key, value, tag = child.get("key"), child.get("value"), child.tag
            if key is None or value is None or len(child):
                self._pass_over(child)
                if key is None or value is None:
                    continue
            try:
                column = columns[prefix, tag, key]
            except KeyError:
                column = columns[prefix, tag, key] = self._column(prefix, tag, key)
            if column is not None:
                found[column] = value
            elif tag in self._kinds:
                self._tally.beyond += 1
        return found

    def _pass_over(self, element: etree._Element) -> None:
        """Count what is nested in an attribute, or an attribute that is no scalar."""
        if element.tag not in self._members:
            self._tally.nested += len(element) + (element.tag not in self._kinds)

    def _column(self, prefix: str, tag: str, key: str) -> str | None:
        """The column of a kind of attribute, with the standard's prefix; None when there is none."""
        kind = self._kinds.get(tag)
        if kind is None:
            return None
        extension, colon, rest = key.partition(":")
        own = f"{self._renamed[extension]}:{rest}" if colon and extension in self._renamed else key
        column = prefix + own
        if column not in self._tally.kinds and len(self._tally.kinds) >= limits.SOURCE_COLUMNS:
            return None
        self._tally.kinds.setdefault(column, set()).add(kind)
        return column
