"""The report of the made log, from the file to the page, as the command makes it."""

from __future__ import annotations

from pathlib import Path

from remit.demo.log.approvals_log import make_log
from remit_engine import letgo, report
from remit_engine.history.reading import read_history

TITLE = "Harbour Street"
OPEN = (9.0, 23.0)
"""A restaurant answers in the evening and at weekends."""


def make_report(folder: Path) -> Path:
    """Write the log and its page into a folder; returns the page."""
    log = folder / "approvals.csv"
    make_log().write(log)
    reading = read_history(log)
    page = folder / "report.html"
    answer = letgo(reading.history, working_days=frozenset(range(7)), working_hours=OPEN)
    page.write_text(report.html(answer, reading.account, title=TITLE), encoding="utf-8")
    return page
