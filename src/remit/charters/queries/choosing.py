"""What two people made of the same, in words for whoever has to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.charters.queries.words import about_word
from remit.charters.sentences import said_rule
from remit_engine.charter.document import Charter, Step
from remit_engine.charter.editing import Conflict
from remit_engine.charter.editing.documents import REMARKS, TOGETHER
from remit_engine.charter.editing.rules import AnyRule
from remit_engine.charter.facts import ChoiceFact, FlagFact, NumberFact
from remit_engine.charter.sentences import readable
from remit_engine.errors import InputError


@dataclass(frozen=True, slots=True)
class Choice:
    """A conflict as somebody who has to choose reads it.

    Attributes:
        mark: names it in the form.
        title: what it is about.
        base, mine, theirs: what each says.
        is_text: whether these are whole texts.
    """

    mark: str
    title: str
    base: str
    mine: str
    theirs: str
    is_text: bool = False


_PARTS = {"why": "its why", "say": "what the customer may be told", "rule": "what it gives"}
_NOT_THERE = "It isn’t there."


def choices_of(conflicts: Sequence[Conflict], charter: Charter) -> list[Choice]:
    """Conflicts in words.

    Args:
        conflicts: what there is to choose about.
        charter: knows the facts that rules name.
    """
    return [_choice(conflict, charter) for conflict in conflicts]


def _choice(conflict: Conflict, charter: Charter) -> Choice:
    if conflict.name in {REMARKS, TOGETHER}:
        title = "Remarks in the text" if conflict.name == REMARKS else "Both together are no charter"
        texts = [str(each) for each in (conflict.base, conflict.mine, conflict.theirs)]
        return Choice(conflict.mark, title, texts[0], texts[1], texts[2], is_text=True)
    part = _PARTS.get(conflict.part)
    title = f"The rule {conflict.name}: {part}" if part else f"The charter: {readable(conflict.name)}"
    said = [_value(each, charter) for each in (conflict.base, conflict.mine, conflict.theirs)]
    return Choice(conflict.mark, title, said[0], said[1], said[2])


def _value(value: object, charter: Charter) -> str:
    if value is None:
        return _NOT_THERE
    if isinstance(value, AnyRule):
        return _rule(value, charter)
    if isinstance(value, tuple):
        return " <= ".join(map(str, value))
    if isinstance(value, str):
        return value or "Nothing."
    if isinstance(value, ChoiceFact | NumberFact | FlagFact | Step):
        return f"{readable(value.name)}: {about_word(value)}"
    return str(value)


def _rule(rule: AnyRule, charter: Charter) -> str:
    try:
        said = said_rule(charter, rule)
    except (InputError, KeyError):
        return rule.why
    what = f", {said.what}" if said.what else ""
    days = f" {said.days}." if said.days else ""
    return f"{said.who}{what}: {said.how}.{days}"
