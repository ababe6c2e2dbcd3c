"""Did it go down afterwards? Weeks since something was done beside the weeks before, by the test of `rising`.

*What is compared.* The whole weeks since it was done, the first twelve at most, beside those before it. The
week in which it was done belongs to neither. The four weeks that were the newest when somebody picked the
cause are left out, too: causes are picked while they are high, and what was picked for being high goes down
by itself. What that costs: a rise of those four weeks alone, and its end, aren't compared with each other.

*What it doesn't say.* That something was done, and that it went down since, is all there is: nobody knows
what would have been without it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.rising import FEWEST_BEFORE, RECENT, Change, changes

Cause = TypeVar("Cause", bound=Hashable)

MOST_SINCE: Final = 12
"""Weeks since it was done that are looked at: what is said stays as it is from then on."""
SURE: Final = 0.05
"""Chance with which it is said to have gone down, or up, where nothing changed: of each look by itself."""


class Since(Enum):
    """What there is to say about the weeks since."""

    TOO_EARLY = "too early"
    TOO_FEW_BEFORE = "too few before"
    TOO_RARE = "too rare"
    FEWER = "fewer"
    MORE = "more"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Afterwards:
    """A cause before something was done about it, and since.

    Attributes:
        says: what there is to say.
        before, weeks_before: how many, in how many weeks.
        since, weeks_since: the same since then.
        change: the weeks since beside those before; None where one of both is too short.
    """

    says: Since
    before: int
    weeks_before: int
    since: int
    weeks_since: int
    change: Change | None


def afterwards(
    weeks: Mapping[Cause, npt.ArrayLike], exposure: npt.ArrayLike, cause: Cause, *, done: int, picked: int
) -> Afterwards:
    """A cause before and since.

    Args:
        weeks: for each cause of the same sort how many in each week, oldest first; how much weeks vary
            is read off all of them.
        exposure: of each week, such as all complaints.
        cause: which of them.
        done: the week in which it was done, from 0; it may lie outside of what was counted.
        picked: the week in which somebody picked it: the four before it were the newest then.

    Raises:
        KeyError: it isn't among the causes.
    """
    counts = {name: np.asarray(each, dtype=np.int64) for name, each in weeks.items()}
    time = np.asarray(exposure, dtype=np.float64)
    numbers = np.arange(len(time))
    is_since = (numbers > done) & (numbers <= done + MOST_SINCE)
    is_before = (numbers < done) & ~((numbers >= picked - RECENT) & (numbers < picked))
    own, kept = counts[cause], is_since | is_before
    long, short = int(is_since.sum()), int(is_before.sum())
    before, since = int(own[is_before].sum()), int(own[is_since].sum())
    if long < RECENT or short < FEWEST_BEFORE:
        says = Since.TOO_EARLY if long < RECENT else Since.TOO_FEW_BEFORE
        return Afterwards(says, before, short, since, long, None)
    seen = {name: each[kept] for name, each in counts.items()}
    change = changes(seen, time[kept], recent=long).get(cause)
    # Had there been none at all since, would that have said anything?
    none = np.concatenate((own[is_before], np.zeros(long, dtype=np.int64)))
    at_best = changes(seen | {cause: none}, time[kept], recent=long).get(cause)
    return Afterwards(_said(change, at_best), before, short, since, long, change)


def _said(change: Change | None, at_best: Change | None) -> Since:
    if change is not None and change.chance_of_fewer <= SURE:
        return Since.FEWER
    if change is not None and change.chance <= SURE:
        return Since.MORE
    return Since.TOO_RARE if at_best is None or at_best.chance_of_fewer > SURE else Since.NOISE
