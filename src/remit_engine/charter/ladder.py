"""The ladder: the levels along the amount, for one member and one complaint."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from remit_engine.charter.builtin import OTHER_CURRENCY
from remit_engine.charter.cells import level_of
from remit_engine.charter.document import Allowance, Cap, Grant, Guardrail
from remit_engine.charter.levels import FROM_THE_TOP, Level

Start = tuple[int, Level, Cap]
"""Above which amount judged a cap holds (-1 for all), what it leaves, and the cap."""


class Rung(NamedTuple):
    """A stretch of amounts with one level.

    Attributes:
        level: the level.
        upto: the largest amount judged, in minor units; None on the last rung, which has no end.
        grants: those that reach the level at the top of the rung; empty where nothing raises.
        caps: those that hold the level down there; empty where nothing caps.
    """

    level: Level
    upto: int | None
    grants: tuple[Grant, ...]
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Levels along the amount judged; they never rise.

    Attributes:
        start: what was given on the order already, in minor units: where the ladder begins.
        rungs: at least one, from the lowest amounts up; levels fall from rung to rung.
    """

    start: int
    rungs: tuple[Rung, ...]

    def rung_at(self, judged: int) -> Rung:
        """The rung on which an amount judged stands."""
        ends = [rung.upto for rung in self.rungs[:-1] if rung.upto is not None]
        return self.rungs[bisect_left(ends, judged)]

    def level_at(self, judged: int) -> Level:
        """The level of an amount judged."""
        return self.rung_at(judged).level

    def largest(self, level: Level) -> int | None:
        """The largest amount judged with at least this level: None without an end, -1 where there is none."""
        reaching = [rung.upto for rung in self.rungs if rung.level >= level]
        return reaching[-1] if reaching else -1


def ladder_of(
    grants: Iterable[Grant], caps: Iterable[Cap], used: Mapping[str, object], given: int, *, foreign: bool
) -> Ladder:
    """The ladder that rules make which hold whatever the amount.

    Args:
        grants: whose conditions hold, the amount aside.
        caps: whose conditions hold, the amount and what was used aside.
        used: what was used of each allowance by id; NaN where it isn't known.
        given: what was given on the order already, in minor units.
        foreign: whether the amount is in another currency, so that no limit says anything about it.
    """
    if foreign:
        return _without_amounts(list(grants), list(caps), given)
    reaching, starts = list(grants), starts_of(caps, used, given)
    rungs: list[Rung] = []
    below: float = given - 1
    for level in FROM_THE_TOP:
        top = furthest(level, reaching, starts)
        if top > below:
            rungs.append(_rung(reaching, starts, top))
            below = top
    return Ladder(given, tuple(rungs))


def furthest(level: Level, grants: Iterable[Grant], starts: Iterable[Start]) -> float:
    """The largest amount judged that has at least a level: infinite without an end, -1 where there is none.

    Args:
        level: the level.
        grants: whose conditions hold.
        starts: of the caps whose conditions hold.
    """
    top = inf
    if level > Level.ASK:
        top = max(
            (inf if each.upto is None else each.upto for each in grants if each.level >= level), default=-1
        )
    for start, leaves, _ in starts:
        if start < top and leaves < level:
            top = start
    return top


def starts_of(caps: Iterable[Cap], used: Mapping[str, object], given: int) -> list[Start]:
    """Above which amount judged each cap holds (-1 for all of them), what it leaves, and itself."""
    starts: list[Start] = []
    for cap in caps:
        start = caps_above(cap, used, given)
        if start is not None:
            starts.append((start, level_of(cap), cap))
    return starts


def caps_above(cap: Cap, used: Mapping[str, object], given: int) -> int | None:
    """Above which amount judged a cap holds (-1 for all); None for none."""
    if isinstance(cap, Guardrail):
        return -1 if cap.above is None else cap.above
    so_far = used[cap.id]
    if not isinstance(so_far, int):
        return -1
    if cap.counts:
        return -1 if so_far + 1 > cap.most else None
    return max(given + cap.most - so_far, -1)


def _rung(grants: Iterable[Grant], starts: Iterable[Start], top: float) -> Rung:
    """The rung that ends at an amount, with the rules that make its level there."""
    here = [grant for grant in grants if grant.upto is None or grant.upto >= top]
    holding = [(leaves, cap) for start, leaves, cap in starts if start < top]
    reached = max((grant.level for grant in here), default=Level.ASK)
    held = min((leaves for leaves, _ in holding), default=Level.DECIDE)
    return Rung(
        min(reached, held),
        None if top == inf else int(top),
        tuple(grant for grant in here if grant.level == reached),
        tuple(cap for leaves, cap in holding if leaves == held < reached),
    )


def _without_amounts(grants: list[Grant], caps: list[Cap], given: int) -> Ladder:
    unlimited = [grant for grant in grants if grant.upto is None]
    holding = [
        cap for cap in caps if isinstance(cap, Allowance) or cap.above is None or not cap.ignores_missing
    ]
    rung = _rung(unlimited, [(-1, level_of(cap), cap) for cap in (*holding, OTHER_CURRENCY)], inf)
    return Ladder(given, (rung,))
