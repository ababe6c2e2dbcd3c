"""Groups of questions by kind, role and facts, found without looking at their outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.errors import InputError
from remit_engine.evidence.bounds import answers_needed
from remit_engine.evidence.letgo.naming import key_of
from remit_engine.evidence.letgo.values import Counts
from remit_engine.history.table import MISSING, Answer, History, Integers, Labels

LOOKED_AT_FROM: Final = 30
"""Fewest answers of a group that is looked at; smaller ones are only counted."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions: what they have in common, and where they stand in the history.

    Attributes:
        kind, role: the common word, or None when the group spans all.
        facts: pairs (fact, word); several words of one fact mean any of them.
        rows: int64 indices into the history, rising.
    """

    kind: str | None
    role: str | None
    facts: tuple[tuple[str, str], ...]
    rows: Integers

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def key(self) -> str:
        """Stable name made of the words in common: `refund-member-late`."""
        return key_of(self.kind, self.role, self.facts)

    def found_in(self, history: History) -> npt.NDArray[np.bool_]:
        """Mask of the rows of another history that belong to this group."""
        mask = np.ones(len(history), dtype=np.bool_)
        for labels, word in ((history.kind, self.kind), (history.role, self.role)):
            if word is not None:
                mask &= _is_any(labels, {word})
        for fact in {name for name, _ in self.facts}:
            words = {word for name, word in self.facts if name == fact}
            mask &= _is_any(history.facts[fact], words)
        return mask


def _is_any(labels: Labels, words: set[str]) -> npt.NDArray[np.bool_]:
    codes = [code for code, name in enumerate(labels.names) if name in words]
    return np.isin(labels.codes, codes)


def columns_of(history: History) -> dict[str, Labels]:
    """The columns that can make segments, by name: kind, role and the facts that the source has."""
    columns = {"kind": history.kind, "role": history.role, **history.facts}
    return {name: labels for name, labels in columns.items() if not labels.is_absent}


def grouped(history: History, by: tuple[str, ...]) -> list[Group]:
    """All groups by the named columns, largest first. Rows where one of them is missing form none."""
    columns = columns_of(history)
    for name in by:
        if name not in columns:
            raise InputError(
                "unknown-segment",
                f"There is no column {name!r} to make segments by.",
                f"Choose from: {', '.join(columns) or 'none (the source has no kind, role or facts)'}.",
                columns=list(columns),
            )
    code = np.zeros(len(history), dtype=np.int64)
    known = np.ones(len(history), dtype=np.bool_)
    for name in by:
        code = code * len(columns[name].names) + columns[name].codes
        known &= columns[name].codes != MISSING
    rows = np.flatnonzero(known)
    order = rows[np.argsort(code[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(code[order], prepend=-1))
    groups = [_named(columns, by, part) for part in np.split(order, starts[1:]) if len(part)]
    return sorted(groups, key=lambda group: (-len(group), group.key))


def _named(columns: dict[str, Labels], by: tuple[str, ...], rows: Integers) -> Group:
    words = {name: columns[name].word(int(rows[0])) for name in by}
    facts = tuple((name, word) for name, word in words.items() if name not in {"kind", "role"} and word)
    return Group(words.get("kind"), words.get("role"), facts, rows)


def shares(sizes: list[int], tolerance: float, error: float) -> list[float]:
    """Each group's share of the chance of error, from counts alone.

    The chance is shared equally among the largest groups that could pass at all with that share (every
    answer a yes); the others can't pass and take the same small share without being tested.

    Args:
        sizes: answers per group, largest first.
        tolerance: the tolerated share of declines.
        error: the chance of error to be shared.

    Returns:
        One share per group, in the same order; those that are tested add up to at most `error`.
    """
    able = 0
    while able < len(sizes) and sizes[able] >= answers_needed(0, tolerance, error / (able + 1)):
        able += 1
    return [error / max(able, 1)] * len(sizes)


def oldest_first(history: History) -> History:
    """The answers by people in the order of time; by place in the source where times are unknown.

    Everything below `letgo` counts on this order: the first half is the older half.
    """
    order = np.lexsort((history.line, history.moment))
    automatic = history.automatic[order] & ~history.declined[order]
    return history.take(order[~automatic])


def counts(history: History, rows: Integers) -> Counts:
    """How many of the rows ended in each way."""
    ended = np.bincount(history.answer[rows], minlength=len(Answer))
    return Counts(
        asked=len(rows),
        approved=int(ended[Answer.APPROVED]),
        declined=int(ended[Answer.DECLINED]),
        granted_less=int(ended[Answer.GRANTED_LESS]),
        expired=int(ended[Answer.EXPIRED]),
        withdrawn=int(ended[Answer.WITHDRAWN]),
    )
