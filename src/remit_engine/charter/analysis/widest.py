"""The widest boxes that lie outside others: all of them, or all that look at few facts.

Taking a box away from another leaves one piece for each axis on which it reaches beyond. Pieces may overlap;
if those that lie in another piece are dropped, what is left are exactly the widest boxes (as in the sharp
operation that finds the prime implicants of a logic function).
"""

from __future__ import annotations

from typing import Final

from remit_engine.charter.diagram.packing import Packing
from remit_engine.charter.diagram.tops import UNLIMITED

Ended = tuple[int, int]
"""A packed box, and an amount: requests above it, or up to it."""

_MOST: Final = 30
"""Boxes after which only those of fewer facts are followed: nobody reads more."""


def without(
    packing: Packing, boxes: list[Ended], taken: Ended, full: int, most_facts: int | None
) -> tuple[list[Ended], int | None]:
    """What is left of some boxes when another one is taken away.

    Args:
        packing: of the boxes.
        boxes: each with the amount above which it goes.
        taken: the box to take away, with the amount up to which it goes.
        full: the box of all requests.
        most_facts: boxes that look at more facts aren't followed; None for all.

    Returns:
        The widest boxes that are left, and for how many facts they are complete from now on.
    """
    away, upto = taken
    kept: list[Ended] = []
    pieces: list[Ended] = []
    for box, above in boxes:
        if above >= upto or not packing.meets(box, away):
            kept.append((box, above))
            continue
        pieces += [(box & ~field | beyond, above) for field, beyond in packing.pieces(box, away)]
        if upto < UNLIMITED:
            pieces.append((box, upto))
    if not pieces:
        return kept, most_facts
    if most_facts is not None:
        pieces = [each for each in pieces if packing.differing(full, each[0]) <= most_facts]
    left = _widest(kept, pieces)
    while len(left) > _MOST:
        widths = [packing.differing(full, box) for box, _ in left]
        fewest = max(widths) - 1 if most_facts is None else most_facts - 1
        if fewest < 1:
            break
        most_facts = fewest
        left = [each for each, width in zip(left, widths, strict=True) if width <= most_facts]
    return left, most_facts


def _widest(kept: list[Ended], pieces: list[Ended]) -> list[Ended]:
    """Boxes that lie in no other one; those kept lie in no other kept one already."""
    left = list(kept)
    for box, above in sorted(set(pieces), key=lambda each: (-each[0].bit_count(), each[1])):
        if not any(not box & ~wide and start <= above for wide, start in left):
            left.append((box, above))
    return left
