"""Monday's five in a browser: one taken, one left with a why; readable by all, also when nothing is asked."""

from datetime import datetime, timedelta

import pytest
from tests.app.hats.made_hats import asks_for_five
from tests.app.journeys.looking import axe_finds, sideways
from tests.journeys.browsing import SIZES

from remit.core import clock
from remit.core.clock import now
from remit.findings.models import Dismissal, PutOn
from remit.insight.hats.looking import look_at_hats
from remit.insight.hats.monday import TOLD_AT, tell_managers


def readable(page):
    """Waits for a page, and looks at it as everybody must be able to."""
    page.wait_for_load_state("networkidle")
    assert axe_finds(page) == [], page.url
    assert sideways(page) == 0, page.url


def told_on_monday(team):
    """It is told as on the next Monday at seven."""
    there = now().astimezone(team.zone)
    monday = there.date() + timedelta(days=7 - there.weekday())
    with clock.at(datetime.combine(monday, TOLD_AT, team.zone)):
        assert tell_managers(team)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_also_with_nothing_to_do(house, open_page, size):
    asks_for_five(house)
    look_at_hats(house.harbour)
    look_at_hats(house.hill)
    for member, addresses in (
        (house.ola, ("/hats/", "/hats/hill/")),
        (house.mia, ("/hats/harbour/", "/notices/channels/", "/")),
    ):
        page = open_page(member, size=size)
        for address in addresses:
            assert page.goto(address).status == 200, address
            readable(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_of_mondays_five_one_is_taken_and_one_left(house, open_page, scripts):
    asks_for_five(house)
    told_on_monday(house.harbour)
    page = open_page(house.mia, size="laptop", scripts=scripts)
    page.goto("/notices/")
    page.get_by_role("link", name="Which hat this week: Harbour Street asks for 5 hats").click()
    page.get_by_role("heading", name="Which hat now").wait_for()
    assert page.locator(".hats > li").count() == 5
    page.get_by_role("button", name="Answer them").click()
    page.get_by_role("heading", name="Voice").or_(page.get_by_role("heading", name="Ideas")).first.wait_for()
    assert PutOn.objects.get().by == house.mia
    page.goto("/hats/harbour/")
    assert page.locator(".hats > li").count() == 5, "the sixth moves up"
    page.locator(".hats > li").filter(has_text="Explain.").get_by_role(
        "link", name="Not now, because"
    ).click()
    page.get_by_role("button", name="Leave it for now").click()
    page.get_by_text("Choose one").first.wait_for()
    if scripts:
        readable(page)
    page.get_by_label("Right, but later").check()
    page.get_by_label("Why?").fill("The new menu comes first, then we write it anew.")
    page.get_by_role("button", name="Leave it for now").click()
    page.get_by_role("heading", name="Left for now").wait_for()
    assert page.locator(".hats > li").count() == 4
    assert "The new menu comes first" in page.locator("main").inner_text()
    assert Dismissal.objects.get().by == house.mia
    if scripts:
        readable(page)
