"""The terminal: one screen, at every width, without colour, on old consoles."""

import io
import re

import pytest
from any_answers import answers
from hypothesis import HealthCheck, given, settings
from made_answers import HOSTILE, LONG, account, answer, segment, states
from rich.console import Console
from tests.examples import examples

from remit_engine.report import terminal

STATES = states()


def printed(made, *, width=80, encoding="utf-8", colour=False):
    """What a console of that kind receives."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="")
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        legacy_windows=False,
    )
    terminal(made, account(), console=console)
    file.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("state", STATES)
def test_no_line_is_wider_than_the_console(state, width):
    lines = printed(STATES[state], width=width).splitlines()
    assert max(len(line) for line in lines) <= width


@pytest.mark.parametrize("state", ["one", "twelve", "sixty", "nothing yet"])
def test_it_fits_on_a_screen(state):
    assert len(printed(STATES[state], width=100).splitlines()) <= 60


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
@pytest.mark.parametrize("state", STATES)
def test_old_consoles_show_it(state, encoding):
    assert "let go" in printed(STATES[state], encoding=encoding).lower() or state == "real work"


def test_it_names_limit_saving_and_promise():
    text = printed(STATES["one"], width=100)
    row = next(line for line in text.splitlines() if "EUR 80" in line)
    assert re.split(r"\s{2,}", row.strip()) == [
        "Refunds where category is late, by members", "EUR 80", "412", "1,371 h", "3", "2.7 %",
    ]  # fmt: skip
    together = " ".join(text.split())
    assert "at most 3 in 100 are requests you would have declined" in together
    assert "right at least 19 times in 20" in together


def test_a_narrow_console_keeps_what_matters():
    text = printed(STATES["one"], width=60)
    assert "EUR 80" in text
    assert "2.7 %" in text
    assert "waiting" not in next(line for line in text.splitlines() if "up to" in line)


def test_colour_adds_nothing_but_colour():
    plain = printed(STATES["twelve"])
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", printed(STATES["twelve"], colour=True))
    assert coloured == plain


def test_it_warns_where_it_must():
    assert "leave declines out?" in " ".join(printed(STATES["no declines"]).split())
    warned = " ".join(printed(STATES["did not hold"]).split())
    assert "it did not hold" in warned
    assert "differ more than luck explains" in warned


def test_it_says_what_was_left_out():
    text = " ".join(printed(STATES["one"]).split())
    assert "4,151 rows read, 4,139 answers kept, 12 left out." in text
    assert "Left out: 5: the row can't be read; 7: not answered yet." in text
    assert "192 approvals were automatic" in text


def test_hostile_words_steer_nothing():
    text = printed(answer(segment(kind=HOSTILE, role=LONG)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[31m" in printed(answer(segment(kind="[red]x[/] [31m", role=None)))


@given(answers())
@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_answer_can_be_printed(made):
    assert printed(made, encoding="cp1252").strip()
