"""The events of an XES file, one by one, with their attributes as written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lxml import etree

from remit_engine import limits
from remit_engine.history.xes.opening import elements, namespace, opened

CASE_PREFIX: Final = "case:"
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

Attribute = tuple[str, str]
"""The kind of an attribute ("string", "date", ...) and its value as written."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: the line on which it begins, and its attributes and its trace's by key."""

    line: int
    attributes: dict[str, Attribute]


@dataclass(slots=True)
class Tally:
    """What was met on the way.

    Attributes:
        traces: how many traces.
        nested: how many attributes inside others, lists and containers were passed over.
        unnamed: how many traces had no name and were numbered.
        keys: every column, in the order of its first value, with the kinds that its values had.
        beyond: attributes that were passed over because there are more than `limits.SOURCE_COLUMNS`.
    """

    traces: int = 0
    nested: int = 0
    unnamed: int = 0
    keys: dict[str, set[str]] = field(default_factory=lambda: {CASE_NAME: {"string"}})
    beyond: Counter[str] = field(default_factory=Counter)


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
        self._passed_over = {prefix + kind for kind in ("event", "trace")}
        self._tally = tally
        self._renamed: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._of_event: dict[str, Attribute] = {}
        self._of_trace: dict[str, Attribute] = {}
        self._trace: dict[str, Attribute] | None = None

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
        defaults = {
            key: (kind, value)
            for key, (kind, value) in self._attributes(element).items()
            if kind in _WORDS and value.lower() not in _PLACEHOLDERS
        }
        if element.get("scope") == "trace":
            self._of_trace = {CASE_PREFIX + key: value for key, value in defaults.items()}
        else:
            self._of_event = defaults
        element.clear()

    def event(self, element: etree._Element) -> Event:
        trace = element.getparent()
        if self._trace is None and trace is not None and trace.getparent() is not None:
            self._trace = self._begin_trace(trace)
        attributes = self._of_event | (self._trace or {}) | self._attributes(element)
        known = {key: value for key, value in attributes.items() if self._is_column(key, value[0])}
        if trace is not None:
            trace.remove(element)
        line: Any = element.sourceline
        return Event(int(line or 0), known)

    def _begin_trace(self, element: etree._Element) -> dict[str, Attribute]:
        own = {CASE_PREFIX + key: value for key, value in self._attributes(element).items()}
        self._tally.traces += 1
        if CASE_NAME not in own:
            self._tally.unnamed += 1
            own[CASE_NAME] = ("string", f"trace {self._tally.traces}")
        return self._of_trace | own

    def end_trace(self, element: etree._Element) -> None:
        if self._trace is None:  # it had no events
            self._tally.traces += 1
        self._trace = None
        log = element.getparent()
        if log is not None:
            log.remove(element)

    def _attributes(self, element: etree._Element) -> dict[str, Attribute]:
        found: dict[str, Attribute] = {}
        for child in element:
            kind = self._kinds.get(child.tag)
            if len(child) and child.tag not in self._passed_over:
                self._tally.nested += len(child)
            key, value = child.get("key"), child.get("value")
            if kind and key and value is not None:
                found[self._name(key)] = (kind, value)
            elif kind is None and child.tag not in self._passed_over:
                self._tally.nested += 1
        return found

    def _name(self, key: str) -> str:
        """The key with the standard's prefix."""
        if key not in self._names:
            prefix, colon, rest = key.partition(":")
            self._names[key] = f"{self._renamed[prefix]}:{rest}" if colon and prefix in self._renamed else key
        return self._names[key]

    def _is_column(self, key: str, kind: str) -> bool:
        kinds = self._tally.keys.get(key)
        if kinds is None:
            if len(self._tally.keys) >= limits.SOURCE_COLUMNS:
                self._tally.beyond[key[: limits.SHOWN_TEXT]] += 1
                return False
            self._tally.keys[key] = {kind}
        else:
            kinds.add(kind)
        return True
