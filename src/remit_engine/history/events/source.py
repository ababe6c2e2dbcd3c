"""Events as a source of decision rows, so that one place types the columns of every form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from remit_engine.history.account import LeftOutRow, LeftOutSink, Progress
from remit_engine.history.events.advice import check_columns, nothing_decided
from remit_engine.history.events.checking import event_mapping
from remit_engine.history.events.decided import Decided, decide
from remit_engine.history.events.defaults import default_mapping
from remit_engine.history.events.gathering import Gathered, gather
from remit_engine.history.events.mapping import CASE_PREFIX, EventMapping
from remit_engine.history.events.pairing import NONE
from remit_engine.history.moments import Order
from remit_engine.history.source import Batch, Source
from remit_engine.history.table import MISSING, Answer, Integers, Labels

_ROWS: Final = 65_536
_ANSWERS: Final = (*(answer.name.lower().replace("_", " ") for answer in Answer), "automatic")
"""The words of the meanings, as the typing of answers knows them."""


def decisions_source(
    events: Source,
    mapping: EventMapping | Mapping[str, object] | None = None,
    *,
    dates: Order | None = None,
    progress: Progress | None = None,
) -> Decisions:
    """The decisions in a log of events, as rows with the standard column names.

    The columns are `case`, `kind`, `role`, `amount`, `currency`, `asked at`, `answered at`, `answer`,
    `asked by`, `answered by`, as far as the mapping names them, and all further columns of the events:
    those that belong to the case as the answer's event has them, others as the request's event has
    them, since what became known with the answer can't tell who may decide. A row's line is that of
    the answer's event.

    Args:
        events: one row for each event, in any order.
        mapping: what the events mean, or the `events` part of a mapping file; None takes the names
            that the XES standard's extensions give, which may read all events once.
        dates: the order of day, month and year where moments are words; None finds it out.
        progress: told while the events are read to find a default mapping.

    Raises:
        InputError: the mapping is wrong, names columns that aren't there, or none can be guessed.
    """
    if mapping is None:
        mapping = default_mapping(events, progress)
    elif not isinstance(mapping, EventMapping):
        mapping = event_mapping(mapping)
    check_columns(mapping, events)
    return Decisions(events, mapping, dates)


@dataclass(frozen=True, slots=True)
class _Read:
    gathered: Gathered
    decided: Decided


class Decisions:
    """A `Source` of decisions; the events are read when the first batch is asked for."""

    def __init__(self, events: Source, mapping: EventMapping, dates: Order | None) -> None:
        self._events = events
        self._mapping = mapping
        self._dates = dates
        self._read: _Read | None = None
        self._told = 0
        self._reached = (0, 0)

    @property
    def name(self) -> str:
        """The file's name, without folders."""
        return self._events.name

    @property
    def form(self) -> str:
        """The form in words."""
        return "XES" if self._events.form == "XES" else "event table"

    @property
    def header(self) -> tuple[str, ...]:
        """The standard columns that the mapping fills, then what may become facts."""
        return (*self._columns(), *self._facts().values())

    def _columns(self) -> tuple[str, ...]:
        mapping = self._mapping
        there = {
            "case": True,
            "kind": True,
            "role": mapping.role,
            "amount": True,
            "currency": mapping.currency,
            "asked at": mapping.time,
            "answered at": mapping.time,
            "answer": True,
            "asked by": mapping.person,
            "answered by": mapping.person,
        }
        return tuple(name for name, used in there.items() if used)

    def _facts(self) -> dict[str, str]:
        """The columns of the events that have no use, and what they are called among the decisions.

        People read these names, so `case:` goes where the rest is a name of its own.
        """
        others = [name for name in self._events.header if name not in self._mapping.columns]
        taken = {*self._columns(), *others}
        standard = set(self._columns())
        called: dict[str, str] = {}
        for name in others:
            bare = name.removeprefix(CASE_PREFIX)
            short = name if bare in taken or not bare else bare
            called[name] = f"{short} (event)" if short in standard else short
        return called

    @property
    def events_read(self) -> int:
        """How many events the log holds; 0 before the first batch."""
        return self._read.gathered.seen if self._read else 0

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """What the events told; complete after the first batch."""
        details = [*self._events.details, _columns_used(self._mapping), *_meanings(self._mapping)]
        if self._read:
            details += _counts(self._read, self._mapping)
        return tuple(details)

    def batches(self, left_out: LeftOutSink, progress: Progress) -> Iterator[Batch]:
        """The decisions in the order of their answers' lines; what was to count and doesn't is left out.

        Raises:
            InputError: the events can't be read, or there is no decision among them.
        """
        read = self._ensure_read(left_out, progress)
        for group in read.decided.left_out:
            for event in group.events:
                text = _told(read, int(event))
                left_out(LeftOutRow(int(read.gathered.line[event]), group.reason, text), group.code)
        for first in range(0, len(read.decided.answer), _ROWS):
            yield self._batch(read, slice(first, first + _ROWS))

    def _ensure_read(self, left_out: LeftOutSink, progress: Progress) -> _Read:
        """Read the events once; again only when the source itself left something out, to tell it again."""
        if self._read and not self._told:
            progress(*self._reached)
            return self._read
        self._told = 0

        def counted(row: LeftOutRow, code: str) -> None:
            self._told += 1
            left_out(row, code)

        def advanced(done: int, total: int) -> None:
            self._reached = (done, total)
            progress(done, total)

        gathered = gather(self._events, self._mapping, counted, advanced)
        decided = decide(gathered, self._mapping, self._dates)
        if not len(decided.answer):
            raise nothing_decided(self._mapping, gathered, self._events)
        self._read = _Read(gathered, decided)
        return self._read

    def _batch(self, read: _Read, rows: slice) -> Batch:
        answer = read.decided.answer[rows]
        standard = _standard_columns(read, self._mapping, rows)
        columns = [standard[name] for name in self._columns()]
        columns += [self._fact(read, name, rows) for name in self._facts()]
        return Batch(read.gathered.line[answer], pa.RecordBatch.from_arrays(columns, list(self.header)))

    def _fact(self, read: _Read, name: str, rows: slice) -> pa.Array[Any]:
        of_case = name.startswith(CASE_PREFIX) or name in self._mapping.case_facts
        events = (read.decided.answer if of_case else read.decided.request)[rows]
        steps = np.where(events == NONE, MISSING, read.gathered.step[events])
        return _words(read.gathered.facts[name], steps)


