"""Letting go in a browser: pages readable by all; from a proposal to a trial under which somebody decides."""

import re
from datetime import timedelta

import pytest
from tests.app.answered_rows import always_approved, answered
from tests.app.complaint_parts import with_order
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.made_complaints import wants
from tests.journeys.browsing import SIZES

from remit.approvals.vocabulary import End
from remit.charters.actions import publish
from remit.charters.models import Draft, Version
from remit.complaints.actions.deciding import decide
from remit.core.clock import now
from remit.findings.actions import Found, dismiss, take_up
from remit.findings.looking_into import keep_worth_a_look
from remit.findings.models import Finding
from remit.findings.vocabulary import Taking
from remit.insight.letgo.looking import look_at_team
from remit.people.access import place_in

PAGE = "/let-go/harbour/"


@pytest.fixture
def looked(house):
    """Two segments to let go, one not yet, one that is real work."""
    always_approved(house)
    always_approved(house, 300, kind="credit", category="late")
    always_approved(house, 60, kind="adjustment", category="late")
    answered(
        house,
        [
            (
                now() - timedelta(days=1, hours=5 * (200 - each)),
                9000,
                End.YES if each % 4 else End.NO,
                "refund",
                "member",
                "rude",
            )
            for each in range(200)
        ],
    )
    look_at_team(house.harbour)
    house.found = {each.key: each for each in Finding.objects.all()}
    return house


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_by_all(looked, open_page, size):
    place = place_in(looked.mia, looked.harbour)
    refund, credit = looked.found["refund-member-billing"], looked.found["credit-member"]
    trial = take_up(place, refund.pk, Taking.TRIAL, "They are always right.")
    dismiss(place, credit.pk, "The menu changes in March.")
    seen = {"since": "2026-11-02", "happened": 14, "expected": 6.2, "others": 7}
    keep_worth_a_look(
        looked.harbour, [Found(f"share:{looked.ben.pk}", "worth a look", "share", seen, member=looked.ben)]
    )
    hold_on = f"/hold-on/{Finding.objects.get(reason='share').pk}/"
    for member, addresses in (
        (looked.ben, ("/let-go/", hold_on)),
        (
            looked.mia,
            (
                PAGE,
                f"{PAGE}settings/",
                f"{PAGE}mirror/",
                f"{PAGE}{refund.pk}/",
                f"{PAGE}{credit.pk}/",
                f"{PAGE}{refund.pk}/take/trial/",
                f"{PAGE}{refund.pk}/not-now/",
                f"{PAGE}trials/{trial.pk}/",
                f"{PAGE}trials/{trial.pk}/keep/",
            ),
        ),
    ):
        page = open_page(member, size=size)
        for address in addresses:
            assert page.goto(address).status == 200, address
            page.wait_for_load_state("networkidle")
            for each in page.locator("main details summary").all():
                each.click()
            assert axe_finds(page) == [], address
            assert sideways(page) == 0, address


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_a_proposal_to_a_decision_under_the_trial(looked, open_page, scripts):
    page = open_page(looked.mia, scripts=scripts)
    page.goto("/let-go/")
    page.get_by_role("link", name="Refunds where category is billing, by members", exact=True).click()
    page.get_by_text("proven").first.wait_for()
    page.get_by_role("link", name="Try for 4 weeks").click()
    page.get_by_label("Why?").fill("They are always right.")
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url(re.compile(r"/charter/harbour/.*draft"))
    assert "Members" in page.locator("main").inner_text()
    assert Version.objects.count() == 1
    draft = Draft.objects.get()
    publish(looked.ola, looked.harbour, draft.text, draft.why, draft=draft)
    complaint = with_order(looked, category="billing", paid=90_000)
    decide(looked.ana, complaint.number, wants("refund", 7000))
    page.goto(PAGE)
    page.get_by_role("link", name="What was promised, and what came").click()
    table = page.locator("table.promised").inner_text()
    assert "Questions not asked" in table
    assert "EUR\N{NO-BREAK SPACE}70 given" in table
    page.get_by_role("link", name="Keep it for good").click()
    page.get_by_label("Why?").fill("It went well.")
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url(re.compile(r"/charter/harbour/.*draft"))
    assert Version.objects.count() == 2
