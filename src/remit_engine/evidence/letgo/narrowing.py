"""The older half proposes which facts narrow a group; only the newer half tests what it proposes.

A group whose approvals are real work may hold a part that is always approved (late deliveries, say). To
find such a part by its outcomes and to test it on the same outcomes would break the promise; so the older
half proposes and the newer half tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.evidence.letgo.profile import Profile
from remit_engine.evidence.letgo.segments import Group
from remit_engine.history.table import MISSING, History, Integers, Labels

_BINS: Final = 200
"""Amounts are cut into so many stretches while searching, so that a long history costs no more."""
_GAIN: Final = 0.05
_GAIN_FROM: Final = 20
"""A cut must be expected to let go this share of the group's questions more, and this many."""
_GUESS_ERROR: Final = 0.5
"""A proposal is a guess, not a promise: as likely too bold as too careful."""


@dataclass(frozen=True, slots=True)
class _Cut:
    fact: str
    words: frozenset[str]
    gain: int


def narrowed(history: History, group: Group, older: npt.NDArray[np.bool_], tolerance: float) -> list[Group]:
    """Disjoint parts into which the older half would cut the group, by at most two facts; or none.

    Args:
        history: answers by people.
        group: the group to look into.
        older: mask over the history, True in its older half; only outcomes there are looked at.
        tolerance: the tolerated share of declines.
    """
    first = _best_cut(history, group.rows[older[group.rows]], tolerance, history.facts)
    if first is None:
        return []
    inside, rest = _parts(history, group, first)
    other_facts = {name: labels for name, labels in history.facts.items() if name != first.fact}
    second = _best_cut(history, inside.rows[older[inside.rows]], tolerance, other_facts)
    return [inside, rest] if second is None else [*_parts(history, inside, second), rest]


def _parts(history: History, group: Group, cut: _Cut) -> tuple[Group, Group]:
    """The part with the cut's words, and that with the others; rows without a word are in neither."""
    labels = history.facts[cut.fact]
    codes = labels.codes[group.rows]
    chosen = np.isin(codes, [labels.names.index(word) for word in cut.words])

    def part(mask: npt.NDArray[np.bool_]) -> Group:
        words = sorted(labels.names[code] for code in np.unique(codes[mask]))
        facts = (*group.facts, *((cut.fact, word) for word in words))
        return Group(group.kind, group.role, facts, group.rows[mask])

    return part(chosen), part(~chosen & (codes != MISSING))


def _best_cut(history: History, rows: Integers, tolerance: float, facts: Mapping[str, Labels]) -> _Cut | None:
    if len(rows) < 2 * _GAIN_FROM:
        return None
    older = _Older.of(history, rows)
    cuts = [_best_of_fact(older, name, labels, tolerance) for name, labels in facts.items()]
    needed = max(_GAIN_FROM, _GAIN * len(rows))
    good = [cut for cut in cuts if cut is not None and cut.gain >= needed]
    return max(good, key=lambda cut: (cut.gain, -len(cut.words), cut.fact), default=None)


@dataclass(frozen=True, slots=True)
class _Older:
    """Rows of the older half, their amounts cut into stretches."""

    rows: Integers
    stretch: npt.NDArray[np.int64]
    stretches: int
    declined: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, history: History, rows: Integers) -> _Older:
        amount = history.amount[rows]
        edges = np.unique(np.quantile(amount, np.linspace(0, 1, _BINS + 1), method="higher"))
        return cls(rows, np.searchsorted(edges, amount), len(edges), history.declined[rows])

    def counted(self, labels: Labels) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Asked and declined, shape (words, stretches)."""
        codes = labels.codes[self.rows]
        known = codes != MISSING
        cell = codes[known].astype(np.int64) * self.stretches + self.stretch[known]
        shape = (len(labels.names), self.stretches)
        size = shape[0] * shape[1]
        asked = np.bincount(cell, minlength=size).reshape(shape)
        bad = np.bincount(cell, weights=self.declined[known], minlength=size).reshape(shape)
        return asked.astype(np.int64), bad.astype(np.float64)


def _best_of_fact(older: _Older, name: str, labels: Labels, tolerance: float) -> _Cut | None:
    """The best cut of one fact: words in order of how seldom they are declined, cut at every place."""
    asked, bad = older.counted(labels)
    present = np.flatnonzero(asked.sum(axis=1))
    if len(present) < 2:
        return None
    overall = bad.sum() / asked.sum()
    rate = (bad.sum(axis=1) + 10 * overall) / (asked.sum(axis=1) + 10)
    order = present[np.argsort(rate[present], kind="stable")]
    whole = _guessed(asked.sum(axis=0), bad.sum(axis=0), tolerance)
    best: _Cut | None = None
    for size in range(1, len(order)):
        inside, outside = order[:size], order[size:]
        gain = (
            _guessed(asked[inside].sum(axis=0), bad[inside].sum(axis=0), tolerance)
            + _guessed(asked[outside].sum(axis=0), bad[outside].sum(axis=0), tolerance)
            - whole
        )
        if best is None or gain > best.gain:
            best = _Cut(name, frozenset(labels.names[code] for code in inside), gain)
    return best


def _guessed(asked: npt.NDArray[np.int64], bad: npt.NDArray[np.float64], tolerance: float) -> int:
    """How many questions one limit would let go, by guess."""
    profile = Profile.counted(np.arange(len(asked)), asked, bad)
    proven = profile.certified(tolerance, _GUESS_ERROR)[: profile.within(tolerance)]
    good = np.flatnonzero(proven)
    return int(profile.asked[good[-1]]) if len(good) else 0
