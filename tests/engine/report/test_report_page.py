"""The page: whole, self-contained, safe against hostile words, and every figure from the values."""

import base64
import hashlib
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from any_answers import answers
from hypothesis import HealthCheck, given, settings
from lxml import etree
from lxml import html as markup
from made_answers import HOSTILE, account, answer, segment, states
from tests.examples import examples

from remit_engine.evidence.letgo.values import Promise, Reason, Verdict
from remit_engine.report import html
from remit_engine.report.words import figures

STATES = states()
NOT_FIGURES = {"key", "error_share", "parent", "kept", "differ", "certified", "working_hours", "working_days"}
"""Names for programs, and flags that choose a sentence."""
SHOWN_ONLY_FOR = {
    "thin_rate_at_most": Reason.TOO_FEW,
    "more_needed": Reason.TOO_FEW,
    "largest_asked": Verdict.LET_GO,
    "curve": Verdict.LET_GO,
}
"""Figures of a segment that are shown only with this reason or verdict."""


def parsed(text):
    return markup.document_fromstring(text.encode(), parser=markup.HTMLParser(encoding="utf-8"))


@pytest.fixture(scope="module", params=STATES)
def page(request):
    return html(STATES[request.param], account())


def test_it_loads_nothing_and_runs_nothing(page):
    tree = parsed(page)
    for element in tree.iter(etree.Element):
        assert element.tag not in {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            if name in {"src", "href", "action", "data"}:
                assert value.startswith("#")
    sheet = tree.findtext(".//style")
    assert all(
        address.startswith('"data:font/woff2;base64,') for address in re.findall(r"url\(([^)]*)\)", sheet)
    )
    assert "@import" not in sheet


def test_its_policy_allows_its_own_style_and_nothing_else(page):
    policy = parsed(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_headings_come_in_order_and_anchors_lead_somewhere(page):
    tree = parsed(page)
    levels = [int(element.tag[1]) for element in tree.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target.removeprefix("#") for target in tree.xpath("//a/@href | //use/@href")} <= set(ids)


def test_charts_are_well_formed_and_described(page):
    for drawing in re.findall(r"<svg viewBox.*?</svg>", page, re.DOTALL):
        if "<use" in drawing:
            continue
        tree = etree.fromstring(drawing)
        assert tree.get("role") == "img"
        assert tree[0].tag == "title"
        assert tree[1].tag == "desc"
        assert all(element.get("class") or element.tag in {"title", "desc"} for element in tree.iter())


def test_hostile_words_stay_words():
    page = html(STATES["hostile"], replace(account(), source=HOSTILE), title=HOSTILE)
    assert "<script" not in page
    text = parsed(page).text_content()
    assert "<script>alert(1)</script>" in text


def test_the_same_answer_gives_the_same_bytes():
    assert html(STATES["twelve"], account()) == html(states()["twelve"], account())


def test_headline_figures_are_those_of_the_values():
    made = STATES["one"]
    tree = parsed(html(made, account()))
    shown = [
        " ".join(element.text_content().split()) for element in tree.xpath("//dl[@class='stats big']//dd")
    ]
    assert [text.replace("\u00a0", " ") for text in shown] == ["about 102", "1,371 h", "at most 2.1 %"]


def test_tables_equal_curves():
    made = STATES["skewed amounts"]
    tree = parsed(html(made, account()))
    rows = tree.xpath("//details[contains(@class, 'data')]//tbody/tr")
    cells = [[cell.text_content().replace("\u00a0", " ") for cell in row] for row in rows]
    part = made.segments[0]
    assert [row[1:4] for row in cells] == [
        [figures.count(point.asked), figures.count(point.declined), figures.share(point.avoided)]
        for point in part.curve
    ]
    assert [row[6] for row in cells] == ["yes" if point.certified else "no" for point in part.curve]
    bars = tree.xpath("//details[summary='Declined by amount']//tbody/tr")
    assert sum(int(row[2].text_content().replace(",", "")) for row in bars) == part.curve[-1].asked


def test_pooled_segments_claim_no_promise_of_their_own():
    made = STATES["pooled"]
    assert made.settings.promise is Promise.POOLED
    text = parsed(html(made, account())).text_content()
    assert "it isn't a promise of its own" in text
    assert "at most 3 %?" not in text


def test_long_lists_fold():
    tree = parsed(html(STATES["sixty"], account()))
    assert len(tree.xpath("//section[@id='let-go']/article")) == 6
    assert len(tree.xpath("//section[@id='let-go']/details")) == 18
    assert tree.xpath("//section[@id='not-yet']//details[@class='more']/summary/text()") == ["12 more"]


def test_no_figure_of_a_person_is_shown():
    made = answer(segment())
    text = parsed(html(made, account())).text_content()
    assert "5 people answered" in text


def leaves(value, path=()):
    """Every plain value inside, with its path of attribute names and places."""
    if is_dataclass(value):
        for part in fields(value):
            yield from leaves(getattr(value, part.name), (*path, part.name))
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from leaves(part, (*path, place))
    elif isinstance(value, int | float | date) and not isinstance(value, bool):
        yield path, value


def changed(value, path, new):
    """The same value with one leaf replaced."""
    if not path:
        return new
    step, *rest = path
    if isinstance(value, tuple):
        return (*value[:step], changed(value[step], rest, new), *value[step + 1 :])
    return replace(value, **{step: changed(getattr(value, step), rest, new)})


def moved(value):
    """Another value, far enough away to be written differently; shares stay shares."""
    if isinstance(value, date):
        return value + timedelta(days=9)
    return value * 0.47 if isinstance(value, float) and 0 < value < 1 else value * 3 + 7


def is_shown(made, path):
    """Is this figure one that the page has to show in this state?"""
    if NOT_FIGURES & set(path) or path[-2:] in {("count_interval", "value"), ("sum_interval", "value")}:
        return False
    if path[0] == "thin":
        return path[-1] in {"asked", "approved", "needed"}
    if path[0] != "segments":
        return True
    part = made.segments[path[1]]
    if path[2] == "smallest_asked":
        return False
    return SHOWN_ONLY_FOR.get(path[2], part.verdict) in {part.reason, part.verdict}


@pytest.mark.parametrize("state", ["one", "no limit seen", "nothing yet", "no segments"])
def test_every_figure_of_the_values_reaches_the_page(state):
    made = STATES[state]
    before = html(made, account())
    figures_of_values = [(path, value) for path, value in leaves(made) if is_shown(made, path)]
    silent = [
        path
        for path, value in figures_of_values
        if html(changed(made, path, moved(value)), account()) == before
    ]
    assert silent == []


@given(answers())
@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_answer_makes_a_page(made):
    tree = parsed(html(made, account()))
    assert len(tree.xpath("//h1")) == 1
    rows = tree.xpath("//details[contains(@class, 'data')]//tbody/tr")
    assert len(rows) == sum(len(part.curve) for part in made.segments if part.verdict is Verdict.LET_GO)
