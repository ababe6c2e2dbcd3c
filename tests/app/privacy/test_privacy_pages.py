"""Somebody is found whichever way they are known; what is held is shown, and what customers read is kept."""

import pytest
from tests.app.made_complaints import made_complaint
from tests.app.page_checks import assert_clean
from tests.app.privacy.marked import in_the_books, made_marked, mail

from remit.complaints.models import Complaint, Customer
from remit.privacy.models import Hold, Statement

JO, PHONE = "zq7jonah", "+491705550001"


@pytest.fixture
def jo(house, settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "uploads", tmp_path
    return made_marked(house, JO, PHONE)


@pytest.fixture
def ola(house, signed_in):
    return signed_in(house.ola)


@pytest.mark.parametrize(
    "text",
    [f"Guest {JO}", JO.upper(), mail(JO), "0170 5550001", in_the_books(PHONE), "C-2001", f"0{mail(JO)}"],
    ids=["name", "part", "mail", "phone", "order", "complaint", "merged record"],
)
def test_they_are_found(jo, ola, text):
    page = ola.get("/personal-data/", {"q": text})
    assert_clean(page)
    assert f"/personal-data/customers/{jo.pk}/" in page.content.decode()


def test_a_merged_record_leads_to_the_one_that_goes_on(jo, ola):
    other = Customer.objects.get(merged_into=jo)
    assert ola.get(f"/personal-data/customers/{other.pk}/").url == f"/personal-data/customers/{jo.pk}/"


def test_the_page_says_what_is_held(jo, ola):
    page = ola.get(f"/personal-data/customers/{jo.pk}/")
    assert_clean(page)
    words = page.content.decode()
    for said in ("What they and you wrote", "Files they sent", "What was given", "10 years, by law"):
        assert said in words


def test_erasing_asks_for_the_word(jo, ola):
    address = f"/personal-data/customers/{jo.pk}/erase/"
    page = ola.get(address)
    assert_clean(page)
    assert "This stays" in page.content.decode()
    wrong = ola.post(address, {"typed": "yes <b>"})
    assert wrong.status_code == 422
    assert "yes &lt;b&gt;" in wrong.content.decode()
    assert_clean(wrong)
    assert ola.post(address, {"typed": " Erase "}).status_code == 302
    assert Customer.objects.get(pk=jo.pk).erased_at is not None
    again = ola.post(address, {"typed": "erase"})
    assert again.status_code == 422


def test_what_is_open_is_said_first(jo, ola):
    Complaint.objects.filter(number=2001).update(closed_at=None)
    words = ola.get(f"/personal-data/customers/{jo.pk}/erase/").content.decode()
    assert "Still open" in words
    assert 'href="/complaints/2001/"' in words
    assert 'name="typed"' not in words


def test_a_hold_is_placed_and_ended(jo, ola):
    address = "/personal-data/holds/2001/"
    assert ola.post(address, {"why": "Their lawyer wrote."}).status_code == 302
    assert "Their lawyer wrote." in ola.get(address).content.decode()
    assert "Their lawyer wrote." in ola.get("/personal-data/age/").content.decode()
    ola.post(f"{address}end/")
    assert Hold.objects.get().ended_at is not None


def test_the_rules_are_kept_and_said_to_customers(jo, ola):
    rule = {
        "complaint_months": "24",
        "attachment_months": "6",
        "helper_days": "30",
        "books_years": "8",
        "backup_days": "14",
    }
    assert ola.post("/personal-data/age/", rule).status_code == 302
    for path, said in (
        ("/what-we-keep/", "24 months after it was settled"),
        ("/what-we-keep/", "14 days longer"),
        ("/personal-data/kept/", "24 months after closing"),
    ):
        assert said in ola.get(path).content.decode()


def test_words_for_customers_are_kept_in_versions(ola, client):
    for text in ("First.\n\n## Why\nTo help.", "Second."):
        assert (
            ola.post("/personal-data/words/", {"text": text, "contact": "us@example.org"}).status_code == 302
        )
    ola.post("/personal-data/words/", {"text": "Second.", "contact": "us@example.org"})
    assert Statement.objects.count() == 2
    assert "To help." in ola.get("/personal-data/words/1/").content.decode()
    client.logout()
    public = client.get("/what-we-keep/")
    assert_clean(public)
    assert "Second." in public.content.decode()


def test_customers_are_led_there(jo, client):
    token = Complaint.objects.get(number=2002).token
    for path in (f"/c/{token}/", "/tell/harbour/"):
        assert "/what-we-keep/" in client.get(path).content.decode()


def test_a_complaint_that_was_erased_says_so(jo, ola):
    ola.post(f"/personal-data/customers/{jo.pk}/erase/", {"typed": "erase"})
    assert "Its words were erased" in ola.get("/complaints/2001/").content.decode()


def test_of_many_in_the_way_some_are_named_and_the_complaints_stand_on_pages(house, jo, ola):
    for number in range(55):
        made_complaint(house, title=f"Late again {number}", customer=jo)
    page = ola.get(f"/personal-data/customers/{jo.pk}/")
    words = page.content.decode()
    assert "and 49 more" in words
    assert len(page.context["complaints"]) == 50
    count = page.context["complaints"].paginator.count
    for asked, shown in (("2", f"51–{count}"), ("99", f"51–{count}"), ("x", "1–50")):
        assert f"{shown} of {count}" in ola.get(f"{page.request['PATH_INFO']}?page={asked}").content.decode()
    assert_clean(page)
