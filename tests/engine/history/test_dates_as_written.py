"""Dates and times: every way of writing; the many-at-once reader against the plain one."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit_engine.errors import InputError
from remit_engine.history import Mapping, read_history
from remit_engine.history.moments import MISSING, UNREADABLE, MomentReader, Order, OrderEvidence

DAY, MONTH, YEAR = (MomentReader(order, None) for order in Order)


def seconds(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        (DAY, "2024-03-04", seconds(2024, 3, 4)),
        (DAY, "2024-03-04 05:06", seconds(2024, 3, 4, 5, 6)),
        (DAY, "2024-03-04T05:06:07.891", seconds(2024, 3, 4, 5, 6, 7)),
        (DAY, "2024-03-04T05:06:07Z", seconds(2024, 3, 4, 5, 6, 7)),
        (DAY, "2024-03-04T05:06:07+02:00", seconds(2024, 3, 4, 3, 6, 7)),
        (DAY, "2024-03-04 05:06:07 -0530", seconds(2024, 3, 4, 10, 36, 7)),
        (DAY, "2024/3/4 5:06", seconds(2024, 3, 4, 5, 6)),
        (DAY, "03/04/2024", seconds(2024, 4, 3)),
        (MONTH, "03/04/2024", seconds(2024, 3, 4)),
        (DAY, "3.4.24", seconds(2024, 4, 3)),
        (DAY, "3.4.99", seconds(1999, 4, 3)),
        (YEAR, "24-04-03", seconds(2024, 4, 3)),
        (MONTH, "3/4/2024 12:05 AM", seconds(2024, 3, 4, 0, 5)),
        (MONTH, "3/4/2024 12:05 pm", seconds(2024, 3, 4, 12, 5)),
        (MONTH, "3/4/2024, 1:05:09 p.m.", seconds(2024, 3, 4, 13, 5, 9)),
        (DAY, "4 March 2024", seconds(2024, 3, 4)),
        (DAY, "Mar 4, 2024 5:06 PM", seconds(2024, 3, 4, 17, 6)),
        (DAY, "Mon, 4 Mar 2024 05:06:07 +0100", seconds(2024, 3, 4, 4, 6, 7)),
        (DAY, "4. März 2024 um 17:06 Uhr", seconds(2024, 3, 4, 17, 6)),
        (DAY, "4 de marzo de 2024", seconds(2024, 3, 4)),
        (DAY, "4 août 2024 à 17h06", seconds(2024, 8, 4, 17, 6)),
        (DAY, "1709528767", seconds(2024, 3, 4, 5, 6, 7)),
        (DAY, "1709528767000", seconds(2024, 3, 4, 5, 6, 7)),
        (DAY, "31.02.2024", UNREADABLE),
        (DAY, "2024-02-30", UNREADABLE),
        (DAY, "31.04.2024 10:00", UNREADABLE),
        (DAY, "29.02.2023", UNREADABLE),
        (DAY, "13/25/2024", UNREADABLE),
        (MONTH, "3/4/2024 13:05 PM", UNREADABLE),
        (DAY, "2024-03-04 25:00", UNREADABLE),
        (DAY, "yesterday", UNREADABLE),
        (DAY, "12", UNREADABLE),
        (DAY, "member 17", UNREADABLE),
        (DAY, "n/a", MISSING),
    ],
)
def test_one_moment(reader, text, expected):
    assert reader.one(text) == expected
    assert reader.read(pa.array([text])).tolist() == [expected]


digits = st.integers(0, 40).map(str) | st.integers(1, 12).map(lambda each: f"{each:02d}")
dates = st.builds(
    lambda first, mark, second, year, clock: f"{first}{mark}{second}{mark}{year}{clock}",
    digits, st.sampled_from("-/."), digits, st.sampled_from(["2024", "2023", "24"]),
    st.sampled_from(["", " 10:30", " 1:05 PM", " 25:00", "T10:30:00", " 13:05 pm", ", 10:30:59"]),
)  # fmt: skip
iso = st.builds(
    lambda month, day, clock: f"2023-{month:02d}-{day:02d}{clock}",
    st.integers(0, 13), st.integers(0, 32),
    st.sampled_from(["", " 10:30", "T23:59:59.5", " 24:00", "T10:30:00Z", " 10:30+05:30", " 10:60"]),
)  # fmt: skip


@given(st.lists(dates | iso | st.sampled_from(["", "-", "x"]), max_size=12), st.sampled_from(list(Order)))
def test_many_at_once_are_read_like_one_by_one(texts, order):
    reader = MomentReader(order, None)
    assert reader.read(pa.array(texts, pa.string())).tolist() == [reader.one(text) for text in texts]


def test_a_zone_with_gaps_and_folds():
    reader = MomentReader(Order.YEAR_FIRST, "Europe/Berlin")
    texts = [
        "2024-01-15 12:00",
        "2024-07-15 12:00",
        "2024-03-31 02:30",
        "2024-10-27 02:30",
        "2024-07-15T12:00Z",
    ]
    assert reader.read(pa.array(texts)).tolist() == [
        seconds(2024, 1, 15, 11),
        seconds(2024, 7, 15, 10),
        seconds(2024, 3, 31, 1),
        seconds(2024, 10, 27, 0, 30),
        seconds(2024, 7, 15, 12),
    ]


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["01/02/2024", "13/02/2024"], Order.DAY_FIRST),
        (["01/02/2024", "02/13/2024"], Order.MONTH_FIRST),
        (["2024-01-02"], Order.YEAR_FIRST),
        (["01/02/2024"], None),
    ],
)
def test_the_column_tells_its_order(texts, order):
    evidence = OrderEvidence()
    evidence.look(pa.array(texts))
    assert evidence.seen("date") is order


HEAD = "case,amount,decision,requested at,decided at\n"


def chosen(tmp_path, rows, mapping=None):
    path = tmp_path / "log.csv"
    path.write_text(HEAD + "".join(f"{case},10,approved,{row}\n" for case, row in enumerate(rows)))
    reading = read_history(path, mapping=mapping)
    return reading, dict(reading.account.details)


def test_the_other_column_tells_the_order(tmp_path):
    reading, details = chosen(tmp_path, ["03/04/2024,25/04/2024", "05/04/2024,26/04/2024"])
    assert reading.history.asked_at[0].item() == datetime(2024, 4, 3)
    assert details["dates in 'requested at'"] == "day first (as in 'decided at')"


def test_the_order_of_the_rows_tells_the_order(tmp_path):
    rows = [f"{month:02d}/{day:02d}/2024," for month in range(1, 5) for day in range(1, 13)]
    reading, details = chosen(tmp_path, rows)
    assert reading.history.asked_at[13].item() == datetime(2024, 2, 2)
    assert details["dates in 'requested at'"].startswith("month first (the rows")


def test_an_assumed_order_is_said(tmp_path):
    _, details = chosen(tmp_path, ["03/04/2024,"])
    assert details["dates in 'requested at'"] == "day first (assumed; --map dates=... tells it)"


def test_a_told_order_leaves_out_what_does_not_fit(tmp_path):
    told = Mapping(dates=Order.DAY_FIRST)
    reading, _ = chosen(tmp_path, ["25/12/2024,", "12/25/2024,", "24/12/2024,"], told)
    (left,) = reading.account.left_out
    assert (left.code, left.examples[0].reason) == ("broken", "The date '12/25/2024' can't be read.")
    with pytest.raises(InputError):
        chosen(tmp_path, ["25/12/2024,", "12/25/2024,"])


def test_an_answer_on_the_day_of_its_question_is_not_before_it(tmp_path):
    reading, _ = chosen(tmp_path, ["2024-03-04 10:00,2024-03-04", "2024-03-04 11:00,2024-03-05"])
    assert reading.account.rows_kept == 2
    assert np.isnat(reading.history.answered_at).tolist() == [True, False]
