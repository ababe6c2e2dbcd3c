"""Many looks at once: which are named, so that few of those named are noise.

Source: Benjamini and Hochberg, J. R. Stat. Soc. B 57, 1995.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def within_the_rate(chance: npt.NDArray[np.float64], rate: float) -> npt.NDArray[np.bool_]:
    """Which are named, so that of those at most a share is noise.

    Args:
        chance: of each, where nothing is out of the ordinary.
        rate: that share, at most, on average.
    """
    order = np.argsort(chance)
    within = chance[order] <= rate * np.arange(1, len(chance) + 1) / max(len(chance), 1)
    named = np.zeros(len(chance), dtype=np.bool_)
    if within.any():
        named[order[: int(np.flatnonzero(within)[-1]) + 1]] = True
    return named
