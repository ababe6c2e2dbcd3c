"""What a live display watches: segments and limits, fixed from counts and amounts before any outcome is seen.

A display that is looked at every week may say a thing at most once in a lifetime by chance. So what it could
say is written down first: a *window* has its segments, for each at most six limits (rungs), the tolerance and
the confidence. Changing one of them begins a new window.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from remit_engine.errors import InputError
from remit_engine.evidence.bounds import Amounts
from remit_engine.evidence.letgo.live_values import Watch, Watched
from remit_engine.evidence.letgo.profile import rounded_up
from remit_engine.evidence.letgo.segments import LOOKED_AT_FROM, Group, columns_of, grouped, oldest_first
from remit_engine.history.table import History

MOST_RUNGS: Final = 6
MOST_SEGMENTS: Final = 12
OWN_FROM: Final = 60
"""Fewest answers with which a word of a fact (`late`) is a segment of its own."""
_SHARES: Final = (0.35, 0.5, 0.65, 0.8, 0.9, 1.0)
"""Of the questions of a segment, how many lie below each rung, before rounding up."""


def plan_watch(
    history: History, *, tolerance: float = 0.03, confidence: float = 0.95, split_by: str | None = None
) -> Watch:
    """Choose segments and rungs, from counts and amounts alone.

    Args:
        history: the answers so far; their outcomes are not looked at.
        tolerance: tolerated share of declines, in (0, 0.5].
        confidence: of everything said in the window, in [0.5, 1).
        split_by: a fact whose frequent words become segments of their own, the others together one more;
            None, or a fact that the history doesn't have, for segments by kind and role.

    Raises:
        InputError: a setting out of range.
    """
    if not 0 < tolerance <= 0.5 or not 0.5 <= confidence < 1:
        raise InputError(
            "watch-out-of-range",
            f"A tolerance of {tolerance:g} with a confidence of {confidence:g} can't be watched.",
            "Choose a tolerance above 0 and up to 0.5, and a confidence from 0.5 to below 1.",
        )
    answers = oldest_first(history)
    by = tuple(name for name in ("kind", "role") if name in columns_of(answers))
    groups = [part for group in grouped(answers, by) for part in _parts(answers, group, split_by)]
    chosen = sorted((each for each in groups if len(each) >= LOOKED_AT_FROM), key=lambda g: (-len(g), g.key))
    return Watch(
        tolerance,
        confidence,
        tuple(
            Watched(group.kind, group.role, group.facts, rungs_of(answers.amount[group.rows]))
            for group in chosen[:MOST_SEGMENTS]
        ),
    )


def _parts(history: History, group: Group, split_by: str | None) -> list[Group]:
    """A group in parts: one for each frequent word of a fact, and one for all its other words together."""
    labels = history.facts.get(split_by) if split_by else None
    if labels is None or split_by is None:
        return [group]
    codes = labels.codes[group.rows]
    counts = {name: int((codes == code).sum()) for code, name in enumerate(labels.names)}
    own = [name for name, count in counts.items() if count >= OWN_FROM]
    rest = sorted(name for name, count in counts.items() if 0 < count < OWN_FROM)
    if not own or (len(own) == 1 and not rest):
        return [group]

    def part(words: list[str]) -> Group:
        facts = tuple((split_by, word) for word in words)
        inside = np.isin(codes, [labels.names.index(word) for word in words])
        return Group(group.kind, group.role, facts, group.rows[inside])

    return [part([word]) for word in own] + ([part(rest)] if rest else [])


def rungs_of(amounts: Amounts) -> tuple[int, ...]:
    """At most six rising limits in minor units, rounded up, spread over how often amounts are asked for."""
    if not len(amounts):
        return ()
    at = np.quantile(amounts, _SHARES, method="inverted_cdf")
    return tuple(sorted({rounded_up(int(amount)) for amount in at if amount > 0}))[-MOST_RUNGS:]


def group_of(watched: Watched) -> Group:
    """A watched segment as a group without rows, to be found in a history."""
    return Group(watched.kind, watched.role, watched.facts, np.zeros(0, dtype=np.int64))
