"""Rows that are left out go into a file beside the report as they are met, so that nothing piles up."""

from __future__ import annotations

import csv
from io import TextIOWrapper
from pathlib import Path

from remit.command.files import Outputs
from remit_engine.history.account import LeftOutRow


def left_out_path(report: Path) -> Path:
    """Where the rows left out of a report are listed: `report.left-out.csv` beside `report.html`."""
    return report.with_name(f"{report.stem}.left-out.csv")


class LeftOutFile:
    """A CSV of line, reason and text; published only if a row was left out, or an older one stands there."""

    def __init__(self, outputs: Outputs, report: Path) -> None:
        path = left_out_path(report)
        self._outputs = outputs
        self._content = outputs.plan(path)
        self._replaces = path.exists()
        # Spreadsheets read UTF-8 only with its mark in front.
        self._text = TextIOWrapper(
            self._content, encoding="utf-8-sig", errors="backslashreplace", newline="", write_through=False
        )
        self._rows = csv.writer(self._text, lineterminator="\n")
        self._rows.writerow(("line", "reason", "text"))
        self._taken = 0

    def __call__(self, row: LeftOutRow, code: str) -> None:  # noqa: ARG002 (the form of the engine's sinks)
        """Write one row."""
        self._rows.writerow((row.line, row.reason, row.text))
        self._taken += 1

    def finish(self) -> None:
        """All rows were met."""
        self._text.flush()
        self._text.detach()
        if not self._taken and not self._replaces:
            self._outputs.drop(self._content)
