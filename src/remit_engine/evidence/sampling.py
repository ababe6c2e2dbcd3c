"""Which decisions are looked at, drawn by lot with known chances, and what the drawn ones say about all.

Two draws, both after the decisions were made. The *fair draw* gives every decision of one member the same
chance, and is the only evidence about a member. The *risk draw* looks more where more is at stake, and finds
problems. Lots come from a key whose hash was told beforehand: whoever has the key afterwards can draw again,
and nobody can know the lots before.

Every decision keeps its chance of being drawn, drawn or not. An estimate weights each drawn one by one
over its chance, which undoes that some are looked at more: it speaks about all decisions, whatever the
stakes were thought to be.

Sources: Horvitz and Thompson, JASA 47, 1952; Hájek, *Comment*, in Foundations of Statistical Inference, 1971;
Madow, Ann. Math. Stat. 20, 1949 (systematic draws); Kish, *Survey Sampling*, 1965; Korn and Graubard,
Survey Methodology 24, 1998; Särndal, Swensson and Wretman, *Model Assisted Survey Sampling*, 1992.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEAST_CHANCE: Final = 0.005
"""No decision has a smaller chance in the risk draw: one that was found would stand for too many others."""
KEY_BYTES: Final = 32
_HARDLY_ANY: Final = 1e-9
"""Of the largest stake; what has less counts as much, so that the budget can reach it too."""
_FAIR: Final = "fair"
_RISK: Final = "risk"
_DOUBLE: Final = "double"
_ORDER: Final = "order"
_START: Final = "start of the risk draw"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that may be drawn.

    Attributes:
        name: what it is called for good; its lots come from it.
        member: word of whoever made it.
        stake: how much is at stake, 0 or above, of any unit: such as its amount times the chance that a
            reviewer would have done something else.
    """

    name: str
    member: str
    stake: float


@dataclass(frozen=True, slots=True)
class Lot:
    """What the two draws said about a decision.

    Attributes:
        is_fair, is_risk: whether it was drawn, by either.
        fair, risk: its chances, in [0, 1]; 0 where a draw takes none.
        place: from 1 on, in the order by lot among all of its member's; the fair draw takes the first ones.
    """

    name: str
    is_fair: bool
    is_risk: bool
    fair: float
    risk: float
    place: int

    @property
    def is_drawn(self) -> bool:
        """Whether it is to be looked at."""
        return self.is_fair or self.is_risk

    @property
    def chance(self) -> float:
        """Of being drawn by either."""
        return 1 - (1 - self.fair) * (1 - self.risk)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What drawn decisions say about all of them.

    Attributes:
        rate: the share that would have been decided differently, in [0, 1].
        low, high: its interval.
        reviews: how many were looked at.
        worth: how many reviews with equal chances would say as much; at most `reviews`.
    """

    rate: float
    low: float
    high: float
    reviews: int
    worth: float


def commitment(key: bytes) -> str:
    """What is told before the decisions are made: the SHA-256 of the key, as 64 hexadecimal digits."""
    return hashlib.sha256(key).hexdigest()


def draw(decided: Sequence[Decided], key: bytes, *, each: int, budget: int) -> list[Lot]:
    """Both draws among the decisions of a week; the same key draws the same again, in any order.

    Args:
        decided: all that could be drawn; each name once.
        key: 32 secret bytes, told about by `commitment` before the first of them was made.
        each: how many the fair draw takes of each member; all, where there are fewer.
        budget: how many the risk draw takes of all together; all, where there are fewer.

    Returns:
        one for each decision, in their order.

    Raises:
        ValueError: the key has another length, a name comes twice, or a number is below zero.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key of {KEY_BYTES} bytes is needed, not of {len(key)}")
    if len({each_one.name for each_one in decided}) != len(decided):
        raise ValueError("a decision comes twice")
    if each < 0 or budget < 0:
        raise ValueError("how many are drawn can't be below zero")
    places, fair_chance = _fair_draw(decided, key, each)
    risk_chance = risk_chances([one.stake for one in decided], budget)
    risk = _systematic(decided, key, risk_chance)
    return [
        Lot(
            one.name,
            places[one.name] <= each,
            one.name in risk,
            fair_chance[one.member],
            float(chance),
            places[one.name],
        )
        for one, chance in zip(decided, risk_chance, strict=True)
    ]


def doubled(names: Sequence[str], key: bytes, share: float) -> frozenset[str]:
    """Of the drawn ones those that two look at, each on their own: each with the same chance, by its lot.

    Args:
        names: of what was drawn.
        key: of the draw.
        share: the chance, in [0, 1].
    """
    return frozenset(name for name in names if _lot(key, _DOUBLE, name) < share)


def by_lot(names: Sequence[str], key: bytes, what_for: str) -> list[str]:
    """Names in an order that nobody chose: that of their lots.

    Args:
        names: each once.
        key: of the draw.
        what_for: another purpose has another order.
    """
    return sorted(names, key=lambda name: _lot(key, f"{_ORDER}\0{what_for}", name))


