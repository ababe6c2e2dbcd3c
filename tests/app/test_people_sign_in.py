"""Signing in by mail and password: what opens, what locks, where it leads, and how it ends."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from remit.core import clock
from remit.jobs.inline import run_due_jobs
from remit.people.actions.forgotten import token_for
from remit.people.models import Member, SignedIn
from remit.trail.models import Entry

PASSWORD = "long enough"  # noqa: S105
WRONG = "wrong"
NEW = "a rather new password"

pytestmark = pytest.mark.django_db


def sign_in(client, email="ana@example.org", password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": email, "password": password} | more)


@pytest.mark.parametrize("typed", ["ana@example.org", "  ANA@Example.ORG "])
def test_mail_and_password_open(house, client, typed):
    response = sign_in(client, typed)
    assert (response.status_code, response["Location"]) == (302, "/")
    row = SignedIn.objects.get()
    assert (row.member, row.way) == (house.ana, "password")
    assert Entry.objects.get(act="signed-in").data == {"way": "password"}


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ana@example.org", "wrong"),
        ("nobody@example.org", PASSWORD),
        ("ana", PASSWORD),
        ("anà@example.org", "x"),
    ],
)
def test_a_wrong_pair_says_the_same_whoever_is_here(house, client, email, password):
    response = sign_in(client, email, password)
    assert response.status_code == 422
    text = response.content.decode()
    assert "belong together" in text
    assert email in text
    assert PASSWORD not in text


def test_whoever_left_and_software_stay_outside(house, client):
    Member.objects.filter(pk=house.ana.pk).update(left_at=clock.now())
    Member.objects.filter(pk=house.ben.pk).update(is_software=True)
    assert sign_in(client).status_code == 422
    assert sign_in(client, "ben@example.org").status_code == 422


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/me/", "/me/"),
        ("/people/?a=1", "/people/?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_next_leads_only_to_pages_here(house, client, wanted, leads):
    assert sign_in(client, next=wanted)["Location"] == leads
    assert client.get("/sign-in/", {"next": wanted})["Location"] == leads


def test_five_wrong_ones_lock_and_say_for_how_long(house, client):
    for _ in range(4):
        assert sign_in(client, password=WRONG).status_code == 422
    response = sign_in(client, "ANA@example.org", password=WRONG)
    assert response.status_code == 429
    text = response.content.decode()
    assert "Too many wrong passwords" in text
    assert "for 15 more minute" in text or "more minutes" in text
    assert sign_in(client).status_code == 429
    assert sign_in(client, "ben@example.org").status_code == 302


def test_the_session_is_another_after_signing_in(house, client):
    client.get("/sign-in/")
    client.session["x"] = 1
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_another_member_in_the_same_browser_takes_its_place(house, client):
    sign_in(client)
    sign_in(client, "ben@example.org")
    assert SignedIn.objects.get().member == house.ben


def test_signing_out_ends_it(house, client):
    sign_in(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not SignedIn.objects.exists()
    assert client.get("/me/").status_code == 302
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/sign-out/").status_code == 405


def test_signing_out_everywhere_ends_every_session_even_unknown_ones(house, client):
    other, unknown = Client(), Client()
    sign_in(client)
    sign_in(other)
    unknown.force_login(house.ana, backend="remit.people.signing_in.MailAndPassword")
    client.post("/me/sign-out-everywhere/")
    for each in (client, other, unknown):
        assert each.get("/me/").status_code == 302
    assert not SignedIn.objects.exists()


def test_one_browser_can_be_signed_out_from_another(house, client):
    other, stranger = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Safari/1"), Client()
    sign_in(client)
    sign_in(other)
    sign_in(stranger, "ben@example.org")
    theirs = SignedIn.objects.get(member=house.ben)
    mine = SignedIn.objects.get(browser="Safari on iPhone")
    assert "Safari on iPhone" in client.get("/me/").content.decode()
    client.post(reverse("people:browser", args=(mine.pk,)))
    client.post(reverse("people:browser", args=(theirs.pk,)))
    assert other.get("/me/").status_code == 302
    assert stranger.get("/me/").status_code == 200
    assert client.post(reverse("people:browser", args=(mine.pk,))).status_code == 302


def test_a_new_password_keeps_this_browser_and_ends_the_others(house, client):
    other = Client()
    sign_in(client)
    sign_in(other)
    wrong = client.post("/me/password/", {"old": "wrong one", "password": NEW})
    assert wrong.status_code == 422
    easy = client.post("/me/password/", {"old": PASSWORD, "password": "short"})
    assert easy.status_code == 422
    assert client.post("/me/password/", {"old": PASSWORD, "password": NEW}).status_code == 302
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert sign_in(Client(), password=NEW).status_code == 302


@pytest.fixture
def with_mail(settings):
    settings.MAIL = "smtp://localhost"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_without_a_mail_server_the_page_says_who_can_help(house, client):
    text = client.get("/sign-in/forgotten/").content.decode()
    assert "sends no mail" in text
    assert "leads your team" in text
    client.post("/sign-in/forgotten/", {"email": "ana@example.org"})
    assert run_due_jobs() == 0


def test_a_forgotten_password_is_mended_by_mail(house, client, with_mail):
    other = Client()
    sign_in(other)
    for _ in range(2):
        response = client.post("/sign-in/forgotten/", {"email": "ANA@example.org"})
        assert response["Location"] == "/sign-in/forgotten/sent/"
    run_due_jobs()
    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    path = re.search(r"http://testserver(\S+)", letter.body)[1]
    assert client.get(path).status_code == 200
    assert client.post(path, {"password": "short"}).status_code == 422
    assert client.post(path, {"password": NEW})["Location"] == "/"
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert Client().get(path).status_code == 409
    assert Client().post(path, {"password": "another new password"}).status_code == 409
    assert sign_in(Client(), password=NEW).status_code == 302


@pytest.mark.parametrize("typed", ["nobody@example.org", "ana", "anA@exampłe.org"])
def test_a_stranger_learns_nothing(house, client, with_mail, typed):
    response = client.post("/sign-in/forgotten/", {"email": typed})
    assert response["Location"] == "/sign-in/forgotten/sent/"
    run_due_jobs()
    assert mail.outbox == []


def test_a_letter_that_only_looks_alike_gets_nobodys_mail(house, client, with_mail):
    Member.objects.filter(pk=house.mia.pk).update(email="mike@example.org")
    for typed in ("mıke@example.org", "MİKE@example.org", "mi\u212ae@example.org"):
        client.post("/sign-in/forgotten/", {"email": typed})
    run_due_jobs()
    assert mail.outbox == []


def test_the_link_ends_after_two_hours(house, client, noon):
    token = token_for(house.ana)
    path = reverse("people:new-password", args=("ana", token))
    with clock.at(noon + timedelta(hours=1, minutes=59)):
        assert client.get(path).status_code == 200
    with clock.at(noon + timedelta(hours=2, minutes=1)):
        assert client.get(path).status_code == 409
    assert client.get(reverse("people:new-password", args=("ben", token))).status_code == 409
    assert client.get(reverse("people:new-password", args=("ana", "x-y"))).status_code == 409


def test_own_page_keeps_what_was_typed(house, signed_in):
    client = signed_in(house.ana)
    taken = client.post("/me/", {"name": "Anna", "email": "ben@example.org"})
    assert taken.status_code == 422
    assert "Somebody else has this mail" in taken.content.decode()
    assert "Anna" in taken.content.decode()
    assert client.post("/me/", {"name": "Anna", "email": ""}).status_code == 422
    assert client.post("/me/", {"name": "Anna", "email": "Anna@Example.org"}).status_code == 302
    house.ana.refresh_from_db()
    assert (house.ana.name, house.ana.email, house.ana.word) == ("Anna", "anna@example.org", "ana")
