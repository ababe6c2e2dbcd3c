"""Whole minor units, written for people."""

from remit_engine.money import decimals, in_units, written


def test_written_with_cents_only_where_they_matter():
    assert written(125000, "EUR") == "EUR 1,250"
    assert written(4250, "EUR") == "EUR 42.50"
    assert written(8000, "") == "80"
    assert written(1250, "JPY") == "JPY 1,250"
    assert written(1250, "KWD") == "KWD 1.250"
    assert written(8000, "EUR", sign=False) == "80"


def test_decimals_of_currencies():
    assert [decimals(code) for code in ("EUR", "jpy", "KWD", "", "XYZ")] == [2, 0, 3, 2, 2]
    assert in_units(4250, "EUR") == 42.5
