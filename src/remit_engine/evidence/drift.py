"""Has something become worse? Restarted evidence over time.

Shiryaev-Roberts e-detector: `R = (1 + R) * L` after every answer, where L is the likelihood ratio of a
worse rate against the tolerated one, averaged over three worse rates. While the rate is the tolerated one or
less, the mean of R after T answers is at most T, so `P(R reaches A within T) <= T / A`.

Source: Shin, Ramdas, Rinaldo, *E-detectors*, New England J. Stat. Data Sci. 2(2), 2024.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

_WORSE: Final = (2.0, 3.0, 5.0)


def alarm_path(declined: npt.NDArray[np.bool_], tolerated: float) -> npt.NDArray[np.float64]:
    """Logarithm of R after each answer.

    Args:
        declined: outcomes in the order of time.
        tolerated: the rate up to which nothing should be heard, in (0, 1).

    Returns:
        float64, one per answer.
    """
    paths = np.empty((len(_WORSE), len(declined)))
    for row, factor in enumerate(_WORSE):
        worse = min(factor * tolerated, 0.95)
        paths[row] = _restarted(_steps(declined, tolerated, worse))
    mean: npt.NDArray[np.float64] = np.logaddexp.reduce(paths, axis=0) - np.log(len(_WORSE))
    return mean


def _steps(declined: npt.NDArray[np.bool_], tolerated: float, worse: float) -> npt.NDArray[np.float64]:
    """What each answer adds to the logarithm of the likelihood ratio of the worse rate."""
    bad, good = math.log(worse / tolerated), math.log((1 - worse) / (1 - tolerated))
    return np.where(declined, bad, good)


def _restarted(steps: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logarithm of R: unrolled, R is the sum over all starts of the product of L since the start."""
    summed = np.cumsum(steps)
    before = np.concatenate(([0.0], summed[:-1]))
    return summed + np.logaddexp.accumulate(-before)


def changed_at(declined: npt.NDArray[np.bool_], tolerated: float, *, error: float = 0.05) -> int | None:
    """The answer since which declines are more frequent than tolerated, if that is on now.

    On means: the alarm rang within the newest third, at a level that a history of this length with the
    tolerated rate reaches with probability at most `error`.

    Args:
        declined: outcomes in the order of time.
        tolerated: the rate up to which nothing should be heard.
        error: chance of a false alarm within the history.

    Returns:
        Index of the likely first answer after the change, or None.
    """
    if not len(declined):
        return None
    path = alarm_path(declined, tolerated)
    newest = slice(2 * len(path) // 3, None)
    if path[newest].max() < np.log(len(path) / error):
        return None
    steps = _steps(declined, tolerated, min(_WORSE[1] * tolerated, 0.95))
    walked = np.concatenate(([0.0], np.cumsum(steps)))
    end = newest.start + int(path[newest].argmax())
    return int(walked[: end + 1].argmin())
