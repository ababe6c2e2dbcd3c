"""The search for a request that lies in one box and outside others: exact, and quick where there is one.

A box is taken apart along the axes on which another box doesn't hold it whole; what is left when no other box
meets it lies outside all of them. Amounts are looked at slice by slice, since rules meet them only by ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar, cast

from remit_engine.charter.diagram.boxes import Bits, RuleBox, Space, ones
from remit_engine.charter.diagram.chains import Chains, Range
from remit_engine.charter.diagram.tops import UNLIMITED
from remit_engine.errors import InputError
from remit_engine.limits import SEARCH_STEPS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Witness:
    """Requests that were found.

    Attributes:
        box: all requests with these facts do; packed.
        amount: the largest amount judged that does, in minor units; None when the amount isn't known.
    """

    box: int
    amount: int | None


class Search:
    """Searches among the requests that declared chains allow.

    Args:
        space: the axes.
        most: steps after which it gives up.
    """

    def __init__(self, space: Space, most: int = SEARCH_STEPS) -> None:
        self.space = space
        self.chains = Chains(space)
        self._steps_left = most
        self._known: dict[tuple[object, ...], object] = {}

    def once(self, question: str, rules: Sequence[Sequence[RuleBox]], answer: Callable[[], T]) -> T:
        """The answer to a question about some rules, worked out once: stretches share most of their cells.

        Args:
            question: a name for it, and all that it depends on but the rules.
            rules: of this space, in the order that counts.
            answer: works it out.
        """
        key = (question, *(tuple(map(id, each)) for each in rules))
        if key not in self._known:
            self._known[key] = answer()
        return cast("T", self._known[key])

    def outside(
        self, box: int, amounts: Range, others: Iterable[RuleBox], *, missing: bool = False
    ) -> Witness | None:
        """Requests of a box for which none of some other rules holds: those of the largest amounts.

        Args:
            box: where to look, packed.
            amounts: first and last amount judged to look at, in minor units.
            others: the rules that must not hold.
            missing: whether to look at an amount that isn't known too, when no amount will do.

        Raises:
            InputError: the search gets too long.
        """
        meets = self.space.packing.meets
        near = [other for other in others if meets(other.packed, box)]
        failed: list[set[int]] = []
        for low, high in _slices(amounts, near, every=self.chains.bind_amount):
            holding = [place for place, other in enumerate(near) if _reaches(other, low, high)]
            if not self.chains.bind_amount and any(each.issubset(holding) for each in failed):
                continue
            found = self._outside(box, [near[place].packed for place in holding], (low, high))
            if found is not None:
                return Witness(found, self._largest(found, (low, high)))
            failed.append(set(holding))
        if missing:
            found = self._outside(box, [other.packed for other in near if other.holds_missing], None)
            return None if found is None else Witness(found, None)
        return None

    def outside_boxes(self, box: int, others: Sequence[int]) -> int | None:
        """Requests of a box that lie in none of some other boxes, whatever their amount."""
        return self._outside(box, others, None)

    def is_possible(self, box: int, within: Range = (0, UNLIMITED)) -> bool:
        """Whether chains allow a request in a box with an amount in a range."""
        return self.chains.is_free or self.chains.possible(self.space.packing.bits(box), within)

    def _largest(self, box: int, within: Range) -> int:
        if self.chains.is_free:
            return within[1]
        amounts = self.chains.amounts(self.space.packing.bits(box), within)
        return within[1] if amounts is None else amounts[1]

    def _outside(self, box: int, others: Sequence[int], within: Range | None) -> int | None:
        """A box of requests outside all others, with an amount that is possible (None: whatever amount)."""
        packing = self.space.packing
        meets, differing = packing.meets, packing.differing
        waiting = [(box, others)]
        while waiting:
            inside, near = waiting.pop()
            self._count()
            meeting = [other for other in near if meets(other, inside)]
            if not meeting:
                if self.is_possible(inside, within or (0, UNLIMITED)):
                    return inside
                continue
            # The box that leaves the fewest pieces; none at all when it holds everything.
            best = min(meeting, key=partial(differing, inside))
            rest = [other for other in meeting if other is not best]
            for field, beyond in packing.pieces(inside, best):
                waiting.append((inside & ~field | beyond, rest))
                inside &= ~field | best
        return None

    def _count(self) -> None:
        self._steps_left -= 1
        if self._steps_left < 0:
            raise InputError(
                "too-many-cases",
                "The rules overlap in more ways than can be looked through here.",
                "Let fewer rules hold for all roles and kinds.",
            )


class Near:
    """Finds the rules of a list that share a role and a kind with a box.

    Args:
        rules: in the order that their places count.
        space: the axes.
    """

    def __init__(self, rules: Sequence[RuleBox], space: Space) -> None:
        self._rules = rules
        self._masks: list[list[int]] = [[0] * axis.size for axis in space.axes[:2]]
        for number, rule in enumerate(rules):
            for place, masks in enumerate(self._masks):
                for one in ones(rule.bits[place]):
                    masks[one] |= 1 << number

    def before(self, number: int, box: Bits) -> list[RuleBox]:
        """The rules before one place that share a role and a kind with a box."""
        found = (1 << number) - 1
        for place, masks in enumerate(self._masks):
            here = 0
            for one in ones(box[place]):
                here |= masks[one]
            found &= here
        return [self._rules[each] for each in ones(found)]

    def all(self, box: Bits) -> list[RuleBox]:
        """Every rule that shares a role and a kind with a box."""
        return self.before(len(self._rules), box)


def _reaches(rule: RuleBox, low: int, high: int) -> bool:
    """Whether a rule holds somewhere in a slice of amounts, and so in all of it."""
    first, last = rule.amounts
    return first <= low and high <= last


def _slices(amounts: Range, rules: Iterable[RuleBox], *, every: bool) -> list[Range]:
    """The amounts cut where rules begin or end, from the largest down; of every slice all rules are alike.

    Downwards more grants hold and fewer caps. So where chains don't bind the amount, only the largest of all
    and the largest below the beginning of every cap have to be looked at.
    """
    low, high = amounts
    if low > high:
        return []
    if not every:
        ends = {rule.edge for rule in rules if low <= rule.edge < high and not rule.is_grant}
        return [(end, end) for end in sorted({high, *ends}, reverse=True)]
    ends = {rule.edge for rule in rules if low <= rule.edge < high}
    starts = [low, *sorted(end + 1 for end in ends)]
    return list(zip(starts, [*(start - 1 for start in starts[1:]), high], strict=True))[::-1]
