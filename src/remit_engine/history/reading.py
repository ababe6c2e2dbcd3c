"""Any approvals export into one typed table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from remit_engine.errors import InputError
from remit_engine.history.account import Account, AnswerWord, ColumnUse, LeftOutSink, Progress, Reading
from remit_engine.history.answers import Meaning, quoted
from remit_engine.history.assembling import Assembler
from remit_engine.history.choices import Choices, choices_of
from remit_engine.history.columns import find_columns
from remit_engine.history.events import decisions_if_events, rows_behind
from remit_engine.history.finishing import Finished, finish
from remit_engine.history.left_out import LeftOutTally, nowhere
from remit_engine.history.looks import Look, look_at
from remit_engine.history.mapping import Mapping
from remit_engine.history.opening import open_source
from remit_engine.history.source import Source
from remit_engine.history.survey import Survey, survey_of
from remit_engine.history.uses import Use


def read_history(
    path: str | Path,
    *,
    mapping: Mapping | None = None,
    left_out: LeftOutSink | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read a file of answered questions.

    The file is read twice: once to learn how it is written, once to type its rows. Only the typed columns
    are held, never the text.

    Args:
        path: a file in any form that `docs/reference/history.md` names.
        mapping: what is known about the source; the rest is found out.
        left_out: takes every row that isn't in the table, as it is met.
        progress: told how far the reading is.

    Returns:
        The table, and the account of how it came about.

    Raises:
        InputError: the file can't be used as it is; the sentence says why and what to do.
    """
    told = mapping or Mapping()
    heard: Progress = progress or _unheard
    source, known = decisions_if_events(open_source(Path(path), told, heard), told, heard)
    return read_source(source, known, left_out=left_out, progress=heard)


def read_source(
    source: Source,
    mapping: Mapping,
    *,
    left_out: LeftOutSink | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read a source of any form; see `read_history`.

    Raises:
        InputError: the source can't be used as it is.
    """
    report: Progress = progress or _unheard
    looks = _first_look(source, _Half(report, second=False))
    columns = find_columns(looks, mapping)
    survey = survey_of(source, columns, _Half(report, second=False))
    if not survey.rows + survey.broken:
        raise _no_rows(source)
    choices = choices_of(survey, looks, mapping)
    tally = LeftOutTally(left_out)
    assembler = Assembler(choices, tally)
    for batch in source.batches(tally, _Half(report, second=True)):
        assembler.add(batch)
    rows_read = survey.rows + survey.broken
    _check_rows(source, tally, assembler, rows_read)
    finished = finish(assembler, choices, mapping)
    return Reading(finished.history, _account(source, survey, choices, tally, finished))


def _unheard(done: int, total: int) -> None:
    """Progress that nobody asked for."""


@dataclass(frozen=True, slots=True)
class _Half:
    """Progress of one of the two times that a source is read."""

    whole: Progress
    second: bool

    def __call__(self, done: int, total: int) -> None:
        self.whole(done + total * self.second, 2 * total)


def _first_look(source: Source, progress: Progress) -> list[Look]:
    """Look at the first rows. Of events all are read for them: that is when the work is done."""
    for batch in source.batches(nowhere, progress):
        if len(batch.lines):
            return look_at(batch)
    raise _no_rows(source)


def _no_rows(source: Source) -> InputError:
    return InputError(
        "no-rows",
        f"{source.name} has column names but no rows.",
        "Export the approvals again, with their rows.",
    )


def _check_rows(source: Source, tally: LeftOutTally, assembler: Assembler, rows_read: int) -> None:
    broken = tally.rows.get("broken", 0)
    if broken * 2 > rows_read:
        first = tally.examples["broken"][0]
        raise InputError(
            "mostly-broken",
            f"{broken:,} of {rows_read:,} rows of {source.name} can't be read; the first is line "
            f"{first.line}: {first.reason}",
            "Check how the columns were taken, for example with --map amount=COLUMN, or export again.",
            broken=broken,
            rows=rows_read,
        )
    if assembler.before_question * 4 > assembler.both_known:
        raise _swapped(source, assembler)
    if tally.total == rows_read:
        left = "; ".join(f"{left.rows:,} × {left.reason}" for left in tally.summary())
        raise InputError(
            "nothing-left",
            f"No row of {source.name} is an answered question with an amount ({left}).",
            "Check how the columns and words were taken, for example with --map amount=COLUMN.",
            rows=rows_read,
        )


def _swapped(source: Source, assembler: Assembler) -> InputError:
    used = assembler.choices.used
    asked, answered = used[Use.ASKED_AT], used[Use.ANSWERED_AT]
    return InputError(
        "answers-before-questions",
        f"In {assembler.before_question:,} of {assembler.both_known:,} rows of {source.name} the answer "
        f"('{answered}') lies before its question ('{asked}').",
        f"If the two columns are swapped: --map {quoted(f'asked_at={answered}')} "
        f"--map {quoted(f'answered_at={asked}')}.",
        before=assembler.before_question,
        rows=assembler.both_known,
    )


def _account(
    source: Source, survey: Survey, choices: Choices, tally: LeftOutTally, finished: Finished
) -> Account:
    return Account(
        source=source.name,
        form=source.form,
        details=(*source.details, *choices.details),
        columns=tuple(_column_use(name, choices, finished) for name in source.header),
        answers=_answer_words(survey, choices),
        rows_read=rows_behind(source, survey.rows + survey.broken),
        rows_kept=len(finished.history),
        left_out=tally.summary(),
        automatic=finished.automatic,
    )


def _column_use(name: str, choices: Choices, finished: Finished) -> ColumnUse:
    because = choices.because.get(name, "")
    for use, used in choices.used.items():
        if used == name:
            return ColumnUse(name, use.value, because)
    if name in finished.given_away:
        return ColumnUse(name, "", "every word stands with one answer only: is it known before the answer?")
    return ColumnUse(name, "fact" if name in choices.facts else "", because)


def _answer_words(survey: Survey, choices: Choices) -> tuple[AnswerWord, ...]:
    if choices.answers is None:
        return ()
    words = []
    for word, rows in survey.answers.counts.most_common():
        meaning = choices.answers.meaning(word)
        answer = meaning.answer if meaning is not None else None
        words.append(AnswerWord(word, answer, meaning is Meaning.AUTOMATIC, rows))
    return tuple(words)
