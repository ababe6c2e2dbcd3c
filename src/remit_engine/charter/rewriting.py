"""Changing a document where the charter changed, and nowhere else: comments, order and spaces stay.

A document is cut into pieces at the ends of its fields and rules. Pieces that say what they said are kept to
the letter; others are written anew, left out or added. What comes out is read back before anybody gets it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from remit_engine.charter.document import Charter
from remit_engine.charter.findings import CharterError
from remit_engine.charter.form import RULE_SECTIONS, Form, form, known_forms
from remit_engine.charter.reading.extending import Find
from remit_engine.charter.reading.files import Source
from remit_engine.charter.reading.nodes import Map, Node, Row, Scalar
from remit_engine.charter.reading.rules import ALLOWANCE_FIELDS, GRANT_FIELDS, GUARDRAIL_FIELDS
from remit_engine.charter.reading.whole import SECTIONS, read_source, root_of
from remit_engine.charter.writing import (
    check_extend,
    on_a_line,
    write_charter,
    written_entry,
    written_field,
    written_rule,
)

_FIELDS: Final = dict(zip(RULE_SECTIONS, (GRANT_FIELDS, GUARDRAIL_FIELDS, ALLOWANCE_FIELDS), strict=True))


def rewrite_charter(text: str, charter: Charter, *, extend: str = "", before: Charter | None = None) -> str:
    """A document changed so that it says a charter; what it says already is kept as it is written.

    Args:
        text: a document that can be read.
        charter: what it shall say.
        extend: the name of the charter that it extends; "" for the name that stands in the document.
        before: what the document says, where that is known.

    Returns:
        YAML that reads back as `charter`. Where a document is written in a way that can't be changed piece by
        piece (aliases across changed rules), it is written as a whole, without its comments.

    Raises:
        CharterError: the document can't be read.
        InputError: `charter` extends another, and the document doesn't say which.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    whole = text.removeprefix(mark)
    find = _found_in(charter)
    root = root_of(Source("charter.yaml", whole, "charter.yaml"))
    if before is None:
        before = read_source(Source("charter.yaml", whole, "charter.yaml"), find, root=root).charter
    name = extend or _extend_written(root)
    check_extend(charter, name)
    if before == charter and not extend:
        return text
    old = form(before, extend=_extend_written(root))
    new = form(charter, extend=name if charter.extends else "", known=known_forms(before, old, charter))
    changed = _Pieces(whole).document(root, old, new)
    if _says(changed, charter, find):
        return mark + changed
    return write_charter(charter, extend=name)


def _says(text: str, charter: Charter, find: Find) -> bool:
    try:
        return read_source(Source("charter.yaml", text, "charter.yaml"), find).charter == charter
    except CharterError:
        return False


def _extend_written(root: Map) -> str:
    return next((v.text for k, v in root.entries if k.text == "extend" and isinstance(v, Scalar)), "")


def _found_in(charter: Charter) -> Find:
    """Finds what a charter extends in the charter itself, whatever it is called."""
    above = list(reversed(charter.lineage[:-1]))
    texts = [
        write_charter(each, extend=f"above-{place + 1}" if each.extends else "")
        for place, each in enumerate(above)
    ]

    def find(_: str, relative_to: str) -> Source:
        place = int(relative_to.removeprefix("above-")) + 1 if relative_to.startswith("above-") else 0
        name = f"above-{place}"
        if place >= len(texts):
            return Source(name, "", name)
        return Source(name, texts[place], name)

    return find


@dataclass(frozen=True, slots=True)
class _Piece:
    """A field or a rule as it is written, with the comments before it.

    Attributes:
        name: of the field, or id of the rule.
        text: to the end of its last line.
    """

    name: str
    text: str


