"""Proposals and questions between two people with a screen each, and what a *from now on* leads to."""

import re

import pytest
from django.urls import reverse
from tests.app.journeys.walking import Walk
from tests.app.made_complaints import made_complaint, wants

from remit.approvals.models import Approval
from remit.charters.models import Draft, Version
from remit.complaints.actions.answering import object_to
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision, Message
from remit.remedies.models import Remedy
from remit.remedies.vocabulary import State


@pytest.fixture
def late(house):
    return made_complaint(house, title="Cold dinner", category="late", paid=31200)


@pytest.fixture
def cake(house):
    return made_complaint(house, title="Wrong cake", category="wrong item", paid=31200)


def path(complaint):
    return reverse("complaints:complaint", args=[complaint.number])


def by_the_bell(walk, notice):
    """From wherever one is: the bell, and the notice."""
    walk.tap(re.compile("^Notices"), role="link")
    walk.page.get_by_role("link", name=notice).first.wait_for()
    walk.look()
    walk.tap(notice, role="link")


def wishes(walk, complaint, amount, button):
    """Somebody says how much, reads what they may do, and presses."""
    walk.go(path(complaint))
    walk.page.get_by_role("radio", name="Refund").check()
    walk.fill("Amount", amount)
    walk.page.get_by_role("button", name=button, exact=True).wait_for()
    walk.look()
    walk.tap(button)


def test_a_proposal_is_objected_to_with_a_why_and_its_maker_asks_somebody_else(house, late, open_page):
    ana = Walk(open_page(house.ana))
    wishes(ana, late, "120", "Propose a refund of 120.00")
    ana.sees("goes ahead unless somebody objects")
    assert Remedy.objects.get().state == State.HELD
    ana.tap("See the question", role="link")
    ana.sees("You propose EUR 120.00")
    assert "goes ahead" in ana.words
    sam = Walk(open_page(house.sam, size="phone"))
    sam.go("/notices/")
    sam.tap(re.compile("Ana Ruiz proposes"), role="link")
    sam.sees("You need do nothing: it goes ahead by itself.")
    sam.page.get_by_text("Object, because…").click()
    sam.fill("Why?", "The driver says it was on time.")
    sam.look()
    sam.tap("Object")
    sam.sees("Stopped. Ana Ruiz reads why.")
    assert Remedy.objects.get().state == State.RELEASED
    ana.go(path(late))
    by_the_bell(ana, re.compile("Sam Lindqvist objected"))
    ana.sees("The driver says it was on time.")
    ana.tap("Not sure? Ask a colleague: what would you do?", role="link")
    ana.page.get_by_label("Whom do you ask?").select_option(label="Mia Keller")
    ana.page.get_by_role("textbox").last.fill("Sam says it was on time; the guest has a photo.")
    ana.look()
    ana.page.locator("main form button").first.click()
    ana.sees("asks Mia Keller: what would you do?")
    assert Message.objects.filter(form="question", to_member=house.mia).exists()


def test_after_an_objection_somebody_else_is_asked_who_says_yes(house, late, open_page):
    ana = Walk(open_page(house.ana))
    wishes(ana, late, "120", "Propose a refund of 120.00")
    ana.sees("goes ahead unless somebody objects")
    object_to(house.sam, Approval.objects.get().pk, "The driver says it was on time.")
    wishes(ana, late, "120", "Ask Mia for a refund of 120.00")
    ana.sees("Asked: 120.00 waits for a yes.")
    mia = Walk(open_page(house.mia, size="phone", scheme="dark"))
    mia.go("/notices/")
    mia.tap(re.compile("Ana Ruiz asks for"), role="link")
    mia.tap("Yes, give 120.00")
    mia.sees("Answered: yes.")
    given = Remedy.objects.latest("pk")
    assert (given.value, given.authority) == (12000, house.mia)
    assert [each.state for each in Remedy.objects.exclude(pk=given.pk)] == [State.RELEASED]


