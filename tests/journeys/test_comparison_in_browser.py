"""The page of a comparison in a real browser: nothing loaded, readable by all, on phone, laptop and paper."""

import itertools

import pytest
from browsing import SCHEMES, SIZES
from test_report_in_browser import (
    CHART_BOXES,
    CHART_TEXTS,
    LEAST_CONTRAST,
    brightness,
    contrast,
    numbers,
    opened,
)

pytestmark = pytest.mark.browser

LOOKED_AT = [
    *(("forty", size, scheme) for size, scheme in itertools.product(SIZES, SCHEMES)),
    *(
        (state, size, scheme)
        for state in ("none", "both", "dated", "many levels", "renamed", "hostile", "without example")
        for size, scheme in (("phone", "dark"), ("laptop", "light"))
    ),
    ("huge", "phone", "light"),
]


@pytest.fixture(scope="module")
def comparisons(tmp_path_factory):
    """Files of pages by state."""
    from compared_charters import page_of, pairs, without_example  # noqa: PLC0415 (conftest adds its folder)

    folder = tmp_path_factory.mktemp("comparisons")
    made = {name: page_of(*pair) for name, pair in pairs().items()} | {"without example": without_example()}
    files = {}
    for number, (name, page) in enumerate(made.items()):
        files[name] = folder / f"{number}.html"
        files[name].write_text(page, encoding="utf-8")
    return files


@pytest.fixture
def visit(browser, comparisons):
    """Open a page; returns it and the list of all that went wrong or was loaded."""
    contexts = []

    def open_page(state, size, scheme, *, bypass_csp=False):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=bypass_csp
        )
        contexts.append(context)
        page = context.new_page()
        seen = []
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("request", lambda request: seen.append(request.url[:80]))
        page.goto(comparisons[state].as_uri())
        return page, [entry for entry in seen if entry != comparisons[state].as_uri()]

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("state", "size", "scheme"), LOOKED_AT)
def test_nothing_is_loaded_nothing_fails_and_nothing_overflows(visit, state, size, scheme):
    page, seen = visit(state, size, scheme)
    assert [entry for entry in seen if not entry.startswith("data:font/woff2")] == []
    page.evaluate("document.fonts.ready")
    assert set(page.evaluate("[...document.fonts].map(font => font.status)")) <= {"loaded", "unloaded"}
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("state", "size", "scheme"), LOOKED_AT)
def test_axe_finds_no_violation(visit, state, size, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page, _ = visit(state, size, scheme, bypass_csp=True)
    if state != "huge":  # Its folded cases are all alike, and take minutes.
        opened(page)
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("state", "size", "scheme"), LOOKED_AT)
def test_words_in_ladders_can_be_read(visit, state, size, scheme):
    page, _ = visit(state, size, scheme)
    opened(page)
    texts = page.evaluate(CHART_TEXTS)
    faint = {text["words"]: round(contrast(text), 2) for text in texts if contrast(text) < LEAST_CONTRAST}
    assert faint == {}
    assert texts or state in {"none", "renamed", "without example"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["forty", "many levels", "used"])
def test_words_in_ladders_keep_apart_inside_and_their_size(visit, size, state):
    page, _ = visit(state, size, "light")
    opened(page)
    charts = page.evaluate(CHART_BOXES)
    assert charts
    for chart in charts:
        for one, other in itertools.combinations(chart, 2):
            apart = (
                one[3] <= other[1] or other[3] <= one[1] or one[4] - 3 <= other[2] or other[4] - 3 <= one[2]
            )
            assert apart, (one[0], other[0])
        assert all(bottom - top >= 11 for _, _, top, _, bottom in chart)


def test_before_and_after_stand_above_each_other_on_one_scale(visit):
    page, _ = visit("gain", "laptop", "light")
    boxes = page.evaluate(
        "[...document.querySelectorAll('svg.ladder')].map(one => one.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) == 2
    assert boxes[0]["left"] == boxes[1]["left"]
    assert boxes[0]["width"] == boxes[1]["width"]
    assert boxes[0]["bottom"] <= boxes[1]["top"]


def test_the_keyboard_reaches_everything(visit):
    page, _ = visit("forty", "laptop", "light")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.wait_for_url("**#changes")
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is not None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_link_leads_to_its_part(visit):
    page, _ = visit("both", "laptop", "light")
    page.locator("nav a", has_text="May do less").click()
    assert page.locator(":target h2").first.inner_text() == "May do less"


def test_on_paper_it_is_light_open_and_whole(visit):
    page, _ = visit("forty", "laptop", "dark")
    page.emulate_media(media="print")
    assert brightness(numbers(page.evaluate("getComputedStyle(document.body).backgroundColor"))) > 0.9
    assert page.locator("nav").is_hidden()
    assert page.locator("details.more article").last.is_visible()
    assert page.locator("details.more article svg.ladder").first.is_visible()
