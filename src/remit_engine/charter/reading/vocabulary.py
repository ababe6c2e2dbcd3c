"""The words that the rules of a charter may use: its own declarations and those of all that it extends."""

from __future__ import annotations

from dataclasses import dataclass, field

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import KINDS_OF_REMEDY, NO_STEP, OTHER, PERSONAL_FLAGS, Fact, FlagFact


@dataclass(slots=True)
class Vocabulary:
    """What may be named.

    Attributes:
        currency: of every amount; None where it isn't known because of a mistake.
        facts: declared facts by name, and the flags that are always there.
        kinds: declared kinds; empty for the kinds of remedy.
        roles: declared roles; empty when any word is a role.
        steps: declared steps.
        in_doubt: sections (`kinds`, `roles`, `steps`, `facts`) and names of facts whose declaration is wrong:
            what isn't found there is no second mistake.
    """

    currency: str | None = None
    facts: dict[str, Fact] = field(default_factory=lambda: {name: FlagFact(name) for name in PERSONAL_FLAGS})
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    in_doubt: set[str] = field(default_factory=set)

    @property
    def known_kinds(self) -> tuple[str, ...]:
        """Every kind that a rule may name."""
        return (*(self.kinds or KINDS_OF_REMEDY), OTHER)

    @property
    def known_steps(self) -> tuple[str, ...]:
        """Every step that a rule may name."""
        return (NO_STEP, *self.steps)


def vocabulary_of(base: Charter | None) -> Vocabulary:
    """The words that a charter brings to those that extend it; None for a charter that extends nothing."""
    words = Vocabulary()
    if base is not None:
        words.currency = base.currency
        words.facts.update(base.all_facts)
        words.kinds = tuple(dict.fromkeys(kind for charter in base.lineage for kind in charter.kinds))
        words.roles = tuple(dict.fromkeys(role for charter in base.lineage for role in charter.roles))
        words.steps = tuple(step.name for step in base.all_steps)
    return words
