"""A history written in any dialect is read back as it was."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from written_logs import DATES, dialects, rows, write

from remit_engine.history import Mapping, read_history
from remit_engine.history.moments import Order
from remit_engine.history.table import case_numbers


def order_of(dates: str) -> Order:
    return {"%Y": Order.YEAR_FIRST, "%d": Order.DAY_FIRST, "%m": Order.MONTH_FIRST}[dates[:2]]


@settings(max_examples=examples(120), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(log=rows(), dialect=dialects())
def test_what_was_written_is_read(tmp_path_factory, log, dialect):
    path = tmp_path_factory.mktemp("log") / ("log.csv.gz" if dialect.gzipped else "log.csv")
    write(path, log, dialect)
    told = Mapping(dates=order_of(dialect.dates))
    reading = read_history(path, mapping=told)
    history = reading.history
    assert history.amount.tolist() == [row.amount for row in log]
    assert history.answer.tolist() == [row.answer for row in log]
    assert history.asked_at.tolist() == [row.asked_at for row in log]
    assert history.answered_at.tolist() == [row.answered_at for row in log]
    assert np.array_equal(history.case, case_numbers(row.case for row in log))
    assert [history.asked_by.word(row) for row in range(len(log))] == [row.asked_by for row in log]
    assert [history.answered_by.word(row) for row in range(len(log))] == [row.answered_by for row in log]
    assert history.currency == ("EUR" if dialect.sign else "")
    assert reading.account.rows_read == reading.account.rows_kept == len(log)


@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(log=rows(min_size=30, max_size=60), dialect=dialects(), dates=st.sampled_from(DATES))
def test_the_order_of_dates_is_seen(tmp_path_factory, log, dialect, dates):
    if not any(row.asked_at.day > 12 or row.answered_at.day > 12 for row in log):
        return
    path = tmp_path_factory.mktemp("log") / "log.csv"
    write(path, log, dialect)
    history = read_history(path).history
    assert history.asked_at.tolist() == [row.asked_at for row in log]
    assert np.isnat(history.answered_at).sum() == 0


def test_two_columns_with_decimal_commas(tmp_path):
    """Each comma of the amounts separates as well as each semicolon does; only the names tell."""
    path = tmp_path / "zwei.csv"
    path.write_text("Betrag;Status\n" + "12,50;freigegeben\n7,00;abgelehnt\n" * 30, encoding="utf-8")
    reading = read_history(path)
    assert dict(reading.account.details)["delimiter"] == "semicolon"
    assert reading.history.amount.tolist() == [1250, 700] * 30
