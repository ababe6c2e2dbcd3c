"""One pass over the events that keeps, as numbers, only what pairing and its rows will need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from remit_engine import limits
from remit_engine.errors import InputError
from remit_engine.history.account import LeftOutRow, LeftOutSink, Progress
from remit_engine.history.events.mapping import AmountAt, EventMapping
from remit_engine.history.events.words import GrowingLabels
from remit_engine.history.source import Batch, Source
from remit_engine.history.table import MISSING, Bools, Codes, Integers, Labels

Named = tuple[str, str]
"""An activity and its lifecycle transition (lower case, "" for none)."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The events that matter, in the order of the file, as columns of equal length.

    Attributes:
        seen: how many events there were in all.
        line: int64, where each event stands in the source.
        case: words.
        named: int32 into `names`: what happened.
        names: the activities, each with its transition, of all events seen.
        counts: how many events of each name were seen.
        moment: the time column as the source has it, or None where there is none.
        amount: the amount column as the source has it, or None where no event was kept.
        person, role, currency, answer: words (absent where the mapping names no column).
        facts: words by column name, one row per step: the events that are not there for their
            amount alone.
        step: for each event its row in `facts`, or `MISSING`.
        too_many: columns with too many different words to be facts.
    """

    seen: int
    line: Integers
    case: Labels
    named: Codes
    names: tuple[Named, ...]
    counts: Integers
    moment: pa.ChunkedArray[Any] | None
    amount: pa.ChunkedArray[Any] | None
    person: Labels
    role: Labels
    currency: Labels
    answer: Labels
    facts: dict[str, Labels]
    step: Integers
    too_many: tuple[str, ...]


def gather(events: Source, mapping: EventMapping, left_out: LeftOutSink, progress: Progress) -> Gathered:
    """Read all events once.

    Args:
        events: rows of events.
        mapping: which columns and activities count.
        left_out: takes steps without a case, and what the source itself leaves out.
        progress: told by the source.

    Raises:
        InputError: `not-activities` when the activity column has too many different words.
    """
    gathering = _Gathering(events.header, mapping, left_out)
    for batch in events.batches(left_out, progress):
        gathering.take(batch)
    return gathering.result()


class _Gathering:
    def __init__(self, header: tuple[str, ...], mapping: EventMapping, left_out: LeftOutSink) -> None:
        self._mapping = mapping
        self._left_out = left_out
        self._wanted = {
            (step.activity, step.transition) for decision in mapping.decisions for step in decision.steps
        }
        self._seen = 0
        self._names: dict[Named, int] = {}
        self._counts: list[int] = []
        self._is_step: list[bool] = []
        self._activities = GrowingLabels()
        self._transitions = GrowingLabels()
        self._numbers: dict[str, list[npt.NDArray[Any]]] = {"line": [], "named": [], "is step": []}
        self._moments: list[pa.Array[Any]] = []
        self._amounts: list[pa.Array[Any]] = []
        self._words = {
            use: (column, GrowingLabels())
            for use in ("case", "person", "role", "currency", "answer")
            if (column := getattr(mapping, use)) in header
        }
        self._facts = {
            name: GrowingLabels(limits.FACT_WORDS_SEEN) for name in header if name not in mapping.columns
        }

    def take(self, batch: Batch) -> None:
        rows = batch.columns
        self._seen += rows.num_rows
        named = self._name(rows)
        is_step = np.asarray(self._is_step, dtype=np.bool_)[named]
        has_case = has_value(rows.column(self._mapping.case))
        self._tell_caseless(batch, is_step & ~has_case)
        wanted = has_case & (is_step | self._with_amount(rows))
        if not wanted.any():
            return
        kept = rows.filter(pa.array(wanted))
        self._numbers["line"].append(batch.lines[wanted])
        self._numbers["named"].append(named[wanted])
        self._numbers["is step"].append(is_step[wanted])
        for column, labels in self._words.values():
            labels.add(kept.column(column))
        if self._mapping.time:
            self._moments.append(kept.column(self._mapping.time))
        self._amounts.append(kept.column(self._mapping.amount))
        steps = kept.filter(pa.array(is_step[wanted]))
        for name, labels in self._facts.items():
            labels.add(steps.column(name))

    def _name(self, rows: pa.RecordBatch) -> Codes:
        """What happened in each row, as codes into `self._names`."""
        activities = self._activities.coded(rows.column(self._mapping.activity))
        if len(self._activities.names) > limits.ACTIVITIES:
            raise InputError(
                "not-activities",
                f"The column {self._mapping.activity!r} has more than {limits.ACTIVITIES:,} different words.",
                "Write the column that says what happened as events: activity.",
                column=self._mapping.activity,
            )
        transitions = np.full(len(activities), MISSING, dtype=np.int32)
        if self._mapping.lifecycle:
            transitions = self._transitions.coded(rows.column(self._mapping.lifecycle))
        width = len(self._transitions.names) + 1
        both = (activities.astype(np.int64) + 1) * width + (transitions + 1)
        distinct, place, counts = np.unique(both, return_inverse=True, return_counts=True)
        codes = [self._code(*(part - 1 for part in divmod(int(each), width))) for each in distinct]
        for code, count in zip(codes, counts, strict=True):
            self._counts[code] += int(count)
        return np.asarray(codes, dtype=np.int32)[place]

    def _code(self, activity: int, transition: int) -> int:
        named = (
            "" if activity == MISSING else self._activities.names[activity],
            "" if transition == MISSING else self._transitions.names[transition].lower(),
        )
        if named not in self._names:
            self._names[named] = len(self._names)
            self._counts.append(0)
            self._is_step.append(not self._wanted.isdisjoint({named, (named[0], None)}))
        return self._names[named]

    def _with_amount(self, rows: pa.RecordBatch) -> Bools:
        """True for events that tell an amount, when the last known one is asked for."""
        if self._mapping.amount_at is not AmountAt.LAST_KNOWN:
            return np.zeros(rows.num_rows, dtype=np.bool_)
        return has_value(rows.column(self._mapping.amount))

    def _tell_caseless(self, batch: Batch, rows: Bools) -> None:
        for row in np.flatnonzero(rows):
            values = batch.columns.slice(int(row), 1).to_pylist()[0].values()
            text = ", ".join(str(value) for value in values if value is not None)
            self._left_out(
                LeftOutRow(int(batch.lines[row]), "The event names no case.", text[: limits.SHOWN_TEXT]),
                "no-case",
            )

    def result(self) -> Gathered:
        lines = _joined(self._numbers["line"], np.int64)
        is_step = _joined(self._numbers["is step"], np.bool_)

        def words(use: str) -> Labels:
            return self._words[use][1].labels() if use in self._words else Labels.absent(len(lines))

        return Gathered(
            seen=self._seen,
            line=lines,
            case=words("case"),
            named=_joined(self._numbers["named"], np.int32),
            names=tuple(self._names),
            counts=np.asarray(self._counts, dtype=np.int64),
            moment=pa.chunked_array(self._moments) if self._moments else None,
            amount=pa.chunked_array(self._amounts) if self._amounts else None,
            person=words("person"),
            role=words("role"),
            currency=words("currency"),
            answer=words("answer"),
            facts={name: labels.labels() for name, labels in self._facts.items()},
            step=np.where(is_step, np.cumsum(is_step) - 1, MISSING),
            too_many=tuple(name for name, labels in self._facts.items() if labels.overflowed),
        )


def has_value(column: pa.Array[Any] | pa.ChunkedArray[Any]) -> Bools:
    """True where a cell holds something: not null, not an empty string."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return np.asarray(pc.match_substring_regex(column, r"\S").fill_null(False))  # noqa: FBT003
    return np.asarray(column.is_valid())


def _joined(parts: list[npt.NDArray[Any]], kind: type[np.generic]) -> npt.NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=kind)
