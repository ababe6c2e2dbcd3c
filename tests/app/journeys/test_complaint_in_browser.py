"""The page of a complaint and the customer's page in a real browser: drafts, taking back, without scripts."""

import re

import pytest
from django.urls import reverse
from PIL import Image
from tests.app.complaint_parts import fresh, opened, with_order
from tests.app.journeys.looking import axe_finds, sideways
from tests.journeys.browsing import SIZES

from remit.complaints.actions import closing, conversation, handling, linking
from remit.complaints.actions.customers import CustomerWords
from remit.complaints.models import Message

LONG = "Bartholomew Maximilian von Hohenstein-Wittelsbach the Younger of Lower Saxony"


def path(name, complaint):
    return reverse(f"complaints:{name}", args=[complaint.number])


def customer_path(complaint):
    return reverse("complaints:customer-page", args=[complaint.token])


@pytest.fixture
def states(house):
    """A complaint in every state that looks different."""
    usual = with_order(house, category="late")
    conversation.note(house.ana, usual, "The kitchen lost the ticket.")
    conversation.ask_colleague(house.ben, usual, house.ana, "What would you do?")
    conversation.reply(house.ana, usual, "We are sorry.")
    bare = opened(house, "w" * 300 + "\n\nمرحبا", customer=None)
    long = opened(house, "Long", title="x" * 160, customer=CustomerWords(name=LONG, email="b@example.com"))
    closed, again, merged = (opened(house, f"Number {number}") for number in range(3))
    closing.close_complaint(house.ana, closed, "made-right", "")
    closing.close_complaint(house.ana, again, "not-ours", "The bank did it.")
    closing.ask_for_another_look(again, "Look again.")
    linking.merge_into(house.ana, merged, usual)
    return [usual, bare, long, closed, again, merged]


@pytest.mark.parametrize("size", SIZES)
def test_every_state_is_readable_by_all(house, states, open_page, size):
    page = open_page(house.ana, size=size)
    usual = states[0]
    doors = ("change-details", "close", "hand-over", "saved-replies", "ask-colleague", "timeline", "alike")
    addresses = [path("complaint", each) for each in states] + [path(name, usual) for name in doors]
    for address in (*addresses, *(customer_path(each) for each in states)):
        assert page.goto(address).status == 200, address
        page.wait_for_load_state("networkidle")
        assert axe_finds(page) == [], address
        assert sideways(page) == 0, address


def test_a_draft_is_kept_until_it_is_sent_and_comes_back_when_it_is_taken_back(house, open_page):
    complaint, other = opened(house), opened(house, "Another one")
    page = open_page(house.ana)
    reply = page.get_by_label("Your reply to the customer")
    page.goto(path("complaint", complaint))
    reply.fill("We are sorry.")
    page.goto(path("complaint", other))
    assert reply.input_value() == ""
    page.goto(path("complaint", complaint))
    assert reply.input_value() == "We are sorry."
    page.get_by_role("button", name=re.compile("Send to")).click()
    page.wait_for_url("**#message-*")
    assert reply.input_value() == ""
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_url("**again=*")
    assert reply.input_value() == "We are sorry."


def test_a_note_has_a_draft_of_its_own_that_never_stands_in_the_reply(house, open_page):
    complaint = opened(house)
    page = open_page(house.ana)
    page.goto(path("complaint", complaint))
    page.get_by_text("A note for the team").click()
    page.get_by_label("Only the team sees this").fill("Only for us")
    page.goto(path("complaint", complaint))
    assert page.get_by_label("Only the team sees this").input_value() == "Only for us"
    assert page.get_by_label("Your reply to the customer").input_value() == ""


def test_somebody_else_who_looks_is_seen_and_the_timeline_opens(house, open_page):
    complaint = opened(house)
    page = open_page(house.ana)
    page.goto(path("complaint", complaint))
    page.wait_for_load_state("networkidle")
    handling.be_here(house.ben, complaint)
    page.goto(path("complaint", complaint))
    page.get_by_text("Ben Okafor is looking at this too.").wait_for()
    page.get_by_text("What happened, act by act").click()
    page.get_by_text("The customer opened it").wait_for()


def test_everything_works_without_scripts(house, open_page):
    complaint = opened(house)
    page = open_page(house.ana, scripts=False)
    page.goto(path("complaint", complaint))
    page.get_by_role("button", name="Take it up").click()
    page.get_by_label("Your reply to the customer").fill("We are sorry.")
    page.get_by_role("button", name=re.compile("Send to")).click()
    page.get_by_role("link", name="Close", exact=True).click()
    page.get_by_role("button", name="Close it").click()
    page.get_by_text("Closed").first.wait_for()
    after = fresh(complaint)
    assert (after.assignee, after.closed_at is None) == (house.ana, False)


def picture(folder, name, colour):
    Image.new("RGB", (400, 300), colour).save(folder / name)
    return folder / name


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("look", [("phone", "dark"), ("laptop", "light")])
def test_files_go_with_a_reply_by_keys_alone(house, open_page, tmp_path, look, scripts):
    complaint = opened(house)
    page = open_page(house.ana, size=look[0], scheme=look[1], scripts=scripts)
    page.goto(path("complaint", complaint))
    page.get_by_label("Your reply to the customer").fill("This is how it looks now.")
    page.locator("summary", has_text="Attach files").press("Enter")
    chosen = [picture(tmp_path, "table.png", "red"), picture(tmp_path, "a long name " * 8 + ".jpg", "blue")]
    page.get_by_label("Pictures or PDFs").set_input_files(chosen)
    page.get_by_role("button", name="Attach, and go on writing").press("Enter")
    page.get_by_role("button", name="Take table.png away").wait_for()
    if scripts:
        assert axe_finds(page) == []
    assert sideways(page) == 0
    page.get_by_role("button", name="Take table.png away").press("Enter")
    page.get_by_role("button", name="Take table.png away").wait_for(state="detached")
    reply = page.get_by_label("Your reply to the customer")
    assert reply.input_value() == "This is how it looks now."
    (tmp_path / "list.pdf").write_text("no PDF at all")
    page.locator("summary", has_text="Attach more").press("Enter")
    page.get_by_label("Pictures or PDFs").set_input_files(tmp_path / "list.pdf")
    page.get_by_role("button", name=re.compile("Send to")).press("Enter")
    page.get_by_text("list.pdf is neither a picture").wait_for()
    assert reply.input_value() == "This is how it looks now."
    page.get_by_role("button", name=re.compile("Send to")).press("Enter")
    page.wait_for_url("**#message-*")
    said = Message.objects.get(text="This is how it looks now.")
    [file] = said.attachments.all()
    assert file.name.startswith("a long name")
    page.locator(f"#message-{said.pk}").get_by_role("link", name=re.compile("a long name")).wait_for()
    assert sideways(page) == 0


def test_the_customer_writes_and_rates_on_a_phone_without_scripts(house, open_page):
    complaint = opened(house)
    closing.close_complaint(house.ana, complaint, "made-right", "")
    page = open_page(size="phone", scripts=False)
    page.goto(customer_path(complaint))
    page.get_by_label("mostly made right").check()
    page.get_by_role("button", name="Say how it went").click()
    page.get_by_text("Thank you. The people who handled it will read this.").wait_for()
    page.get_by_label("Your message").fill("And yet it was cold.")
    page.get_by_role("button", name="Ask for another look").click()
    page.get_by_text("We look at it again").wait_for()
    assert Message.objects.filter(complaint=complaint, text="And yet it was cold.").exists()
    assert fresh(complaint).closed_at is None
