"""What may be known about a request: typed facts, and the conditions that rules put on them.

A condition is always a box: a set of words, a range of whole numbers, or a yes/no. That is what makes every
question about a charter (who gains, what never matters) answerable exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from remit_engine.charter.frozen import Frozen

OTHER: Final = "other"
"""The value of a choice for every word that the charter doesn't list; always there, never declared."""
NO_STEP: Final = "none"
"""The value of `step` for a member who holds none."""

KINDS_OF_REMEDY: Final = ("refund", "adjustment", "credit", "replacement", "comp", "apology")
"""The kinds a charter knows when it declares none."""
WHO_FACTS: Final = ("role", "member", "team", "step")
"""Facts about the one who asks; selected by `who`."""
PERSONAL_FLAGS: Final = ("about_me", "own_account")
"""Flags that are always there: the complaint is about the one who asks; the account is their own."""
RESERVED: Final = frozenset({*WHO_FACTS, *PERSONAL_FLAGS, "kind", "amount", "given", "currency", "day"})
"""Names that no charter may declare."""


class Unit(StrEnum):
    """What a number counts. Money is counted in minor units of the charter's currency (cents)."""

    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class ChoiceFact(Frozen):
    """One word out of a list; every word that is not listed counts as `other`.

    Attributes:
        name: lower-case words joined by underscores.
        values: the listed words, in the order of the document.
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberFact(Frozen):
    """A whole number from 0 on.

    Attributes:
        name: lower-case words joined by underscores.
        unit: what it counts.
    """

    name: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class FlagFact(Frozen):
    """Yes or no."""

    name: str


Fact = ChoiceFact | NumberFact | FlagFact


@dataclass(frozen=True, slots=True)
class OneOf(Frozen):
    """Holds for any of these words.

    Attributes:
        values: distinct words, at least one, in the order of the document.
    """

    values: tuple[str, ...]

    def holds(self, value: object) -> bool:
        """Whether a known value satisfies it."""
        return value in self.values


@dataclass(frozen=True, slots=True)
class Between(Frozen):
    """Holds for whole numbers from `at_least` to `at_most`, both included.

    Attributes:
        at_least: 0 or more.
        at_most: not below `at_least`; None without an upper end.
    """

    at_least: int = 0
    at_most: int | None = None

    def holds(self, value: object) -> bool:
        """Whether a known value satisfies it."""
        if not isinstance(value, int):
            return False
        return self.at_least <= value and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Is(Frozen):
    """Holds for one of yes and no."""

    flag: bool

    def holds(self, value: object) -> bool:
        """Whether a known value satisfies it."""
        return value is self.flag


Condition = OneOf | Between | Is
Conditions = tuple[tuple[str, Condition], ...]
"""Pairs (name of a fact, condition), each name once; all of them have to hold."""
