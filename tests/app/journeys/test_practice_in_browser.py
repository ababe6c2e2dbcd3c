"""Practising on a phone: by keys alone, without scripts, readable by all."""

import pytest
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.journeys.test_by_keys_alone import tab_to
from tests.app.journeys.walking import Walk
from tests.app.practice.closed import closed_complaint, known_customer
from tests.journeys.browsing import SIZES

from remit.core.clock import now
from remit.practice.actions import take_out, try_case
from remit.practice.models import Case, Tried

SAID = """\
Dear Harbour Street, my name is Petra Holm and I ordered for seven. It came at ten past nine, cold, and Ana \
laughed when I rang.

Regards,
Petra Holm"""


@pytest.fixture
def cases(house):
    """Six closed complaints that ben had nothing to do with; of three there are cases already."""
    guest = known_customer("Petra Holm", "petra@example.org", "+49 170 5550001")
    made = [
        closed_complaint(
            house, said=SAID, customer=guest, value=value, stars=3 + value % 2, rating_words="Petra H."
        )
        for value in (4200, 0, 500, 501, 502, 503)
    ]
    return [
        Case.objects.create(complaint=complaint, code=f"case-{at}", made_at=now())
        for at, complaint in enumerate(made[:3])
    ]


@pytest.mark.parametrize("size", SIZES)
def test_every_state_is_readable(house, cases, open_page, size):
    page = open_page(house.ben, size=size)
    try_case(house.ben, cases[0].code, kind="refund", value=7000, words="It was late, and we knew it.")
    try_case(house.ben, cases[1].code, kind="", value=0, words="")
    for address in ("/practice/", *(f"/practice/{case.code}/" for case in cases), "/practice/case-2/out/"):
        _readable(page, address)
    take_out(house.ben, cases[0].code, "One can tell who it was.")
    _readable(page, "/practice/")


def _readable(page, address):
    assert page.goto(address).status == 200, address
    page.wait_for_load_state("networkidle")
    assert axe_finds(page) == [], address
    assert sideways(page) == 0, address


def test_somebody_new_practises_on_a_phone_by_keys_alone(house, cases, open_page):
    walk = Walk(open_page(house.ben, size="phone"))
    page = walk.go("/practice/").page
    tab_to(page, page.get_by_role("button", name="Give me one"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What would you decide?").wait_for()
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    tab_to(page, walk.field("Amount"))
    page.keyboard.type("60")
    tab_to(page, walk.field("Why?"))
    page.keyboard.type("Lateness is our fault.")
    tab_to(page, page.get_by_role("button", name="See what became of it"))
    page.keyboard.press("Enter")
    for heading in ("What the charter says", "What the team did", "What the guest said"):
        page.get_by_role("heading", name=heading).wait_for()
    tab_to(page, page.get_by_role("button", name="Forget what I said"))
    page.keyboard.press("Enter")
    page.get_by_text("Forgotten.").wait_for()
    assert Tried.objects.count() == 0


def test_it_works_without_scripts(house, cases, open_page):
    page = open_page(house.ben, size="phone", scripts=False)
    page.goto("/practice/")
    page.get_by_role("button", name="Give me one").click()
    page.get_by_role("radio", name="Nothing").check()
    page.get_by_role("button", name="See what became of it").click()
    page.get_by_role("heading", name="What the team did").wait_for()
    page.get_by_role("button", name="Another one").click()
    page.get_by_role("heading", name="What would you decide?").wait_for()
    assert Tried.objects.count() == 1
