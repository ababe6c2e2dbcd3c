"""The page of a comparison: whole, self-contained, safe against hostile words, and every case on it."""

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from compared_charters import HOSTILE, PLAIN, page_of, pairs, read, without_example
from lxml import etree
from lxml import html as markup

from remit_engine.charter.difference import difference
from remit_engine.charter.difference.in_short import in_short
from remit_engine.report.comparison.examples import example_of
from remit_engine.report.comparison.whole import headline

PAIRS = pairs()


def parsed(text):
    return markup.document_fromstring(text.encode(), parser=markup.HTMLParser(encoding="utf-8"))


def squeezed(element):
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def differences():
    return {name: difference(*pair) for name, pair in PAIRS.items()}


@pytest.fixture(scope="module")
def read_again():
    return pairs()


@pytest.fixture(scope="module", params=PAIRS)
def state(request):
    return request.param


@pytest.fixture(scope="module")
def page(state):
    return page_of(*PAIRS[state])


def test_it_loads_nothing_and_runs_nothing(page):
    tree = parsed(page)
    for element in tree.iter(etree.Element):
        assert element.tag not in {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            if name in {"src", "href", "action", "data"}:
                assert value.startswith("#")


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
    assert {target.removeprefix("#") for target in tree.xpath("//a/@href")} <= set(ids)


def test_the_same_input_makes_the_same_bytes(state, page, read_again):
    assert page_of(*read_again[state]).encode() == page.encode()


def test_every_case_stands_on_it_once(state, page, differences):
    changes = differences[state]
    articles = parsed(page).xpath("//section[@id='gains' or @id='losses']//article")
    assert len(articles) == len(changes.regions)
    for article, region in zip(articles, changes.regions, strict=True):
        words = squeezed(article)
        assert region.who in words
        assert f"{region.how[0].upper()}{region.how[1:]}." in words.replace("\u00a0", " ")
        assert (article.xpath("ancestor::section/@id")[0] == "gains") == region.gains
    unknown = parsed(page).xpath("//section[@id='unknown']//article")
    assert len(unknown) == len(changes.day_unknown)
    assert len(parsed(page).xpath("//section[@id='document']//li")) == len(changes.document)


def test_an_example_is_a_request_of_its_case(state, differences):
    changes = differences[state]
    for region in changes.regions[:20]:
        example = example_of(changes, region, PAIRS[state])
        if example is not None:
            first = region.change.shifts[0]
            ends = [first.above + 1, first.upto if first.upto is not None else first.above + 1]
            assert region in [changes.region_of(replace(example, amount=judged)) for judged in ends]


def test_most_cases_have_an_example(differences):
    for state in ("gain", "loss", "both", "dated", "used", "forty", "many levels"):
        regions = differences[state].regions
        shown = [each for each in regions if example_of(differences[state], each, PAIRS[state]) is not None]
        assert len(shown) >= 0.9 * len(regions) > 0, state


def test_a_case_without_an_example_has_words_alone():
    (article,) = parsed(without_example()).xpath("//article")
    assert "Decide instead of ask when the amount isn't known." in squeezed(article)
    assert not article.xpath(".//svg")


def test_names_are_escaped():
    page = page_of(*PAIRS["hostile"])
    assert "<script" not in page
    assert page.count("</style>") == 1
    assert HOSTILE in parsed(page).text_content()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("none", "No level changes"),
        ("words", "No level changes"),
        ("gain", "Leads may do more, nobody less"),
        ("loss", "Leads may do less, nobody more"),
        ("both", "Leads may do more, members and leads less"),
        ("dated", "Members may do more, nobody less"),
    ],
)
def test_the_headline(differences, state, words):
    assert headline(differences[state], "EUR") == words
    assert squeezed(parsed(page_of(*PAIRS[state])).xpath("//h1")[0]) == words


def test_nothing_at_all_is_said():
    assert "Nobody's level changes, for any request." in squeezed(parsed(page_of(*PAIRS["none"])))


def test_many_cases_are_folded_and_told_in_short(differences):
    changes = differences["huge"]
    assert len(changes.regions) >= 400
    tree = parsed(page_of(*PAIRS["huge"]))
    assert squeezed(tree.xpath("//section[@id='gains']//summary")[0]) == f"{len(changes.regions) - 12} more"
    assert len(tree.xpath("//section[@id='gains']/article")) == 12
    lines = tree.xpath("//section[@id='short']//li")
    assert len(lines) == len(in_short(changes.regions, "EUR"))


def test_in_short_counts_every_case_and_names_every_role(differences):
    for state, changes in differences.items():
        for gains in (True, False):
            regions = [each for each in changes.regions if each.gains is gains]
            lines = [each for each in in_short(changes.regions, "EUR") if each.gains is gains]
            assert {line.how for line in lines} == {each.how for each in regions}
            assert sum(line.cases for line in lines) >= len(regions), state
    (line,) = in_short(differences["gain"].regions, "EUR")
    assert line.sentence == "Leads, refunds: inform up to 400 instead of 120, in 1 case."


def test_a_short_difference_is_not_told_twice():
    assert not parsed(page_of(*PAIRS["gain"])).xpath("//section[@id='short']")


def test_another_name_is_said():
    page = parsed(page_of(read(PLAIN), read(PLAIN.replace("Harbour Street", "Harbour Lane"))))
    assert squeezed(page.xpath("//section[contains(@class, 'head')]/p")[0]) == "Harbour Street → Harbour Lane"