def _standard_columns(read: _Read, mapping: EventMapping, rows: slice) -> dict[str, pa.Array[Any]]:
    gathered, decided = read.gathered, read.decided
    answer, request, amount = decided.answer[rows], decided.request[rows], decided.amount[rows]
    recorded = np.asarray([decision.answerer_recorded for decision in mapping.decisions])
    kinds = Labels(tuple(decision.kind for decision in mapping.decisions), decided.kind)
    return {
        "case": _words(gathered.case, answer),
        "kind": _words(kinds, np.arange(len(decided.answer))[rows]),
        "role": _words(gathered.role, request),
        "amount": _cells(gathered.amount, amount),
        "currency": _words(gathered.currency, amount),
        "asked at": _cells(decided.moment, request),
        "answered at": _cells(decided.moment, answer),
        "answer": _answers(read, rows),
        "asked by": _words(gathered.person, request),
        "answered by": _words(gathered.person, np.where(recorded[decided.kind[rows]], answer, NONE)),
    }


def _answers(read: _Read, rows: slice) -> pa.Array[Any]:
    """The answers in Remit's words, or in the source's own where a column tells them."""
    own = read.gathered.answer
    told = own.codes[read.decided.answer[rows]]
    meaning = read.decided.meaning[rows].astype(np.int32)
    codes = np.where(
        meaning < len(_ANSWERS), meaning, np.where(told == MISSING, MISSING, told + len(_ANSWERS))
    )
    return _words(Labels((*_ANSWERS, *own.names), codes.astype(np.int32)), np.arange(len(codes)))


def _words(labels: Labels, rows: Integers) -> pa.Array[Any]:
    """Some rows of a column of words; `NONE` gives a cell without one."""
    codes = np.full(len(rows), MISSING, dtype=np.int32)
    codes[rows != NONE] = labels.codes[rows[rows != NONE]]
    indices = pa.array(codes, pa.int32(), mask=codes == MISSING)
    return pa.DictionaryArray.from_arrays(indices, pa.array(labels.names, pa.string()))


def _cells(column: pa.ChunkedArray[Any] | None, rows: Integers) -> pa.Array[Any]:
    """Some rows of a column as it is; `NONE` gives an empty cell."""
    if column is None:
        return pa.nulls(len(rows))
    taken = column.take(pa.array(rows, pa.int64(), mask=rows == NONE))
    joined: pa.Array[Any] = taken.combine_chunks()
    return joined


def _told(read: _Read, event: int) -> str:
    """An event in a few words, for the list of what was left out."""
    activity, transition = read.gathered.names[int(read.gathered.named[event])]
    happened = f"{activity} ({transition})" if transition else activity
    case = f"case {read.gathered.case.word(event)}"
    moment = read.decided.moment
    when = moment[event].as_py() if moment is not None else None
    return ", ".join([case, happened, *([f"{when:%Y-%m-%d %H:%M}"] if when else [])])


def _columns_used(mapping: EventMapping) -> tuple[str, str]:
    """Which column of the events was taken for what, to show."""
    uses = ("case", "activity", "time", "person", "role", "lifecycle", "amount", "currency", "answer")
    named = {use: getattr(mapping, use) for use in uses}
    return "columns of the events", ", ".join(f"{use}: {name}" for use, name in named.items() if name)


def _meanings(mapping: EventMapping) -> Iterator[tuple[str, str]]:
    """Which activities were taken for what, to show."""
    words = ("request", *_ANSWERS, f"answer by {mapping.answer}")
    for decision in mapping.decisions:
        for meaning, word in enumerate(words, start=-1):
            steps = [step for step in decision.steps if step.meaning == meaning]
            if steps:
                named = dict.fromkeys(
                    f"{step.activity} ({step.transition})" if step.transition else step.activity
                    for step in steps
                )
                yield f"{decision.kind}: {word}", ", ".join(named)


def _counts(read: _Read, mapping: EventMapping) -> Iterator[tuple[str, str]]:
    decided = read.decided
    if decided.dates_read:
        yield f"dates in '{mapping.time}'", decided.dates_read
    yield "events", f"{read.gathered.seen:,}"
    for place, decision in enumerate(mapping.decisions):
        of_kind = decided.kind == place
        unasked = int((of_kind & (decided.request == NONE)).sum())
        yield f"{decision.kind}: decisions", f"{int(of_kind.sum()):,}"
        if unasked:
            yield f"{decision.kind}: without a request before them", f"{unasked:,}"
    if decided.asked_again:
        yield "requests made again before an answer came", f"{decided.asked_again:,}"
    if read.gathered.too_many:
        yield "too many different words to be facts", ", ".join(read.gathered.too_many)
