"""What somebody types comes out as words: in a table, in a name, in a search."""

import csv
import io

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.app.complaint_parts import opened
from tests.app.made_complaints import made_complaint

from remit.complaints.actions.customers import CustomerWords
from remit.complaints.queries.customers import suggested_customers
from remit.complaints.queries.exporting import harmless
from remit.core.tables import as_csv

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets begin a formula with, the wide forms of Asian keyboards among them (OWASP)."""


@given(
    st.sampled_from(FORMULAS),
    st.text(max_size=40),
    st.sampled_from(["", " ", "\u00a0", "\ufeff", "\u200b", "\x00"]),
)
def test_no_cell_is_a_formula(sign, rest, before):
    cell = harmless(f"{before}{sign}{rest}")
    assert cell.startswith("'")
    (header, row) = csv.reader(
        io.StringIO(b"".join(as_csv("x.csv", ["a"], [[cell]])).decode("utf-8-sig"), newline="")
    )
    assert (header, row) == (["a"], [cell])


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_words_stay_as_they_are(text):
    assert harmless(text) == text


@pytest.mark.parametrize("typed", ["%", "_", "%%%", "___", "\\", "a%", "J%r"])
def test_signs_of_a_search_are_letters_like_others(house, typed):
    opened(house, customer=CustomerWords(name="Jo Miller", email="jo@example.org"))
    assert list(suggested_customers(house.ana, typed)) == []


def test_a_name_that_turns_the_line_around_stays_in_its_own_place(house, signed_in):
    """Each word that somebody typed stands in an element that keeps its direction to itself."""
    turning = "Jo \u202ereversed"
    with translation.override("en"):
        complaint = made_complaint(house, title=turning, category="late", paid=100)
    page = signed_in(house.ana).get(f"/complaints/{complaint.number}/").content.decode()
    assert f'dir="auto">{turning}' in page
