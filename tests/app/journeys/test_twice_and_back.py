"""A nervous finger and the back button: what is pressed twice, or again from an old page, happens once."""

import re

import pytest
from django.urls import reverse
from tests.app.journeys.walking import Walk
from tests.app.made_complaints import made_complaint, wants

from remit.approvals.models import Ending
from remit.complaints import stamps
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Closure, Complaint, Message
from remit.remedies.models import Remedy


@pytest.fixture
def asked(house):
    cake = made_complaint(house, title="Wrong cake", category="wrong item", paid=31200)
    return decide(house.ana, cake.number, wants("refund", 12000, words="They cut it anyway.")).approval


def test_an_answer_pressed_twice_is_one(house, asked, open_page):
    walk = Walk(open_page(house.sam, size="phone"))
    page = walk.go(reverse("approvals:approval", args=[asked.pk])).page
    page.get_by_role("button", name="Yes, give 120.00").dblclick()
    walk.sees("Answered: yes.")
    assert (Ending.objects.count(), Remedy.objects.get().value) == (1, 12000)


def test_back_after_an_answer_and_pressing_again_says_that_it_is_answered(house, asked, open_page):
    walk = Walk(open_page(house.sam))
    page = walk.go(reverse("approvals:approval", args=[asked.pk])).page
    old = page.locator("form", has=page.get_by_role("button", name="Yes, give 120.00")).first.evaluate(
        "form => ({action: form.action, fields: [...new FormData(form)]})"
    )
    walk.tap("Yes, give 120.00")
    walk.sees("Answered: yes.")
    page.go_back()
    page.wait_for_load_state("networkidle")
    _send_again(page, old)
    walk.sees("has its answer already: yes by Sam Lindqvist")
    assert (Ending.objects.count(), Remedy.objects.get().value) == (1, 12000)


def test_closing_pressed_twice_closes_once(house, open_page):
    late = made_complaint(house, title="Cold dinner", category="late")
    walk = Walk(open_page(house.ana, size="phone"))
    page = walk.go(f"/complaints/{late.number}/closure/").page
    page.get_by_role("radio").first.check()
    page.locator("main").get_by_role("button", name=re.compile("Close")).first.dblclick()
    walk.sees(re.compile("is closed|Closed"))
    assert Closure.objects.count() == 1


def test_back_after_a_reply_sends_nothing_twice(house, open_page):
    late = made_complaint(house, title="Cold dinner", category="late")
    walk = Walk(open_page(house.ana))
    page = walk.go(f"/complaints/{late.number}/").page
    page.get_by_label("Your reply to the customer").fill("We are sorry.")
    page.get_by_role("button", name=re.compile("^Send|^Answer|^Reply")).first.dblclick()
    walk.sees("We are sorry.")
    page.go_back()
    page.go_forward()
    page.wait_for_load_state("networkidle")
    assert Message.objects.filter(form="to-customer").count() == 1


def test_the_public_form_pressed_twice_opens_one_complaint(house, open_page, monkeypatch):
    monkeypatch.setattr(stamps, "LEAST_SECONDS", 0)  # a script writes quicker than anybody
    walk = Walk(open_page(None, size="phone"))
    page = walk.go("/tell/harbour/").page
    page.locator("main textarea").first.fill("The soup was cold.")
    page.locator("main form").get_by_role("button").last.dblclick()
    page.wait_for_url(re.compile(r"/tell/harbour/.+"))
    walk.look()
    assert Complaint.objects.count() == 1


def _send_again(page, form):
    """Send a form as it was, from the page that is open now."""
    page.evaluate(
        """form => {
          const again = document.createElement("form");
          again.method = "post";
          again.action = form.action;
          for (const [name, value] of form.fields) {
            const field = document.createElement("input");
            field.type = "hidden"; field.name = name; field.value = value;
            again.append(field);
          }
          document.body.append(again);
          again.submit();
        }""",
        form,
    )
    page.wait_for_load_state("networkidle")
