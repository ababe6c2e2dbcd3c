"""Does the guarantee hold, and what does it cost? Many made histories with a known truth.

python bench/simulate.py            the full profile, tables to docs/explanation/simulations.md
python bench/simulate.py --quick    fewer histories, tables to the terminal
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from scipy import stats

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import watched
from bench.worlds import (
    ERROR,
    LIMITS,
    SHARES,
    SINGLE,
    TOLERANCE,
    TWELVE,
    Drawn,
    Rates,
    draw,
    true_rates,
    volumes,
)
from remit_engine import History
from remit_engine.evidence.bounds import money_at_most
from remit_engine.evidence.letgo.finding import find
from remit_engine.evidence.letgo.profile import Profile
from remit_engine.evidence.letgo.values import Promise, Settings

SEGMENTS: Final = Settings(TOLERANCE, 1 - ERROR)
POOLED: Final = Settings(TOLERANCE, 1 - ERROR, Promise.POOLED)
TABLES: Final = Path(__file__).parents[1] / "docs" / "explanation" / "simulations.md"


@dataclass(frozen=True, slots=True)
class Measured:
    """One cell of a table: `broken` promises and `released` share, over `histories` drawn histories."""

    world: str
    requests: int
    method: str
    histories: int
    broken: float
    released: float

    @property
    def allowed(self) -> float:
        """The chance of error plus three standard errors of this many histories."""
        return ERROR + 3 * math.sqrt(ERROR * (1 - ERROR) / self.histories)


# ---------------------------------------------------------------- one segment


def shipped_limit(drawn: Drawn) -> int:
    """The limit that Remit finds, as an index into LIMITS; -1 for none."""
    limit = find(drawn.history, SEGMENTS).findings[0].limit
    return -1 if limit is None else int(np.searchsorted(LIMITS, limit // 100))


def band_alone(drawn: Drawn) -> int:
    """The largest certified limit, without the end at the monotone rate."""
    profile = Profile.counted(LIMITS.astype(np.int64), drawn.asked[0], drawn.declined[0].astype(np.float64))
    good = np.flatnonzero(profile.certified(TOLERANCE, ERROR))
    return int(np.searchsorted(LIMITS, profile.limit[good[-1]])) if len(good) else -1


def exact_bonferroni(drawn: Drawn) -> int:
    """Exact binomial bounds (Clopper-Pearson) with Bonferroni over the ten limits."""
    asked, declined = drawn.asked[0].cumsum(), drawn.declined[0].cumsum()
    passed = (stats.binom.cdf(declined, asked, TOLERANCE) <= ERROR / len(LIMITS)) & (asked > 0)
    return int(np.flatnonzero(passed)[-1]) if passed.any() else -1


def naive(drawn: Drawn) -> int:
    """The largest limit with an observed rate within the tolerance: no statistics at all."""
    asked, declined = drawn.asked[0].cumsum(), drawn.declined[0].cumsum()
    passed = declined <= TOLERANCE * asked
    return int(np.flatnonzero(passed)[-1]) if passed.any() else -1


METHODS: Final[dict[str, Callable[[Drawn], int]]] = {
    "Remit": shipped_limit,
    "band alone": band_alone,
    "exact binomial, Bonferroni": exact_bonferroni,
    "naive": naive,
}


def single(world: str, requests: int, histories: int, seed: int) -> list[Measured]:
    """All methods on the same drawn histories of one world with one segment."""
    rng = np.random.default_rng([seed, requests])
    rates = SINGLE[world]
    risk, reach = true_rates(rates), np.cumsum(SHARES)
    chosen = {method: np.empty(histories, dtype=np.int64) for method in METHODS}
    for i in range(histories):
        drawn = draw(rates, requests, rng)
        for method, choose in METHODS.items():
            chosen[method][i] = choose(drawn)
    return [
        Measured(
            world,
            requests,
            method,
            histories,
            broken=float(((j >= 0) & (risk[j] > TOLERANCE)).mean()),
            released=float(np.where(j >= 0, reach[j], 0).mean()),
        )
        for method, j in chosen.items()
    ]


# ---------------------------------------------------------------- twelve segments


def several(world: str, requests: int, histories: int, seed: int) -> list[Measured]:
    """One promise per segment (broken when any segment's is), and the pooled promise."""
    rng = np.random.default_rng([seed, requests])
    rates = TWELVE[world]
    weights = np.outer(volumes(rates), SHARES)
    results: dict[str, list[tuple[bool, float]]] = {"Remit, per segment": [], "Remit, pooled": []}
    for _ in range(histories):
        history = draw(rates, requests, rng).history
        for method, settings in zip(results, (SEGMENTS, POOLED), strict=True):
            chosen = _released(history, settings, rates.shape)
            per_segment = [_rate(weights[s], rates[s], chosen[s]) for s in range(len(rates))]
            together = _rate(weights.ravel(), rates.ravel(), chosen.ravel())
            worst = together if settings.promise is Promise.POOLED else max(per_segment)
            results[method].append((worst > TOLERANCE, float(weights[chosen].sum())))
    return [_measured(world, requests, method, outcome) for method, outcome in results.items()]


def _released(history: History, settings: Settings, shape: tuple[int, ...]) -> np.ndarray:
    chosen = np.zeros(shape, dtype=bool)
    for finding in find(history, settings).findings:
        if finding.limit is not None and finding.group.kind:
            chosen[int(finding.group.kind.split()[1]) - 1] = finding.limit // 100 >= LIMITS
    return chosen


def _rate(weights: Rates, rates: Rates, chosen: np.ndarray) -> float:
    return float((weights * rates)[chosen].sum() / weights[chosen].sum()) if chosen.any() else 0.0


def _measured(world: str, requests: int, method: str, outcome: Iterable[tuple[bool, float]]) -> Measured:
    broken, released = np.array(list(outcome), dtype=float).T
    return Measured(world, requests, method, len(broken), float(broken.mean()), float(released.mean()))


# ---------------------------------------------------------------- facts chosen on the older half


FACT_WORLDS: Final = {
    "three facts that mean nothing, 3.01 % everywhere": (0.0301, 0.0301),
    "a fact that matters: half at 0.5 %, half at 12 %": (0.005, 0.12),
}


def with_facts(world: str, requests: int, histories: int, seed: int) -> Measured:
    """Groups narrowed by facts chosen on the older half; broken when any group let go is over."""
    rng = np.random.default_rng([seed, requests])
    low, high = FACT_WORLDS[world]
    outcome = []
    for _ in range(histories):
        history, chance = _drawn_with_facts(requests, low, high, rng)
        broken, released = False, 0
        for finding in find(history, SEGMENTS).findings:
            rows = finding.let_go(history)
            # the true mean of the group (half of each where the fact does not narrow it), not of these rows
            truth = 0.5 * (low + high) if len(np.unique(chance[rows])) > 1 else chance[rows[:1]].sum()
            broken |= len(rows) > 0 and truth > TOLERANCE
            released += len(rows)
        outcome.append((broken, released / requests))
    return _measured(world, requests, "Remit, facts chosen on the older half", outcome)


def _drawn_with_facts(
    requests: int, low: float, high: float, rng: np.random.Generator
) -> tuple[History, Rates]:
    facts = {name: rng.choice(list("abcd"), requests) for name in ("channel", "category", "shift")}
    chance = np.where(np.isin(facts["category"], ["a", "b"]), low, high)
    asked_at = np.datetime64("2026-01-01", "s") + np.sort(rng.integers(0, 2 * 10**7, requests))
    history = History.from_columns(
        amount=rng.choice(LIMITS, requests, p=SHARES) * 100,
        answer=(rng.random(requests) < chance).astype(np.int8),
        kind=["refund"] * requests,
        asked_at=asked_at,
        facts=facts,
    )
    return history, chance


# ---------------------------------------------------------------- money


MONEY_WORLDS: Final = {
    "3.01 % at every amount": np.full(10, 0.0301),
    "declines grow with the amount": np.minimum(1, 0.0301 * LIMITS / 178),
    "0.8 % at every amount": np.full(10, 0.008),
}


def money(world: str, requests: int, histories: int, seed: int) -> Measured:
    """The bound of the share of money at all limits at once; `released` is its mean at the largest."""
    rng = np.random.default_rng([seed, requests])
    rates = MONEY_WORLDS[world]
    weights = SHARES * LIMITS
    truth = np.cumsum(weights * rates) / np.cumsum(weights)
    outcome = []
    for _ in range(histories):
        history = draw(rates, requests, rng).history
        bounds = [
            money_at_most(history.amount, history.declined, int(limit) * 100, ERROR) for limit in LIMITS
        ]
        known = np.array([1.0 if bound is None else bound for bound in bounds])
        outcome.append((bool((truth > known).any()), float(known[-1])))
    return _measured(world, requests, "bound of the share of money", outcome)


# ---------------------------------------------------------------- the tables


def everything(histories: int, sizes: tuple[int, ...]) -> dict[str, list[Measured]]:
    """All tables, by title."""
    return {
        "One segment, ten limits": [
            cell for world in SINGLE for size in sizes for cell in single(world, size, histories, 1)
        ],
        "Twelve segments": [
            cell for world in TWELVE for cell in several(world, 3000, max(1000, histories // 4), 2)
        ],
        "Facts chosen on the older half": [
            with_facts(world, size, max(1000, histories // 4), 3)
            for world in FACT_WORLDS
            for size in (600, 2000)
        ],
        "Money": [
            money(world, size, max(1000, histories // 4), 4) for world in MONEY_WORLDS for size in (600, 2000)
        ],
    }


def as_markdown(tables: dict[str, list[Measured]]) -> str:
    """The tables as Markdown, one row per cell."""
    lines = []
    for title, cells in tables.items():
        last = "mean bound" if title == "Money" else "let go"
        lines += [f"### {title}", "", f"| world | requests | method | histories | broken | {last} |"]
        lines += ["| --- | ---: | --- | ---: | ---: | ---: |"]
        lines += [
            f"| {c.world} | {c.requests:,} | {c.method} | {c.histories:,} "
            f"| {c.broken:.1%} | {c.released:.1%} |"
            for c in cells
        ]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Run a profile and print or keep its tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="1,000 histories a world, to the terminal")
    options = parser.parse_args()
    started = time.monotonic()
    tables = everything(1000, (300,)) if options.quick else everything(4000, (300, 600, 1200, 3000))
    text = f"{as_markdown(tables)}\n{watched.as_markdown(1000 if options.quick else 4000)}"
    print(text)
    if not options.quick:
        head = TABLES.read_text().split("<!-- tables -->")[0] if TABLES.exists() else "# Simulations\n\n"
        TABLES.write_text(f"{head}<!-- tables -->\n\n{text}")
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
