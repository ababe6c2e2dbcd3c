"""Made weeks of teams whose truth is known, to see how often what is said of an effect holds."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.effect import in_waves
from remit_engine.evidence.effect.cohorts import cleaned, courses, has_started
from remit_engine.evidence.effect.inverting import interval_of
from remit_engine.evidence.effect.one_series import Series, forecast_of, measured
from remit_engine.evidence.effect.orders import as_numbers, orders_of
from remit_engine.evidence.effect.staggered import staggered
from remit_engine.evidence.effect.values import Measured, Outcome, Rollout

Floats = npt.NDArray[np.float64]

WEEKS: Final = 26
_ORDERS: Final = 199


@dataclass(frozen=True, slots=True)
class World:
    """Teams that start in four waves.

    Attributes:
        words: what it is.
        teams: how many.
        effect: of it, on a scale on which a week of a team varies by 0.25.
        grows: whether it takes eight weeks, and is larger for those who start early.
        season: how high a wave of a year is.
        sizes: whether teams differ: weeks of the smallest vary nearly three times as much as the largest's.
        by_lot: whether a lot says who starts; otherwise the small ones do.
    """

    words: str
    teams: int
    effect: float = 0.0
    grows: bool = False
    season: float = 0.0
    sizes: bool = False
    by_lot: bool = True

    @property
    def starts(self) -> npt.NDArray[np.int64]:
        """The start of each wave, in the order of teams before any lot."""
        return np.array(in_waves(self.teams, first=8, apart=4, each=self.teams // 4), np.int64)


WORLDS: Final = (
    World("no effect", 8),
    World("no effect, season, teams of different size", 8, season=0.4, sizes=True),
    World("an effect of 0.3", 8, 0.3),
    World("an effect of 0.3 that grows", 8, 0.3, grows=True),
    World(
        "an effect of 0.3 that grows, season, teams of different size",
        12,
        0.3,
        grows=True,
        season=0.4,
        sizes=True,
    ),
    World("an effect of 0.3", 24, 0.3),
)
NO_LOT: Final = (
    World("no effect, teams alike", 8, by_lot=False),
    World("no effect, season, small teams first", 12, season=0.4, sizes=True, by_lot=False),
    World("an effect of 0.3, season, small teams first", 12, 0.3, season=0.4, sizes=True, by_lot=False),
)


@dataclass(frozen=True, slots=True)
class Held:
    """How often what was said held.

    Attributes:
        held: share of the intervals with the truth in them.
        more, fewer: share of those that lie above, or below, nothing.
        band: share of the bands that held at every step; NaN where none were reckoned.
        width: of the interval, at the middle.
        bias: of the estimate, on average.
    """

    held: float
    more: float
    fewer: float
    band: float
    width: float
    bias: float


def by_lot(world: World, histories: int, seed: int) -> Held:
    """Draw histories of teams that start by lot, in one pass: the lot deals teams to rows, starts stay."""
    drawn = np.random.default_rng([seed, world.teams, len(world.words)])
    numbers = as_numbers(world.starts.tolist(), WEEKS)
    orders = orders_of(numbers, again=_ORDERS)
    ones = np.ones((world.teams, WEEKS))
    pairs = [drawn_panel(world, drawn) for _ in range(histories)]
    values = np.stack([*(panel for panel, _ in pairs), has_started(numbers, WEEKS)])
    overall = courses(cleaned(values, ones), ones, orders).overall
    found = [interval_of(each, overall[-1]) for each in overall[:-1]]
    return _held(found, [_truth(world, size) for _, size in pairs], [])


def without_lot(world: World, histories: int, seed: int) -> Held:
    """Draw histories of teams that start as they like, small ones first."""
    drawn = np.random.default_rng([seed, world.teams, len(world.words)])
    rollout = Rollout(
        tuple(f"team {number:02}" for number in range(world.teams)),
        tuple(int(each) for each in world.starts),
    )
    found, truths, bands = [], [], []
    for _ in range(histories):
        panel, size = drawn_panel(world, drawn)
        said = staggered(Outcome("made", panel), rollout, again=_ORDERS)
        if said is None:
            raise RuntimeError("a world in which nothing can be compared")
        found.append(said.measured)
        truths.append(_truth(world, size))
        bands.append(
            all(each.low <= (world.effect if each.since >= 0 else 0.0) <= each.high for each in said.months)
        )
    return _held(found, truths, bands)


def _held(found: list[Measured], truths: list[float], bands: list[bool]) -> Held:
    pairs = list(zip(found, truths, strict=True))
    return Held(
        held=float(np.mean([each.low <= truth <= each.high for each, truth in pairs])),
        more=float(np.mean([each.above() for each in found])),
        fewer=float(np.mean([each.below() for each in found])),
        band=float(np.mean(bands)) if bands else float("nan"),
        width=float(np.median([each.high - each.low for each in found])),
        bias=float(np.mean([each.estimate - truth for each, truth in pairs])),
    )


def drawn_panel(world: World, drawn: np.random.Generator) -> tuple[Floats, Floats]:
    """Weeks of teams, and the effect that each would have."""
    shape = (world.teams, WEEKS)
    spread = np.linspace(0.42, 0.15, world.teams) if world.sizes else np.full(world.teams, 0.25)
    if world.by_lot:
        spread = drawn.permutation(spread)
    noise = _follows(drawn.normal(0, 1, shape), 0.4) * spread[:, None]
    week = np.arange(WEEKS)
    common = 0.075 * drawn.normal(0, 1, WEEKS).cumsum()
    common += world.season * np.sin(2 * np.pi * week / 52 + drawn.uniform(0, 2 * np.pi))
    values = 4 + drawn.normal(0, 0.35, world.teams)[:, None] + common + noise
    since = week - world.starts[:, None]
    size = np.full(shape, world.effect)
    if world.grows:
        size = size * np.clip((since + 1) / 8, 0, 1) * (1.6 - 0.05 * (world.starts[:, None] - 8))
    return values + np.where(since >= 0, size, 0.0), size


def _follows(shocks: Floats, keeps: float) -> Floats:
    """Weeks that keep a part of the one before, as large as the shocks on average."""
    kept = shocks.copy()
    for week in range(1, shocks.shape[1]):
        kept[:, week] = keeps * kept[:, week - 1] + np.sqrt(1 - keeps**2) * shocks[:, week]
    return kept


def _truth(world: World, size: Floats) -> float:
    """The mean effect over the weeks of teams that had started, and had others to compare with."""
    week = np.arange(WEEKS)
    last = world.starts.max()
    compared = (week >= world.starts[:, None]) & (week < last)
    return float(size[compared].mean())


# ---------------------------------------------------------------- one team


@dataclass(frozen=True, slots=True)
class One:
    """One team before and after, without any effect.

    Attributes:
        words: how its weeks follow each other.
        before, since: how many weeks.
        beside: whether there are others beside it.
    """

    words: str
    before: int
    since: int
    beside: bool


KINDS: Final = ("steady", "common drift", "own drift", "autocorrelated", "own trend")
ONES: Final = tuple(
    One(kind, before, since, beside)
    for before, since, beside in ((16, 8, True), (40, 12, True), (60, 12, False))
    for kind in KINDS
)


def one_team(world: One, histories: int, seed: int) -> Held:
    """Draw histories of one team, and look how often nothing is in the interval."""
    drawn = np.random.default_rng([seed, world.before, KINDS.index(world.words)])
    found = []
    for _ in range(histories):
        own, others = _weeks(world, drawn)
        beside = others if world.beside else None
        forecast = forecast_of(Series(own, np.ones(len(own)), world.before, beside))
        if forecast is None:
            raise RuntimeError("a world whose weeks don't vary")
        found.append(measured(forecast))
    return _held(found, [0.0] * histories, [])


def _weeks(world: One, drawn: np.random.Generator) -> tuple[Floats, Floats]:
    """One team's weeks and those of others; what is common drifts in all worlds but the steady ones."""
    weeks = world.before + world.since
    common = drawn.normal(0, 0.2, weeks)
    if world.words not in {"steady", "own trend"}:
        common = common + 0.15 * drawn.normal(0, 1, weeks).cumsum()
    own: Floats = np.zeros(weeks)
    if world.words == "own drift":
        own = 0.1 * drawn.normal(0, 1, weeks).cumsum()
    elif world.words == "autocorrelated":
        own = 0.25 * _follows(drawn.normal(0, 1, (1, weeks)), 0.6)[0]
    elif world.words == "own trend":
        own = 0.015 * np.arange(weeks, dtype=np.float64)
    return 4 + common + own + drawn.normal(0, 0.2, weeks), 4 + common + drawn.normal(0, 0.15, weeks)


def _table(histories: int) -> None:
    print("| world | teams | the truth was in it | says *more* | says *fewer* | width |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for world in (*WORLDS, *NO_LOT):
        held = by_lot(world, histories, 1) if world.by_lot else without_lot(world, histories, 1)
        lot = "by lot" if world.by_lot else "no lot"
        print(f"| {lot}: {world.words} | {world.teams} | {_row(held)} |", flush=True)
    print("\n| its weeks | before, since | the truth was in it | says *more* | says *fewer* | width |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for one in ONES:
        beside = "others beside" if one.beside else "alone"
        row = _row(one_team(one, histories, 1))
        print(f"| {one.words}, {beside} | {one.before}, {one.since} | {row} |", flush=True)


def _row(held: Held) -> str:
    return f"{held.held:.1%} | {held.more:.1%} | {held.fewer:.1%} | {held.width:.2f}"


if __name__ == "__main__":
    _table(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