class _Pieces:
    """Cuts a text and puts it together again."""

    def __init__(self, text: str) -> None:
        self.ends_open = not text.endswith("\n")
        self.line_break = "\r\n" if "\r\n" in text else "\n"
        self.text = text + self.line_break if self.ends_open else text

    def document(self, root: Map, old: Form, new: Form) -> str:
        """The whole text, saying what is new."""
        begin = self._line_start(root.entries[0][0].start)
        end = self._line_end(root.entries[-1][1])
        pieces = self._fields(root, begin, old, new, self._section)
        added = {
            name: self._broken(written_entry(name, value))
            for name, value in _not_there(root, old, new).items()
        }
        middle = "".join(piece.text for piece in _with_added(pieces, added, SECTIONS))
        changed = self.text[:begin] + middle + self.text[end:]
        return changed.removesuffix(self.line_break) if self.ends_open else changed

    def _fields(
        self,
        node: Map,
        begin: int,
        old: Form,
        new: Form,
        written: Callable[[int, Scalar, Node, Any, Any], str],
    ) -> list[_Piece]:
        """The fields of a map that stay, those that changed written anew."""
        pieces: list[_Piece] = []
        for key, value in node.entries:
            end = self._line_end(value, key)
            was, becomes = old.get(key.text), new.get(key.text)
            if _is_the_same(was, becomes):
                pieces.append(_Piece(key.text, self.text[begin:end]))
            elif becomes is not None:
                pieces.append(_Piece(key.text, written(begin, key, value, was, becomes)))
            begin = end
        return pieces

    def _section(self, begin: int, key: Scalar, value: Node, was: Any, becomes: Any) -> str:  # noqa: ANN401
        """An entry at the top."""
        if key.text in RULE_SECTIONS and isinstance(value, Row) and not value.is_flow and becomes:
            head = self._next_line(key.end)
            return self.text[begin:head] + self._rules(key.text, value, head, was or [], becomes)
        if key.text in (*RULE_SECTIONS, "always"):
            return self.text[begin : key.start] + self._broken(written_entry(key.text, becomes))
        return self._field(begin, key, value, was, becomes)

    def _rules(self, section: str, node: Row, begin: int, old: list[Form], new: list[Form]) -> str:
        """The rules of a section in their new order."""
        before = {rule["id"]: rule for rule in old}
        pieces: dict[str, str] = {}
        left_out = ""
        after = {rule["id"]: rule for rule in new}
        for item in node.items:
            end = self._line_end(item)
            name = next((v.text for k, v in _entries(item) if k.text == "id" and isinstance(v, Scalar)), "")
            if name not in after:
                left_out += _remarks_apart(self.text[begin:end])
            elif (
                (same := _is_the_same(before.get(name), after[name]))
                or not isinstance(item, Map)
                or item.is_flow
            ):
                pieces[name] = left_out + (
                    self.text[begin:end] if same else self._rule_anew(begin, item, node, after[name])
                )
                left_out = ""
            else:
                pieces[name] = left_out + self._rule(section, begin, item, before[name], after[name])
                left_out = ""
            begin = end
        indent = node.column - 1
        rules = [pieces.get(rule["id"]) or self._broken(written_rule(rule, indent)) for rule in new]
        return "".join(rules) + left_out

    def _rule(self, section: str, begin: int, node: Map, old: Form, new: Form) -> str:
        first = node.entries[0][0]
        pieces = self._fields(node, first.start, old, new, self._field)
        indent = first.column - 1
        added = {
            name: self._broken(written_field(name, value, indent))
            for name, value in _not_there(node, old, new).items()
        }
        whole = _with_added(pieces, added, _FIELDS[section])
        return self.text[begin : first.start] + "".join(piece.text for piece in whole).lstrip(" ")

    def _rule_anew(self, begin: int, item: Node, row: Row, new: Form) -> str:
        """A rule in braces, written line by line; the comments before it stay."""
        head = self.text[begin : self._line_start(item.start)]
        return head + self._broken(written_rule(new, row.column - 1))

    def _field(self, begin: int, key: Scalar, value: Node, was: Any, becomes: Any) -> str:  # noqa: ANN401
        """One field whose value changed; a remark at the end of its line stays."""
        end = self._line_end(value, key)
        if (
            isinstance(value, Map)
            and not value.is_flow
            and isinstance(was, dict)
            and isinstance(becomes, dict)
        ):
            head = self._next_line(key.end)
            return self.text[begin:head] + self._map(value, head, was, becomes)
        written = self._broken(on_a_line(key.text, becomes))
        is_inline = isinstance(value, Scalar) or getattr(value, "is_flow", False)
        if is_inline and value.line == key.line:
            close = self._content_end(value)
            return self.text[begin : value.start] + written + self.text[close:end]
        return f"{self.text[begin : key.end]}: {written}{self.line_break}"

    def _map(self, node: Map, begin: int, old: Form, new: Form) -> str:
        """A map of one name a line (facts, steps, who, when), in the order of what is new."""
        pieces = {piece.name: piece.text for piece in self._fields(node, begin, old, new, self._field)}
        indent = node.entries[0][0].column - 1
        return "".join(
            pieces.get(each) or self._broken(written_field(each, new[each], indent)) for each in new
        )

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _next_line(self, place: int) -> int:
        return self.text.index("\n", place) + 1

    def _content_end(self, node: Node) -> int:
        return node.start + len(self.text[node.start : node.end].rstrip())

    def _line_end(self, node: Node, key: Scalar | None = None) -> int:
        """The beginning of the line after a value, or after its name where it is empty."""
        return self._next_line(max(self._content_end(node), key.end if key else 0))

    def _broken(self, written: str) -> str:
        return written.replace("\n", self.line_break)


def _is_the_same(was: object, becomes: object) -> bool:
    """Two parts of a form, the order of their names included: conditions stay in the order they have."""
    if was is becomes:
        return True
    if isinstance(was, dict) and isinstance(becomes, dict):
        return list(was) == list(becomes) and all(
            _is_the_same(value, becomes[name]) for name, value in was.items()
        )
    if isinstance(was, list) and isinstance(becomes, list):
        return len(was) == len(becomes) and all(map(_is_the_same, was, becomes))
    return type(was) is type(becomes) and was == becomes


def _entries(node: Node) -> Iterable[tuple[Scalar, Node]]:
    return node.entries if isinstance(node, Map) else ()


def _not_there(node: Map, old: Form, new: Form) -> Form:
    """What is said anew and stands nowhere in a map yet."""
    written = {key.text for key, _ in node.entries}
    return {
        name: value
        for name, value in new.items()
        if name not in written and not _is_the_same(old.get(name), value)
    }


def _with_added(pieces: list[_Piece], added: dict[str, str], order: tuple[str, ...]) -> list[_Piece]:
    """The pieces with those that are new, each behind the last one that usually comes before it."""
    whole = list(pieces)
    for name in sorted(added, key=order.index):
        before = [n for n, piece in enumerate(whole) if order.index(piece.name) < order.index(name)]
        whole.insert(before[-1] + 1 if before else 0, _Piece(name, added[name]))
    return whole


def _remarks_apart(text: str) -> str:
    """What stays of the text of a rule that is left out: remarks before it, up to the last empty line."""
    lines = text.splitlines(keepends=True)
    remarks = next((n for n, line in enumerate(lines) if not re.match(r"\s*(#|$)", line)), len(lines))
    last_empty = max((n + 1 for n in range(remarks) if not lines[n].strip()), default=0)
    kept = "".join(lines[:last_empty])
    return kept if "#" in kept else ""