def risk_chances(stakes: Sequence[float], budget: int) -> Floats:
    """Chances that grow with what is at stake, never below a floor or above 1, and sum to the budget.

    Args:
        stakes: 0 or above, one for each decision.
        budget: how many are to be drawn.

    Returns:
        float64, one for each decision; all 1 where the budget reaches for all of them.
    """
    sizes = np.asarray(stakes, np.float64)
    if budget >= len(sizes):
        return np.ones(len(sizes))
    if budget == 0:
        return np.zeros(len(sizes))
    sizes = np.maximum(sizes, sizes.max() * _HARDLY_ANY) if sizes.any() else np.ones(len(sizes))
    floor = min(LEAST_CHANCE, budget / len(sizes))
    # By halving the logarithm, as stakes may be of very different sizes.
    low, high = np.log(floor / sizes.max()), np.log(len(sizes) / sizes.min())
    for _ in range(100):
        middle = (low + high) / 2
        is_low = _clipped(sizes, np.exp(middle), floor).sum() < budget
        low, high = (middle, high) if is_low else (low, middle)
    return _clipped(sizes, np.exp(high), floor)


def _clipped(sizes: Floats, factor: float, floor: float) -> Floats:
    return np.clip(sizes * factor, floor, 1.0)


def rate_of(
    differently: npt.ArrayLike,
    chances: npt.ArrayLike,
    *,
    amounts: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate | None:
    """The share of all decisions, or of all that was given, that a reviewer would have decided differently.

    The rate is Hájek's; its interval that of Korn and Graubard: the exact one for as many reviews with equal
    chances as say as much. Assumes that every drawn decision is reviewed, and that the chances were fixed
    before the draw.

    Args:
        differently: whether the reviewer would have, one for each reviewed decision.
        chances: of being drawn, in (0, 1], in the same order.
        amounts: what each was about, 0 or above; with them it is the share of the money.
        confidence: two-sided, in (0, 1).

    Returns:
        None where nothing was reviewed, or all amounts are 0.

    Raises:
        ValueError: a chance isn't in (0, 1], an amount is below 0, or there is another number of them.
    """
    said = np.asarray(differently, np.float64)
    chance = np.asarray(chances, np.float64)
    sizes = np.ones_like(said) if amounts is None else np.asarray(amounts, np.float64)
    if said.shape != chance.shape or said.shape != sizes.shape:
        raise ValueError("every review needs the chance with which it was drawn, and its amount")
    if (chance <= 0).any() or (chance > 1).any():
        raise ValueError("a chance of being drawn is above 0 and at most 1")
    if (sizes < 0).any():
        raise ValueError("an amount is 0 or above")
    if not sizes.any():
        return None
    weights = sizes / chance
    rate = float((weights * said).sum() / weights.sum())
    worth = min(_worth(said, chance, weights, rate), float(len(said)))
    low, high = _exact_interval(rate * worth, worth, confidence)
    return Estimate(rate, low, high, len(said), worth)


def _worth(said: Floats, chance: Floats, weights: Floats, rate: float) -> float:
    """How many reviews with equal chances have the same variance; Kish's figure where none is seen."""
    spread = float(((1 - chance) * (weights * (said - rate)) ** 2).sum() / weights.sum() ** 2)
    if 0 < rate < 1 and spread > 0:
        return rate * (1 - rate) / spread
    return float(weights.sum() ** 2 / (weights**2).sum())


def _exact_interval(found: float, of: float, confidence: float) -> tuple[float, float]:
    """Clopper and Pearson, Biometrika 26, 1934; for figures that needn't be whole."""
    from scipy import special  # noqa: PLC0415 (slow to load, and a draw doesn't need it)

    tail = (1 - confidence) / 2
    low = float(special.betaincinv(found, of - found + 1, tail)) if found > 0 else 0.0
    high = float(special.betaincinv(found + 1, of - found, 1 - tail)) if found < of else 1.0
    return low, high


def _fair_draw(decided: Sequence[Decided], key: bytes, each: int) -> tuple[dict[str, int], dict[str, float]]:
    """The place of each decision among its member's by lot, and the chance that all of a member's have."""
    by_member: defaultdict[str, list[str]] = defaultdict(list)
    for one in decided:
        by_member[one.member].append(one.name)
    places: dict[str, int] = {}
    for names in by_member.values():
        by_lots = sorted(names, key=lambda name: _lot(key, _FAIR, name))
        places.update({name: place for place, name in enumerate(by_lots, start=1)})
    chances = {member: min(1.0, each / len(names)) for member, names in by_member.items()}
    return places, chances


def _systematic(decided: Sequence[Decided], key: bytes, chances: Floats) -> frozenset[str]:
    """Exactly as many as the chances sum to: laid end to end in an order by lot, and hit by even steps."""
    order = sorted(range(len(decided)), key=lambda i: _lot(key, _RISK, decided[i].name))
    ends = np.cumsum(chances[order])
    if not len(ends):
        return frozenset()
    ends *= round(float(ends[-1])) / ends[-1] if ends[-1] else 0.0
    start = _lot(key, _START, "")
    hits = np.ceil(ends - start - 1e-12) - 1
    before = np.concatenate(([-1.0], hits[:-1]))
    return frozenset(decided[i].name for i, now, last in zip(order, hits, before, strict=True) if now > last)


def _lot(key: bytes, draw_of: str, name: str) -> float:
    """A number in [0, 1) that nobody knows without the key."""
    digest = hmac.new(key, f"{draw_of}\0{name}".encode(), hashlib.sha256).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53
