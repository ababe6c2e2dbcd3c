"""Reviews in a browser: pages readable by all, and a look at a decision on a phone."""

import pytest
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.journeys.screens_reviews import look_at_some
from tests.app.journeys.walking import Walk
from tests.journeys.browsing import SIZES

from remit.reviews.models import Review


def _pages(words):
    return {
        "sam": ("/reviews/", "/reviews/{look}/", "/reviews/{looked}/"),
        "ana": ("/reviews/mine/", "/reviews/{looked}/", "/decisions/{alone}/look/", "/reviews/weeks/{week}/"),
        "mia": ("/teams/harbour/reviews/", "/teams/harbour/reviews/budget/"),
    }


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_by_all(house, open_page, size):
    words = look_at_some(house)
    for word, addresses in _pages(words).items():
        page = open_page(getattr(house, word), size=size)
        for address in addresses:
            assert page.goto(address.format(**words)).status == 200, address
            page.wait_for_load_state("networkidle")
            assert axe_finds(page) == [], address
            assert sideways(page) == 0, address


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_look_on_a_phone_and_what_comes_of_it(house, open_page, scripts):
    words = look_at_some(house)
    sam = Walk(open_page(house.sam, size="phone", scripts=scripts))
    sam.page.goto("/reviews/")
    sam.page.locator(f"a[href='/reviews/{words['look']}/']").click()
    assert "How it went on" not in sam.words.replace("How it went on you see afterwards", "")
    sam.tap("Say it")
    sam.page.get_by_text("Say whether you would have decided the same.").first.wait_for()
    sam.page.locator("label").filter(has_text="something else").click()
    sam.fill("Why?", "She comes every week.")
    sam.fill("What would be better next time?", "Give all of it back.")
    sam.tap("Say it")
    sam.page.get_by_text("How it went on").first.wait_for()
    assert len(sam.steps) <= 5
    ana = Walk(open_page(house.ana, size="phone", scripts=scripts))
    ana.page.goto(f"/reviews/{words['look']}/")
    assert "Give all of it back." in ana.words
    ana.tap("This helped me")
    ana.page.get_by_text("it helped").first.wait_for()
    ana.fill("Your answer", "Next time.")
    ana.tap("Answer")
    ana.page.get_by_text("You answered").first.wait_for()
    assert Review.objects.get(pk=words["look"]).answer.words == "Next time."
