"""Workbooks written by openpyxl, read by another library."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import openpyxl
import pytest

from remit_engine.errors import InputError
from remit_engine.history import Mapping, read_history
from remit_engine.history.table import Answer


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


HEAD = ["Request ID", "Amount", "Decision", "Requested at", "Decided at", "Branch"]
ROWS = [
    ["A-1", 12.5, "approved", datetime(2024, 3, 1, 10, 30), datetime(2024, 3, 1, 12, 0), "north"],
    ["A-2", 1234.567, "declined", datetime(2024, 3, 2, 10, 30), datetime(2024, 3, 2, 12, 0), "south"],
    ["A-3", 40, "approved", date(2024, 3, 3), datetime(2024, 3, 3, 12, 0), "north"],
]


def test_title_above_and_notes_on_another_sheet(tmp_path):
    path = workbook(
        tmp_path / "log.xlsx",
        Notes=[["Made by", "finance"], ["on", "Monday"]],
        Approvals=[["Approvals 2024"], [], HEAD, *ROWS[:2], [], ROWS[2]],
    )
    reading = read_history(path)
    history = reading.history
    assert history.amount.tolist() == [1250, 123457, 4000]
    assert history.answer.tolist() == [Answer.APPROVED, Answer.DECLINED, Answer.APPROVED]
    assert history.asked_at.tolist() == [
        datetime(2024, 3, 1, 10, 30),
        datetime(2024, 3, 2, 10, 30),
        datetime(2024, 3, 3),
    ]
    assert history.line.tolist() == [4, 5, 7]
    assert history.facts["Branch"].names == ("north", "south")
    assert reading.account.form == "Excel"
    assert ("sheet", "Approvals") in reading.account.details
    assert ("header in row", "3") in reading.account.details


def test_amounts_that_are_words_beside_numbers(tmp_path):
    rows = [HEAD[:3], ["A-1", "12.50", "approved"], ["A-2", 123.456, "declined"], ["A-3", "n/a", "declined"]]
    reading = read_history(workbook(tmp_path / "log.xlsx", One=rows))
    assert reading.history.amount.tolist() == [1250, 12346]
    assert [left.code for left in reading.account.left_out] == ["no-amount"]


def test_the_told_sheet(tmp_path):
    path = workbook(tmp_path / "log.xlsx", Old=[HEAD, *ROWS], New=[HEAD, ROWS[0]])
    assert len(read_history(path).history) == 3
    assert len(read_history(path, mapping=Mapping(sheet="new")).history) == 1
    with pytest.raises(InputError) as caught:
        read_history(path, mapping=Mapping(sheet="Newer"))
    assert caught.value.wrong == "log.xlsx has no sheet 'Newer'."
    assert caught.value.next_step == "Its sheets are 'Old', 'New'."


def test_a_workbook_without_a_table(tmp_path):
    with pytest.raises(InputError) as caught:
        read_history(workbook(tmp_path / "log.xlsx", Empty=[], Words=[["hello"]]))
    assert caught.value.code == "no-table"


def test_missing_times_stay_missing(tmp_path):
    rows = [HEAD[:4], ["A-1", 10, "approved", None], ["A-2", 10, "approved", datetime(2024, 1, 1)]]
    history = read_history(workbook(tmp_path / "log.xlsx", One=rows)).history
    assert np.isnat(history.asked_at).tolist() == [True, False]
