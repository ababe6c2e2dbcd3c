"""The balance in a browser: from the map to a part, to its rows, to a target of the team's own."""

import re
from random import Random

import pytest
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.made_balance import made_rows, with_people
from tests.journeys.browsing import SIZES

from remit.insight.balance.keeping import keep
from remit.insight.models import BalanceTarget


@pytest.fixture
def counted(house):
    """Sixteen weeks of a team; the other one is too small to be set beside it."""
    with_people(house)
    made_rows(house, Random(3), weeks=16, each=1)  # noqa: S311 (made data)
    keep(house.harbour)
    keep(house.hill)
    return house


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_by_all_and_leads_on(counted, open_page, size):
    page = open_page(counted.mia, size=size)
    page.goto("/balance/")
    page.wait_for_url("**/balance/harbour/")
    _readable(page)
    page.get_by_role("link", name="a year").click()
    page.wait_for_url("**?span=year")
    page.get_by_role("link", name="Decided without asking", exact=True).click()
    _readable(page)
    page.locator("table a").nth(2).click()
    page.wait_for_url(re.compile(r"week=.*#rows$"))
    page.get_by_role("link", name=re.compile("^C-")).first.wait_for()
    page.get_by_role("link", name="Set it").click()
    _readable(page)
    page.get_by_label("Target").fill("84")
    page.get_by_label("Why so much").fill("The charter lets us.")
    page.get_by_role("button", name="Set it").click()
    page.get_by_text("The team reads it beside the part").wait_for()
    assert BalanceTarget.objects.get().target == 84
    owner = open_page(counted.ola, size=size)
    owner.goto("/balance/")
    _readable(owner)
    owner.goto("/balance/hill/")
    _readable(owner)


def _readable(page):
    page.wait_for_load_state("networkidle")
    for each in page.locator("main details summary").all():
        each.click()
    assert axe_finds(page) == [], page.url
    assert sideways(page) == 0, page.url
