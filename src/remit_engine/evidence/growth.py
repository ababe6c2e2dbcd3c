"""What a member's reviews prove: the evidence for the next step, whenever one looks, and how sure it is.

Reviews of the fair draw come in the order in which they were drawn; each says whether the reviewer would
have decided differently. Against *on every decision the chance of that is a tolerated rate or more* speaks
the evidence of `bounds.log_evidence`. It reaches a bar of 20 with probability at most one in twenty however
often one looks, so it may be shown after every review. The bar is the same for everybody: the same record is
the same evidence, whatever a team or a colleague did.

A review that is left undone is the largest threat: whoever leaves the unpleasant ones undone makes nearly
everybody pass. So what was drawn later waits for it; and where somebody gave it up, it is shown what the
evidence would be had all of those been *differently*.

Sources: Ville, *Étude critique de la notion de collectif*, 1939; Waudby-Smith and Ramdas, JRSS B 86(1),
2024; Grünwald, de Heide and Koolen, *Safe testing*, JRSS B 86(5), 2024.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from remit_engine.evidence.bounds import log_evidence, more_answers_needed
from remit_engine.evidence.drift import alarm_path

TOLERATED: Final = 0.10
"""A next step is earned by reviews that say *differently* less often than this."""
BAR: Final = 20.0
"""Evidence as odds from which on a next step is proposed; wrong at most once in so many members."""
LEAST_DONE: Final = 0.90
"""Of the reviews that were drawn, the share that has to be done before anything is proposed."""
_ROUNDING: Final = 1e-9
"""A bar that is itself evidence is reached by the same reviews, added up in another order."""
TALK_ABOUT: Final = 500.0
"""Evidence that it became worse, from which on one talks: without cause at most once in so many reviews."""


class Review(enum.Enum):
    """How a review that was drawn stands."""

    SAME = "same"
    DIFFERENTLY = "differently"
    OPEN = "open"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Record:
    """What the fair reviews of one member prove, since their last step.

    Attributes:
        counted: reviews that are done, and behind no open one.
        differently: how many of them said so.
        waiting: done reviews that wait for an open one that was drawn before them.
        given_up: reviews that nobody did.
        evidence: odds for fewer than tolerated, at this moment.
        at_worst: the same, had all that were given up said *differently*.
        reached: after how many counted reviews the bar was reached; None where it wasn't.
        more: about how many more reviews like these reach it; 0 once it is reached, None where none would.
        flawless: how many more reviews reach it at least, if none of them says *differently*.
        worse: evidence that *differently* became more frequent than tolerated lately.
    """

    counted: int
    differently: int
    waiting: int
    given_up: int
    evidence: float
    at_worst: float
    reached: int | None
    more: int | None
    flawless: int
    worse: float

    @property
    def done(self) -> float:
        """The share of the reviews that isn't given up, in [0, 1]; 1 where none was drawn."""
        drawn = self.counted + self.given_up
        return self.counted / drawn if drawn else 1.0

    @property
    def is_earned(self) -> bool:
        """Whether the next step may be proposed: reached, nearly all done, and no sign of getting worse."""
        return self.reached is not None and self.done >= LEAST_DONE and self.worse < TALK_ABOUT / 2

    @property
    def is_to_talk_about(self) -> bool:
        """Whether it became worse, as far as one can know: a reason to talk, and nothing else."""
        return self.worse >= TALK_ABOUT


def bar_of(reviews: int, tolerated: float) -> float:
    """The odds that a number of reviews reach of which none says *differently*: a step's bar, as written.

    Args:
        reviews: how many are enough, at least 1: `34` of *34 fair reviews at 10 %*.
        tolerated: the rate spoken against, in (0, 1).

    Returns:
        20.6 for 34 reviews at 10 %.
    """
    return _odds(0, reviews, tolerated)


def record_of(reviews: Sequence[Review], *, tolerated: float = TOLERATED, bar: float = BAR) -> Record:
    """What a member's fair reviews prove.

    Args:
        reviews: in the order in which they were drawn, since the member's last step.
        tolerated: the rate spoken against, in (0, 1).
        bar: the odds to be reached, above 1.
    """
    first_open = next((at for at, each in enumerate(reviews) if each is Review.OPEN), len(reviews))
    settled = reviews[:first_open]
    said = np.array([each is Review.DIFFERENTLY for each in settled if each is not Review.GIVEN_UP], np.bool_)
    given_up = sum(each is Review.GIVEN_UP for each in settled)
    counted, differently = len(said), int(said.sum())
    path = log_evidence(np.cumsum(said), np.arange(1, counted + 1), tolerated)
    over = np.flatnonzero(path >= math.log(bar) - _ROUNDING)
    reached = int(over[0]) + 1 if len(over) else None
    return Record(
        counted=counted,
        differently=differently,
        waiting=sum(each not in {Review.OPEN, Review.GIVEN_UP} for each in reviews[first_open:]),
        given_up=given_up,
        evidence=_odds(differently, counted, tolerated),
        at_worst=_odds(differently + given_up, counted + given_up, tolerated),
        reached=reached,
        more=0 if reached is not None else _more(differently, counted, tolerated, bar),
        flawless=0 if reached is not None else _flawless(differently, counted, tolerated, bar),
        worse=float(np.exp(alarm_path(said, tolerated)[-1])) if counted else 0.0,
    )


def _odds(differently: int, counted: int, tolerated: float) -> float:
    return float(np.exp(log_evidence(differently, counted, tolerated)))


def _more(differently: int, counted: int, tolerated: float, bar: float) -> int | None:
    """About how many more reviews like these reach the bar; without a *differently* it is known exactly."""
    if not differently:
        return _flawless(0, counted, tolerated, bar)
    return more_answers_needed(differently, counted, tolerated, 1 / bar)


def _flawless(differently: int, counted: int, tolerated: float, bar: float) -> int:
    """How many more reviews reach the bar, if none says *differently*."""
    most = 64
    while True:
        more = np.arange(most)
        reached = log_evidence(differently, counted + more, tolerated) >= math.log(bar) - _ROUNDING
        if reached[-1]:
            return int(reached.argmax())
        most *= 2
