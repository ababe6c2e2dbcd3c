"""Growth in a browser: pages readable by all, and a member who reaches a step."""

import pytest
from tests.app.growth.reviewed import membership_of, reviewed, with_steps
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.journeys.walking import Walk
from tests.journeys.browsing import SIZES

from remit.growth.actions import proposing
from remit.people.models import Membership

FLAWLESS = "s" * 34


@pytest.fixture
def grown(house):
    """A house in which reviews speak for a step of Ana, and Ben asks for one."""
    with_steps(house)
    reviewed(house, "ana", FLAWLESS)
    reviewed(house, "ben", "ssdsgo")
    proposing.look(membership_of(house, "ana").pk)
    return house


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_by_all(grown, open_page, size):
    base = "/growth/harbour/"
    pages = {
        "ana": (base,),
        "ben": (base,),
        "mia": (f"{base}people/", f"{base}people/ana/", base),
        "ola": ("/growth/", f"{base}people/"),
    }
    for word, addresses in pages.items():
        page = open_page(getattr(grown, word), size=size)
        for address in addresses:
            assert page.goto(address).status == 200, address
            page.wait_for_load_state("networkidle")
            for folded in page.locator("details.folded").all():
                folded.evaluate("each => { each.open = true }")
            assert axe_finds(page) == [], address
            assert sideways(page) == 0, address


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_member_reaches_a_step(grown, open_page, scripts):
    ana = Walk(open_page(grown.ana, size="phone", scripts=scripts))
    ana.page.goto("/growth/harbour/")
    assert "Your reviews speak for the step first" in ana.words
    ana.tap("Show it to my managers")
    ana.page.get_by_text("Your managers see it").first.wait_for()
    mia = Walk(open_page(grown.mia, size="laptop", scripts=scripts))
    mia.page.goto("/growth/harbour/people/")
    mia.page.get_by_role("link", name="Ana Ruiz").click()
    assert "34 fair reviews, 0 different" in mia.words
    mia.page.locator("#give textarea").fill("They know the menu best.")
    mia.tap("Give it")
    mia.page.get_by_text("is told, and sees what it opens").first.wait_for()
    ana.page.goto("/growth/harbour/")
    assert "They know the menu best." in ana.words
    assert Membership.objects.get(member=grown.ana, team=grown.harbour).step == "first"
