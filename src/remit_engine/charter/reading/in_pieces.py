"""The tree of a long text out of the trees of its rules, each made once: a small change is read in a moment.

Reading YAML costs far more than looking at what it says. A charter on a screen is read after each change,
and all its rules but one are what they were. So a text is cut where a rule begins, each piece is read alone,
and the trees of pieces are kept. A piece that can't stand alone (an alias of elsewhere, a text in quotes
that goes on) makes the whole be read as a whole: what comes out is always the same tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from remit_engine.charter.reading.nodes import Map, Node, Row, Scalar, check_characters, tree
from remit_engine.charter.reading.unreadable import Unreadable
from remit_engine.limits import CHARTER_DEPTH, CHARTER_NODES

_RULES: Final = re.compile(r"^(?:grants|guardrails|allowances):[ ]*(?:#.*)?\n", re.MULTILINE)
_TOP: Final = re.compile(r"^[^\s#]", re.MULTILINE)
_ITEM: Final = re.compile(r"^([ ]*)- ", re.MULTILINE)
_NOT_IN_PIECES: Final = re.compile(r"^(?:%|---|\.\.\.)|\r|\x85|\u2028|\u2029", re.MULTILINE)
"""Marks of documents, and line ends of which readers of YAML make different things."""
_KEPT: Final = 2048
_PLACED_KEPT: Final = 1024
_WHOLE_KEPT: Final = 4
_ABOVE_A_RULE: Final = 2
"""A rule stands in a list, which stands in the map of the document."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a text.

    Attributes:
        text: whole lines.
        start, line: where it begins: characters and lines before it.
        name: of the section whose rule it is; "" for what stands at the top.
    """

    text: str
    start: int
    line: int
    name: str = ""


@lru_cache(maxsize=_WHOLE_KEPT)
def tree_in_pieces(text: str) -> Node | None:
    """The tree of one document, as `tree` makes it; None when there is nothing but comments.

    The last ones are kept, as a text is looked at several times while it is changed: nobody changes a tree.

    Raises:
        Unreadable: as `tree`.
    """
    whole = text.removeprefix("\ufeff")
    check_characters(whole)
    pieces = _cut(whole)
    if pieces is not None:
        try:
            found = _together(pieces)
        except Unreadable:
            found = None
        if found is not None:
            return found
    return tree(text)


def _cut(text: str) -> list[_Piece] | None:
    """The pieces of a text, in their order; None where it isn't written in a way that can be cut."""
    if _NOT_IN_PIECES.search(text) or not text.endswith("\n"):
        return None
    pieces: list[_Piece] = []
    place = line = 0

    def take(end: int, name: str = "") -> None:
        nonlocal place, line
        part = text[place:end]
        pieces.append(_Piece(part, place, line, name))
        place, line = end, line + part.count("\n")

    for section in _RULES.finditer(text):
        if section.start() < place:
            return None
        following = _TOP.search(text, section.end())
        end = following.start() if following else len(text)
        items = _items(text, section.end(), end)
        if not items:
            return None
        take(items[0])
        for following_item in (*items[1:], end):
            take(following_item, section[0].partition(":")[0])
    if place < len(text):
        take(len(text))
    return pieces if len(pieces) > 1 else None


def _items(text: str, begin: int, end: int) -> list[int]:
    """Where the rules of a section begin: at dashes as far in as the first one."""
    found = list(_ITEM.finditer(text, begin, end))
    return [each.start() for each in found if each[1] == found[0][1]]


def _together(pieces: list[_Piece]) -> Map | None:
    """The document whose pieces these are; None where they don't make one."""
    root = Map(1, 1, 0, 0, is_flow=False)
    size, is_first = 1, True
    row: Row | None = None
    for piece in pieces:
        moved = _placed(piece.text, piece.start, piece.line)
        if piece.name:
            row = _take_rule(root, row, moved, piece.name, piece.text)
            if row is None:
                return None
            size += 1
        elif moved is not None:
            row = None
            if not isinstance(moved, Map) or moved.is_flow or moved.column != 1:
                return None
            if is_first:
                root.line, root.column, root.start = moved.line, moved.column, moved.start
                is_first = False
            root.entries += moved.entries
            root.end = max(root.end, moved.end)
        size += moved.size if moved is not None else 0
    if size > CHARTER_NODES or not root.entries:
        return None
    _measure(root)
    return root


