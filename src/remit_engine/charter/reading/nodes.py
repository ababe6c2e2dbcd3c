"""YAML as a tree of values that know where they stand. Built without recursion, limits looked at on the way.

Nothing is turned into Python values here: a scalar keeps its text as written, so that `no`, `010` and `49.90`
mean what the charter's own rules say they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from remit_engine.charter.reading.unreadable import Unreadable, explained
from remit_engine.limits import CHARTER_BYTES, CHARTER_DEPTH, CHARTER_NODES

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS: Final = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
UNPRINTABLE: Final = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)
"""Characters that are no text: control characters and halves of others."""


@dataclass(slots=True, eq=False)
class Node:
    """A value where it stands.

    Attributes:
        line, column: from 1 on.
        start, end: first character, and the one after the last, of what is written.
        size: values in it, itself included.
        height: how many values stand in each other, itself included.
    """

    line: int
    column: int
    start: int
    end: int
    size: int = field(default=1, init=False)
    height: int = field(default=1, init=False)


@dataclass(slots=True, eq=False)
class Scalar(Node):
    """A single value.

    Attributes:
        text: as written, escapes resolved; what ends a block (`|`, `>`) is left out.
        is_plain: written without quotes.
    """

    text: str
    is_plain: bool

    @property
    def is_nothing(self) -> bool:
        """Whether it is the null of YAML."""
        return self.is_plain and self.text in _NULLS

    @property
    def is_boolean(self) -> bool:
        """Whether it is a boolean of YAML 1.2."""
        return self.is_plain and self.text in _BOOLEANS


@dataclass(slots=True, eq=False)
class Row(Node):
    """A list.

    Attributes:
        is_flow: written in brackets.
    """

    is_flow: bool
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Map(Node):
    """Names and values, in the order of the document; a name may still stand there twice.

    Attributes:
        is_flow: written in braces.
    """

    is_flow: bool
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    name: Scalar | None = None
    """While it is read: the name whose value comes next."""
    written: str = ""
    """Of a rule whose text was read alone: that text, with its place in the list; "" otherwise."""


def tree(text: str) -> Node | None:
    """The tree of one document; None when there is nothing but comments.

    Raises:
        Unreadable: this is no YAML, or more or other YAML than a charter needs.
    """
    text = text.removeprefix("\ufeff")
    check_characters(text)
    composer = _Composer()
    for event in _events(text):
        composer.take(event)
    return composer.root


def check_characters(text: str) -> None:
    """Refuse what is no text, or too much of it.

    Raises:
        Unreadable: it is.
    """
    if len(text) > CHARTER_BYTES or len(text.encode("utf-8", "replace")) > CHARTER_BYTES:
        raise Unreadable(
            "too-large", f"The charter has more than {CHARTER_BYTES:,} bytes.", "Leave out what isn't used."
        )
    found = UNPRINTABLE.search(text)
    if found:
        before = text[: found.start()]
        line = before.count("\n") + 1
        raise Unreadable(
            "control-character",
            f"The character U+{ord(found.group()):04X} stands here, which is no text.",
            "Take it out; a charter is plain text in UTF-8.",
            line,
            found.start() - before.rfind("\n"),
        )


def _events(text: str) -> Iterator[Any]:
    """Events of the parser; whatever it raises on broken text is told as what it is: broken text."""
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise explained(error, text) from None
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 -- the parser has bugs on broken text; no charter may trace
        raise Unreadable(
            "not-yaml", f"This isn't YAML ({type(error).__name__}).", "A charter is a text file in YAML."
        ) from None


class _Composer:
    """Puts events together. Open lists and maps stand on a stack of its own."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Row | Map] = []
        self._anchors: dict[str, Node] = {}
        self._anchor_of: list[str | None] = []
        self._count = 0
        self._documents = 0

    def take(self, event: Any) -> None:  # noqa: ANN401 -- events of the parser carry no types
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._begin(event)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._finish(event)
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent):
            self._document(event)

    def _document(self, event: Any) -> None:  # noqa: ANN401
        self._documents += 1
        if self._documents > 1:
            raise _at(event, "several-documents", "A second document begins here.", "Keep one in each file.")
        if event.tags or event.version not in (None, (1, 2)):
            raise _at(
                event,
                "directive",
                "A charter takes no directive but %YAML 1.2.",
                "Leave the line with % out.",
            )

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        _refuse_tag(event)
        mark, text = event.start_mark, event.value
        if event.style == '"' and UNPRINTABLE.search(text):
            raise _at(event, "control-character", "A control character is written here.", "Take it out.")
        if event.style in ("|", ">"):
            text = text.rstrip("\n")
        node = Scalar(
            mark.line + 1, mark.column + 1, mark.index, event.end_mark.index, text, event.style is None
        )
        self._add(node, event)
        if event.anchor:
            self._anchors[event.anchor] = node

    def _begin(self, event: Any) -> None:  # noqa: ANN401
        _refuse_tag(event)
        mark, end = event.start_mark, event.end_mark.index
        kind = Map if isinstance(event, MappingStartEvent) else Row
        node = kind(mark.line + 1, mark.column + 1, mark.index, end, bool(event.flow_style))
        if len(self._open) >= CHARTER_DEPTH:
            raise _too_deep(event)
        self._add(node, event)
        self._open.append(node)
        self._anchor_of.append(event.anchor)

    def _finish(self, event: Any) -> None:  # noqa: ANN401
        node = self._open.pop()
        children = node.items if isinstance(node, Row) else [value for _, value in node.entries]
        names = len(node.entries) if isinstance(node, Map) else 0
        node.size = 1 + names + sum(child.size for child in children)
        node.height = 1 + max((child.height for child in children), default=0)
        if node.is_flow:
            node.end = event.end_mark.index
        if self._open:
            self._open[-1].end = max(self._open[-1].end, node.end)
        anchor = self._anchor_of.pop()
        if anchor:
            self._anchors[anchor] = node

    def _alias(self, event: Any) -> None:  # noqa: ANN401
        node = self._anchors.get(event.anchor)
        if node is None:
            raise _at(
                event,
                "unknown-alias",
                f"*{event.anchor[:60]} stands for nothing that was finished before it.",
                "Write the value out.",
            )
        if len(self._open) + node.height > CHARTER_DEPTH + 1:
            raise _too_deep(event)
        self._count += node.size - 1
        self._add(node, event)
        if self._open:
            self._open[-1].end = max(self._open[-1].end, event.end_mark.index)

    def _add(self, node: Node, event: Any) -> None:  # noqa: ANN401
        self._count += 1
        if self._count > CHARTER_NODES:
            raise _at(
                event,
                "too-many-values",
                f"The charter has more than {CHARTER_NODES:,} values, aliases counted in full.",
                "Write it smaller.",
            )
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.end = max(parent.end, event.end_mark.index if isinstance(node, Scalar) else node.start)
        if isinstance(parent, Row):
            parent.items.append(node)
        elif parent.name is not None:
            _place_nothing(node, parent.name)
            parent.entries.append((parent.name, node))
            parent.name = None
        elif isinstance(node, Scalar):
            parent.name = node
        else:
            raise _at(
                event, "not-a-name", "A list or a map stands where a name is expected.", "Write a word."
            )


def _place_nothing(node: Node, name: Scalar) -> None:
    """What isn't there stands where its name does; the parser places it before whatever comes next."""
    if isinstance(node, Scalar) and node.start == node.end:
        node.line, node.column, node.start, node.end = name.line, name.column, name.end, name.end


def _at(event: Any, code: str, wrong: str, next_step: str) -> Unreadable:  # noqa: ANN401
    return Unreadable(code, wrong, next_step, event.start_mark.line + 1, event.start_mark.column + 1)


def _too_deep(event: Any) -> Unreadable:  # noqa: ANN401
    return _at(
        event,
        "too-deep",
        f"Lists and maps stand more than {CHARTER_DEPTH} deep in each other here.",
        "A charter needs no more than six.",
    )


def _refuse_tag(event: Any) -> None:  # noqa: ANN401
    if event.ctag is not None:
        raise _at(
            event, "tag", f"The tag {event.tag[:60]!r} stands here.", "A charter takes no tags; leave it out."
        )
