"""Personal data in a browser: pages readable by all, and the way from a question to a copy, and to nobody."""

import pytest
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.journeys.walking import Walk
from tests.app.privacy.marked import made_marked
from tests.journeys.browsing import SIZES

from remit.complaints.models import Complaint, Customer
from remit.privacy.actions.ageing import change_retention
from remit.privacy.actions.erasing import erase_customer
from remit.privacy.actions.handing_out import ask_export, make_export, token_of
from remit.privacy.actions.holding import place_hold
from remit.privacy.actions.writing_words import write_statement
from remit.privacy.models import Export
from remit.privacy.queries.words import words_now

RULE = {
    "complaint_months": 1,
    "attachment_months": None,
    "letter_months": 1,
    "sign_in_days": 90,
    "books_years": 10,
    "backup_days": 30,
}


@pytest.fixture
def jo(house, settings, tmp_path):
    """A customer of whom everything stands somewhere; somebody else was erased, something is on hold."""
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "uploads", tmp_path
    gone = made_marked(house, "Kim Okonkwo", "+491705550002")
    erase_customer(house.ola, gone.pk, typed="erase")
    jo = made_marked(house, "Jonah Miller", "+491705550001")
    bare = Customer.objects.create(name="Lee Bare", created_at=jo.created_at)
    Complaint.objects.filter(customer=None).update(customer=bare)
    change_retention(house.ola, RULE)
    write_statement(house.ola, words_now().text, "privacy@example.org")
    return jo


def _pages(house, jo):
    export = ask_export(house.ola, jo.pk, with_notes=False)
    make_export(export.pk)
    place_hold(house.ola, 2004, "Their lawyer wrote, and we answer by the end of the month.")
    return {
        "home": "/personal-data/",
        "found": "/personal-data/?q=Miller",
        "nobody": "/personal-data/?q=Nobody+Like+That",
        "held": f"/personal-data/customers/{jo.pk}/",
        "erase": f"/personal-data/customers/{jo.pk}/erase/",
        "erase-bare": f"/personal-data/customers/{Customer.objects.get(name='Lee Bare').pk}/erase/",
        "export": f"/personal-data/exports/{export.pk}/",
        "age": "/personal-data/age/",
        "hold": "/personal-data/holds/2004/",
        "hold-new": "/personal-data/holds/2005/",
        "kept": "/personal-data/kept/",
        "words": "/personal-data/words/",
        "words-before": "/personal-data/words/1/",
        "public": "/what-we-keep/",
        "handed-out": f"/data/{token_of(Export.objects.get())}/",
        "erased": "/complaints/2001/",
    }


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_by_all(house, jo, open_page, size):
    page = open_page(house.ola, size=size)
    for address in _pages(house, jo).values():
        assert page.goto(address).status == 200, address
        page.wait_for_load_state("networkidle")
        assert axe_finds(page) == [], address
        assert sideways(page) == 0, address


def test_from_a_question_to_a_copy_and_to_nobody(house, jo, open_page):
    owner = Walk(open_page(house.ola))
    owner.go("/personal-data/")
    owner.page.get_by_role("searchbox").fill("Miller")
    owner.page.keyboard.press("Enter")
    owner.tap("Guest Jonah Miller", role="link")
    owner.tap("Put it together")
    make_export(Export.objects.get().pk)
    owner.page.get_by_label("Link for them").wait_for()
    customer = open_page(size="phone")
    customer.goto(owner.page.get_by_label("Link for them").input_value())
    with customer.expect_download() as fetched:
        customer.get_by_role("link", name="Fetch the file").click()
    assert fetched.value.suggested_filename == "what-is-held.zip"
    owner.go(f"/personal-data/customers/{jo.pk}/")
    owner.tap("Erase", role="link")
    owner.page.get_by_label("Type erase").fill("erase")
    owner.tap("Make them nobody")
    assert owner.page.get_by_text("The customer is nobody now").is_visible()
