"""A whole document: its sections in their order, with what it extends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from remit_engine.charter.document import Charter
from remit_engine.charter.findings import CharterError, Finding, Place, Severity
from remit_engine.charter.reading import sections
from remit_engine.charter.reading.extending import Find, check_inherited_kinds, source_above
from remit_engine.charter.reading.fields import Fields, known_fields, require
from remit_engine.charter.reading.files import Source
from remit_engine.charter.reading.in_pieces import tree_in_pieces
from remit_engine.charter.reading.known_rules import Known
from remit_engine.charter.reading.nodes import Map, Node, Row
from remit_engine.charter.reading.notes import Notes, Wrong, shown
from remit_engine.charter.reading.rules import Reader
from remit_engine.charter.reading.scalars import scalar, text, word
from remit_engine.charter.reading.unreadable import Unreadable
from remit_engine.charter.reading.vocabulary import Vocabulary, vocabulary_of
from remit_engine.limits import CHARTER_FACTS, CHARTER_RULES, CHARTER_STEPS

SECTIONS: Final = (
    "charter",
    "extend",
    "currency",
    "why",
    "facts",
    "kinds",
    "roles",
    "steps",
    "always",
    "grants",
    "guardrails",
    "allowances",
)
"""Names at the top of a charter, in the order they are written."""
_HINTS: Final = {
    "name": "Write 'charter: …'.",
    "extends": "Write 'extend: …'.",
    "rules": "Write them under grants, guardrails or allowances.",
}

_Value = TypeVar("_Value")
_Rule = TypeVar("_Rule")


@dataclass(frozen=True, slots=True)
class ReadCharter:
    """A charter that can be used.

    Attributes:
        charter: with all that it extends.
        findings: warnings, those of what it extends first.
        lines: where each rule stands, by id.
    """

    charter: Charter
    findings: tuple[Finding, ...]
    lines: Mapping[str, Place]


def read_source(
    source: Source, find: Find | None, below: tuple[Source, ...] = (), *, root: Map | None = None
) -> ReadCharter:
    """Read a text and all that it extends.

    Args:
        source: the text.
        find: how extended charters are found; None when they can't be.
        below: the charters that are being read, each extending the next.
        root: the tree of the text, where it is there already.

    Raises:
        CharterError: with every mistake that was found.
    """
    notes = Notes(source.name)
    fields = _top(notes, root or root_of(source))
    above = source_above(notes, fields, source, find, below)
    base = read_source(above, find, (*below, source)) if above else None
    document = _Document(notes, fields, base)
    charter = document.charter()
    if notes.errors or charter is None:
        raise CharterError(notes.errors)
    warnings = (*(base.findings if base else ()), *notes.warnings)
    return ReadCharter(charter, warnings, document.lines)


def unreadable(error: Unreadable, file: str) -> CharterError:
    """The error of a text that can't be read at all."""
    place = Place(file, error.line, error.column)
    return CharterError([Finding(error.code, Severity.ERROR, place, error.wrong, error.next_step)])


def root_of(source: Source) -> Map:
    """The tree of a text, a map at its top.

    Raises:
        CharterError: it is no YAML, empty, or something else than a map.
    """
    try:
        root = tree_in_pieces(source.text)
    except Unreadable as error:
        raise unreadable(error, source.name) from None
    if root is None or (not isinstance(root, Map) and getattr(root, "is_nothing", False)):
        empty = Unreadable("empty", "The charter is empty.", "It begins with 'charter: ' and its name.")
        raise unreadable(empty, source.name)
    if not isinstance(root, Map):
        what = "list" if isinstance(root, Row) else "text"
        wrong = f"A {what} stands at the top, where names and values are expected."
        odd = Unreadable(
            "not-a-map", wrong, "A charter begins with 'charter: ' and its name.", root.line, root.column
        )
        raise unreadable(odd, source.name)
    return root


def _top(notes: Notes, root: Map) -> Fields:
    fields = known_fields(notes, root, "a charter", SECTIONS, _HINTS)
    required = {"charter": "its name", "currency": "EUR", "why": "what it is for"}
    if "extend" in fields:
        del required["currency"]
    require(notes, root, "the charter", fields, required)
    return fields


