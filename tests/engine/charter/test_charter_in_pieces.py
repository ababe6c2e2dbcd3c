"""A tree put together out of the trees of rules is the tree of the whole, wherever each value stands."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.engine.charter.example_charters import EXAMPLE
from tests.engine.charter.made_charters import charters

from remit_engine.charter.reading.in_pieces import _cut, _tree_of, tree_in_pieces
from remit_engine.charter.reading.nodes import Map, Row, tree
from remit_engine.charter.reading.unreadable import Unreadable
from remit_engine.charter.writing import write_charter

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
LINES = [
    "grants:",
    "guardrails:  # of ours",
    "allowances:",
    "grants: []",
    "  - id: a",
    "  - {id: b, why: c}",
    "- id: d",
    "    why: e",
    "    why: 'f",
    "    g'",
    "    who: {role: lead}",
    "      - h",
    "    why: >-",
    "      text - here",
    "  # remark",
    "",
    "charter: x",
    "why: |",
    "  - no rule",
    "    when: &a {b: c}",
    "    when: *a",
    "---",
    "%YAML 1.2",
    "  -",
    "    why:",
    "    - id: i",
    "\t",
    "'quoted",
    "grants:  # '",
]


def flat(node, depth=0):
    """A tree as lines that can be compared."""
    if node is None:
        return []
    line = [depth, type(node).__name__, node.line, node.column, node.start, node.end, node.size, node.height]
    if isinstance(node, Row):
        return [[*line, node.is_flow], *(each for item in node.items for each in flat(item, depth + 1))]
    if isinstance(node, Map):
        inner = [each for pair in node.entries for one in pair for each in flat(one, depth + 1)]
        return [[*line, node.is_flow], *inner]
    return [[*line, node.text, node.is_plain]]


def read_by(reader, text):
    try:
        return flat(reader(text))
    except Unreadable as error:
        return [error.code, error.wrong, error.line, error.column]


def assert_the_same(text):
    tree_in_pieces.cache_clear()
    assert read_by(tree_in_pieces, text) == read_by(tree, text)


@SLOW
@given(charters())
def test_a_written_charter(charter):
    assert_the_same(write_charter(charter))


@SLOW
@given(st.lists(st.sampled_from(LINES), max_size=14))
@example(["grants:", "  - id: a", "    why: 'f", "  - id: a", "    g'", "  - id: a"])
@example(["why: 'f", "grants:", "  - id: a", "'quoted", "  - id: a"])
@example(["grants:", "  - id: a", "    why: >-", "      text - here", "", "  # remark", "  - id: a"])
def test_lines_of_any_kind(lines):
    assert_the_same("\n".join([*lines, ""]))


@SLOW
@given(st.data())
def test_a_charter_with_a_line_more_or_less(data):
    lines = EXAMPLE.splitlines()
    place = data.draw(st.integers(0, len(lines)))
    del lines[place : place + data.draw(st.integers(0, 2))]
    lines[place:place] = data.draw(st.lists(st.sampled_from(LINES), max_size=2))
    assert_the_same("\n".join([*lines, ""]))


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# end", "\n  # end\n"], ids=range(5))
@pytest.mark.parametrize("start", ["", "\ufeff", "# begin\n\n", "\r\n"], ids=range(4))
def test_begin_and_end(start, end):
    assert_the_same(start + EXAMPLE.rstrip("\n") + end)


def test_what_stayed_is_not_read_again():
    pieces = _cut(EXAMPLE)
    assert "".join(each.text for each in pieces) == EXAMPLE
    assert all(b.start == a.start + len(a.text) for a, b in pairwise(pieces))
    tree_in_pieces.cache_clear()
    tree_in_pieces(EXAMPLE)
    before = _tree_of.cache_info().misses
    tree_in_pieces(EXAMPLE.replace("upto: 50", "upto: 61.07"))
    assert _tree_of.cache_info().misses == before + 1
