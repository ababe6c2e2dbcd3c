"""What stands in the way of erasing a customer: kind by kind, with what has to be done first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from remit.privacy.reach import Reach
from remit.remedies.vocabulary import State

_UNSETTLED: Final = (
    (State.HELD, "Wait, or release it"),
    (State.GIVEN, "Hand it over, or take it back"),
    (State.ON_ITS_WAY, "Wait until it is through, or take it back"),
)
"""States in which the customer is still to get something, and has to be known for it; and what ends them."""
UNSETTLED: Final = tuple(state for state, _ in _UNSETTLED)
_NAMED: Final = 6
"""So many complaints are named; of the others it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One kind of thing that stands in the way.

    Attributes:
        what: it is, in words.
        first: what has to be done first.
        numbers: of the complaints about which it is, each once.
    """

    what: str
    first: str
    numbers: tuple[int, ...]

    @property
    def named(self) -> tuple[int, ...]:
        """The first few of them."""
        return self.numbers[:_NAMED]

    @property
    def unnamed(self) -> int:
        """How many more there are."""
        return len(self.numbers) - len(self.named)

    def __str__(self) -> str:
        """All of it in sentences."""
        named = ", ".join(f"C-{number}" for number in self.named)
        more = f" and {self.unnamed} more" if self.unnamed else ""
        return f"{self.what}: {named}{more}. {self.first}."


def in_the_way(reach: Reach) -> list[Hindrance]:
    """What has to be done before they can be erased; nothing where they can."""
    return [
        Hindrance(what, first, tuple(dict.fromkeys(numbers)))
        for what, first, numbers in _kinds(reach)
        if numbers
    ]


def _kinds(reach: Reach) -> Iterator[tuple[str, str, list[int]]]:
    is_open = [
        each.number for each in reach.complaints if each.closed_at is None and each.merged_into_id is None
    ]
    yield "Still open", "Close it first", is_open
    for state, first in _UNSETTLED:
        sources = (remedy.source for remedy in reach.remedies if remedy.state == state)
        yield f"A remedy is {state.label}", first, list(_numbers(sources))
    yield "A question is open", "Answer or withdraw it", _that(reach, "is_asked")
    yield "On hold", "End the hold first", _that(reach, "is_on_hold")


def _that(reach: Reach, what: str) -> list[int]:
    return [each.number for each in reach.complaints if getattr(each, what, False)]


def _numbers(sources: Iterable[str]) -> Iterator[int]:
    """Of complaints, as remedies name them: `complaint:2041`."""
    for source in sources:
        yield int(source.rpartition(":")[2])
