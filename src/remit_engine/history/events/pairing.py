"""Requests and answers of one kind of decision, paired case by case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit_engine.history.events.mapping import REQUEST, SeveralAnswers, SeveralRequests
from remit_engine.history.table import Bools, Codes, Integers

NONE = -1
"""The position of a request that there isn't."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which answer belongs to which request; all are positions in the arrays that were paired.

    Attributes:
        answers: int64, the answers that are decisions, in order.
        requests: int64, for each of them its request, or `NONE`.
        open: requests that nothing answered.
        asked_again: requests that another one of the same unanswered run stands for.
        further: answers left out because only the first or the last to a request counts.
        unasked: answers without a request that were to be left out.
    """

    answers: Integers
    requests: Integers
    open: Integers
    asked_again: Integers
    further: Integers
    unasked: Integers


def pair(
    case: Codes,
    meaning: npt.NDArray[np.int8],
    *,
    several_requests: SeveralRequests = SeveralRequests.LAST,
    several_answers: SeveralAnswers = SeveralAnswers.EACH,
    keep_unasked: bool = True,
) -> Pairs:
    """Pair the events of one kind.

    An answer belongs to the latest request before it in its case, also when that was answered
    already: a release after a hold answers the same question. An answer without any request is kept
    unless told otherwise: its amount and its answer are known, only the waiting isn't, and leaving it
    out would lose declines more often than approvals.

    Args:
        case: int32, the case of each event; the events of a case stand together, in their order.
        meaning: int8, `REQUEST` or any other number for an answer.
        several_requests: which request of an unanswered run stands for the run.
        several_answers: what further answers to the same request are.
        keep_unasked: whether answers without a request are decisions.
    """
    asking = np.equal(meaning, REQUEST)
    standing = _standing(case, asking, several_requests)
    answers = np.flatnonzero(~asking)
    requests = latest(case, standing)[answers]
    answered = np.zeros(len(case), dtype=np.bool_)
    answered[requests[requests != NONE]] = True
    asked = (requests != NONE) | keep_unasked
    kept, requests = _several(requests, several_answers)
    return Pairs(
        answers=answers[kept & asked],
        requests=requests[kept & asked],
        open=np.flatnonzero(standing & ~answered),
        asked_again=np.flatnonzero(asking & ~standing),
        further=answers[~kept],
        unasked=answers[kept & ~asked],
    )


def _standing(case: Codes, asking: Bools, several: SeveralRequests) -> Bools:
    """True for the one request that stands for each run of requests without an answer between."""
    joined = np.zeros(len(case) + 1, dtype=np.bool_)  # joined[i]: events i-1 and i are of one run
    joined[1:-1] = asking[1:] & asking[:-1] & (case[1:] == case[:-1])
    neighbour = joined[1:] if several is SeveralRequests.LAST else joined[:-1]
    return asking & ~neighbour


def latest(case: Codes, marked: Bools) -> Integers:
    """For each event the position of the latest marked one of its case, itself included, or `NONE`."""
    position = np.arange(len(case), dtype=np.int64)
    begins = np.ones(len(case), dtype=np.bool_)
    begins[1:] = case[1:] != case[:-1]
    start = np.maximum.accumulate(np.where(begins, position, 0))
    found = np.maximum.accumulate(np.where(marked, position, NONE))
    return np.where(found >= start, found, NONE)


def _several(requests: Integers, several: SeveralAnswers) -> tuple[Bools, Integers]:
    """Which answers are kept, and their requests, when a request has several answers."""
    same = np.zeros(len(requests) + 1, dtype=np.bool_)  # same[i]: answers i-1 and i are of one request
    same[1:-1] = (requests[1:] == requests[:-1]) & (requests[1:] != NONE)
    match several:
        case SeveralAnswers.FIRST:
            return ~same[:-1], requests
        case SeveralAnswers.LAST:
            return ~same[1:], requests
        case SeveralAnswers.APART:
            return np.ones(len(requests), dtype=np.bool_), np.where(same[:-1], NONE, requests)
        case SeveralAnswers.EACH:
            return np.ones(len(requests), dtype=np.bool_), requests
