"""Rows of a source, batch by batch, into the columns of the typed table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from remit_engine.history.account import LeftOutRow, LeftOutSink
from remit_engine.history.amounts import Trouble, currency_written, sentence
from remit_engine.history.answers import Meaning
from remit_engine.history.choices import Choices, code_of
from remit_engine.history.left_out import shown
from remit_engine.history.moments import MISSING, UNREADABLE
from remit_engine.history.source import Batch
from remit_engine.history.spelling import NO_WORD
from remit_engine.history.table import MISSING as NO_CODE
from remit_engine.history.table import Answer, Bools, Codes, Integers, Labels, case_numbers
from remit_engine.history.texts import Texts, as_texts, encoded, looked_up
from remit_engine.history.uses import Use

WORD_USES: Final[tuple[Use, ...]] = (Use.ASKED_BY, Use.ROLE, Use.KIND, Use.ANSWERED_BY)
_MEANINGS: Final = tuple(Meaning)
_UNKNOWN: Final = -1
_DAY: Final = 86_400
_TROUBLES: Final = {
    Trouble.MISSING: "no-amount",
    Trouble.UNREADABLE: "broken",
    Trouble.NEGATIVE: "negative-amount",
    Trouble.TOO_LARGE: "too-large",
}


class WordColumn:
    """A growing column of words; each batch keeps its own words until the end."""

    def __init__(self) -> None:
        self._chunks: list[Any] = []

    def add(self, texts: Texts) -> None:
        """Take the next rows."""
        self._chunks.append(texts.dictionary_encode())

    def labels(self, rows: int) -> Labels:
        """The whole column; the pieces are given up."""
        if not self._chunks:
            return Labels.absent(rows)
        whole: Any = pa.chunked_array(self._chunks).unify_dictionaries()
        self._chunks.clear()
        words: list[str] = whole.chunk(0).dictionary.to_pylist()
        pieces = [chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in whole.chunks]
        codes = np.concatenate(pieces).astype(np.int32, copy=False)
        if not NO_WORD.isdisjoint(words):
            return _without_no_words(words, codes)
        return Labels(tuple(words), codes)


def _without_no_words(words: list[str], codes: Codes) -> Labels:
    """A column in which "-" and the like are missing."""
    kept = [word for word in words if word not in NO_WORD]
    place = {word: code for code, word in enumerate(kept)}
    renumbered = np.array([*(place.get(word, NO_CODE) for word in words), NO_CODE], dtype=np.int32)
    return Labels(tuple(kept), renumbered[codes])


class Numbers:
    """A growing column of numbers."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self._dtype = np.dtype(dtype)
        self._chunks: list[npt.NDArray[Any]] = []

    def add(self, values: npt.NDArray[Any]) -> None:
        """Take the next rows."""
        self._chunks.append(values.astype(self._dtype))

    def whole(self) -> npt.NDArray[Any]:
        """The whole column; the pieces are given up."""
        whole = np.concatenate([np.empty(0, self._dtype), *self._chunks])
        self._chunks.clear()
        return whole


