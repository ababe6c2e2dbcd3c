"""Sources stay readable: each file says what it is for, and neither files nor functions grow a long tail."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from repository import files, named, sources

LINES_OF_A_FILE = 450
LINES_OF_A_FUNCTION = 70
TEXTS = {".py", ".md", ".toml", ".css", ".js", ".html", ".jinja", ".yaml", ".yml", ""}

# Spelled in halves, or this file would be its own first finding.
MARKS = ["".join(halves) for halves in [("TO", "DO"), ("FIX", "ME"), ("XX", "X")]]
UNOWNED = re.compile(rf"\b(?:{'|'.join(MARKS)})\b(?!\([\w .@-]+\))")


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a file with its length in lines, docstring included."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (
                f"{named(path)}:{node.lineno} {node.name}",
                (node.end_lineno or node.lineno) - node.lineno + 1,
            )


def test_every_source_says_what_it_is_for():
    silent = [named(path) for path in sources() if not ast.get_docstring(ast.parse(path.read_bytes()))]
    assert silent == []


def test_no_source_is_too_long_to_read():
    lengths = {named(path): len(path.read_bytes().splitlines()) for path in sources()}
    assert {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_FILE} == {}


def test_no_function_is_too_long_to_read():
    lengths = dict(length for path in sources() for length in _functions(path))
    assert lengths, "no function was found: the check looks in the wrong place"
    assert {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_FUNCTION} == {}


def test_what_is_left_to_do_has_an_owner():
    """As in `# NAME(ana): why`; whatever nobody owns is an issue, or nothing."""
    found = [
        f"{named(path)}:{number} {line.strip()}"
        for path in files()
        if path.suffix in TEXTS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNOWNED.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_needs_an_owner(mark):
    assert UNOWNED.search(f"# {mark}: later")
    assert not UNOWNED.search(f"# {mark}(ana): when 3.12 is the oldest Python")
