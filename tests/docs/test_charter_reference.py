"""The page of the charter is complete: what the reader knows, and what it refuses, stands there."""

import ast
import re

import pytest
from pages import DOCS, ROOT

from remit_engine import limits
from remit_engine.charter.builtin import BUILT_IN_IDS
from remit_engine.charter.facts import KINDS_OF_REMEDY, RESERVED, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import MOST_ROLLING_DAYS
from remit_engine.charter.reading.rules import ALLOWANCE_FIELDS, GRANT_FIELDS, GUARDRAIL_FIELDS
from remit_engine.charter.reading.whole import SECTIONS

PAGE = (DOCS / "reference" / "charter.md").read_text(encoding="utf-8")
READING = ROOT / "src" / "remit_engine" / "charter" / "reading"
KEYS = {*SECTIONS, *GRANT_FIELDS, *GUARDRAIL_FIELDS, *ALLOWANCE_FIELDS}
WORDS = {*RESERVED, *BUILT_IN_IDS, *(unit.value for unit in Unit), *(level.word for level in Level)}
MADE = {"unknown-role", "unknown-kind", "unknown-step", "too-many-facts", "too-many-steps"}
"""Codes that are put together from a noun."""
SINGLE = {"circle", "directive", "empty", "misplaced", "negative", "redeclared", "tag", "twice"}
"""Codes of one word, which can't be told from other words."""
NO_CODES = {"utf-8", "utf-8-sig", "a-short-name", *BUILT_IN_IDS}


def codes() -> set[str]:
    """Every code that the reader gives: the words joined by dashes in what it passes on."""
    calls = [
        node
        for path in READING.glob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call)
    ]
    said = {argument.value for call in calls for argument in call.args if isinstance(argument, ast.Constant)}
    dashed = {word for word in said if isinstance(word, str) and re.fullmatch("[a-z]+(-[a-z0-9]+)+", word)}
    return (dashed - NO_CODES) | MADE | SINGLE


@pytest.mark.parametrize("word", sorted(KEYS | WORDS))
def test_every_key_and_word_is_told(word):
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize("kind", KINDS_OF_REMEDY)
def test_every_kind_is_told(kind):
    assert kind in PAGE


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_mistake_is_told(code):
    assert f"`{code}`" in PAGE


def test_mistakes_are_found_in_the_reader():
    assert {"not-a-number", "unknown-level", "unknown-if-missing", "hand-to-owner", "not-yaml"} <= codes()


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.startswith("CHARTER_")])
def test_every_limit_is_told(name):
    assert f"{getattr(limits, name):,}" in PAGE


def test_the_longest_window_is_told():
    assert f"{MOST_ROLLING_DAYS:,} days" in PAGE
