"""Made histories whose weeks vary in a known way, to see how often what is said of weeks to come holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from remit_engine.evidence.weeks import by_week, next_weeks
from remit_engine.evidence.what_if.bunching import excess, is_clear

Floats = npt.NDArray[np.float64]

CONFIDENCE: Final = 0.95
_A_WEEK: Final = 60.0
"""Questions a week on average."""
_HOURS, _HOURS_SPREAD = 1.0, 0.9
"""Logarithm of the hours that a question waits."""


@dataclass(frozen=True, slots=True)
class World:
    """How weeks vary.

    Attributes:
        words: what it is.
        weeks: of the history.
        ahead: weeks to come.
        spread: standard deviation of the logarithm of a week's load.
        follows: how much of it the next week keeps (autocorrelation).
    """

    words: str
    weeks: int
    ahead: int
    spread: float = 0.0
    follows: float = 0.0


WORLDS: Final = (
    World("weeks alike", 26, 13),
    World("busy and quiet weeks", 26, 13, 0.35),
    World("busy and quiet weeks", 12, 4, 0.35),
    World("busy and quiet times", 26, 13, 0.35, 0.6),
    World("busy and quiet times", 52, 13, 0.35, 0.6),
    World("busy and quiet times", 12, 4, 0.35, 0.6),
)


@dataclass(frozen=True, slots=True)
class Covered:
    """How often the interval held what came: questions, and hours of waiting."""

    world: World
    method: str
    histories: int
    questions: float
    hours: float


def covered(world: World, histories: int, seed: int) -> list[Covered]:
    """Draw histories, say what the weeks to come would bring, and look what they brought."""
    drawn = np.random.default_rng([seed, world.weeks, world.ahead])
    held = {"Remit": np.zeros(2), "requests as independent": np.zeros(2)}
    for _ in range(histories):
        week, hours = _drawn(world, drawn)
        past = week < world.weeks
        for place, values in enumerate((np.ones(len(week)), hours)):
            came = float(values[~past].sum())
            for method, interval in _said(world, week[past], values[past]).items():
                held[method][place] += interval[0] <= came <= interval[1]
    return [
        Covered(world, method, histories, *(float(share) for share in count / histories))
        for method, count in held.items()
    ]


def _said(world: World, week: Floats, values: Floats) -> dict[str, tuple[float, float]]:
    day = np.datetime64("2026-01-05T12:00", "s") + (week * 7).astype("timedelta64[D]")
    everything = np.datetime64("2026-01-05T12:00", "s") + (np.arange(world.weeks + 1) * 7).astype(
        "timedelta64[D]"
    )
    found = next_weeks(by_week(everything, day, values), CONFIDENCE, ahead=world.ahead)
    if found is None:
        raise RuntimeError("a world with too few weeks")
    squares = float((values**2).sum()) / world.weeks
    mean = float(values.sum()) / world.weeks
    wide = stats.norm.ppf((1 + CONFIDENCE) / 2) * np.sqrt(
        squares * (world.ahead + world.ahead**2 / world.weeks)
    )
    middle = world.ahead * mean
    return {
        "Remit": (found[0], found[2]),
        "requests as independent": (max(0.0, middle - wide), middle + wide),
    }


def _drawn(world: World, drawn: np.random.Generator) -> tuple[Floats, Floats]:
    """The week of each question, and how long it waits."""
    weeks = world.weeks + world.ahead
    shocks = drawn.normal(0, world.spread, weeks)
    load = np.zeros(weeks)
    for place in range(weeks):
        load[place] = shocks[place] + (world.follows * load[place - 1] if place else 0)
    variance = world.spread**2 / (1 - world.follows**2)
    counts = drawn.poisson(_A_WEEK * np.exp(load - variance / 2))
    week = np.repeat(np.arange(weeks), counts).astype(np.float64)
    slow = np.repeat(drawn.normal(0, 0.4, weeks), counts)
    return week, np.exp(drawn.normal(_HOURS, _HOURS_SPREAD, len(week)) + slow)


# ---------------------------------------------------------------- gifts squeezed under a limit

_LIMIT: Final = 5000
_WANTED: Final = (3.6, 0.6)
"""Logarithm of what people would give, and how it spreads."""


@dataclass(frozen=True, slots=True)
class Squeezed:
    """How often gifts are told to be squeezed under a limit, and how many there are.

    Attributes:
        gifts: in each history.
        share: of those between 50 and 80 that are squeezed.
        told: share of the histories of which it is said.
        estimated, true: gifts squeezed, on average.
    """

    gifts: int
    share: float
    told: float
    estimated: float
    true: float


def squeezed(gifts: int, share: float, histories: int, seed: int) -> Squeezed:
    """Draw histories in which some gifts are squeezed under 50, and look what is said."""
    drawn = np.random.default_rng([seed, gifts, int(share * 100)])
    told, estimated, true = 0, 0.0, 0
    for _ in range(histories):
        wanted = np.exp(drawn.normal(*_WANTED, gifts))
        are = (wanted > 50) & (wanted < 80) & (drawn.random(gifts) < share)
        given = np.where(are, drawn.uniform(46, 50, gifts), wanted)
        seen, expected = excess((given * 100).astype(np.int64), _LIMIT)
        told += is_clear(seen, expected, gifts)
        estimated += seen - expected
        true += int(are.sum())
    return Squeezed(gifts, share, told / histories, estimated / histories, true / histories)