@dataclass(slots=True)
class _LeftRows:
    """Which rows of a batch are left out: the first reason wins."""

    rows: int
    out: Bools = field(init=False)
    reasons: dict[int, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.out = np.zeros(self.rows, dtype=np.bool_)

    def leave(self, rows: Bools, code: str, why: Callable[[int], str]) -> None:
        """Leave out some rows."""
        for row in np.flatnonzero(rows & ~self.out).tolist():
            self.reasons[row] = (code, why(row))
        self.out |= rows

    def tell(self, batch: Batch, left_out: LeftOutSink) -> None:
        """Hand the rows on, in their order."""
        rows = sorted(self.reasons)
        texts = [
            as_texts(column.take(pa.array(rows, pa.int64()))).to_pylist() for column in batch.columns.columns
        ]
        for row, cells in zip(rows, zip(*texts, strict=True), strict=True):
            code, reason = self.reasons[row]
            left_out(LeftOutRow(int(batch.lines[row]), reason, shown(cells)), code)


class Assembler:
    """Types batches and lets the columns of the table grow."""

    def __init__(self, choices: Choices, left_out: LeftOutSink) -> None:
        self.choices = choices
        self._left_out = left_out
        self._seen = 0
        self.before_question = 0
        self.both_known = 0
        self.amount = Numbers(np.int64)
        self.answer = Numbers(np.int8)
        self.automatic_word = Numbers(np.bool_)
        self.line = Numbers(np.int64)
        self.moments = {use: Numbers(np.int64) for use in choices.moments}
        self.case = Numbers(np.int64)
        self.words = {use: WordColumn() for use in WORD_USES if use in choices.used}
        self.facts = {name: WordColumn() for name in choices.facts}

    def add(self, batch: Batch) -> None:
        """Type the next rows; those that can't be are told to `left_out`."""
        left = _LeftRows(len(batch.lines))
        self._leave_copies(batch, left)
        amounts = self.choices.amounts.read(batch.columns.column(self.choices.used[Use.AMOUNT]))
        answers, automatic = self._answers(batch, amounts, left)
        self._leave_without_amount(batch, amounts, left)
        self._leave_other_currencies(batch, left)
        moments = self._moments(batch, left)
        left.tell(batch, self._left_out)
        keep = ~left.out
        self.amount.add(amounts[keep])
        self.answer.add(answers[keep])
        self.automatic_word.add(automatic[keep])
        self.line.add(batch.lines[keep])
        for use, seconds in moments.items():
            self.moments[use].add(seconds[keep])
        self._add_case(batch, keep)
        self._add_words(batch, pa.array(keep))

    def _add_case(self, batch: Batch, keep: Bools) -> None:
        column = self.choices.used.get(Use.CASE)
        words = [None] * len(keep) if column is None else _texts(batch, column).to_pylist()
        known = (None if word is None or word.casefold() in NO_WORD else word for word in words)
        self.case.add(case_numbers(known)[keep])

    def _add_words(self, batch: Batch, keep: pa.BooleanArray) -> None:
        for use, column in self.words.items():
            column.add(_texts(batch, self.choices.used[use]).filter(keep))
        for name, column in self.facts.items():
            column.add(_texts(batch, name).filter(keep))

    def _leave_copies(self, batch: Batch, left: _LeftRows) -> None:
        start, self._seen = self._seen, self._seen + len(batch.lines)
        rows, first_lines = self.choices.copies.within(start, self._seen)
        if not len(rows):
            return
        first = dict(zip(rows.tolist(), first_lines.tolist(), strict=True))
        copies = np.zeros(left.rows, dtype=np.bool_)
        copies[rows] = True
        left.leave(copies, "duplicate", lambda row: f"The row is an exact copy of line {first[row]}.")

    def _answers(
        self, batch: Batch, amounts: Integers, left: _LeftRows
    ) -> tuple[npt.NDArray[np.int8], Bools]:
        meanings = self._meanings(batch, left)
        answers = np.array([int(meaning.answer or 0) for meaning in _MEANINGS], dtype=np.int8)[meanings]
        automatic = meanings == _MEANINGS.index(Meaning.AUTOMATIC)
        granted = self.choices.used.get(Use.GRANTED)
        if granted is not None:
            given = self.choices.amounts.read(batch.columns.column(granted))
            if self.choices.answers is None:
                left.leave(given < 0, "open", lambda _row: f"No amount is granted yet ({granted}).")
            less = (answers == Answer.APPROVED) & (given >= 0) & (given < amounts)
            answers[less] = np.where(given[less] == 0, Answer.DECLINED, Answer.GRANTED_LESS)
        return answers, automatic

    def _meanings(self, batch: Batch, left: _LeftRows) -> Integers:
        """For each row the place of its meaning in `Meaning`."""
        known = self.choices.answers
        if known is None:
            return np.full(left.rows, _MEANINGS.index(Meaning.APPROVED), dtype=np.int64)
        texts = _texts(batch, self.choices.used[Use.ANSWER])
        words, codes = encoded(texts)

        def place(word: str) -> int:
            meaning = known.meaning(word)
            return _UNKNOWN if meaning is None else _MEANINGS.index(meaning)

        open_ = _MEANINGS.index(Meaning.OPEN)
        meanings = looked_up(words, codes, place, open_)
        left.leave(meanings == open_, "open", lambda row: _open_sentence(texts[row].as_py()))
        left.leave(
            meanings == _UNKNOWN, "unknown-answer", lambda row: f"The answer '{texts[row]}' isn't known."
        )
        return meanings

    def _leave_without_amount(self, batch: Batch, amounts: Integers, left: _LeftRows) -> None:
        column = self.choices.used[Use.AMOUNT]
        if not (amounts < 0).any():
            return
        texts = _texts(batch, column)
        for trouble, code in _TROUBLES.items():
            left.leave(
                amounts == trouble,
                code,
                lambda row: sentence(int(amounts[row]), str(texts[row]), column),
            )

    def _leave_other_currencies(self, batch: Batch, left: _LeftRows) -> None:
        currency = self.choices.currency
        if not currency.mixed:
            return
        column = self.choices.used.get(Use.CURRENCY)
        texts = (
            currency_written(_texts(batch, self.choices.used[Use.AMOUNT]))
            if column is None
            else _texts(batch, column)
        )
        words, codes = encoded(texts)
        others = looked_up(words, codes, lambda word: int(code_of(word) != currency.code), 1) == 1
        left.leave(
            others, "other-currency", lambda row: _currency_sentence(texts[row].as_py(), currency.code)
        )

    def _moments(self, batch: Batch, left: _LeftRows) -> dict[Use, Integers]:
        moments = {
            use: reader.read(batch.columns.column(self.choices.used[use]))
            for use, reader in self.choices.moments.items()
        }
        for use, seconds in moments.items():
            self._leave_unreadable(seconds, batch, self.choices.used[use], left)
        if moments.keys() == {Use.ASKED_AT, Use.ANSWERED_AT}:
            self._leave_before_question(moments[Use.ASKED_AT], moments[Use.ANSWERED_AT], left)
        return moments

    def _leave_unreadable(self, seconds: Integers, batch: Batch, column: str, left: _LeftRows) -> None:
        if (seconds == UNREADABLE).any():
            texts = _texts(batch, column)
            left.leave(seconds == UNREADABLE, "broken", lambda row: f"The date '{texts[row]}' can't be read.")

    def _leave_before_question(self, asked: Integers, answered: Integers, left: _LeftRows) -> None:
        both = (asked > UNREADABLE) & (answered > UNREADABLE) & ~left.out
        if self.choices.answered_by_day:  # the day of the question: how long it took isn't known
            answered[both & (answered < asked) & (asked - answered < _DAY)] = MISSING
            both &= answered != MISSING
        self.both_known += int(both.sum())
        before = both & (answered < asked)
        self.before_question += int(before.sum())
        left.leave(
            before,
            "answer-before-question",
            lambda row: (
                f"The answer ({_written(answered[row])}) lies before its question ({_written(asked[row])})."
            ),
        )


def _texts(batch: Batch, column: str) -> Texts:
    return as_texts(batch.columns.column(column))


def _open_sentence(word: str | None) -> str:
    return "The answer is empty." if word is None else f"The answer '{word}' says that the question is open."


def _currency_sentence(word: str | None, code: str) -> str:
    return f"The amount is in {word}, not in {code}." if word else "The amount has no currency."


def _written(seconds: np.int64) -> str:
    return str(np.datetime64(int(seconds), "s")).replace("T", " ")