def _take_rule(root: Map, row: Row | None, moved: Node | None, name: str, written: str) -> Row | None:
    """Put a rule into the list of its section, which begins with the first one.

    Args:
        root: the document so far.
        row: the list that was begun; None before the first rule of a section.
        moved: the rule, as the list of one that it is by itself.
        name: of the section.
        written: the text of the rule.

    Returns:
        the list; None where the rule doesn't fit there.
    """
    if moved is None or not root.entries or root.entries[-1][0].text != name:
        return None
    if not isinstance(moved, Row) or moved.is_flow or len(moved.items) != 1:
        return None
    if moved.height + _ABOVE_A_RULE > CHARTER_DEPTH or _ends_in_nothing(moved):
        return None
    if row is None:
        nothing = root.entries[-1][1]
        if not isinstance(nothing, Scalar) or not nothing.is_nothing or nothing.start != nothing.end:
            return None
        row = Row(moved.line, moved.column, moved.start, moved.end, is_flow=False)
        root.entries[-1] = (root.entries[-1][0], row)
    elif row.column != moved.column:
        return None
    item = moved.items[0]
    if isinstance(item, Map):
        item.written = written
    row.items.append(item)
    row.end = max(row.end, moved.end)
    root.end = max(root.end, moved.end)
    return row


def _ends_in_nothing(node: Node) -> bool:
    """Whether the last value isn't there: it ends where the next one begins, which another piece says."""
    last: Node = node
    while isinstance(last, Row | Map):
        inner = last.items if isinstance(last, Row) else [value for _, value in last.entries]
        if not inner:
            return False
        last = inner[-1]
    return last.start == last.end


def _measure(root: Map) -> None:
    """Sizes and heights of the lists that were put together, and of the document."""
    for _, value in root.entries:
        if isinstance(value, Row) and not value.is_flow:
            value.size = 1 + sum(item.size for item in value.items)
            value.height = 1 + max((item.height for item in value.items), default=0)
    root.size = 1 + len(root.entries) + sum(value.size for _, value in root.entries)
    root.height = 1 + max(value.height for _, value in root.entries)


@lru_cache(maxsize=_KEPT)
def _tree_of(text: str) -> Node | None:
    """The tree of a piece; nobody changes it."""
    return tree(text)


@lru_cache(maxsize=_PLACED_KEPT)
def _placed(text: str, start: int, line: int) -> Node | None:
    """The tree of a piece where it stands in the whole text; nobody changes it."""
    found = _tree_of(text)
    return None if found is None else _moved(found, start, line)


def _moved(node: Node, by: int, lines: int) -> Node:
    """A copy of a tree, so many characters and lines further down. Its depth is bounded: it was read."""
    line, start = node.line + lines, node.start + by
    end = node.end + by
    copy: Node
    if isinstance(node, Scalar):
        return Scalar(line, node.column, start, end, node.text, node.is_plain)
    if isinstance(node, Row):
        row = Row(line, node.column, start, end, node.is_flow)
        row.items = [_moved(item, by, lines) for item in node.items]
        copy = row
    else:
        assert isinstance(node, Map)  # noqa: S101 -- said for the type checker
        names = Map(line, node.column, start, end, node.is_flow)
        names.entries = [
            (_moved_name(key, by, lines), _moved(value, by, lines)) for key, value in node.entries
        ]
        copy = names
    copy.size, copy.height = node.size, node.height
    return copy


def _moved_name(name: Scalar, by: int, lines: int) -> Scalar:
    return Scalar(name.line + lines, name.column, name.start + by, name.end + by, name.text, name.is_plain)
