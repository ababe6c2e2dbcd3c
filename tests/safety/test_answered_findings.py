"""What bandit found and was answered: each answer names what it answers, and has a reason."""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src"
ANSWER = re.compile(r"#\s*nosec\b(?P<said>[^#\n]*)(?P<after>[^\n]*)")


def answered():
    """Each answered line: where it stands, and its text."""
    for file in sorted(SOURCES.rglob("*.py")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if ANSWER.search(line):
                yield pytest.param(line, id=f"{file.relative_to(SOURCES)}:{number}")


@pytest.mark.parametrize("line", list(answered()))
def test_it_names_what_it_answers_and_why(line):
    answer = ANSWER.search(line)
    assert re.fullmatch(r"\s*B\d{3}(, B\d{3})*\s*", answer["said"]), "the finding is named, and nothing else"
    reason = re.search(r"noqa[^#]*\((.+?)\)", line) or re.match(r"#\s*(.+)", answer["after"])
    assert reason, "a reason stands in brackets, or behind it"
    assert len(reason[1].split()) > 1
