"""Fills the demo folder: a made log unless there is one already, then its report and a draft charter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from remit.command.demo import CHARTER, LOG, REPORT
from remit.command.files import Outputs
from remit.command.left_out import left_out_path
from remit.command.letgo import Choices
from remit.command.options import WorkingTime
from remit.command.reporting import report
from remit.demo.log.approvals_log import make_log
from remit.demo.log.moments import ZONE
from remit_engine.errors import InputError

_OPEN_EVERY_DAY = WorkingTime(frozenset(range(7)), (9.0, 23.0))


def demonstrate(folder: Path, log: str | None, *, force: bool) -> None:
    """Make the demo.

    Args:
        folder: where everything goes.
        log: a log to report on; None makes one.
        force: whether what is there may be replaced.

    Raises:
        InputError: the folder can't be used, or the log can't be read.
    """
    _make_folder(folder)
    of_log = "" if log is None else f"{Path(log).stem}-"
    report_path, charter_path = folder / f"{of_log}{REPORT}", folder / f"{of_log}{CHARTER}"
    _refuse_early([report_path, charter_path, left_out_path(report_path)], force=force)
    # somebody may have worked on the draft: it is never replaced, not even when told to do the demo anew
    draft = None if charter_path.exists() else str(charter_path)
    if log is None:
        made = _write_log(folder / LOG, force=force)
        choices = Choices(str(made), zone=ZONE, hours=_OPEN_EVERY_DAY, charter="Harbour Street")
    else:
        choices = Choices(log)
    report(replace(choices, out=str(report_path), draft=draft, force=force))
    if draft is None:
        click.echo(f"Kept: {charter_path}, which may hold your changes. Remove it to have a new draft.")
    click.echo(f"Open {report_path} in a browser.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no folder can be called that"
        raise InputError(
            "no-folder", f"The folder {folder} can't be made: {why}.", "Choose another with --folder."
        ) from error


def _refuse_early(paths: list[Path], *, force: bool) -> None:
    """Find out that a report can't be written before a log is made for it."""
    with Outputs(force=force) as outputs:
        for path in paths:
            outputs.plan(path)


def _write_log(path: Path, *, force: bool) -> Path:
    """The made log at its place; one that says the same already is left alone."""
    content = "".join(make_log().lines()).encode()
    if path.is_file() and path.read_bytes() == content:
        return path
    with Outputs(force=force) as outputs:
        outputs.plan(path).write(content)
        outputs.publish()
    return path
