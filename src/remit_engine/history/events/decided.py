"""From the events that matter to decisions: put in order, paired kind by kind, each with its amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from remit_engine.history.events.gathering import Gathered, Named, has_value
from remit_engine.history.events.mapping import AmountAt, DecisionMapping, EventMapping
from remit_engine.history.events.moments import in_order, typed_moments
from remit_engine.history.events.pairing import NONE, Pairs, latest, pair
from remit_engine.history.moments import Order
from remit_engine.history.table import MISSING, Bools, Codes, Integers

_NO_STEP: Final = -2
"""The meaning of an event that is no step of a kind."""


@dataclass(frozen=True, slots=True)
class LeftOutEvents:
    """Events that were to count and didn't, for one reason.

    Attributes:
        code, reason: as in `account.LeftOut`.
        events: int64, rows of `Gathered`.
    """

    code: str
    reason: str
    events: Integers


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions, as rows of `Gathered`; in the order in which the answers stand in the source.

    Attributes:
        answer: int64, the event that answered.
        request: int64, the event that asked, or `NONE`.
        amount: int64, the event whose amount counts, or `NONE`.
        kind: int32, the place of the kind in the mapping.
        meaning: int8, the meaning of the answer's step.
        asked_again: how many requests another one stands for; nothing is lost with them.
        moment: the moments of all gathered events, or None without a time column.
        dates_read: in which order dates were read and why, or "".
        left_out: requests and answers that are no decisions.
    """

    answer: Integers
    request: Integers
    amount: Integers
    kind: Codes
    meaning: npt.NDArray[np.int8]
    asked_again: int
    moment: pa.ChunkedArray[Any] | None
    dates_read: str
    left_out: tuple[LeftOutEvents, ...]


def decide(gathered: Gathered, mapping: EventMapping, dates: Order | None = None) -> Decided:
    """Pair all gathered events.

    Events are put in the order of their moments within a case; the order of the file holds inside one
    moment, and everywhere when the mapping names no time.

    Args:
        gathered: the events that matter.
        mapping: what they mean.
        dates: the order of day, month and year in the time column, or None to find it out.

    Raises:
        InputError: the time column can't be read, or contradicts itself.
    """
    moment, dates_read = None, ""
    dated = np.ones(len(gathered.line), dtype=np.bool_)
    if gathered.moment is not None and mapping.time:
        typed = typed_moments(gathered.moment, mapping.time, dates)
        moment, dates_read = typed.column, typed.order
        dated = has_value(moment)
    order = _order(gathered, moment, dated)
    paired = [_paired(gathered, decision, order) for decision in mapping.decisions]
    answer = _all([pairs.answers for pairs, _ in paired])
    request = _all([pairs.requests for pairs, _ in paired])
    kinds = np.repeat(np.arange(len(paired)), [len(pairs.answers) for pairs, _ in paired])
    meaning = _all([meanings[pairs.answers] for pairs, meanings in paired])
    rows = np.lexsort((kinds, answer))
    return Decided(
        answer=answer[rows],
        request=request[rows],
        amount=_amounts(gathered, mapping.amount_at, order, answer, request)[rows],
        kind=kinds[rows].astype(np.int32),
        meaning=meaning[rows].astype(np.int8),
        asked_again=sum(len(pairs.asked_again) for pairs, _ in paired),
        moment=moment,
        dates_read=dates_read,
        left_out=tuple(_left_out(gathered, dated, [pairs for pairs, _ in paired])),
    )


def _order(gathered: Gathered, moment: pa.ChunkedArray[Any] | None, dated: Bools) -> Integers:
    """The gathered events with a moment, case by case, each case in its order."""
    events = np.flatnonzero(dated)
    case = gathered.case.codes[events]
    keys = (case,) if moment is None else (in_order(moment)[events], case)
    ordered: Integers = events[np.lexsort(keys)]
    return ordered


def _paired(
    gathered: Gathered, decision: DecisionMapping, order: Integers
) -> tuple[Pairs, npt.NDArray[np.int8]]:
    """The pairs of one kind as rows of `Gathered`, and what each gathered event means for it."""
    meaning = _meanings(decision, gathered.names)[gathered.named]
    steps = order[meaning[order] != _NO_STEP]
    pairs = pair(
        gathered.case.codes[steps],
        meaning[steps],
        several_requests=decision.several_requests,
        several_answers=decision.several_answers,
        keep_unasked=decision.keep_unasked,
    )
    return _as_events(pairs, steps), meaning


def _meanings(decision: DecisionMapping, names: tuple[Named, ...]) -> npt.NDArray[np.int8]:
    known = {(step.activity, step.transition): step.meaning for step in decision.steps}
    meanings = [known.get(named, known.get((named[0], None), _NO_STEP)) for named in names]
    return np.asarray(meanings, dtype=np.int8)


def _as_events(pairs: Pairs, steps: Integers) -> Pairs:
    asked = pairs.requests != NONE
    requests = np.full(len(pairs.requests), NONE, dtype=np.int64)
    requests[asked] = steps[pairs.requests[asked]]
    return Pairs(
        answers=steps[pairs.answers],
        requests=requests,
        open=steps[pairs.open],
        asked_again=steps[pairs.asked_again],
        further=steps[pairs.further],
        unasked=steps[pairs.unasked],
    )


def _amounts(
    gathered: Gathered, at: AmountAt, order: Integers, answer: Integers, request: Integers
) -> Integers:
    """The event whose amount counts, for each decision."""
    if at is AmountAt.REQUEST:
        return request
    if at is AmountAt.ANSWER or gathered.amount is None:
        return answer
    known = latest(gathered.case.codes[order], has_value(gathered.amount)[order])
    place = np.full(len(gathered.line), NONE, dtype=np.int64)
    place[order] = np.where(known == NONE, NONE, order[known])
    return place[answer]


def _left_out(gathered: Gathered, dated: Bools, paired: list[Pairs]) -> Iterator[LeftOutEvents]:
    groups = (
        (
            "no-moment",
            "The event has no readable moment.",
            np.flatnonzero(~dated & (gathered.step != MISSING)),
        ),
        ("open", "The request was never answered.", _all([pairs.open for pairs in paired])),
        (
            "answered-again",
            "The request has another answer, and the mapping keeps one.",
            _all([pairs.further for pairs in paired]),
        ),
        (
            "not-asked",
            "Nothing was asked before the answer, and the mapping leaves such answers out.",
            _all([pairs.unasked for pairs in paired]),
        ),
    )
    for code, reason, events in groups:
        if len(events):
            yield LeftOutEvents(code, reason, np.sort(events))


def _all(parts: list[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """The parts in one array; a mapping has at least one kind."""
    return np.concatenate(parts)
