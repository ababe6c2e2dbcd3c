"""Parquet files of several types."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from remit_engine.history import read_history
from remit_engine.history.table import Answer

ANSWERS = ["approved", "declined", "approved"]


def parquet(folder, **columns):
    path = folder / "log.parquet"
    pq.write_table(pa.table({name.replace("_", " "): column for name, column in columns.items()}), path)
    return path


@pytest.mark.parametrize(
    "amounts",
    [
        pa.array([Decimal("12.50"), Decimal("0.29"), Decimal("1234.00")], pa.decimal128(12, 2)),
        pa.array([12.5, 0.29, 1234.0]),
        pa.array(["12.50", "0.29", "1,234.00"]),
        pa.array(["12.50", "0.29", "1,234.00"]).dictionary_encode(),
        pa.array(["12.50", "0.29", "1,234.00"], pa.large_string()),
    ],
    ids=lambda column: str(column.type),
)
def test_amounts_of_any_type(tmp_path, amounts):
    reading = read_history(parquet(tmp_path, case=["a", "b", "c"], amount=amounts, answer=ANSWERS))
    assert reading.history.amount.tolist() == [1250, 29, 123400]
    assert reading.history.line.tolist() == [1, 2, 3]
    assert reading.account.form == "Parquet"


def test_moments_with_a_zone_become_utc(tmp_path):
    asked = pa.array([datetime(2024, 7, 1, 10, tzinfo=UTC)] * 3, pa.timestamp("us", "Europe/Berlin"))
    answered = pa.array([datetime(2024, 7, 1, 11, tzinfo=UTC)] * 3, pa.timestamp("ns", "UTC"))
    history = read_history(
        parquet(
            tmp_path, case=["a", "b", "c"], amount=[1, 2, 3], answer=ANSWERS,
            asked_at=asked, answered_at=answered,
        )
    ).history  # fmt: skip
    assert history.asked_at.tolist() == [datetime(2024, 7, 1, 10)] * 3
    assert history.answered_at.tolist() == [datetime(2024, 7, 1, 11)] * 3
    assert history.zone == "UTC"


def test_words_flags_dates_and_nested_columns(tmp_path):
    reading = read_history(
        parquet(
            tmp_path,
            amount=[1, 2, None],
            approved=[True, False, True],
            request_date=[date(2024, 1, 1), None, date(2024, 1, 3)],
            kind=pa.array(["refund", "credit", None]).dictionary_encode(),
            tags=[["a"], ["b"], []],
            late=[True, False, True],
            raw=[b"\x00", b"\xff", b""],
        )
    )
    history = reading.history
    assert history.answer.tolist() == [Answer.APPROVED, Answer.DECLINED]
    assert history.kind.names == ("refund", "credit")
    assert history.facts["late"].names == ("true", "false")
    assert [(left.code, left.rows) for left in reading.account.left_out] == [("no-amount", 1)]
