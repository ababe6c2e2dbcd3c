"""Makes a report: read, weigh, show, write. Files are checked first and written last."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from remit.command.files import Outputs, readable_file
from remit.command.left_out import LeftOutFile
from remit.command.letgo import Choices
from remit.command.logs import mapping_files, mapping_of
from remit.command.screen import Waiting, answer_console
from remit_engine import letgo
from remit_engine import report as reports
from remit_engine.charter.document import Charter
from remit_engine.charter.reading import read_charter
from remit_engine.errors import InputError
from remit_engine.evidence.letgo import LetGo
from remit_engine.history import read_history
from remit_engine.history.account import Account, Reading

_NAME: Final = "Our charter"
_FACTS_OF_THE_DESK: Final = ("category",)


def report(choices: Choices) -> None:
    """Make the report that was asked for, on the screen and in files.

    Raises:
        InputError: the log or an option can't be used; then nothing was written.
    """
    source = readable_file(choices.file) if choices.file is not None else None
    today = read_charter(choices.today).charter if choices.today is not None else None
    with Outputs(force=choices.force, inputs=_inputs(source, choices)) as outputs:
        page = outputs.plan(Path(choices.out)) if choices.out is not None else None
        left_out = LeftOutFile(outputs, Path(choices.out)) if choices.out is not None else None
        draft = outputs.plan(Path(choices.draft)) if choices.draft is not None else None
        with Waiting() as waiting:
            reading = _read(source, choices, left_out, waiting)
            waiting.doing("Weighing the evidence")
            answer = _weigh(reading, choices, today)
        if left_out is not None:
            left_out.finish()
        if page is not None:
            page.write(_encoded(reports.html(answer, reading.account)))
        if draft is not None:
            name = choices.charter or (source.stem if source is not None else _NAME)
            draft.write(_encoded(reports.draft_charter(answer, name=name)))
        outputs.publish()
        _show(answer, reading.account, choices)
        _say_written(outputs.paths, on_stderr=choices.as_json)


def _inputs(source: Path | None, choices: Choices) -> tuple[Path, ...]:
    """Files that nothing may be written over."""
    charters = (Path(choices.today),) if choices.today is not None else ()
    sources = (source,) if source is not None else ()
    return (*sources, *mapping_files(choices.mapping), *charters)


def _read(source: Path | None, choices: Choices, left_out: LeftOutFile | None, waiting: Waiting) -> Reading:
    if source is None:
        waiting.doing("Reading the database")
        return _from_database(choices)
    mapping = mapping_of(choices.mapping, currency=choices.currency, zone=choices.zone)
    waiting.doing(f"Reading {source.name}")
    return read_history(source, mapping=mapping, left_out=left_out, progress=waiting.progress)


def _from_database(choices: Choices) -> Reading:
    if choices.mapping:
        raise InputError(
            "nothing-to-map",
            "--map says how the columns of a file are called, and the database needs none.",
            "Leave --map out.",
        )
    # Whoever reads a file needn't wait for Django.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.complaints.queries.approvals_log import answered_questions  # noqa: PLC0415 (Django is started)

    return answered_questions(choices.currency, choices.zone)


def _weigh(reading: Reading, choices: Choices, today: Charter | None) -> LetGo:
    return letgo(
        reading.history,
        tolerance=choices.tolerance,
        confidence=choices.confidence,
        promise=choices.promise,
        segment_by=choices.segment or _columns(reading, choices) or None,
        working_days=choices.hours.days,
        working_hours=choices.hours.hours,
        today=today,
    )


def _columns(reading: Reading, choices: Choices) -> tuple[str, ...]:
    """The columns that make the segments of our own database; a file is looked through for its own.

    What the desk writes is known before anybody looks at an answer, so it may be set beforehand, and nothing
    of the older half is spent on choosing it.
    """
    if choices.file is not None:
        return ()
    facts = tuple(name for name in _FACTS_OF_THE_DESK if name in reading.history.facts)
    return ("kind", "role", *facts)


def _show(answer: LetGo, account: Account, choices: Choices) -> None:
    if choices.as_json:
        click.echo(reports.as_json(answer, account))
    else:
        reports.terminal(answer, account, console=answer_console())


def _say_written(paths: tuple[Path, ...], *, on_stderr: bool) -> None:
    """Name the files, each on a line of its own."""
    for path in paths:
        click.echo(f"Written: {path}", err=on_stderr)


def _encoded(text: str) -> bytes:
    """UTF-8; what no text can hold (a file name of broken bytes) is spelt out."""
    return text.encode("utf-8", errors="backslashreplace")
