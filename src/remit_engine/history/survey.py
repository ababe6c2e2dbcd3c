"""The first look at a whole source: what has to be known of all rows before one can be typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa

from remit_engine import limits
from remit_engine.history.account import Progress
from remit_engine.history.amounts import currencies_in, is_numeric
from remit_engine.history.columns import Columns
from remit_engine.history.decimal_marks import MarkEvidence
from remit_engine.history.duplicates import Digests
from remit_engine.history.left_out import LeftOutTally
from remit_engine.history.moments import OrderEvidence, is_typed_moment
from remit_engine.history.source import Batch, Source
from remit_engine.history.texts import Column, Texts, as_texts, counted
from remit_engine.history.uses import Use

MOMENT_USES = (Use.ASKED_AT, Use.ANSWERED_AT)


@dataclass(slots=True)
class Words:
    """How often each word of a column occurs, as long as there are few different ones."""

    most: int
    counts: Counter[str] = field(default_factory=Counter)
    too_many: bool = False

    def look(self, texts: Texts) -> None:
        """Take some more rows into account."""
        if self.too_many:
            return
        self.counts.update(counted(texts))
        if len(self.counts) > self.most:
            self.too_many = True
            self.counts.clear()


@dataclass(slots=True)
class Survey:
    """What all rows of a source say together.

    Attributes:
        rows: rows of the source, broken ones not counted.
        broken: rows that aren't rows.
        marks: evidence for the decimal mark.
        around: what is written around the amounts (signs and codes of currencies).
        currencies: words of the currency column.
        orders: evidence for the order of dates, by use.
        typed_moments: types of the columns that the source itself knows to be moments.
        answers: words of the answer column.
        words: words of every column without a use.
        digests: of all rows.
    """

    columns: Columns
    rows: int = 0
    broken: int = 0
    marks: MarkEvidence = field(default_factory=MarkEvidence)
    around: Counter[str] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)
    orders: dict[Use, OrderEvidence] = field(default_factory=dict)
    typed_moments: dict[str, pa.DataType] = field(default_factory=dict)
    answers: Words = field(default_factory=lambda: Words(limits.ANSWER_WORDS))
    words: dict[str, Words] = field(default_factory=dict)
    digests: Digests = field(default_factory=Digests)

    def look(self, batch: Batch) -> None:
        """Take some more rows into account."""
        self.rows += len(batch.lines)
        texts = {name: as_texts(batch.columns.column(name)) for name in batch.columns.schema.names}
        self.digests.add(list(texts.values()), batch.lines)
        used = self.columns.used
        self._look_at_amounts(batch, texts)
        for use in MOMENT_USES:
            if use in used:
                self._look_at_moments(use, batch.columns.column(used[use]), texts[used[use]])
        if Use.ANSWER in used:
            self.answers.look(texts[used[Use.ANSWER]])
        if Use.CURRENCY in used:
            self.currencies.update(counted(texts[used[Use.CURRENCY]]))
        for name in texts.keys() - set(used.values()):
            self.words.setdefault(name, Words(limits.FACT_VALUES)).look(texts[name])

    def _look_at_amounts(self, batch: Batch, texts: dict[str, Texts]) -> None:
        for use in (Use.AMOUNT, Use.GRANTED):
            name = self.columns.used.get(use)
            if name is None or is_numeric(batch.columns.column(name)):
                continue
            self.marks.look(texts[name])
            if use is Use.AMOUNT:
                self.around.update(currencies_in(texts[name]))

    def _look_at_moments(self, use: Use, column: Column, texts: Texts) -> None:
        if is_typed_moment(column):
            self.typed_moments[self.columns.used[use]] = column.type
        else:
            self.orders.setdefault(use, OrderEvidence()).look(texts)

    @property
    def has_offsets(self) -> bool:
        """True when moments carry their offset from UTC."""
        return any(order.with_offset for order in self.orders.values()) or any(
            pa.types.is_timestamp(kind) and kind.tz is not None for kind in self.typed_moments.values()
        )

    def is_bare_days(self, use: Use) -> bool:
        """True for a column of dates without a time of day."""
        kind = self.typed_moments.get(self.columns.used.get(use, ""))
        order = self.orders.get(use)
        return pa.types.is_date(kind) if kind is not None else order is not None and not order.with_clock

    @property
    def tells_rows_apart(self) -> bool:
        """True when equal rows can only be copies: there is a case, or a time of day."""
        return (
            Use.CASE in self.columns.used
            or any(order.with_clock for order in self.orders.values())
            or any(pa.types.is_timestamp(kind) for kind in self.typed_moments.values())
        )


def survey_of(source: Source, columns: Columns, progress: Progress) -> Survey:
    """Look at all rows of a source."""
    survey, broken = Survey(columns), LeftOutTally()
    for batch in source.batches(broken, progress):
        survey.look(batch)
    survey.broken = broken.total
    return survey
