"""Around a complaint: the list by keys alone, handing over, closing and what the customer says then."""

import re

from django.urls import reverse
from tests.app.complaint_parts import fresh, opened
from tests.app.journeys.walking import Walk
from tests.app.made_complaints import made_complaint

from remit.complaints.models import Decision, Rating
from remit.people.actions.pins import set_pin

PIN = "4826"
AT = "document.activeElement.innerText.trim()"


def path(complaint):
    return reverse("complaints:complaint", args=[complaint.number])


def test_the_list_is_walked_ticked_and_opened_by_keys_alone(house, open_page):
    for title in ("Cold soup", "Late bread", "Rude waiter", "Wrong cake"):
        made_complaint(house, title=title)
    walk = Walk(open_page(house.ana))
    page = walk.go("/complaints/").page
    keys = page.keyboard
    titles = [each.inner_text().strip() for each in page.locator(".row-title").all()]
    assert len(titles) == 4
    visited = []
    for key in "jjjkk":
        keys.press(key)
        visited.append(page.evaluate(AT))
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
    assert visited == [titles[0], titles[1], titles[2], titles[1], titles[0]]
    keys.press("x")
    assert page.locator(".pick:checked").count() == 1
    assert page.evaluate(AT) == titles[0]
    page.get_by_text("With the one that is ticked").wait_for()
    walk.look()
    keys.press("?")
    page.get_by_role("dialog").get_by_text("open it").wait_for()
    walk.look()
    keys.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert page.evaluate(AT) == titles[0]
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/complaints/\d+/$"))
    assert titles[1].endswith(page.locator("h1").inner_text())
    walk.look()
    page.go_back()
    page.locator(".row-title").first.wait_for()
    keys.press("/")
    keys.type("bread")
    assert page.locator("#find").input_value() == "bread"
    keys.press("Enter")
    page.wait_for_url("**q=bread**")
    assert page.locator(".row-title").count() == 1
    walk.look()
    keys.press("Tab")
    keys.press("n")
    walk.page.wait_for_url("**/complaints/new/**")


def test_one_hands_over_with_a_word_why_and_the_other_begins_there(house, open_page):
    complaint = opened(house, "The soup was cold.")
    ana = Walk(open_page(house.ana, size="phone"))
    ana.go(path(complaint))
    ana.page.locator(".complaint-acts summary").tap()
    ana.tap("Hand over", role="link", within=ana.page.locator(".complaint-acts"))
    ana.sees("Your colleague is told, with your word why.")
    ana.page.get_by_label("To whom?").select_option(label="Ben Okafor")
    ana.page.get_by_label("Why?", exact=True).fill("My shift ends; they want a call at five.")
    ana.tap("Hand it over")
    ana.sees("Handed over. Your colleague has been told.")
    ana.sees("with Ben Okafor")
    ben = Walk(open_page(house.ben, size="phone", scheme="dark"))
    ben.go("/complaints/")
    ben.tap(re.compile(r"^Notices.*1"), role="link")
    ben.sees("My shift ends; they want a call at five.")
    ben.tap(re.compile("Ana hands you"), role="link")
    ben.sees("yours")
    ben.sees("The soup was cold.")
    assert fresh(complaint).assignee == house.ben


def test_the_customer_rates_each_closing_without_signing_in(house, open_page):
    complaint = opened(house, "The soup was cold.")
    ana = Walk(open_page(house.ana))
    customer = Walk(open_page(size="phone"))
    link = reverse("complaints:customer-page", args=[complaint.token])

    def close():
        ana.go(path(complaint))
        ana.tap("Close", role="link", within=ana.page.locator(".complaint-acts"))
        ana.sees("Why is it closed?")
        ana.tap("Close it")
        ana.sees("is closed.")

    def rate(answer, words):
        customer.go(link)
        customer.page.get_by_label(answer, exact=True).check()
        customer.fill("Anything else?", words)
        customer.tap("Say how it went")
        customer.sees("Thank you. The people who handled it will read this.")

    customer.go(link)
    assert "How did it go?" not in customer.words
    close()
    rate("hardly made right", "Still cold.")
    customer.go(link)
    assert "How did it go?" not in customer.words
    customer.page.get_by_label("Your message").fill("It is still cold.")
    customer.tap("Ask for another look")
    customer.sees("We look at it again")
    close()
    rate("made right, in full", "Now it is good.")
    ana.go(path(complaint))
    ana.sees("made right, in full")
    assert [each.made_right for each in Rating.objects.order_by("pk")] == [2, 5]


def test_at_the_shared_screen_one_takes_a_turn_decides_and_hands_back(house, open_page):
    set_pin(house.ana, "harbour", PIN)
    complaint = made_complaint(house, paid=8600)
    walk = Walk(open_page(house.mia))
    page = walk.go("/teams/harbour/counter/").page
    page.get_by_role("button", name="Make it the shared screen").click()
    page.get_by_role("heading", name="Who is it?").wait_for()
    page.get_by_role("link", name="Ana Ruiz").click()
    page.get_by_label("PIN").fill(PIN)
    page.get_by_role("button", name="My turn").click()
    page.get_by_role("button", name="Hand back").wait_for()
    walk.go(path(complaint))
    page.get_by_label("Amount", exact=True).fill("42")
    page.get_by_role("button", name="Refund 42.00 now").click()
    walk.sees("Done: refund 42.00.")
    page.get_by_role("button", name="Hand back").first.click()
    page.get_by_role("heading", name="Who is it?").wait_for()
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="Undo").count() == 0
    assert Decision.objects.get().member == house.ana
