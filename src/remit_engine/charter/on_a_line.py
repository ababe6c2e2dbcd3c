"""Where the rungs of a ladder end when it is drawn along a line."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from remit_engine.charter.ladder import Ladder


def rung_ends(ladder: Ladder, largest: int, *, length: float, narrowest: float, last: float) -> list[float]:
    """Where each rung ends: by the root of its amount, so that small amounts can be told apart.

    Args:
        ladder: at least one rung.
        largest: the largest amount of the scale, in minor units; several ladders can share one.
        length: of the line.
        narrowest: least length of a rung; made smaller where not all rungs would have room.
        last: length that is kept for the rung that has no end.

    Returns:
        one place a rung; they rise, and the last one is the end of the line.
    """
    count = len(ladder.rungs)
    least = min(narrowest, length / count)
    room = length - max(last, least)
    ends: list[float] = []
    for place, rung in enumerate(ladder.rungs[:-1]):
        wanted = room * sqrt((rung.upto or 0) / largest) if largest else room
        lowest = (ends[-1] if ends else 0.0) + least
        ends.append(min(max(wanted, lowest), length - least * (count - 1 - place)))
    return [*ends, length]


def place_of(ladder: Ladder, ends: Sequence[float], amount: int) -> float:
    """Where an amount stands on the line: by its root within its rung, and never at the end of the line.

    Args:
        ladder: at least one rung.
        ends: of its rungs, as `rung_ends` gives them.
        amount: in minor units.
    """
    rung = ladder.rung_at(amount)
    number = ladder.rungs.index(rung)
    left = ends[number - 1] if number else 0.0
    lowest = (ladder.rungs[number - 1].upto or 0) if number else 0
    if rung.upto is None:
        beyond = amount - lowest
        share = beyond / (beyond + max(lowest, 1_000))
    else:
        share = (
            (sqrt(amount) - sqrt(lowest)) / (sqrt(rung.upto) - sqrt(lowest)) if rung.upto > lowest else 0.0
        )
    return left + (ends[number] - left) * max(share, 0.0)


def largest_end(ladder: Ladder) -> int:
    """The largest amount at which a ladder changes, in minor units; 0 for one that never does."""
    return max((rung.upto for rung in ladder.rungs if rung.upto is not None), default=0)
