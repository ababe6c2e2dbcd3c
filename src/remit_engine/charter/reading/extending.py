"""What a charter extends: found by its name, never in a circle, never narrowed."""

from __future__ import annotations

from collections.abc import Callable

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import OTHER
from remit_engine.charter.findings import CharterError
from remit_engine.charter.reading.fields import Fields
from remit_engine.charter.reading.files import Source
from remit_engine.charter.reading.nodes import Node
from remit_engine.charter.reading.notes import Notes, Wrong, shown
from remit_engine.charter.reading.scalars import word
from remit_engine.charter.reading.unreadable import Unreadable
from remit_engine.charter.reading.vocabulary import Vocabulary
from remit_engine.errors import InputError
from remit_engine.limits import CHARTER_LINEAGE

Find = Callable[[str, str], Source]
"""Finds an extended charter: its name as written, and the name of the charter that extends it."""


def source_above(
    notes: Notes, fields: Fields, source: Source, find: Find | None, below: tuple[Source, ...]
) -> Source | None:
    """The text that a charter extends; None where it extends nothing.

    Args:
        notes: where mistakes are noted.
        fields: of the charter.
        source: its text.
        find: how extended charters are found; None when they can't be.
        below: the charters that are being read, each extending the next.

    Raises:
        CharterError: it can't be found; without it, every word that it declares would look unknown.
    """
    if "extend" not in fields:
        return None
    found = notes.attempt(_found, fields["extend"][1], source, find, (*below, source))
    if found is None:
        raise CharterError(notes.errors)
    return found


def _found(node: Node, source: Source, find: Find | None, below: tuple[Source, ...]) -> Source:
    name = word(node, "the name of the charter that it extends")
    if find is None:
        raise Wrong(
            node,
            "extends-nothing",
            f"{shown(name)} can't be looked up from here.",
            "Read the charter from its file.",
        )
    try:
        found = find(name, source.name)
    except (Unreadable, InputError) as error:
        raise Wrong(node, error.code, f"{shown(name)}: {error.wrong}", error.next_step) from None
    keys = [each.key for each in below]
    if found.key in keys:
        circle = [each.name for each in below[keys.index(found.key) :]]
        raise Wrong(
            node,
            "circle",
            f"The charters extend each other in a circle: {' -> '.join([*circle, circle[0]])}.",
            "Take one extend out.",
        )
    if len(below) >= CHARTER_LINEAGE:
        raise Wrong(
            node,
            "extends-too-deep",
            f"More than {CHARTER_LINEAGE} charters extend one another.",
            "Join some of them.",
        )
    return found


def check_inherited_kinds(notes: Notes, node: Node, base: Charter, vocabulary: Vocabulary) -> None:
    """A charter takes no kind away from the rules that it inherits.

    Args:
        notes: where mistakes are noted.
        node: the declared kinds.
        base: what is extended.
        vocabulary: of both.
    """
    lost = [kind for kind in base.all_kinds if kind not in vocabulary.known_kinds]
    if lost:
        notes.error(
            node,
            "kinds-taken-away",
            f"The charter that is extended knows the kinds {', '.join(lost)}, which aren't among these.",
            "Add them: what is extended can't be narrowed.",
        )
    added = [kind for kind in vocabulary.known_kinds if kind not in (*base.all_kinds, OTHER)]
    rule = next((rule for rule in base.all_rules if OTHER in rule.kinds), None)
    if added and rule:
        notes.error(
            node,
            "kinds-taken-away",
            f"The rule {rule.id} that is extended is for every other kind; {added[0]} would leave it.",
            "Declare the kind in the charter that is extended.",
        )
