"""Words of times and amounts, and where the navigation leads."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.staticfiles import finders
from django.template import TemplateSyntaxError, engines
from hypothesis import given
from hypothesis import strategies as st
from tests.app.gallery.shown import show_gallery

from remit.config.ways import ways_from
from remit.core import clock
from remit.core.times import ago_in_words, due_in_words, wall_clock

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
BERLIN = SimpleNamespace(zone=ZoneInfo("Europe/Berlin"))


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON):
        yield


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "just now"),
        (12, "12 min ago"),
        (59, "59 min ago"),
        (60, "1 h ago"),
        (47 * 60, "47 h ago"),
        (48 * 60, "2 days ago"),
        (60 * 1440, "2 months ago"),
        (800 * 1440, "2 years ago"),
        (-5, "in 5 min"),
    ],
)
def test_how_long_ago(minutes, words):
    assert ago_in_words(NOON - timedelta(minutes=minutes)) == (words, "")


@pytest.mark.parametrize(
    ("minutes", "words", "kind"),
    [
        (48, "in 48 min", "due"),
        (15, "in 15 min", "due near"),
        (0, "due now", "due near"),
        (-0.5, "due now", "due late"),
        (-5, "5 min late", "due late"),
        (-200, "3 h late", "due late"),
    ],
)
def test_until_when(minutes, words, kind):
    assert due_in_words(NOON + timedelta(minutes=minutes)) == (words, kind)


def test_a_moment_on_the_wall_of_a_team():
    assert wall_clock(NOON, BERLIN) == "Mon 23 Nov, 12:00"
    assert wall_clock(NOON, None) == "Mon 23 Nov, 11:00 UTC"
    assert wall_clock(NOON - timedelta(days=365), BERLIN) == "Sun 23 Nov 2025, 12:00"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)))
def test_every_moment_has_words(moment):
    with clock.at(NOON):
        assert ago_in_words(moment)[0]
        assert due_in_words(moment)[0]


def drawn(text, **values):
    return engines["django"].from_string(text).render(values)


def test_tags_of_times():
    text = drawn(
        "{% ago moment team %}|{% moment_in moment team %}|{% due moment %}|{% ago nothing %}",
        moment=NOON,
        team=BERLIN,
    )
    ago, moment, due, nothing = text.split("|")
    assert ago == (
        '<time datetime="2026-11-23T11:00:00+00:00" title="Mon 23 Nov, 12:00" class="num">just now</time>'
    )
    assert "Mon 23 Nov, 12:00</time>" in moment
    assert 'class="num due near"' in due
    assert nothing == "–"


def test_filters_of_words():
    assert (
        drawn("{{ 4250|money:'EUR' }} {{ 125000|figure:'EUR' }} {{ nothing|money:'EUR' }}", nothing=None)
        == "EUR\N{NO-BREAK SPACE}42.50 1,250.00 –"
    )
    assert drawn("{{ 4250|figure:'JPY' }} {{ 4250|figure:'KWD' }}") == "4,250 4.250"
    together = "{{ 'We give you EUR 42 back, at GATE 7.'|kept_together }}"
    assert drawn(together) == "We give you EUR\N{NO-BREAK SPACE}42 back, at GATE 7."
    assert drawn("{{ 'Ana Ruiz'|initials }}{{ 'mia'|initials }}{{ ''|initials }}") == "ARM"


@pytest.mark.parametrize("name", ["money", "figure"])
def test_no_amount_is_drawn_without_knowing_its_currency(name):
    with pytest.raises(TemplateSyntaxError):
        drawn("{{ 4250|" + name + " }}")


def test_a_tag_without_its_values_draws_what_it_can():
    text = drawn("{% ladder rungs 'EUR' at=nothing start=nothing %}", rungs=[("decide", 5000), ("ask", None)])
    assert "decide up to 50, ask above." in text


def test_the_navigation_marks_the_one_nearest_entry(settings):
    show_gallery(settings)
    found = {each["way"].words: each for each in ways_from("/nowhere/")}
    assert not any(each["current"] for each in found.values())
    for words, each in found.items():
        here = [one["way"].words for one in ways_from(each["address"]) if one["current"] == "page"]
        assert here == [words]
        below = [one["way"].words for one in ways_from(f"{each['address']}below/") if one["current"]]
        assert below == [words] or each["address"] == "/"


def test_a_page_that_lies_elsewhere_belongs_to_its_entry(settings):
    show_gallery(settings)
    marked = [
        each["way"].words for each in ways_from("/teams/harbour/people/", "people:team") if each["current"]
    ]
    assert marked == ["People"]


def test_every_file_that_the_frame_names_is_there(house, signed_in, settings):
    show_gallery(settings)
    text = signed_in(house.ana).get("/gallery/").content.decode()
    files = {part.split('"')[0] for part in text.split('"/static/')[1:]}
    assert {"css/remit.css", "css/parts.css", "fonts/inter.woff2", "vendor/htmx.min.js"} <= files
    assert [file for file in files if finders.find(file) is None] == []


def test_every_font_that_a_sheet_names_is_there():
    text = Path(finders.find("css/remit.css")).read_text(encoding="utf-8")
    named = {part.split('"')[0] for part in text.split('url("../')[1:]}
    assert len(named) == 3
    assert [file for file in named if finders.find(file) is None] == []
