"""A made approvals log whose truth is known, the same bytes for the same seed.

>>> log = make_log(seed=1)
>>> log.truth is TRUTH
True
>>> log.asked[("Comp", "Lead")]
60
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from remit.demo.log import drawing
from remit.demo.log.export import Flaws, as_lines
from remit.demo.log.truth import TRUTH, WORLDS, LogTruth
from remit_engine.errors import InputError

__all__ = ["TRUTH", "WORLDS", "MadeLog", "make_log"]

SEED = 6
MOST_ROWS = 20_000_000


@dataclass(frozen=True, slots=True)
class MadeLog:
    """A log, and what is true of it.

    Attributes:
        truth: the rates it was drawn from.
        questions: its rows, by time of asking.
        flaws: which rows are broken, doubled or still open.
    """

    truth: LogTruth
    questions: drawing.Questions
    flaws: Flaws

    @property
    def asked(self) -> Mapping[tuple[str, str], int]:
        """Readable answers by people (expiries included), by kind and role, each counted once."""
        return self._counted(declined_only=False)

    @property
    def declined(self) -> Mapping[tuple[str, str], int]:
        """How many of those did not end with a plain yes."""
        return self._counted(declined_only=True)

    @property
    def automatic_approved(self) -> int:
        """Readable approvals by the time-out rule."""
        return int((self._readable() & self.questions.automatic).sum())

    @property
    def rows(self) -> int:
        """Rows of the file, without its header."""
        return len(self.questions) + len(self.flaws.doubled)

    def lines(self) -> Iterator[str]:
        """The file in pieces of whole lines, its header first."""
        return as_lines(self.truth, self.questions, self.flaws)

    def write(self, path: Path) -> None:
        """Write the file as UTF-8.

        Raises:
            FileExistsError: it is there already.
            OSError: it can't be written.
        """
        with path.open("x", encoding="utf-8", newline="") as file:
            file.writelines(self.lines())

    def _readable(self) -> drawing.Bools:
        readable = np.ones(len(self.questions), dtype=np.bool_)
        readable[self.flaws.broken] = False
        readable[self.flaws.still_open] = False
        return readable

    def _counted(self, *, declined_only: bool) -> Mapping[tuple[str, str], int]:
        questions = self.questions
        counted = self._readable() & ~questions.automatic
        if declined_only:
            counted &= questions.ending != drawing.APPROVED
        rows = np.bincount(questions.segment[counted], minlength=len(self.truth.segments))
        return {
            (segment.kind, segment.role): int(count)
            for segment, count in zip(self.truth.segments, rows, strict=True)
        }


def make_log(world: str = TRUTH.name, *, seed: int = SEED, rows: int | None = None) -> MadeLog:
    """Make a log.

    Args:
        world: a name in `WORLDS`.
        seed: the same seed makes the same bytes.
        rows: about how many rows; None for the usual size.

    Raises:
        InputError: an unknown world, or a number of rows that is too small or too large.
    """
    if world not in WORLDS:
        raise InputError(
            "unknown-world", f"There is no made log called {world!r}.", f"Choose one of {', '.join(WORLDS)}."
        )
    if rows is not None and not 1 <= rows <= MOST_ROWS:
        raise InputError(
            "rows-out-of-range",
            f"A made log can't have {rows:,} rows.",
            f"Ask for a number between 1 and {MOST_ROWS:,}.",
        )
    truth = WORLDS[world]
    rng = np.random.default_rng(seed)
    questions = drawing.draw(rng, truth, scale=1.0 if rows is None else _scale(truth, rows))
    return MadeLog(truth, questions, Flaws.draw(rng, truth, questions))


def _scale(truth: LogTruth, rows: int) -> float:
    usual = truth.rows * (1 + truth.automatic_share) + truth.resubmitted
    return max(rows - truth.duplicates, 1) / usual
