"""Amounts: every way of writing, exactly; the many-at-once reader against the plain one."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from remit_engine.history.amounts import AmountReader, Trouble
from remit_engine.history.decimal_marks import Mark, MarkEvidence

POINT = AmountReader(Mark.POINT, 2)
COMMA = AmountReader(Mark.COMMA, 2)


@pytest.mark.parametrize(
    ("reader", "text", "minor"),
    [
        (POINT, "1234.5", 123450),
        (POINT, "1,234,567.89", 123456789),
        (POINT, "12,34,567.89", 123456789),
        (POINT, "$1,234", 123400),
        (POINT, "USD 1'234.50", 123450),
        (POINT, "1’234.50 CHF", 123450),
        (POINT, ".5", 50),
        (POINT, "5.", 500),
        (POINT, "+12.30", 1230),
        (POINT, "0.125", 12),
        (POINT, "0.135", 14),
        (POINT, "0.1250001", 13),
        (POINT, "90071992547409.93", 9007199254740993),
        (POINT, "999999999999999.99", 99999999999999999),
        (COMMA, "1.234,50 €", 123450),
        (COMMA, "1\u202f234,50\u00a0€", 123450),
        (COMMA, "€ 12", 1200),
        (COMMA, "1.234", 123400),
        (POINT, "-12.30", Trouble.NEGATIVE),
        (POINT, "12.30-", Trouble.NEGATIVE),
        (POINT, "(12.30)", Trouble.NEGATIVE),
        (POINT, "($12.30)", Trouble.NEGATIVE),
        (POINT, "$ -12.30", Trouble.NEGATIVE),
        (POINT, "n/a", Trouble.MISSING),
        (POINT, "–", Trouble.MISSING),
        (POINT, "12,30", Trouble.UNREADABLE),
        (POINT, "1,23,4", Trouble.UNREADABLE),
        (POINT, "12.3.4", Trouble.UNREADABLE),
        (POINT, "12 %", Trouble.UNREADABLE),
        (POINT, "12 apples", Trouble.UNREADABLE),
        (POINT, "2024-01-01", Trouble.UNREADABLE),
        (POINT, "10-20", Trouble.UNREADABLE),
        (POINT, "1e5", Trouble.UNREADABLE),
        (POINT, "٣", Trouble.UNREADABLE),
        (POINT, "1000000000000000.01", Trouble.TOO_LARGE),
        (AmountReader(Mark.POINT, 0), "1,500", 1500),
        (AmountReader(Mark.POINT, 3), "1.5", 1500),
    ],
)
def test_one_amount(reader, text, minor):
    assert reader.one(text) == minor
    assert reader.read(pa.array([text])).tolist() == [minor]


@given(st.lists(st.text(st.sampled_from("0123456789.,' -+()€$EURx\u00a0"), max_size=14), max_size=20),
       st.sampled_from(list(Mark)), st.sampled_from([0, 2, 3]))  # fmt: skip
@example(["0.5", "12345678901234.5", "$.5", "1.234.567,891"], Mark.POINT, 2)
def test_many_at_once_are_read_like_one_by_one(texts, mark, places):
    reader = AmountReader(mark, places)
    plain = [reader.one(text.strip()) for text in texts]
    assert reader.read(pa.array(texts, pa.string())).tolist() == plain


@given(st.lists(st.floats(-1e6, 1e17), max_size=20))
def test_floats_are_read_as_they_are_shown(numbers):
    expected = [POINT.one(f"{Decimal(repr(number)):f}") for number in numbers]
    assert POINT.read(pa.array(numbers, pa.float64())).tolist() == expected


def test_typed_numbers():
    assert POINT.read(pa.array([1, None, -1])).tolist() == [100, Trouble.MISSING, Trouble.NEGATIVE]
    decimals = pa.array([Decimal("12.345"), Decimal("0.005"), None], pa.decimal128(10, 3))
    assert POINT.read(decimals).tolist() == [1234, 0, Trouble.MISSING]
    assert POINT.read(pa.array([float("nan"), float("inf"), 0.29])).tolist() == [
        Trouble.MISSING,
        Trouble.UNREADABLE,
        29,
    ]


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1.234", "950", "12.500,00"], Mark.COMMA),
        (["1,234", "950", "12,500.00"], Mark.POINT),
        (["1.234.567", "950"], Mark.COMMA),
        (["0,125"], Mark.COMMA),
        (["1234,567"], Mark.COMMA),
        (["1234.567"], Mark.POINT),
        (["12,5"], Mark.COMMA),
        (["950"], Mark.POINT),
        (["€ 12,50"], Mark.COMMA),
    ],
)
def test_the_column_decides_the_mark(texts, mark):
    evidence = MarkEvidence()
    evidence.look(pa.array(texts))
    assert evidence.decide("amount")[0] is mark


@pytest.mark.parametrize("text", ["1.234", "12.500"])
def test_three_digits_alone_are_thousands(text):
    evidence = MarkEvidence()
    evidence.look(pa.array([text, "900"]))
    mark, _ = evidence.decide("amount")
    assert AmountReader(mark, 2).one(text) == int(text.replace(".", "")) * 100
