"""The decisions behind the figures: which they are is kept with the answer, in few bytes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from remit.insight.what_if.vocabulary import Behind
from remit_engine.charter.levels import Level
from remit_engine.history.replay.result import Levels
from remit_engine.history.table import Answer, Bools, Integers

_SMALL = 5
"""Columns of one byte a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Decisions whose level would have been another one, in the order in which they were made.

    Attributes:
        ids: their numbers.
        before, after: levels.
        outcomes: codes of `Answer`; -1 for none.
        segments, roles: in which of the answer's segments and roles each lies; -1 for none.
    """

    ids: Integers
    before: Levels
    after: Levels
    outcomes: Levels
    segments: Levels
    roles: Levels

    def packed(self) -> bytes:
        """In few bytes."""
        small = (self.before, self.after, self.outcomes, self.segments, self.roles)
        whole = self.ids.astype("<i8").tobytes() + b"".join(each.astype("i1").tobytes() for each in small)
        return zlib.compress(whole)

    @classmethod
    def unpacked(cls, kept: bytes) -> Changed:
        """From those bytes."""
        whole = zlib.decompress(kept)
        rows = len(whole) // (8 + _SMALL)
        ids = np.frombuffer(whole, "<i8", rows)
        small = np.frombuffer(whole, "i1", rows * _SMALL, 8 * rows).reshape(_SMALL, rows)
        names = ("before", "after", "outcomes", "segments", "roles")
        return cls(ids=ids, **dict(zip(names, small, strict=True)))

    def of(self, which: Behind, *, before: Level | None = None, after: Level | None = None) -> Bools:
        """Which of them are behind a figure.

        Args:
            which: the figure.
            before: for `moved`, from which level.
            after: for `moved`, to which one.
        """
        declined = (self.outcomes >= 0) & (self.outcomes != Answer.APPROVED)
        avoided = (self.before == Level.ASK) & (self.after >= Level.PROPOSE)
        freed = ((self.before < Level.PROPOSE) & (self.after >= Level.PROPOSE)) | (
            (self.before == Level.PROPOSE) & (self.after >= Level.INFORM)
        )
        masks = {
            Behind.AVOIDED: avoided,
            Behind.AT_ONCE: avoided & (self.after >= Level.INFORM),
            Behind.LET_THROUGH: freed & declined,
            Behind.REFUSED: freed & (self.outcomes == Answer.DECLINED),
            Behind.ADDED: (self.before >= Level.PROPOSE) & (self.after == Level.ASK),
            Behind.STOPPED: (self.before > Level.NEVER) & (self.after == Level.NEVER),
        }
        if which in masks:
            found: Bools = masks[which]
            return found
        mask = np.ones(len(self.ids), dtype=np.bool_)
        if before is not None:
            mask &= self.before == before
        if after is not None:
            mask &= self.after == after
        return mask
