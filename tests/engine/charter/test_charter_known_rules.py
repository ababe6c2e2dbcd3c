"""A rule that was read before says what it said, with its remarks where it stands now."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.charter.example_charters import EXAMPLE
from tests.engine.charter.made_charters import charters

from remit_engine.charter.findings import CharterError
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.writing import write_charter

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
REMARKED = """\
  - id: nothing-for-the-rude
    at_most: never
    why: A line without who takes over.
"""


def read(text):
    """What a text says, or what is wrong with it."""
    try:
        found = read_charter_text(text)
    except CharterError as error:
        return error.findings
    return found.charter, found.findings, found.lines


def as_a_whole(text):
    """The same, read without cutting: a text whose last line is open isn't cut into rules."""
    return read(text.removesuffix("\n"))


@SLOW
@given(charters(), st.lists(st.integers(0, 60), min_size=1, max_size=3))
def test_what_was_read_before_is_read_alike_further_down(charter, places):
    text = write_charter(charter)
    for place in places:
        lines = text.splitlines(keepends=True)
        lines.insert(min(place, len(lines)), "# A remark.\n")
        text = "".join(lines)
        assert read(text) == as_a_whole(text)


def test_a_remark_on_a_rule_moves_with_its_line():
    text = EXAMPLE.replace("guardrails:\n", f"guardrails:\n{REMARKED}")
    _, first, _ = read(text)
    assert "hand-to-owner" in [each.code for each in first]
    _, moved, _ = read(f"# One line.\n# Another.\n{text}")
    assert moved == tuple(
        replace(each, place=replace(each.place, line=each.place.line + 2)) for each in first
    )


def test_the_same_words_under_another_currency_are_another_rule():
    in_euro = read(EXAMPLE)[0]
    in_yen = read(EXAMPLE.replace("EUR", "JPY"))[0]
    assert in_yen.grants[0].upto * 100 == in_euro.grants[0].upto
