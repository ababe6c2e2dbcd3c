"""The ladder: the levels along the amount, for one member and one complaint."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from remit_engine.charter.builtin import OTHER_CURRENCY
from remit_engine.charter.cells import level_of
from remit_engine.charter.document import Allowance, Cap, Grant, Guardrail
from remit_engine.charter.levels import Level


@dataclass(frozen=True, slots=True)
class Rung:
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
    grants: Iterable[Grant], caps: Iterable[Cap], used: dict[str, object], given: int, *, foreign: bool
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
    ends = [(grant.upto, grant) for grant in grants]
    starts = [(above, cap) for cap in caps if (above := caps_above(cap, used, given)) is not None]
    marks = {upto for upto, _ in ends if upto is not None} | {above for above, _ in starts}
    tops: list[int | None] = [*sorted(mark for mark in marks if mark >= given), None]
    rungs: list[Rung] = []
    for top in tops:
        here = [grant for upto, grant in ends if upto is None or (top is not None and upto >= top)]
        holding = [cap for start, cap in starts if top is None or start < top]
        rungs.append(_rung(here, holding, top))
    return Ladder(given, tuple(_joined(rungs)))


def caps_above(cap: Cap, used: dict[str, object], given: int) -> int | None:
    """Above which amount judged a cap holds (-1 for all); None for none."""
    if isinstance(cap, Guardrail):
        return -1 if cap.above is None else cap.above
    so_far = used[cap.id]
    if not isinstance(so_far, int):
        return -1
    if cap.counts:
        return -1 if so_far + 1 > cap.most else None
    return max(given + cap.most - so_far, -1)


def _rung(grants: list[Grant], caps: list[Cap], upto: int | None) -> Rung:
    reached = max((grant.level for grant in grants), default=Level.ASK)
    held = min((level_of(cap) for cap in caps), default=Level.DECIDE)
    capped = held < reached
    return Rung(
        min(reached, held),
        upto,
        tuple(grant for grant in grants if grant.level == reached),
        tuple(cap for cap in caps if capped and level_of(cap) == held),
    )


def _joined(rungs: list[Rung]) -> Iterable[Rung]:
    """Neighbours of one level as one rung, with the rules that hold up to its top."""
    for _, group in groupby(rungs, key=lambda rung: rung.level):
        *_, last = group
        yield last


def _without_amounts(grants: list[Grant], caps: list[Cap], given: int) -> Ladder:
    unlimited = [grant for grant in grants if grant.upto is None]
    holding = [
        cap for cap in caps if isinstance(cap, Allowance) or cap.above is None or not cap.ignores_missing
    ]
    rung = _rung(unlimited, [*holding, OTHER_CURRENCY], None)
    return Ladder(given, (rung,))
