"""Few boxes instead of many: disjoint boxes that say the same and differ on one axis become one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

from remit_engine.charter.diagram.boxes import Bits

Said = TypeVar("Said", bound=Hashable)


def merged(boxes: Iterable[tuple[Bits, Said]]) -> list[tuple[Bits, Said]]:
    """The same requests in fewer boxes, still disjoint.

    Args:
        boxes: disjoint boxes, each with what is said about it.
    """
    of_each: dict[Said, dict[Bits, None]] = {}
    for bits, said in boxes:
        of_each.setdefault(said, {})[bits] = None
    return [(bits, said) for said, those in of_each.items() for bits in _fewest(those)]


def _fewest(left: dict[Bits, None]) -> dict[Bits, None]:
    """Boxes about which the same is said, as few of them as going along one axis after another makes."""
    places = range(len(next(iter(left))))
    unchanged = 0
    while len(left) > 1 and unchanged < len(places):
        for place in places:
            before = len(left)
            left = _along(place, left)
            unchanged = unchanged + 1 if len(left) == before else 0
            if unchanged >= len(places):
                break
    return left


def _along(place: int, boxes: Iterable[Bits]) -> dict[Bits, None]:
    """Boxes that are equal but for one axis, put together on it."""
    together: dict[Bits, int] = {}
    for bits in boxes:
        key = bits[:place] + bits[place + 1 :]
        together[key] = together.get(key, 0) | bits[place]
    return dict.fromkeys((*key[:place], classes, *key[place:]) for key, classes in together.items())
