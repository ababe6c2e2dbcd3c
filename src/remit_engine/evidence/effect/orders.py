"""In which order teams start, by lot; and all other orders that the lot could have drawn.

The key is told about beforehand by its hash, as for the draw of reviews: whoever has it afterwards can draw
again, and nobody can know the order before, or draw until it suits.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from remit_engine.evidence.effect.cohorts import NEVER, Integers
from remit_engine.evidence.effect.values import Rollout
from remit_engine.evidence.sampling import KEY_BYTES, by_lot

MOST_EXACT: Final = 2000
"""Up to so many orders all of them are gone through; beyond, `RE_DRAWN` are drawn."""
RE_DRAWN: Final = 999
_WHAT_FOR: Final = "order of a rollout"
_SEED: Final = 20_260_101


def drawn(teams: Sequence[str], starts: Sequence[int | None], key: bytes) -> Rollout:
    """The start of each team by lot; the same key draws the same again, whatever order the teams come in.

    Args:
        teams: names, each once.
        starts: as many weeks as there are teams, counted from 0, in any order; None for one that doesn't
            begin.
        key: 32 secret bytes, told about by `sampling.commitment` before anybody knew the teams' order.

    Raises:
        ValueError: the key has another length, a team comes twice, or there is another number of starts.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key of {KEY_BYTES} bytes is needed, not of {len(key)}")
    if len(starts) != len(teams):
        raise ValueError("each team needs a start")
    in_time = sorted(starts, key=lambda start: NEVER if start is None else start)
    drawn_to = dict(zip(by_lot(teams, key, _WHAT_FOR), in_time, strict=True))
    return Rollout(tuple(teams), tuple(drawn_to[team] for team in teams), by_lot=True)


def in_waves(teams: int, *, first: int, apart: int, each: int = 2) -> list[int]:
    """Start weeks for so many teams: some at a time, evenly apart.

    Args:
        teams: how many.
        first: week of the first wave, counted from 0; the weeks before it are what teams are compared with.
        apart: weeks from one wave to the next.
        each: how many start together; the last wave has what is left.
    """
    return [first + apart * (number // each) for number in range(teams)]


def as_numbers(starts: Sequence[int | None], weeks: int) -> Integers:
    """Starts as int64; `NEVER` for those that don't begin within the weeks."""
    return np.array([NEVER if each is None or each >= weeks else each for each in starts], np.int64)


def number_of_orders(starts: Integers) -> int:
    """In how many ways the starts could have fallen to the teams."""
    ways = math.factorial(len(starts))
    for count in Counter(starts.tolist()).values():
        ways //= math.factorial(count)
    return ways


def orders_of(starts: Integers, *, most: int = MOST_EXACT, again: int = RE_DRAWN) -> Integers:
    """The order that was, first, and those that could have been: orders by teams.

    All others once, where there are few; or so many that are drawn, always the same ones.
    """
    if number_of_orders(starts) <= most:
        others = [order for order in _all(Counter(starts.tolist()), len(starts)) if order != starts.tolist()]
        return np.array([starts.tolist(), *others], np.int64)
    rng = np.random.default_rng(_SEED)
    return np.vstack([starts, rng.permuted(np.tile(starts, (again, 1)), axis=1)])


def _all(left: Counter[int], long: int) -> Iterator[list[int]]:
    if not long:
        yield []
        return
    for start in sorted(left):
        if left[start]:
            left[start] -= 1
            for rest in _all(left, long - 1):
                yield [start, *rest]
            left[start] += 1
