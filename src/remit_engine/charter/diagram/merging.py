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
    left = dict.fromkeys(boxes)
    places = range(len(next(iter(left))[0])) if left else range(0)
    unchanged = 0
    while unchanged < len(places):
        for place in places:
            before = len(left)
            left = _along(place, left)
            unchanged = unchanged + 1 if len(left) == before else 0
            if unchanged >= len(places):
                break
    return list(left)


def _along(place: int, boxes: Iterable[tuple[Bits, Said]]) -> dict[tuple[Bits, Said], None]:
    """Boxes that are equal but for one axis, put together on it."""
    together: dict[tuple[Bits, Said], int] = {}
    for bits, said in boxes:
        key = ((*bits[:place], 0, *bits[place + 1 :]), said)
        together[key] = together.get(key, 0) | bits[place]
    return dict.fromkeys(
        ((*bits[:place], classes, *bits[place + 1 :]), said) for (bits, said), classes in together.items()
    )
