"""The one evidence formula, and the bounds that follow from it.

Questions are put in an order that is fixed by facts alone (for letting go: by amount). Question i is
declined with an unknown probability `p_i`; `declined` of the first `asked` were. For a tilt `t > 0`

    M = product over i of exp(-t y_i) / (1 - p_i (1 - exp(-t)))

has mean 1 whatever the `p_i` are, so a mixture of such products over fixed tilts reaches `1 / error`
at any point of the order with probability at most `error` (Ville 1939). As the logarithm is concave,
the mixture is at least

    E(declined, asked; rate) = mean over t of exp(-t declined) / (1 - rate (1 - exp(-t))) ** asked

wherever the *average* of the first `asked` probabilities is `rate` or more (Hoeffding 1956 uses the
same step). Hence, with probability at least `1 - error`, **for all limits at once and for all rates at
once**: the average decline probability below a limit is less than every `rate` with `E >= 1 / error`.
The tilts do not depend on the rate, so the promise at the tolerance and the drawn bound are one formula.

Sources: Ville, *Étude critique de la notion de collectif*, 1939; Robbins, Ann. Math. Stat. 41, 1970;
Hoeffding, Ann. Math. Stat. 27, 1956; Howard, Ramdas, McAuliffe, Sekhon, Ann. Stat. 49(2), 2021.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Amounts = npt.NDArray[np.int64]

TILTS: Final[Floats] = np.array([math.log(2), math.log(4), math.log(10), np.inf])
"""How strongly each part of the mixture bets on few declines: odds halved, quartered, ..., none at all."""

_KEPT: Final[Floats] = np.exp(-TILTS)
_SCALES: Final = 16
_WORSE: Final[Floats] = np.array([1.5, 2.0, 3.0, 5.0])


def log_evidence(declined: npt.ArrayLike, asked: npt.ArrayLike, rate: npt.ArrayLike) -> Floats:
    """Logarithm of the evidence that fewer than `rate` of such questions are declined.

    Args:
        declined: how many were declined (may be fractional, for projections); any shape.
        asked: how many there were; broadcasts with `declined`.
        rate: the rate spoken against, in (0, 1); broadcasts too.

    Returns:
        float64 of the common shape; compare with `log(1 / error)`.
    """
    k = np.asarray(declined, dtype=np.float64)[..., None]
    n = np.asarray(asked, dtype=np.float64)[..., None]
    e = np.asarray(rate, dtype=np.float64)[..., None]
    lost = np.where(k == 0, 0.0, -k * np.where(np.isinf(TILTS), 1e300, TILTS))
    grown = -n * np.log1p(-e * (1 - _KEPT))
    return _log_mean_exp(lost + grown)


def _log_mean_exp(parts: Floats) -> Floats:
    """Logarithm of the mean of `exp(parts)` over the last axis, without overflow."""
    largest = parts.max(axis=-1, keepdims=True)
    mean = np.exp(parts - largest).mean(axis=-1)
    return np.asarray(largest[..., 0] + np.log(mean), np.float64)


def rate_at_most(declined: npt.ArrayLike, asked: npt.ArrayLike, error: float) -> Floats:
    """Upper bound of the average decline probability, valid at all limits of one order at once.

    Args:
        declined: declined questions up to the limit; any shape.
        asked: questions up to the limit; broadcasts with `declined`.
        error: chance that the bound is wrong at any limit, in (0, 1).

    Returns:
        float64; 1.0 where nothing can be said.
    """
    k, n = np.broadcast_arrays(np.asarray(declined, np.float64), np.asarray(asked, np.float64))
    low, high = np.zeros(k.shape), np.full(k.shape, 1 - 1e-12)
    needed = -math.log(error)
    sayable = log_evidence(k, n, high) >= needed
    for _ in range(40):
        middle = (low + high) / 2
        enough = log_evidence(k, n, middle) >= needed
        high = np.where(enough, middle, high)
        low = np.where(enough, low, middle)
    return np.where(sayable & (n > 0), high, 1.0)


@lru_cache(maxsize=4096)
def answers_needed(declined: float, tolerance: float, error: float) -> int:
    """Fewest answers with which `declined` declines still prove a rate below `tolerance`.

    >>> [answers_needed(k, 0.03, 0.05) for k in range(4)]
    [117, 214, 283, 348]
    """
    needed = -math.log(error)
    low, high = int(declined), 64
    while log_evidence(declined, high, tolerance) < needed:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if log_evidence(declined, middle, tolerance) >= needed else (middle, high)
    return high


def more_answers_needed(declined: int, asked: int, tolerance: float, error: float) -> int | None:
    """About how many more answers, declined as often as so far, would prove a rate below `tolerance`.

    None when declines are as frequent as tolerated, or so nearly that a hundred times the answers
    would not do.
    """
    needed = -math.log(error)
    factors = np.geomspace(1, 100, 2000)
    enough = log_evidence(declined * factors, asked * factors, tolerance) >= needed
    if asked == 0 or declined >= tolerance * asked or not enough.any():
        return None
    return max(1, math.ceil(asked * float(factors[enough.argmax()] - 1)))


def log_evidence_over(declined: int, asked: int, rate: float) -> float:
    """Logarithm of the evidence that *more* than `rate` of such questions are declined (odds 1.5 to 5)."""
    q = np.minimum(_WORSE * rate, 0.95)
    parts = declined * np.log(q / rate) + (asked - declined) * np.log((1 - q) / (1 - rate))
    return float(_log_mean_exp(parts))


def money_at_most(amount: Amounts, declined: npt.NDArray[np.bool_], limit: int, error: float) -> float | None:
    """Upper bound of the share of money that would have been declined, valid at all limits at once.

    The same mixture with amounts in place of ones: with `x_i = amount_i / scale <= 1`,
    `exp(-t sum x_i y_i + (1 - exp(-t)) sum x_i p_i)` is below a product of mean 1, since
    `1 - exp(-t x) >= x (1 - exp(-t))`. The scales run from the largest amount downwards; they and
    their equal weights depend on amounts alone, so the limit may be chosen after seeing the outcomes.

    Args:
        amount: int64 minor units of all questions of the segment.
        declined: their outcomes.
        limit: minor units; the bound is about amounts up to it.
        error: chance that the bound is wrong at any limit.

    Returns:
        A share in (0, 1), or None when nothing below 1 can be said.
    """
    scales = _scales(amount)
    inside = amount <= limit
    money = float(amount[inside].sum(dtype=np.float64))
    lost = float(amount[inside & declined].sum(dtype=np.float64))
    usable = scales[scales >= amount[inside].max(initial=0)][:, None]
    if not len(usable) or money == 0:
        return None
    fixed = np.where(lost == 0, 0.0, -(lost / usable) * np.where(np.isinf(TILTS), 1e300, TILTS))
    slope = (1 - _KEPT) * money / usable
    needed = -math.log(error) + math.log(len(scales) / len(usable))

    def enough(share: float) -> bool:
        return bool(_log_mean_exp((fixed + slope * share).ravel()) >= needed)

    low, high = 0.0, 1.0
    if not enough(high):
        return None
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _scales(amount: Amounts) -> Floats:
    """Largest amount, then smaller by the square root of two, while a tenth of the questions lie below."""
    largest = float(amount.max(initial=0))
    floor = float(np.quantile(amount, 0.1)) if len(amount) else 0.0
    steps = 1 + int(2 * math.log2(largest / floor)) if floor > 0 else _SCALES
    return np.asarray(largest / np.sqrt(2.0) ** np.arange(min(max(steps, 1), _SCALES)), np.float64)
