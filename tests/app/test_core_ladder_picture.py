"""The picture of a ladder: what it says, that its words keep apart, and that they can be read."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.app.page_checks import problems_of

import remit
from remit.core.ladder_picture import ladder_picture
from remit_engine.charter.ladder import Ladder, Rung
from remit_engine.charter.levels import FROM_THE_TOP, Level
from remit_engine.charter.on_a_line import largest_end, place_of, rung_ends
from remit_engine.report.chart import svg

pytestmark = pytest.mark.once

SHEETS = Path(remit.__file__).parent / "static" / "css"
USUAL = [("decide", 5000), ("inform", 8000), ("propose", 20000), ("ask", None)]
SMALLEST_CONTRAST = 4.5
AMOUNTS = st.integers(0, 10**9)


@st.composite
def ladders(draw):
    levels = sorted(draw(st.sets(st.sampled_from(FROM_THE_TOP), min_size=1)), reverse=True)
    ends = sorted(draw(st.sets(AMOUNTS, min_size=len(levels) - 1, max_size=len(levels) - 1)))
    return [(level.word, end) for level, end in zip(levels, [*ends, None], strict=True)]


def drawings(picture):
    return etree.fromstring(str(picture)).findall(".//svg")


def as_ladder(rungs, start=0):
    return Ladder(start, tuple(Rung(Level[word.upper()], end, (), ()) for word, end in rungs))


def test_it_says_the_whole_ladder_in_words():
    narrow, wide = drawings(ladder_picture(USUAL, "EUR", start=1200, at=4200))
    for drawing in (narrow, wide):
        assert drawing.get("role") == "img"
        assert drawing.findtext("desc") == (
            "decide up to 50, inform up to 80, propose up to 200, ask above. "
            "Given already: 12. At 42: decide."
        )


def test_a_ladder_of_the_engine_is_drawn_as_it_is():
    assert ladder_picture(as_ladder(USUAL, 1200), "EUR") == ladder_picture(USUAL, "EUR", start=1200)


def test_for_a_list_there_is_only_the_narrow_drawing():
    assert len(drawings(ladder_picture(USUAL, "EUR", compact=True))) == 1


@given(ladders(), st.none() | AMOUNTS, AMOUNTS, st.booleans())
def test_any_ladder_can_be_drawn_and_its_words_keep_apart(rungs, at, start, compact):
    picture = ladder_picture(rungs, "EUR", start=start, at=at, compact=compact)
    assert problems_of(f"<div>{picture}</div>") == []
    for drawing in drawings(picture):
        width = float(drawing.get("viewBox").split()[2])
        rows = {}
        for text in drawing.iter("text"):
            wide = svg.width_of(text.text, 12)
            left = float(text.get("x")) - (wide / 2 if text.get("text-anchor") == "middle" else 0)
            assert left >= -0.1
            assert left + wide <= width + 0.1
            rows.setdefault(text.get("y"), []).append((left, left + wide))
        for row in rows.values():
            for one, other in itertools.pairwise(sorted(row)):
                assert one[1] <= other[0] + 0.1


@given(ladders(), st.lists(AMOUNTS, min_size=2))
def test_larger_amounts_stand_further_right_and_within_their_rung(rungs, amounts):
    ladder = as_ladder(rungs)
    ends = rung_ends(ladder, largest_end(ladder), length=320, narrowest=36, last=64)
    places = [place_of(ladder, ends, amount) for amount in sorted(amounts)]
    assert places == sorted(places)
    for amount, place in zip(sorted(amounts), places, strict=True):
        number = ladder.rungs.index(ladder.rung_at(amount))
        assert (ends[number - 1] if number else 0) - 1e-6 <= place <= ends[number] + 1e-6


@given(ladders(), AMOUNTS)
def test_the_mark_is_seen_on_the_rung_of_its_amount(rungs, at):
    for drawing in drawings(ladder_picture(rungs, "EUR", at=at)):
        steps = [each for each in drawing.iter("rect") if each.get("class").startswith("step")]
        (mark,) = [each for each in drawing.iter("rect") if each.get("class") == "at-line"]
        middle = float(mark.get("x")) + float(mark.get("width")) / 2
        (on,) = [
            each.get("class").split()[1]
            for each in steps
            if float(each.get("x")) <= middle <= float(each.get("x")) + float(each.get("width"))
        ]
        assert on == as_ladder(rungs).level_at(at).word


def tokens():
    """Every colour of the style sheet by name: in light and in dark."""
    text = (SHEETS / "remit.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", text)
    return {name: colours for name, *colours in found}


def brightness(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    bright, dim = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_has_contrast(scheme):
    known = tokens()
    grounds = ("paper", "card", "sunk")
    pairs = [
        *((level.word, f"{level.word}-bg") for level in Level),
        *itertools.product(
            ("ink", "ink-2", "ink-3", "accent", "bad", *(level.word for level in Level)), grounds
        ),
        ("accent-ink", "accent"),
        ("accent-ink", "accent-deep"),
        ("bad", "bad-bg"),
        *itertools.product(("ink",), (name for name in known if name.endswith("-bg"))),
    ]
    poor = {
        pair: round(found, 2)
        for pair in pairs
        if (found := contrast(known[pair[0]][scheme], known[pair[1]][scheme])) < SMALLEST_CONTRAST
    }
    assert poor == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_edges_of_controls_can_be_seen(scheme):
    known = tokens()
    assert all(contrast(known["edge"][scheme], known[ground][scheme]) >= 3 for ground in ("paper", "card"))


def test_the_drawing_takes_its_colours_from_the_sheet():
    text = (SHEETS / "parts.css").read_text(encoding="utf-8")
    for level in Level:
        assert f".chart.ladder .step.{level.word} {{ fill: var(--{level.word}-bg); }}" in text
        assert f".chart.ladder text.{level.word} {{ fill: var(--{level.word}); }}" in text
