"""The fields of a map: each name once, no name that isn't known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from remit_engine.charter.reading.nodes import Map, Node, Scalar
from remit_engine.charter.reading.notes import Notes, Wrong, meant, shown

Field = tuple[Scalar, Node]
Fields = dict[str, Field]

_NO_HINTS: Final[Mapping[str, str]] = MappingProxyType({})


def entries(notes: Notes, node: Node, what: str) -> Fields:
    """Names and values of a map; what stands there twice is noted, and its first value taken.

    Args:
        notes: where mistakes are noted.
        node: the map.
        what: what it is, for messages: "a grant".

    Raises:
        Wrong: it is no map.
    """
    if not isinstance(node, Map):
        raise Wrong(
            node,
            "not-a-map",
            f"Here {what} is expected: names and values.",
            "Write 'name: value', one a line.",
        )
    found: Fields = {}
    for name, value in node.entries:
        if name.is_plain and name.text == "<<":
            notes.error(name, "merge-key", "Merge keys (<<) aren't taken.", "Write the fields out.")
        elif name.is_nothing:
            notes.error(name, "empty", "A name is missing before the colon.", "Write 'name: value'.")
        elif name.text in found:
            first = found[name.text][0].line
            notes.error(
                name,
                "twice",
                f"{shown(name.text)} stands twice: in line {first} and here.",
                "Keep one of them.",
            )
        else:
            found[name.text] = (name, value)
    return found


def known_fields(
    notes: Notes, node: Node, what: str, known: tuple[str, ...], elsewhere: Mapping[str, str] = _NO_HINTS
) -> Fields:
    """Names and values of a map whose names are given; others are noted and left out.

    Args:
        notes: where mistakes are noted.
        node: the map.
        what: what it is, for messages: "a grant".
        known: the names.
        elsewhere: next steps about names that belong elsewhere.
    """
    found = entries(notes, node, what)
    for name in [name for name in found if name not in known]:
        key, _ = found.pop(name)
        next_step = elsewhere.get(name) or meant(name, known)
        notes.error(
            key, "unknown-field", f"{what[0].upper()}{what[1:]} has no field {shown(name)}.", next_step
        )
    return found


def require(notes: Notes, node: Node, what: str, found: Fields, names: Mapping[str, str]) -> None:
    """Note the fields that are missing.

    Args:
        notes: where mistakes are noted.
        node: the map.
        what: what it is, for messages: "a grant".
        found: the fields that are there.
        names: required names with an example of what to write.
    """
    for name, example in names.items():
        if name not in found:
            notes.error(
                node,
                "missing-field",
                f"{what[0].upper()}{what[1:]} has no {name}.",
                f"Add it: '{name}: {example}'.",
            )
