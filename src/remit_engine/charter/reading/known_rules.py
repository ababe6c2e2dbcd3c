"""Rules that were read before, by how they are written: a charter is read again after each change.

What a rule says depends on its text and on the words that it may use, and on nothing else. Only rules
without a mistake are kept; remarks on them move with their line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from remit_engine.charter.findings import Finding, Place
from remit_engine.charter.reading.nodes import Map
from remit_engine.charter.reading.vocabulary import Vocabulary

_VOCABULARIES: Final = 8
_MOST: Final = 4096


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A rule that was read before.

    Attributes:
        rule: a grant, a guardrail or an allowance.
        line: where it stood then.
        noted: what was remarked on it there.
    """

    rule: Any
    line: int
    noted: tuple[Finding, ...]

    def warnings(self, place: Place) -> list[Finding]:
        """What there is to remark on it where it stands now."""
        return [
            replace(
                each, place=Place(place.file, each.place.line - self.line + place.line, each.place.column)
            )
            for each in self.noted
        ]


KnownRules = dict[tuple[str, str], KnownRule]
"""Rules by what they are (`grant`) and how they are written."""


class Known:
    """The rules that are known for a vocabulary.

    Args:
        vocabulary: complete; where a declaration is in doubt, nothing is known.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._rules: KnownRules = {} if vocabulary.in_doubt else _known_for(_words(vocabulary))

    def get(self, noun: str, written: str) -> KnownRule | None:
        """The rule that is written so; None where it isn't known."""
        return self._rules.get((noun, written)) if written else None

    def keep(self, noun: str, node: Map, rule: object, noted: Sequence[Finding]) -> None:
        """Remember a rule without mistakes, and what was remarked on it."""
        if not node.written:
            return
        if len(self._rules) >= _MOST:
            self._rules.clear()
        self._rules[noun, node.written] = KnownRule(rule, node.line, tuple(noted))


def _words(vocabulary: Vocabulary) -> tuple[object, ...]:
    """All that rules may name, as a value that can be compared."""
    return (
        vocabulary.currency,
        tuple(vocabulary.facts.items()),
        vocabulary.kinds,
        vocabulary.roles,
        vocabulary.steps,
    )


@lru_cache(maxsize=_VOCABULARIES)
def _known_for(_words: tuple[object, ...]) -> KnownRules:
    return {}
