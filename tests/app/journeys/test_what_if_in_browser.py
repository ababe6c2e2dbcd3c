"""What if in a browser: chosen, looked at, opened; readable by all, in both sizes and both schemes."""

from datetime import timedelta

import pytest
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.made_decisions import drawn_from, made_history
from tests.journeys.browsing import SIZES

from remit.charters.models import Draft
from remit.insight.models import LookBack
from remit.people.access import place_in

ADDRESS = "/charter/harbour/what-if/"


@pytest.fixture
def decided(house, noon):
    """A history of some months, and a draft."""
    made_history(house, drawn_from(5), noon - timedelta(days=100), decisions=40, days=90)
    Draft.objects.create(
        team=house.harbour,
        text=house.version.text.replace("upto: 50\n", "upto: 90\n").replace("upto: 400\n", "upto: 140\n"),
        why="Who waits for ninety?",
        made_by=house.mia,
        made_at=noon,
    )
    return house


@pytest.mark.parametrize("size", SIZES)
def test_a_manager_looks_what_a_draft_would_have_meant(decided, live_server, open_page, size):
    page = open_page(decided.mia, size=size)
    page.goto(live_server.url + ADDRESS)
    assert axe_finds(page) == []
    assert sideways(page) == 0
    assert not page.locator("#id_upto").is_visible()  # a draft is chosen, and asks for no limit
    page.check("input[name=of][value=limit]")
    assert page.locator("#id_upto").is_visible()
    assert axe_finds(page) == []
    page.check("input[name=of][value=draft]")
    page.get_by_role("button", name="Look").click()
    page.wait_for_url("**/what-if/*/")
    assert axe_finds(page) == []
    assert sideways(page) == 0
    assert page.locator("svg.choice:visible").count() == len(page.locator(".choice-card").all())
    assert page.locator(".choice-card h2", has_text="fix-on-the-spot").is_visible()
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    assert axe_finds(page) == []
    assert sideways(page) == 0
    page.locator(".figures a").first.click()
    page.wait_for_url("**/decisions/**")
    assert axe_finds(page) == []
    assert sideways(page) == 0
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/complaints/*/")


def test_without_scripts_a_limit_is_looked_at_and_what_takes_long_is_come_back_to(
    decided, live_server, open_page
):
    page = open_page(decided.mia, scripts=False)
    page.goto(live_server.url + ADDRESS)
    page.check("input[name=of][value=limit]")
    page.select_option("#id_grant", "fix-on-the-spot")
    page.fill("#id_upto", "70")
    page.get_by_role("button", name="Look").click()
    page.get_by_role("heading", name="What if: fix-on-the-spot up to EUR 70").wait_for()
    answered = LookBack.objects.get()
    assert place_in(decided.mia, decided.harbour).is_manager
    answered.pk, answered.answer, answered.behind, answered.ended_at = None, None, None, None
    answered.save()
    page.goto(f"{live_server.url}{ADDRESS}{answered.pk}/")
    assert page.get_by_text("You can leave this page").is_visible()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("heading", name="Stopped").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_a_page_that_waits_goes_on_by_itself(decided, live_server, open_page, size):
    page = open_page(decided.mia, size=size)
    page.goto(live_server.url + ADDRESS)
    page.get_by_role("button", name="Look").click()
    page.wait_for_url("**/what-if/*/")
    answered = LookBack.objects.get()
    answer, ended_at = answered.answer, answered.ended_at
    LookBack.objects.update(answer=None, ended_at=None, done=3)
    page.reload()
    assert axe_finds(page) == []
    assert page.get_by_role("progressbar").is_visible()
    LookBack.objects.update(answer=answer, ended_at=ended_at)
    page.locator(".figures").wait_for()
