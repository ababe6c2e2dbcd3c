"""Every act has words, and the trail of a subject reads as sentences."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import remit
from remit.core.writing import write
from remit.trail.actions import erase_words, record
from remit.trail.queries import trail_of
from remit.trail.words import known_acts

SOURCES = Path(remit.__file__).parent


def _recorded():
    """The first argument of every `record(…)` in the application: as a pattern, with where it stands."""
    for path in sorted(SOURCES.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "remit.trail.actions import" not in text and path.parent.name != "trail":
            continue
        module = ".".join(("remit", *path.relative_to(SOURCES).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                yield f"{path.relative_to(SOURCES)}:{node.lineno}", _pattern(node.args[0], module)


def _pattern(code, module):
    """A regular expression for what a code may be; None for one that is handed in."""
    if isinstance(code, ast.Constant):
        return re.escape(code.value)
    if isinstance(code, ast.Name):
        value = getattr(import_module(module), code.id, None)
        return re.escape(value) if isinstance(value, str) else None
    if isinstance(code, ast.JoinedStr):
        return "".join(re.escape(p.value) if isinstance(p, ast.Constant) else "[a-z-]+" for p in code.values)
    return None


def test_every_act_has_words():
    recorded = list(_recorded())
    assert recorded
    silent = [
        f"{place} {pattern}"
        for place, pattern in recorded
        if pattern and not any(re.fullmatch(pattern, act) for act in known_acts())
    ]
    assert silent == [], "give them words in ACTS, in the vocabulary.py of their app"


def test_words_stand_after_a_name():
    odd = {
        act: words
        for act, words in known_acts().items()
        if not words or words[0].isupper() or words[-1] == "."
    }
    assert odd == {}


@pytest.fixture
def acts(house, monkeypatch):
    """Some acts on one thing and another."""
    with write():
        record("thing-done", "thing:1", by=house.ana, words="Because.", to="ben")
        record("thing-done", "thing:2", by=house.ben)
        record("words-erased", "thing:1", by=None)
    return house


def test_the_trail_of_a_subject_is_read_newest_first(acts, django_assert_num_queries):
    with django_assert_num_queries(1):
        lines = trail_of("thing:1")
    assert [line.sentence for line in lines] == [
        "Remit erased personal words from the record",
        "Ana Ruiz thing done",
    ]
    assert (lines[1].words, lines[1].is_erased, lines[1].data) == ("Because.", False, {"to": "ben"})


def test_what_belongs_to_it_is_read_with_it(acts):
    assert [line.number for line in trail_of("thing:1", "thing:2")] == [3, 2, 1]


def test_a_long_trail_is_read_in_pages(acts):
    first = trail_of("thing:1", "thing:2", most=2)
    assert [line.number for line in trail_of("thing:1", "thing:2", before=first[-1].number)] == [1]


def test_erased_words_say_so(acts):
    erase_words("thing:1", by=acts.mia)
    line = trail_of("thing:1")[-1]
    assert (line.words, line.is_erased) == ("", True)


def test_nothing_was_done_to_what_is_not_there(house):
    assert trail_of("thing:404") == []
