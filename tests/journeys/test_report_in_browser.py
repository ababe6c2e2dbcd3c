"""The page in a real browser: nothing loaded, nothing wrong, readable by all, on phone, laptop and paper."""

import itertools

import pytest
from browsing import SCHEMES, SIZES

pytestmark = pytest.mark.browser

EVERYWHERE = list(itertools.product(SIZES, SCHEMES))
LOOKED_AT = [
    *(("real", size, scheme) for size, scheme in EVERYWHERE),
    *(
        (state, size, scheme)
        for state in ("twelve", "nothing yet", "did not hold", "long names", "skewed amounts", "no segments")
        for size, scheme in (("phone", "dark"), ("laptop", "light"))
    ),
]
LEAST_CONTRAST = 4.5

CHART_TEXTS = """() => {
  const colour = (element, property) => getComputedStyle(element)[property];
  const shown = [...document.querySelectorAll('svg.chart text')].filter(text => text.getClientRects().length);
  return shown.map(text => {
    const box = text.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    const under = [...text.ownerSVGElement.querySelectorAll('rect')].filter(rect => {
      const part = rect.getBoundingClientRect();
      return part.left <= x && x <= part.right && part.top <= y && y <= part.bottom;
    }).map(rect => [colour(rect, 'fill'), parseFloat(colour(rect, 'opacity'))]);
    const card = text.closest('.card');
    return {words: text.textContent, ink: colour(text, 'fill'), under, card: colour(card, 'backgroundColor')};
  });
}"""


CHART_BOXES = """() => {
  const shown = [...document.querySelectorAll('svg.chart')].filter(chart => chart.getClientRects().length);
  return shown.map(chart => [...chart.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect();
    return [text.textContent, box.left, box.top, box.right, box.bottom];
  }));
}"""


def numbers(colour):
    """Red, green and blue of a computed colour, 0 to 1."""
    return [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]


def brightness(colour):
    """Relative luminance, WCAG 2."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(text):
    """Contrast of a text in a chart with what lies under it."""
    ground = numbers(text["card"])
    for fill, opacity in text["under"]:
        ground = [
            opacity * over + (1 - opacity) * below for over, below in zip(numbers(fill), ground, strict=True)
        ]
    light, dark = sorted([brightness(numbers(text["ink"])), brightness(ground)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def visit(browser, pages):
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
        page.goto(pages[state].as_uri())
        return page, [entry for entry in seen if entry != pages[state].as_uri()]

    yield open_page
    for context in contexts:
        context.close()


def opened(page, which="details"):
    page.evaluate(f"document.querySelectorAll('{which}').forEach(one => {{ one.open = true }})")


@pytest.mark.parametrize(("state", "size", "scheme"), LOOKED_AT)
def test_nothing_is_loaded_nothing_fails_and_nothing_overflows(visit, state, size, scheme):
    page, seen = visit(state, size, scheme)
    assert [entry for entry in seen if not entry.startswith("data:font/woff2")] == []
    page.evaluate("document.fonts.ready")
    assert set(page.evaluate("[...document.fonts].map(font => font.status)")) <= {"loaded", "unloaded"}
    assert page.evaluate(
        "document.fonts.check('16px Inter') && document.fonts.check('16px \"Source Serif 4\"')"
    )
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("state", "size", "scheme"), LOOKED_AT)
def test_axe_finds_no_violation(visit, state, size, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page, _ = visit(state, size, scheme, bypass_csp=True)
    # Tables of every limit are all alike, and long: one of them is looked at, in one state.
    opened(page, "details" if state == "skewed amounts" else "details:not(.data)")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("state", "size", "scheme"), LOOKED_AT)
def test_words_in_charts_can_be_read(visit, state, size, scheme):
    page, _ = visit(state, size, scheme)
    opened(page)
    texts = page.evaluate(CHART_TEXTS)
    faint = {text["words"]: round(contrast(text), 2) for text in texts if contrast(text) < LEAST_CONTRAST}
    assert faint == {}
    assert texts or state == "no segments"


@pytest.mark.parametrize("size", SIZES)
def test_words_in_charts_keep_apart_and_their_size(visit, size):
    page, _ = visit("real", size, "light")
    opened(page)
    charts = page.evaluate(CHART_BOXES)
    for chart in charts:
        for one, other in itertools.combinations(chart, 2):
            apart = (
                one[3] <= other[1] or other[3] <= one[1] or one[4] - 3 <= other[2] or other[4] - 3 <= one[2]
            )
            assert apart, (one[0], other[0])
        assert all(bottom - top >= 11 for _, _, top, _, bottom in chart)


def test_the_keyboard_reaches_everything(visit):
    page, _ = visit("real", "laptop", "light")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.url.endswith("#answer")
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is not None
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_on_paper_it_is_light_open_and_whole(visit):
    page, _ = visit("sixty", "laptop", "dark")
    page.emulate_media(media="print")
    assert brightness(numbers(page.evaluate("getComputedStyle(document.body).backgroundColor"))) > 0.9
    assert page.locator("nav").is_hidden()
    folded = page.locator("details.folded").first
    assert folded.locator("svg.ladder").first.is_visible()
    assert page.locator("details.more article").first.is_visible()
    assert page.locator("details.data").first.is_hidden()


def test_a_link_in_the_overview_leads_to_its_card(visit):
    page, _ = visit("real", "laptop", "light")
    link = page.locator("table.overview a").first
    name = link.inner_text()
    link.click()
    card = page.locator(":target")
    assert card.locator("h3").first.inner_text() == name
