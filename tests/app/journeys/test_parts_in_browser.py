"""The frame and every part of a page as people meet them: on phone and laptop, in light and dark, by keys."""

import itertools

import pytest
from tests.app.gallery.shown import show_gallery
from tests.app.journeys.looking import axe_finds, sideways
from tests.journeys.browsing import SIZES

SMALLEST_TEXT = 11

TEXTS_OF_LADDERS = """() => [...document.querySelectorAll('svg.ladder')]
  .filter(drawing => drawing.getClientRects().length)
  .map(drawing => [...drawing.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect(), all = drawing.getBoundingClientRect();
    const scale = all.width / drawing.viewBox.baseVal.width;
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    return [text.textContent, box.left, box.top, box.right, box.bottom, size, all.left, all.right];
  }))"""


@pytest.fixture(autouse=True)
def _gallery(settings):
    show_gallery(settings)


@pytest.mark.parametrize("size", SIZES)
def test_every_part_is_readable_by_all(house, open_page, size):
    page = open_page(house.ana, size=size)
    page.goto("/gallery/")
    assert axe_finds(page) == []
    assert sideways(page) == 0
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Somebody gave 30.00 in the meantime.").wait_for()
    assert axe_finds(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("width", [320, 360, 390, 700, 1440])
def test_words_of_ladders_are_large_enough_and_never_overlap(house, open_page, width):
    page = open_page(house.ana)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/gallery/")
    page.evaluate("document.fonts.ready")
    drawings = page.evaluate(TEXTS_OF_LADDERS)
    assert len(drawings) == 9
    for texts in drawings:
        for words, left, _, right, _, size, first, last in texts:
            assert size >= SMALLEST_TEXT or width < 340, (words, size)
            assert first - 1 <= left, words
            assert right <= last + 1, words
        for one, other in itertools.combinations(texts, 2):
            beside = one[3] <= other[1] or other[3] <= one[1]
            above = one[4] <= other[2] + 1 or other[4] <= one[2] + 1
            assert beside or above, (one[0], other[0])


def test_the_mark_never_stands_on_a_word(house, open_page):
    page = open_page(house.ana)
    page.goto("/gallery/")
    covered = page.evaluate(
        """() => [...document.querySelectorAll('svg.ladder')].flatMap(d => {
          const mark = d.querySelector('.at-line')?.getBoundingClientRect();
          return mark ? [...d.querySelectorAll('.level')].map(t => t.getBoundingClientRect())
            .filter(box => box.left < mark.right && mark.left < box.right).map(box => box.left) : [];
        })"""
    )
    assert covered == []


def test_what_was_typed_is_still_there_when_something_is_wrong(house, open_page):
    page = open_page(house.ana, scripts=False)
    page.goto("/gallery/")
    page.get_by_label("Amount").fill("41.50")
    page.get_by_label("What happened").fill("The soup was cold.")
    page.get_by_text("Credit", exact=True).click()
    page.get_by_role("button", name="Send").click()
    assert page.get_by_label("Amount").input_value() == "41.50"
    assert page.get_by_label("What happened").input_value() == "The soup was cold."
    assert page.get_by_role("radio", name="Credit").is_checked()
    assert page.get_by_label("What went wrong").get_attribute("aria-invalid") == "true"


def test_keys_reach_the_content_at_once(house, open_page):
    page = open_page(house.ana)
    page.goto("/gallery/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_more_opens_and_closes_on_a_phone(house, open_page):
    page = open_page(house.ana, size="phone")
    page.goto("/gallery/")
    page.get_by_text("More", exact=True).tap()
    page.get_by_role("link", name="Delegations").wait_for()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Delegations").is_visible()


def test_messages_are_said_calmly(house, open_page):
    page = open_page(house.ana)
    page.goto("/gallery/say/")
    assert "42.00 is on its way back to Ana." in page.get_by_role("status").inner_text()


@pytest.mark.parametrize("address", ["/gallery/gone/", "/gallery/changed/", "/nowhere/"])
def test_errors_say_what_to_do_next(house, open_page, address):
    page = open_page(house.ana, size="phone", scheme="dark")
    page.goto(address)
    assert page.get_by_role("link", name="To the first page").is_visible()
    assert axe_finds(page) == []


def test_a_refusal_is_said_in_place(house, open_page):
    page = open_page(house.ana)
    page.goto("/gallery/")
    page.get_by_role("button", name="Give it").click()
    page.locator("#answer").get_by_text("Look at what he gave before you give more.").wait_for()
    assert page.locator("#answer h1").count() == 0
    assert page.url.endswith("/gallery/")
