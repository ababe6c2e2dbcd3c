"""Charts: round ticks that keep apart at every size of amount, lines that stay inside their panels."""

import re
from itertools import pairwise

import pytest
from any_answers import segments
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from made_answers import segment, states
from tests.examples import examples

from remit_engine.report.chart import scale
from remit_engine.report.chart.bands import bands
from remit_engine.report.chart.curve import curve, inside
from remit_engine.report.chart.ladder import ladder
from remit_engine.report.chart.svg import tag, width_of

RELAXED = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
STATES = states()


@given(st.floats(0.01, 1e15), st.floats(1, 1e9), st.floats(1, 1e5), st.floats(60, 900))
@RELAXED
def test_ticks_are_inside_and_keep_apart(smallest, times, more, width):
    middle, largest = smallest * times, smallest * times * more
    made = scale.amounts(smallest, middle, largest, 0, width)
    found = scale.ticks(made, 12)
    assert found
    for place, words in found:
        assert -0.01 <= place <= width + 0.01
        assert words
    for (before, first), (after, second) in pairwise(found):
        assert before + width_of(first) / 2 < after - width_of(second) / 2


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((5, 60, 150), ["0", "25", "50", "75", "100", "125", "150"]),
        ((5, 300, 100_000), ["10", "30", "100", "300", "1,000", "3,000", "10,000", "30,000", "100,000"]),
        ((0.2, 0.5, 1), ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ((1e6, 2e9, 4e9), ["0", "1 bn", "2 bn", "3 bn", "4 bn"]),
    ],
)
def test_ticks_are_round(amounts, words):
    assert [text for _, text in scale.ticks(scale.amounts(*amounts, 0, 480), 12)] == words


@given(st.lists(st.floats(0, 1e9), min_size=2, max_size=9, unique=True).map(sorted))
def test_a_scale_keeps_the_order_of_amounts(amounts):
    made = scale.amounts(amounts[0], amounts[len(amounts) // 2], amounts[-1], 10, 500)
    places = [made.at(amount) for amount in amounts]
    assert places == sorted(places)
    assert 10 <= places[0] <= places[-1] <= 500.001


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(0.05, 0.95))
def test_a_line_is_cut_where_it_leaves_its_panel(values, highest):
    points = [(float(place), value) for place, value in enumerate(values)]
    stretches = inside(points, highest)
    kept = [point for stretch in stretches for point in stretch]
    assert all(y <= highest + 1e-9 for _, y in kept)
    assert {point for point in points if point[1] <= highest} <= set(kept)


@given(segments(), st.sampled_from([340, 640]))
@RELAXED
def test_any_segment_can_be_drawn_inside_its_frame(part, width):
    for drawing in (
        curve(part, 0.03, "EUR", width=width),
        bands(part, 0.03, "EUR", width=width),
        ladder(part, "EUR", proposed=False),
        ladder(part, "EUR", proposed=True),
    ):
        if not drawing:
            continue
        tree = etree.fromstring(str(drawing))
        _, _, wide, high = (float(side) for side in tree.get("viewBox").split())
        for path in tree.iter("path"):
            if path.get("transform") is None:
                places = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d"))]
                assert all(-0.1 <= x <= wide + 0.1 for x in places[::2])
                assert all(-0.1 <= y <= high + 0.1 for y in places[1::2])


@pytest.mark.parametrize(
    "state", ["one", "skewed amounts", "huge amounts", "limit at the small end", "one amount"]
)
def test_the_limit_line_stands_where_the_region_ends(state):
    tree = etree.fromstring(str(curve(STATES[state].segments[0], 0.03, "EUR", width=640)))
    limit = float(tree.find("line[@class='limit']").get("x1"))
    for region in tree.findall("rect[@class='region']"):
        assert float(region.get("x")) + float(region.get("width")) == pytest.approx(limit, abs=0.11)


def test_a_ladder_rises_to_the_limit_and_asks_beyond():
    words = [
        text.text for text in etree.fromstring(str(ladder(segment(), "EUR", proposed=True))).iter("text")
    ]
    assert words[:3] == ["decide", "ask", "80"]
    today = [
        text.text for text in etree.fromstring(str(ladder(segment(), "EUR", proposed=False))).iter("text")
    ]
    assert "decide" not in today


def test_what_nobody_asked_for_is_shown_as_unknown():
    part = segment(amounts=[10_000 + 500 * step for step in range(1, 31)], limit=12_000)
    assert ">not asked<" in ladder(part, "EUR", proposed=False)


def test_colour_never_stands_alone():
    drawing = curve(segment(), 0.03, "EUR", width=640)
    kinds = {element.get("class") for element in etree.fromstring(str(drawing)).iter("path", "line")}
    assert {"avoided", "risked", "here", "tolerance", "limit"} <= kinds
    assert "questions avoided" in drawing
    assert "declined at most" in drawing


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_words_are_escaped(words):
    made = etree.fromstring(str(tag("text", words, class_=words)))
    assert (made.text or "") == words
    assert made.get("class") == words
