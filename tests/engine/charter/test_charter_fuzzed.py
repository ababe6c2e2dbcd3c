"""A wrong charter never raises authority, and nothing but a told mistake comes out of any text."""

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.charter.example_charters import EXAMPLE
from tests.engine.charter.made_charters import charters

from remit_engine.charter.findings import CharterError
from remit_engine.charter.reading import read_charter, read_charter_text
from remit_engine.charter.writing import write_charter

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
JUNK = (
    *("[", "]", "{", "}", ":", ": ", "-", "- ", "'", '"', "&a ", "*a", "!!x ", "|", ">", "%", "@", "#", " #"),
    *(
        "\t",
        "\n",
        "\r",
        "\0",
        "\x85",
        "\u2028",
        "\ufeff",
        "?",
        ",",
        "<<: ",
        "null",
        "~",
        "-1",
        "1e9",
        "true",
        "no",
    ),
    *(
        "never",
        "decide",
        "other",
        "upto: 9",
        "level: decide",
        "  ",
        "---\n",
        "...\n",
        "é",
        "\\",
        "0",
        "9" * 30,
    ),
    "%YAML 1.1\n---\n",
)


def refused_or_read(text):
    """The charter of a text, or None when it is refused with places."""
    try:
        return read_charter_text(text).charter
    except CharterError as error:
        findings = error.findings
    assert findings
    for finding in findings:
        assert 1 <= finding.place.line <= text.count("\n") + text.count("\r") + 2
        assert finding.place.column >= 1
        assert finding.wrong.endswith(".")
        assert finding.next_step.endswith((".", "?", '"'))
    return None


def check(text):
    charter = refused_or_read(text)
    if charter is not None:
        assert read_charter_text(write_charter(charter)).charter == charter


def mutated(text, chance):
    """The text with something about it changed."""
    lines = text.split("\n")
    kind = chance.randrange(8)
    place = chance.randrange(len(lines))
    if kind == 0:
        del lines[place]
    elif kind == 1:
        lines.insert(chance.randrange(len(lines)), lines[place])
    elif kind == 2:
        lines[place] = " " * chance.randrange(6) + lines[place].strip()
    elif kind == 3:
        words = re.split(r"(\W+)", lines[place])
        one, other = chance.randrange(len(words)), chance.randrange(len(words))
        words[one], words[other] = words[other], words[one]
        lines[place] = "".join(words)
    elif kind == 4:
        lines[place] = re.sub(
            r"\d+", lambda found: str(chance.choice((0, 1, -5, 10**20, "1.5", found[0] + "0"))), lines[place]
        )
    elif kind == 5:
        spot = chance.randrange(len(lines[place]) + 1)
        lines[place] = lines[place][:spot] + chance.choice(JUNK) + lines[place][spot:]
    elif kind == 6:
        spot = chance.randrange(len(lines[place]) + 1)
        lines[place] = lines[place][:spot] + lines[place][spot + 1 + chance.randrange(4) :]
    else:
        other = chance.randrange(len(lines))
        lines[place], lines[other] = lines[other], lines[place]
    return "\n".join(lines)


@SLOW
@given(charters(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_a_changed_document_is_refused_or_says_what_it_says(charter, chance, times):
    text = write_charter(charter)
    for _ in range(times):
        text = mutated(text, chance)
    check(text)


@pytest.mark.parametrize("seed", range(40))
def test_a_changed_example_is_refused_or_says_what_it_says(seed):
    chance = random.Random(seed)  # noqa: S311 -- a seed makes it the same every time
    for _ in range(10):
        text = EXAMPLE
        for _ in range(chance.randrange(1, 4)):
            text = mutated(text, chance)
        check(text)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(1_000, 1_100))
def test_many_changed_examples(seed):
    chance = random.Random(seed)  # noqa: S311 -- a seed makes it the same every time
    for _ in range(100):
        text = EXAMPLE
        for _ in range(chance.randrange(1, 6)):
            text = mutated(text, chance)
        check(text)


@SLOW
@given(
    st.lists(
        st.one_of(st.sampled_from(JUNK), st.sampled_from(EXAMPLE.split("\n")).map(lambda line: line + "\n"))
    ).map("".join)
)
def test_any_text_is_read_or_refused(text):
    check(text)


@SLOW
@given(st.text())
def test_text_of_any_characters_is_refused(text):
    assert refused_or_read(text) is None


@settings(SLOW, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.one_of(st.binary(), st.binary().map(lambda held: EXAMPLE.encode() + held)))
def test_any_bytes_are_read_or_refused(tmp_path, held):
    path = tmp_path / "charter.yaml"
    path.write_bytes(held)
    found = ()
    try:
        read_charter(path)
    except CharterError as error:
        found = error.findings
    assert all(each.place.file == str(path) for each in found)
