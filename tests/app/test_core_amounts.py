"""Amounts as people type them: read as they are meant, or refused in words; never a guess about money."""

import pytest
from django.forms import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from remit.complaints.sentences import typed_amount
from remit.core.amount_field import AmountField, minor_units


@pytest.mark.parametrize(
    ("typed", "places", "meant"),
    [
        ("42", 2, 4200),
        ("42.5", 2, 4250),
        ("42,50", 2, 4250),
        ("1,250", 2, 125000),
        ("1.250,50", 2, 125050),
        ("1,250.50", 2, 125050),
        ("1.250.000,5", 2, 125000050),
        ("1,250", 0, 1250),
        ("1.250", 3, 1250),
        ("1.250", 2, None),  # a thousand to some, one and a quarter to others
        ("42.555", 2, None),
        ("1,2,3", 2, None),
        ("12,34.5", 2, None),
        ("1.5", 0, None),
        ("-5", 2, None),
        (".5", 2, None),
        ("", 2, None),
        ("4 2", 2, None),
    ],
)
def test_amounts_as_typed(typed, places, meant):
    assert minor_units(typed, places) == meant


@given(st.integers(0, 10**12), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_what_stands_in_the_field_is_read_as_the_same(amount, currency):
    field = AmountField(currency=currency, required=False)
    assert field.clean(field.prepare_value(amount)) == amount
    assert field.clean(typed_amount(amount, currency)) == amount


def test_an_amount_typed_for_somebody_is_short_and_exact():
    amounts = ((5000, "EUR"), (1234567, "EUR"), (100000000, "JPY"), (1250, "KWD"))
    assert [typed_amount(*each) for each in amounts] == ["50", "12345.67", "100000000", "1.250"]


@pytest.mark.parametrize("typed", ["much", "1e3", "10000000000000000"])
def test_what_is_no_amount_is_said_so(typed):
    with pytest.raises(ValidationError):
        AmountField(currency="EUR").clean(typed)


@pytest.mark.parametrize("typed", ["EUR 42", " 42 ", "4'200", "4 200"])
def test_spaces_marks_and_the_currency_are_no_harm(typed):
    assert AmountField(currency="EUR").clean(typed) in {4200, 420000}


@pytest.mark.parametrize("typed", ["¥1,500", "1,500 JPY", "1 500"])
def test_a_sign_beside_an_amount_is_no_mistake(typed):
    assert AmountField(currency="JPY").clean(typed) == 1500
