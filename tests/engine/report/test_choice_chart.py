"""The picture of a limit's choice: what it draws, says to who can't see it, and leaves to the style sheet."""

import re

import pytest
from lxml import etree

from remit_engine.evidence.what_if.values import Choice, ChoicePoint
from remit_engine.report.chart.choice import at_limit, choice_chart, described

POINTS = (
    ChoicePoint(limit=5000, avoided=0, added=4, amount=0, declined=0, rate_at_most=1.0),
    ChoicePoint(limit=8000, avoided=120, added=0, amount=800_000, declined=2, rate_at_most=0.06),
    ChoicePoint(limit=20_000, avoided=150, added=0, amount=1_200_000, declined=9, rate_at_most=0.12),
)
CHOICE = Choice(grant="on-the-spot", before=5000, after=8000, points=POINTS)


def _drawn(choice, width):
    return etree.fromstring(choice_chart(choice, "EUR", width=width))


@pytest.mark.parametrize("width", [340.0, 720.0])
def test_everything_lies_inside_the_picture(width):
    drawn = _drawn(CHOICE, width)
    _, _, wide, high = (float(each) for each in drawn.get("viewBox").split())
    assert wide == width
    for path in drawn.iter("path"):
        numbers = [float(each) for each in re.findall(r"-?[0-9.]+", path.get("d"))]
        assert all(0 <= x <= wide for x in numbers[::2])
        assert all(0 <= y <= high for y in numbers[1::2])
    for text in drawn.iter("text"):
        assert 0 <= float(text.get("x")) <= wide
        assert 0 <= float(text.get("y")) <= high


def test_it_draws_what_is_saved_what_is_added_and_what_is_risked():
    drawn = _drawn(CHOICE, 720.0)
    assert [path.get("class") for path in drawn.iter("path")] == ["added", "saved", "risked"]
    words = [text.text for text in drawn.iter("text")]
    assert {"today EUR 50", "looked at EUR 80", "questions avoided", "questions more"} <= set(words)
    assert not [each for each in drawn.iter() if each.get("style")]


def test_where_nothing_is_added_nothing_is_said_of_it():
    points = tuple(point for point in POINTS if not point.added)
    drawn = _drawn(Choice("on-the-spot", None, 8000, points), 720.0)
    assert [path.get("class") for path in drawn.iter("path")] == ["saved", "risked"]
    assert "questions more" not in [text.text for text in drawn.iter("text")]


def test_a_single_limit_is_a_dot_and_none_is_nothing():
    drawn = _drawn(Choice("on-the-spot", 5000, 8000, POINTS[1:2]), 340.0)
    assert [dot.get("class") for dot in drawn.iter("circle")] == ["dot saved", "dot risked"]
    assert choice_chart(Choice("on-the-spot", 5000, 8000, ()), "EUR", width=340.0) == ""


def test_who_cannot_see_it_is_told_the_same():
    assert described(CHOICE, "EUR") == (
        "By limit; today EUR 50: 0 questions avoided, 4 questions more, 0 let through though not approved; "
        "looked at EUR 80: 120 questions avoided, 2 let through though not approved; up to EUR 200: "
        "150 questions avoided, 9 let through though not approved."
    )
    assert at_limit(POINTS, 4000) is None
    assert at_limit(POINTS, 9000) is POINTS[1]
