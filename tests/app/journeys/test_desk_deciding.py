"""Making it right in a real browser: while typing, by keys alone, without scripts, two at once, back."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from tests.app.journeys.walking import Walk
from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision, Message
from remit.complaints.vocabulary import MailState
from remit.remedies.models import Remedy
from remit.remedies.vocabulary import State

FOCUS = """() => {
  const at = document.activeElement;
  const looks = getComputedStyle(at);
  return { what: at.tagName.toLowerCase(), words: at.innerText.trim(),
    name: at.name || "", value: at.value || "",
    isVisible: at.matches(":focus-visible") && (looks.outlineStyle !== "none" || looks.boxShadow !== "none"
      || getComputedStyle(at.closest("label, summary, .joined, div") || at).outlineStyle !== "none") };
}"""
COUNTED_DOWN = (
    "first => parseInt(document.querySelector('[data-undo-until]').innerText.match(/\\d+/)[0]) < first"
)


@pytest.fixture
def late(house):
    return made_complaint(house, title="Cold dinner", category="late", paid=31200)


def path(complaint):
    return reverse("complaints:complaint", args=[complaint.number])


def verdict(page):
    return page.locator("#verdict")


def press(page):
    return page.locator("#press button")


def types(walk, amount, says, button):
    """The verdict and the button follow what is typed, and the button says what it will do."""
    walk.fill("Amount", amount)
    verdict(walk.page).get_by_text(says).wait_for()
    walk.page.locator("#press").get_by_role("button", name=button, exact=True).wait_for()


def test_the_verdict_follows_the_amount_and_a_decision_is_undone_with_its_letter(house, late, open_page):
    walk = Walk(open_page(house.ana, size="phone"))
    page = walk.go(path(late)).page
    for amount, says, button in (
        ("42", "You decide: no approval needed", "Refund 42.00 now"),
        ("70", "Sam Lindqvist is told", "Refund 70.00 now"),
        ("120,50", "objects within 2 working hours", "Propose a refund of 120.50"),
        ("300", "Needs a yes: Sam Lindqvist", "Ask Sam for a refund of 300.00"),
    ):
        types(walk, amount, says, button)
        walk.look()
    page.get_by_role("radio", name="Apology").check()
    page.get_by_role("button", name="Apologise now").wait_for()
    assert not page.get_by_label("Amount", exact=True).is_visible()
    page.get_by_role("radio", name="Refund").check()
    types(walk, "42", "You decide", "Refund 42.00 now")
    page.get_by_text("Write to the customer along with it").click()
    walk.fill("To the customer", "Dear {customer}, {amount} is on its way back to you.")
    walk.look()
    walk.tap("Refund 42.00 now")
    undo = page.get_by_role("button", name=re.compile(r"^Undo · \d+ s$"))
    undo.wait_for()
    first = int(re.search(r"\d+", undo.inner_text())[0])
    page.wait_for_function(COUNTED_DOWN, arg=first)
    assert "EUR\N{NO-BREAK SPACE}42 is on its way" in page.locator("article.to-customer").inner_text()
    undo.click()
    walk.sees("Undone: nothing was given, and nothing left.")
    assert Remedy.objects.get().state == State.TAKEN_BACK
    assert Message.objects.get(form="to-customer").mail_state == MailState.TAKEN_BACK
    walk.sees("taken back; the customer never saw it")


def test_the_nearest_better_is_one_tap_away(house, late, open_page):
    walk = Walk(open_page(house.ana, size="phone"))
    page = walk.go(path(late)).page
    page.get_by_role("radio", name="Adjustment").check()
    types(walk, "60", "You may decide up to 50.00", "Ask Sam for an adjustment of 60.00")
    walk.tap("Take 50", role="link")
    page.get_by_role("button", name="Adjust by 50.00 now").wait_for()
    assert page.evaluate(FOCUS)["name"] == "value"
    walk.look()


def test_deciding_by_keys_alone_never_loses_sight_of_where_one_is(house, late, open_page):
    walk = Walk(open_page(house.ana))
    page = walk.go(path(late)).page
    keys, seen = page.keyboard, []

    def focus():
        at = page.evaluate(FOCUS)
        assert at["what"] != "body"
        assert at["isVisible"], at
        seen.append(at)
        return at

    def tab_to(is_it):
        for _ in range(80):
            keys.press("Tab")
            at = focus()
            if is_it(at):
                return at
        raise AssertionError([each["words"] or each["name"] for each in seen])

    keys.press("Tab")
    assert focus()["words"] == "Skip to the content"
    keys.press("Enter")
    tab_to(lambda at: at["name"] == "kind")
    keys.press("ArrowRight")
    page.locator("#verdict[data-kind=adjustment]").wait_for()
    assert focus()["value"] == "adjustment"
    keys.press("ArrowLeft")
    page.locator("#verdict[data-kind=refund]").wait_for()
    assert focus()["value"] == "refund"
    tab_to(lambda at: at["name"] == "value")
    keys.type("42")
    page.get_by_role("button", name="Refund 42.00 now").wait_for()
    assert focus()["value"] == "42"
    tab_to(lambda at: at["words"] == "Refund 42.00 now")
    walk.look()
    keys.press("Enter")
    walk.sees("Done: refund 42.00.")
    assert Decision.objects.get().value == 4200


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_without_scripts_a_decision_takes_two_presses_and_keeps_its_words(house, late, open_page, size):
    walk = Walk(open_page(house.ana, size=size, scripts=False))
    walk.page.goto(path(late))
    walk.fill("Amount", "42")
    walk.tap("See what I may do")
    walk.page.get_by_text("You decide: no approval needed").wait_for()
    assert walk.page.get_by_label("Amount", exact=True).input_value() == "42"
    walk.tap("Refund 42.00 now")
    walk.page.get_by_text("Done: refund 42.00.").wait_for()
    walk.tap("Undo")
    walk.page.get_by_text("Undone: nothing was given").wait_for()
    assert Remedy.objects.get().state == State.TAKEN_BACK


def test_two_at_once_the_second_learns_what_changed(house, late, open_page):
    ana, ben = Walk(open_page(house.ana)), Walk(open_page(house.ben, size="phone"))
    for walk in (ana, ben):
        walk.go(path(late))
        types(walk, "45", "You decide", "Refund 45.00 now")
    ben.page.get_by_text("Write to the customer along with it").click()
    ben.fill("To the customer", "We are sorry.")
    ana.tap("Refund 45.00 now")
    ana.sees("Done: refund 45.00.")
    ben.tap("Refund 45.00 now")
    ben.sees("Something changed while you looked")
    assert "45.00 was given on this order already" in ben.words
    assert ben.field("To the customer").input_value() == "We are sorry."
    assert ben.page.get_by_label("Amount", exact=True).input_value() == "45"
    assert Decision.objects.count() == 1


def test_back_after_deciding_and_pressing_once_more_gives_nothing_twice(house, late, open_page):
    walk = Walk(open_page(house.ana, size="phone"))
    page = walk.go(path(late)).page
    types(walk, "42", "You decide", "Refund 42.00 now")
    walk.tap("Refund 42.00 now")
    walk.sees("Done: refund 42.00.")
    page.go_back()
    page.get_by_label("Amount", exact=True).wait_for()
    if press(page).inner_text() == "Refund 42.00 now":
        press(page).click()
        page.wait_for_load_state("networkidle")
    page.reload()
    walk.look()
    assert Decision.objects.count() == 1
    assert sum(each.value for each in Remedy.objects.all()) == 4200


def test_whoever_was_signed_out_while_typing_comes_back_to_the_letter(house, late, open_page):
    walk = Walk(open_page(house.ana, size="phone"))
    page = walk.go(path(late)).page
    types(walk, "42", "You decide", "Refund 42.00 now")
    page.get_by_text("Write to the customer along with it").click()
    walk.fill("To the customer", "We are sorry, and send {amount} back.")
    Session.objects.all().delete()
    walk.tap("Refund 42.00 now")
    walk.sees("You were signed out meanwhile, so nothing was sent.")
    walk.fill("Mail", "ana@example.org")
    walk.fill("Password", "long enough")
    walk.tap("Sign in")
    page.wait_for_url(f"**{path(late)}")
    assert walk.field("To the customer").input_value() == "We are sorry, and send {amount} back."
    types(walk, "42", "You decide", "Refund 42.00 now")
    walk.tap("Refund 42.00 now")
    walk.sees("Done: refund 42.00.")
    assert page.locator("[name=letter]").input_value() == ""
    assert Decision.objects.get().letter == "We are sorry, and send {amount} back."


def test_two_quick_presses_give_once(house, late, open_page):
    walk = Walk(open_page(house.ana, size="phone"))
    walk.go(path(late))
    types(walk, "42", "You decide", "Refund 42.00 now")
    press(walk.page).dblclick()
    walk.sees("Done: refund 42.00.")
    assert Remedy.objects.count() == 1


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(house, open_page):
    small = made_complaint(house, title="Cold soup", category="late", paid=3000)
    walk = Walk(open_page(house.ana, size="phone", scheme="dark"))
    page = walk.go(path(small)).page
    types(walk, "30", "You decide", "Refund 30.00 now")
    page.get_by_text("Write to the customer along with it").click()
    walk.fill("To the customer", "We are sorry.")
    types(walk, "45", "of what was paid is left to give back", "See what I may do")
    assert walk.field("To the customer").input_value() == "We are sorry."
    types(walk, "30", "You decide", "Refund 30.00 now")
    decide(house.ben, small.number, wants("refund", 1000))
    walk.tap("Refund 30.00 now")
    walk.sees("of what was paid is left to give back")
    assert page.get_by_label("Amount", exact=True).get_attribute("aria-invalid") == "true"
    assert walk.field("To the customer").input_value() == "We are sorry."


def test_a_closed_complaint_offers_no_button(house, late, open_page):
    decide(house.ana, late.number, wants("refund", 4200))
    walk = Walk(open_page(house.ana, size="phone"))
    page = walk.go(path(late)).page
    walk.tap("Close", role="link")
    walk.sees("Close it")
    walk.tap("Close it")
    walk.sees("is closed.")
    page.get_by_text("Reopen it to give something more.").wait_for()
    assert press(page).count() == 0
