"""What sets of rules make, and which rules can still change it: a few look-ups for any number of rules.

Rules meet the amount only by their ends, so those that matter are the first or last of a sorted list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from remit_engine.charter.diagram.boxes import RuleBox
from remit_engine.charter.diagram.tops import UNLIMITED, Tops
from remit_engine.charter.levels import Level

_RAISED: Final = (Level.PROPOSE, Level.INFORM, Level.DECIDE)
_CAPPED: Final = (Level.NEVER, Level.ASK, Level.PROPOSE, Level.INFORM)


def by_strength(rules: Iterable[RuleBox]) -> list[RuleBox]:
    """Rules in the order that `Strengths` needs: grants of the largest amounts first, then caps."""
    return sorted(rules, key=lambda rule: (not rule.is_grant, -rule.edge))


class Strengths:
    """Sets of rules by level and end; a set is bits, bit n for rule n.

    Args:
        rules: as `by_strength` puts them.

    Attributes:
        grants: all grants.
    """

    def __init__(self, rules: Sequence[RuleBox]) -> None:
        self._edges = [rule.edge for rule in rules]
        numbered = list(enumerate(rules))
        self.grants = _bits(number for number, rule in numbered if rule.is_grant)
        self._at_least = {
            level: _bits(number for number, rule in numbered if rule.is_grant and rule.level >= level)
            for level in _RAISED
        }
        self._beyond = {
            level: _suffixes((rule.edge, n) for n, rule in numbered if rule.is_grant and rule.level >= level)
            for level in _RAISED
        }
        self._below = {
            level: _prefixes(
                (rule.edge, n) for n, rule in numbered if not rule.is_grant and rule.level == level
            )
            for level in _CAPPED
        }
        self._under = {
            level: _bits(number for number, rule in numbered if not rule.is_grant and rule.level < level)
            for level in (Level.ASK, *_RAISED)
        }
        self._without_amount = {
            level: _bits(n for n, rule in numbered if _caps_missing(rule, level)) for level in _CAPPED
        }

    def raising(self, reached: Tops, left: Tops) -> int:
        """The grants that raise something.

        Args:
            reached: so far, nowhere above `left`.
            left: by caps that hold for certain.
        """
        found = 0
        for level in _RAISED:
            so_far = reached[level - 1]
            if left[level - 1] > so_far:
                edges, masks = self._beyond[level]
                found |= masks[bisect_right(edges, so_far)]
            if level > reached.missing and level <= left.missing:
                edges, masks = self._beyond[level]
                found |= masks[bisect_left(edges, UNLIMITED)]
        return found

    def raised(self, reached: Tops, grants: int) -> Tops:
        """What is reached when some grants hold as well, caps aside."""
        if not grants:
            return reached
        ends = []
        missing = reached.missing
        for level in _RAISED:
            able = grants & self._at_least[level]
            end = self._edges[(able & -able).bit_length() - 1] if able else reached[level - 1]
            if end == UNLIMITED:
                missing = max(missing, level)
            ends.append(max(end, reached[level - 1]))
        propose, inform, decide = ends
        return Tops(UNLIMITED, propose, inform, decide, missing)

    def lowered(self, left: Tops, caps: int) -> Tops:
        """What is left when some caps hold as well."""
        if not caps:
            return left
        ends = []
        for level in (Level.ASK, *_RAISED):
            able = caps & self._under[level]
            end = left[level - 1]
            ends.append(min(end, self._edges[able.bit_length() - 1]) if able else end)
        ask, propose, inform, decide = ends
        missing = next((level for level in _CAPPED if caps & self._without_amount[level]), Level.DECIDE)
        return Tops(ask, propose, inform, decide, min(left.missing, missing))

    def lowering(self, most: Tops) -> int:
        """The caps that lower something of what can be reached at most."""
        found = 0
        for level in _CAPPED:
            edges, masks = self._below[level]
            found |= masks[bisect_left(edges, most[level])]
            if level < most.missing:
                found |= self._without_amount[level]
        return found


def _caps_missing(rule: RuleBox, level: Level) -> bool:
    return not rule.is_grant and rule.level == level and rule.holds_missing


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


def _prefixes(rules: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Rising edges, and for every count of them the set of their rules."""
    ordered = sorted(rules)
    masks = [0]
    for _, number in ordered:
        masks.append(masks[-1] | 1 << number)
    return [edge for edge, _ in ordered], masks


def _suffixes(rules: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Rising edges, and for every count of them the set of the rules of all others."""
    ordered = sorted(rules)
    masks = [0]
    for _, number in reversed(ordered):
        masks.append(masks[-1] | 1 << number)
    return [edge for edge, _ in ordered], masks[::-1]
