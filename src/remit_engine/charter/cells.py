"""The rules that are left once role and kind are known: few, since most rules name a role or a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from remit_engine.charter.document import Cap, Grant, Guardrail, Rule
from remit_engine.charter.facts import Between, Condition, Conditions, OneOf
from remit_engine.charter.levels import Level
from remit_engine.charter.stretches import Stretch

Open = Conditions
"""Conditions that are still open once role and kind are known."""

_PRUNED_UP_TO: Final = 150
"""Most grants of a cell among which covered ones are looked for; the search takes their square."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is left for one role and one kind.

    Attributes:
        grants: with their open conditions; those that reach furthest first.
        caps: with their open conditions; the lowest first.
    """

    grants: tuple[tuple[Grant, Open], ...]
    caps: tuple[tuple[Cap, Open], ...]

    @property
    def winners(self) -> list[tuple[Grant, Open]]:
        """Grants in order, without those that hold only where an earlier one does and reaches as far."""
        if len(self.grants) > _PRUNED_UP_TO:
            return list(self.grants)
        kept: list[tuple[Grant, Open]] = []
        for grant, conditions in self.grants:
            mine = dict(conditions)
            if not any(_covers(other, theirs, grant, mine) for other, theirs in kept):
                kept.append((grant, conditions))
        return kept


class Cells:
    """Finds what is left for a role and a kind.

    Args:
        stretch: the rules of the day.
    """

    def __init__(self, stretch: Stretch) -> None:
        grants: list[Grant] = sorted(stretch.grants, key=_reach)
        caps: list[Cap] = sorted(stretch.caps, key=level_of)
        self._grants: ByRole[Grant] = ByRole(grants)
        self._caps: ByRole[Cap] = ByRole(caps)

    def of(self, role: str | None, kind: str) -> Cell:
        """What is left.

        Args:
            role: a role, None for a missing one, or any other word for one that no rule names.
            kind: a kind, or `other`.
        """
        grants = self._grants.of(role, kind, careful=lambda _: False)
        caps = self._caps.of(role, kind, careful=lambda cap: not cap.ignores_missing)
        return Cell(tuple(grants), tuple(caps))


AnyRule = TypeVar("AnyRule", bound=Rule)


class ByRole(Generic[AnyRule]):
    """Rules in their order, found by the roles that they name.

    Args:
        rules: in order.
    """

    def __init__(self, rules: Sequence[AnyRule]) -> None:
        self._rules = rules
        self._open: list[Open] = []
        self._kinds: list[frozenset[str]] = []
        self._anybody: list[int] = []
        self._of_role: dict[str, list[int]] = {}
        for number, rule in enumerate(rules):
            who = dict(rule.who)
            role = who.pop("role", None)
            self._open.append((*who.items(), *rule.when))
            self._kinds.append(frozenset(rule.kinds))
            for word in role.values if isinstance(role, OneOf) else ():
                self._of_role.setdefault(word, []).append(number)
            if role is None:
                self._anybody.append(number)

    def of(
        self, role: str | None, kind: str, *, careful: Callable[[AnyRule], bool]
    ) -> Iterator[tuple[AnyRule, Open]]:
        """Rules that may hold for a role and a kind, with their open conditions.

        Args:
            role: a word, or None for a missing one.
            kind: a word.
            careful: whether a rule that names a role holds for a missing one.
        """
        if role is None:
            named = {number for numbers in self._of_role.values() for number in numbers}
            numbers = sorted([*self._anybody, *(each for each in named if careful(self._rules[each]))])
        else:
            numbers = sorted((*self._anybody, *self._of_role.get(role, ())))
        for number in numbers:
            if not self._kinds[number] or kind in self._kinds[number]:
                yield self._rules[number], self._open[number]


def level_of(cap: Cap) -> Level:
    """What a cap leaves."""
    return cap.at_most if isinstance(cap, Guardrail) else cap.beyond


def implies(narrow: Condition, wide: Condition) -> bool:
    """Whether every known value that satisfies the first condition satisfies the second."""
    if isinstance(narrow, OneOf) and isinstance(wide, OneOf):
        return set(narrow.values) <= set(wide.values)
    if isinstance(narrow, Between) and isinstance(wide, Between):
        ends = wide.at_most is None or (narrow.at_most is not None and narrow.at_most <= wide.at_most)
        return ends and wide.at_least <= narrow.at_least
    return narrow == wide


def _reach(grant: Grant) -> tuple[int, bool, int, int]:
    """Orders grants: the highest level first, then the largest amount, then the fewest conditions."""
    return -grant.level, grant.upto is not None, -(grant.upto or 0), len(grant.who) + len(grant.when)


def _covers(other: Grant, theirs: Open, grant: Grant, mine: Mapping[str, Condition]) -> bool:
    """Whether a grant that comes earlier holds wherever another one does."""
    if other.upto is not None and (grant.upto is None or grant.upto > other.upto):
        return False
    return all(name in mine and implies(mine[name], condition) for name, condition in theirs)
