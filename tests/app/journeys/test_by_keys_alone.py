"""Menus open and close by keys, and a question is answered without ever touching a mouse."""

import re

import pytest
from django.urls import reverse
from tests.app.journeys.walking import Walk
from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.deciding import decide
from remit.remedies.models import Remedy

FOCUS = "document.activeElement"
IS_SEEN = f"""() => {{
  const box = {FOCUS}.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}}"""


def tab_to(page, locator):
    """Press Tab until something has the focus, which is seen on the way there."""
    element = locator.element_handle()
    for _ in range(120):
        page.keyboard.press("Tab")
        assert page.evaluate(IS_SEEN), page.evaluate(f"{FOCUS}.outerHTML")
        if page.evaluate(f"element => element === {FOCUS}", element):
            return
    raise AssertionError(f"no key leads to {locator}")


@pytest.mark.parametrize("size", ["phone", "laptop"])
@pytest.mark.parametrize("where", ["list", "complaint"])
def test_every_menu_closes_by_escape_and_gives_the_focus_back(house, open_page, where, size):
    complaint = made_complaint(house, title="Cold dinner", category="late")
    addresses = {"list": "/complaints/?tab=all", "complaint": f"/complaints/{complaint.number}/"}
    page = Walk(open_page(house.sam, size=size)).go(addresses[where]).page
    menus = page.locator("details[data-closes]").filter(visible=True)
    assert menus.count() >= 1
    for menu in menus.all():
        opener = menu.locator("summary")
        opener.focus()
        page.keyboard.press("Enter")
        assert menu.get_attribute("open") is not None
        page.keyboard.press("Tab")
        assert menu.evaluate(f"menu => menu.contains({FOCUS})"), "the first key leads into the menu"
        page.keyboard.press("Escape")
        assert menu.get_attribute("open") is None
        assert opener.evaluate(f"opener => opener === {FOCUS}")


def test_the_help_of_the_keys_closes_by_escape(house, open_page):
    made_complaint(house, title="Cold dinner", category="late")
    page = Walk(open_page(house.sam)).go("/complaints/?tab=all").page
    page.keyboard.press("?")
    page.locator("dialog#keys[open]").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog#keys[open]").wait_for(state="detached")


def test_another_amount_is_given_by_keys_alone(house, open_page):
    cake = made_complaint(house, title="Wrong cake", category="wrong item", paid=31200)
    asked = decide(house.ana, cake.number, wants("refund", 12000, words="They cut it anyway.")).approval
    walk = Walk(open_page(house.sam))
    page = walk.go(reverse("approvals:list")).page
    tab_to(page, page.locator(f"a[href='{reverse('approvals:approval', args=[asked.pk])}']").first)
    page.keyboard.press("Enter")
    page.get_by_text("“They cut it anyway.”").wait_for()
    tab_to(page, page.locator("summary", has_text="Another amount…"))
    page.keyboard.press("Enter")
    tab_to(page, walk.field("Amount"))
    page.keyboard.type("60")
    tab_to(page, walk.field("Why"))
    page.keyboard.type("Half of it was eaten.")
    tab_to(page, page.get_by_role("button", name="Give this amount"))
    walk.look()
    page.keyboard.press("Enter")
    walk.sees(re.compile("Answered:"))
    assert Remedy.objects.get().value == 6000