def test_after_a_no_with_its_why_ana_gives_less_alone(house, cake, open_page):
    ana = Walk(open_page(house.ana))
    wishes(ana, cake, "120", "Ask Sam for a refund of 120.00")
    sam = Walk(open_page(house.sam, size="phone"))
    sam.go(reverse("approvals:approval", args=[Approval.objects.get().pk]))
    sam.page.get_by_text("No, because…").click()
    sam.page.get_by_label(re.compile("^Why")).filter(visible=True).fill("Half of it was eaten.")
    sam.tap("No")
    sam.sees("Answered:")
    ana.go("/complaints/")
    by_the_bell(ana, re.compile("Sam Lindqvist said no"))
    ana.sees("Half of it was eaten.")
    wishes(ana, cake, "50", "Refund 50.00 now")
    ana.sees("Done: refund 50.00.")
    assert Remedy.objects.get().value == 5000


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_is_answered_on_a_phone_in_two_taps_from_the_notice(house, cake, open_page, scripts):
    approval = decide(house.ana, cake.number, wants("refund", 12000, words="They cut it anyway.")).approval
    sam = Walk(open_page(house.sam, size="phone", scripts=scripts))
    page = sam.page
    page.goto("/complaints/")
    page.locator("#bell .count").wait_for()
    sam.tap(re.compile("^Notices"), role="link")
    page.get_by_text("Ana Ruiz asks for").first.wait_for()
    if scripts:
        sam.look()
    before = len(sam.steps)
    sam.tap(re.compile("Ana Ruiz asks for"), role="link")
    page.get_by_text("“They cut it anyway.”").wait_for()
    if scripts:
        sam.look()
    sam.tap("Yes, give 120.00")
    page.get_by_text("Answered: yes. Ana Ruiz hears at once.").wait_for()
    assert len(sam.steps) - before == 2
    remedy = Remedy.objects.get()
    assert (remedy.value, remedy.authority) == (12000, house.sam)
    if scripts:
        sam.look()
        sam.go(reverse("approvals:approval", args=[approval.pk]))
        ana = Walk(open_page(house.ana, size="phone"))
        ana.go("/complaints/")
        by_the_bell(ana, re.compile("Sam Lindqvist said yes"))
        ana.sees("Refund 120.00")


def test_another_amount_and_a_no_need_their_words(house, cake, late, open_page):
    first = decide(house.ana, cake.number, wants("refund", 12000)).approval
    sam = Walk(open_page(house.sam, size="phone", scheme="dark"))
    page = sam.go(reverse("approvals:approval", args=[first.pk])).page
    page.get_by_text("No, because…").click()
    sam.tap("No")
    sam.sees("A no needs a why.")
    page.get_by_text("Another amount…").click()
    sam.fill("Amount", "60")
    sam.look()
    sam.tap("Give this amount")
    sam.sees("Answered:")
    assert Remedy.objects.get().value == 6000
    ana = Walk(open_page(house.ana))
    ana.go("/complaints/")
    by_the_bell(ana, re.compile("Sam Lindqvist gave"))
    ana.sees("Refund 60.00")


def test_yes_and_from_now_on_becomes_a_charter_by_which_ana_decides_alone(house, cake, open_page):
    ana = Walk(open_page(house.ana))
    ana.go("/charter/harbour/")
    if ana.page.get_by_role("button", name="I have seen it").count():
        ana.tap("I have seen it")
    wishes(ana, cake, "120", "Ask Sam for a refund of 120.00")
    ana.sees("Asked: 120.00 waits for a yes.")
    sam = Walk(open_page(house.sam, size="phone"))
    sam.go(reverse("approvals:approval", args=[Approval.objects.get().pk]))
    sam.page.get_by_text("Yes, and from now on…").click()
    sam.fill("Why may they decide this alone from now on?", "A wrong cake is our fault, every time.")
    sam.look()
    sam.tap("Yes, and open a draft")
    sam.sees("Answered:")
    assert Remedy.objects.get().value == 12000
    draft = Draft.objects.get()
    mia = Walk(open_page(house.mia))
    mia.go("/charter/harbour/")
    mia.sees("A draft of Sam Lindqvist waits")
    by_the_bell(mia, re.compile("A draft of the charter waits for you"))
    mia.sees("What this draft changes")
    mia.tap("Check and publish", role="link")
    mia.sees("May do more")
    assert re.search(r"wrong item.*120", mia.words)
    assert mia.field("Why").input_value() == draft.why
    if mia.page.get_by_label("I have read what there is to look at").count():
        mia.page.get_by_label("I have read what there is to look at").check()
    mia.tap("Publish")
    mia.page.get_by_text("Version 2 is published.").wait_for()
    mia.go("/charter/harbour/")
    assert "A draft of" not in mia.words
    assert Version.objects.filter(number=2, published_by=house.mia).exists()
    ana.go("/charter/harbour/")
    ana.sees("What changed for you")
    assert re.search(r"wrong item.*120", ana.words)
    ana.tap("I have seen it")
    ana.page.get_by_text("What changed for you").wait_for(state="detached")
    ana.look()
    again = made_complaint(house, title="Wrong cake again", category="wrong item", paid=31200)
    wishes(ana, again, "120", "Refund 120.00 now")
    ana.sees("Done: refund 120.00.")
    assert Decision.objects.latest("pk").level == "decide"