class _Document:
    """The sections of one document, read in the order in which they need each other."""

    def __init__(self, notes: Notes, fields: Fields, base: ReadCharter | None) -> None:
        self.notes = notes
        self.fields = fields
        self.base = base.charter if base else None
        self.lines: dict[str, Place] = dict(base.lines) if base else {}
        self.vocabulary: Vocabulary = vocabulary_of(self.base)

    def charter(self) -> Charter | None:
        """The charter; None, with mistakes noted, when it has no name, currency or why."""
        name = self._value("charter", word, "the name of the charter")
        why = self._value("why", text, "what the charter is for")
        currency = self._currency()
        declared: dict[str, Any] = {
            "facts": self._declared("facts", sections.facts),
            "kinds": self._words("kinds"),
            "roles": self._words("roles"),
            "steps": self._declared("steps", sections.steps),
        }
        declared["always"] = self._declared("always", sections.always)
        self._check_declared()
        reader = Reader(self.notes, self.vocabulary)
        self.known = Known(self.vocabulary)
        rules: dict[str, Any] = {
            "grants": self._rules("grants", "grant", reader.grant),
            "guardrails": self._rules("guardrails", "guardrail", reader.guardrail),
            "allowances": self._rules("allowances", "allowance", reader.allowance),
        }
        if name is None or why is None or currency is None:
            return None
        return Charter(name, currency, why, **declared, **rules, extends=self.base)

    def _value(self, name: str, read: Callable[..., _Value], *told: object) -> _Value | None:
        return self.notes.attempt(read, self.fields[name][1], *told) if name in self.fields else None

    def _declared(
        self, name: str, read: Callable[[Notes, Node, Vocabulary], tuple[_Value, ...]]
    ) -> tuple[_Value, ...]:
        value = self._value(name, lambda node: read(self.notes, node, self.vocabulary))
        if name in self.fields and value is None:
            self.vocabulary.in_doubt.add(name)
        return value or ()

    def _words(self, name: str) -> tuple[str, ...]:
        words = self._value(name, sections.declared_words, name) or ()
        inherited: tuple[str, ...] = getattr(self.vocabulary, name)
        setattr(self.vocabulary, name, tuple(dict.fromkeys((*inherited, *words))))
        if name in self.fields and not words:
            self.vocabulary.in_doubt.add(name)
        return words

    def _currency(self) -> str | None:
        inherited = self.vocabulary.currency
        own = self._value("currency", sections.currency)
        if own and inherited and own != inherited:
            self.notes.error(
                self.fields["currency"][1],
                "two-currencies",
                f"The charter that is extended is in {inherited}, this one in {own}.",
                f"Write 'currency: {inherited}', or extend another charter.",
            )
        if self.vocabulary.currency is None:
            self.vocabulary.currency = own
        return own or (inherited if "currency" not in self.fields else None)

    def _check_declared(self) -> None:
        """A lineage stays within limits, and a child takes no kind away from the rules that it inherits."""
        for name, held, most in (
            ("facts", len(self.vocabulary.facts) - 2, CHARTER_FACTS),
            ("steps", len(self.vocabulary.steps), CHARTER_STEPS),
        ):
            if name in self.fields and held > most:
                wrong = f"With what it extends, the charter declares {held} {name}."
                self.notes.error(self.fields[name][0], f"too-many-{name}", wrong, f"Keep it to {most}.")
        if self.base is None or "kinds" not in self.fields:
            return
        check_inherited_kinds(self.notes, self.fields["kinds"][1], self.base, self.vocabulary)

    def _rules(self, section: str, noun: str, read: Callable[[Map], _Rule | None]) -> tuple[_Rule, ...]:
        nodes = self._value(section, _listed, section) or []
        if len(self.lines) + len(nodes) > CHARTER_RULES:
            wrong = f"The charter, with what it extends, has more than {CHARTER_RULES:,} rules."
            self.notes.error(
                self.fields[section][0], "too-many-rules", wrong, "Join rules that say the same."
            )
            return ()
        return tuple(self._each_rule(nodes, noun, read))

    def _each_rule(
        self, nodes: Iterable[Node], noun: str, read: Callable[[Map], _Rule | None]
    ) -> Iterable[_Rule]:
        for node in nodes:
            if not isinstance(node, Map):
                self.notes.error(
                    node,
                    "not-a-map",
                    f"A {noun} is expected here: names and values.",
                    "Begin it with 'id: '.",
                )
                continue
            self.notes.rule = _id_written(node)
            rule = self._rule(node, noun, read)
            self._place(node)
            self.notes.rule = None
            if rule is not None:
                yield rule

    def _rule(self, node: Map, noun: str, read: Callable[[Map], _Rule | None]) -> _Rule | None:
        """A rule, known already where it was read before; None when anything about it is wrong."""
        known = self.known.get(noun, node.written)
        if known is not None:
            self.notes.warnings += known.warnings(self.notes.place(node))
            rule: _Rule = known.rule
            return rule
        errors, warnings = len(self.notes.errors), len(self.notes.warnings)
        made = read(node)
        if made is not None and errors == len(self.notes.errors):
            self.known.keep(noun, node, made, self.notes.warnings[warnings:])
        return made

    def _place(self, node: Map) -> None:
        identity = self.notes.rule
        if identity is None:
            return
        first = self.lines.get(identity)
        if first is None:
            self.lines[identity] = self.notes.place(node)
            return
        where = f"line {first.line}" if first.file == self.notes.file else str(first)
        name = next(value for key, value in node.entries if key.text == "id")
        self.notes.error(
            name,
            "id-twice",
            f"Two rules have the id {shown(identity)}: in {where} and in line {node.line}.",
            "Give one of them another id.",
        )


def _listed(node: Node, section: str) -> list[Node]:
    if not isinstance(node, Row):
        if getattr(node, "is_nothing", False):
            raise Wrong(
                node, "empty", f"Nothing stands under {section}.", f"Write '{section}: []', or leave it out."
            )
        raise Wrong(
            node,
            "not-a-list",
            f"Under {section} a list of rules is expected.",
            "Begin each rule with '- id: '.",
        )
    return node.items


def _id_written(node: Map) -> str | None:
    value = next((value for key, value in node.entries if key.text == "id"), None)
    if value is None or isinstance(value, (Row, Map)):
        return None
    written = scalar(value, "an id").text if not getattr(value, "is_nothing", True) else None
    return written if written and len(written) <= 100 else None  # noqa: PLR2004
