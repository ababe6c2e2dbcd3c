"""Signing in by the company's directory, against a real provider: whom it lets in, and whom not."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.test import Client

from remit.core import clock
from remit.keeping.doctor import outside
from remit.keeping.doctor.finding import Health
from remit.people.access import place_in
from remit.people.actions.factors import add_app
from remit.people.actions.members import leave
from remit.people.models import CompanyAccount, Member, SignedIn
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def provider():
    """The address of a provider."""
    command = [sys.executable, "-m", "tests.app.directory.provider"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        yield f"http://localhost:{process.stdout.readline().strip()}"
        process.terminate()


@pytest.fixture
def directory(provider, settings):
    """`directory(subject, **claims)` knows somebody; Remit is set up with it."""
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = provider, "remit", "secret"
    settings.OIDC_NAME = "Keller"

    def knows(subject, **claims):
        requests.put(f"{provider}/users/{subject}", json=claims, timeout=10).raise_for_status()

    return knows


def way_there(client, after=""):
    answer = client.get("/sign-in/company/" + (f"?next={after}" if after else ""))
    assert answer.status_code == 302
    return answer["Location"]


def way_back(address, subject):
    """What the browser is sent back to, after somebody signed in there."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def through(client, subject, after=""):
    return client.get(way_back(way_there(client, after), subject))


def said(client):
    return client.get("/sign-in/").content.decode()


def test_the_door_shows_it_only_where_it_was_set_up(house, client, settings):
    assert "/sign-in/company/" not in said(client)
    assert client.get("/sign-in/company/").status_code == 404
    assert client.get("/sign-in/company/back/").status_code == 404
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_NAME = "https://id.example.org", "x", "Keller"
    assert "Sign in with Keller" in said(client)


def test_a_member_is_found_by_verified_mail_and_then_by_subject(house, client, directory):
    directory("u-1", email="Ana@Example.org", email_verified=True, name="Somebody else")
    assert through(client, "u-1", "/people/")["Location"] == "/people/"
    assert SignedIn.objects.get().way == "company"
    account = CompanyAccount.objects.get()
    assert (account.member, account.subject) == (house.ana, "u-1")
    assert Entry.objects.filter(act="company-linked", subject="member:ana").count() == 1
    client.logout()
    directory("u-1", email="ben@example.org", email_verified=True)
    through(client, "u-1")
    assert client.get("/me/").context["member"] == house.ana
    assert Member.objects.get(word="ana").name == "Ana Ruiz"
    assert CompanyAccount.objects.count() == 1


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email": "ana@example.org", "email_verified": False}, "sure that your mail is yours"),
        ({"email": "ana@example.org"}, "sure that your mail is yours"),
        ({"email": "ana@example.org", "email_verified": "true"}, "sure that your mail is yours"),
        ({"email": "stranger@example.org", "email_verified": True}, "Nobody here has the mail"),
        ({}, "Nobody here has the mail"),
    ],
)
def test_others_stay_outside_and_nobody_is_made(house, client, directory, claims, words):
    people = Member.objects.count()
    directory("u-2", **claims)
    assert through(client, "u-2")["Location"] == "/sign-in/"
    assert words in said(client)
    assert client.get("/me/").status_code == 302
    assert (Member.objects.count(), CompanyAccount.objects.count()) == (people, 0)


def test_whoever_left_stays_outside(house, client, directory):
    directory("u-3", email="ana@example.org", email_verified=True)
    through(client, "u-3")
    leave(place_in(house.mia, house.harbour), "ana")
    assert client.get("/me/").status_code == 302
    through(Client(), "u-3")
    again = Client()
    assert through(again, "u-3")["Location"] == "/sign-in/"
    assert "Nobody here has the mail" in said(again)


def test_another_account_with_the_same_mail_is_not_the_member(house, client, directory):
    for subject in ("u-4", "u-5"):
        directory(subject, email="ana@example.org", email_verified=True)
    through(client, "u-4")
    other = Client()
    assert through(other, "u-5")["Location"] == "/sign-in/"
    assert "Another account" in said(other)


def test_a_second_factor_of_remit_is_asked_for_unless_the_directory_did(house, client, directory):
    secret = pyotp.random_base32()
    add_app(house.ana, secret, pyotp.TOTP(secret).at(int(clock.now().timestamp())))
    directory("u-6", email="ana@example.org", email_verified=True)
    assert through(client, "u-6")["Location"] == "/sign-in/second/"
    assert client.get("/me/").status_code == 302
    directory("u-6", email="ana@example.org", email_verified=True, amr=["pwd", "mfa"])
    assert through(client, "u-6")["Location"] == "/"


def test_a_code_is_bound_to_the_browser_that_asked_for_it(house, client, directory):
    directory("u-7", email="ana@example.org", email_verified=True)
    stolen = way_back(way_there(Client()), "u-7")
    assert client.get(stolen)["Location"] == "/sign-in/"  # a state that this browser never had
    assert "fit what was asked" in said(client)
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    own = parse_qs(urlsplit(way_there(client)).query)
    assert (
        client.get(f"/sign-in/company/back/?code={code}&state={own['state'][0]}")["Location"] == "/sign-in/"
    )
    assert "fit what was asked" in said(client)  # another nonce
    assert client.get("/me/").status_code == 302


def test_what_came_back_is_good_once(house, client, directory):
    directory("u-8", email="ana@example.org", email_verified=True)
    back = way_back(way_there(client), "u-8")
    assert client.get(back)["Location"] == "/"
    client.logout()
    assert client.get(back)["Location"] == "/sign-in/"


def test_it_asks_with_pkce(house, client, directory):
    asked = parse_qs(urlsplit(way_there(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    held = next(value for key, value in client.session.items() if key.startswith("_state_company"))
    assert asked["code_challenge"] == [create_s256_code_challenge(held["data"]["code_verifier"])]
    assert asked["nonce"] == [held["data"]["nonce"]]
    assert asked["redirect_uri"] == ["http://testserver/sign-in/company/back/"]


def test_somebody_who_gives_up_there_is_back_at_the_door(house, client, directory):
    state = parse_qs(urlsplit(way_there(client)).query)["state"][0]
    assert client.get(f"/sign-in/company/back/?error=access_denied&state={state}")["Location"] == "/sign-in/"
    assert client.get("/sign-in/company/back/")["Location"] == "/sign-in/"


def test_a_directory_that_is_down_or_another_one_is_said(house, client, settings):
    settings.OIDC_CLIENT = "remit"
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.get("/sign-in/company/")["Location"] == "/sign-in/"
    assert "answer" in said(client)
    with _serving(
        {"issuer": "https://evil.example.org", "authorization_endpoint": "http://localhost/x"}
    ) as port:
        settings.OIDC_ISSUER = f"http://127.0.0.1:{port}"
        assert client.get("/sign-in/company/")["Location"] == "/sign-in/"
    assert "fit what was asked" in said(client)


class _serving:  # noqa: N801 (used like a function)
    """A server that says one thing."""

    def __init__(self, metadata):
        body = json.dumps(metadata).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self._server.server_port

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def test_the_doctor_asks_it_who_it_is(directory, settings):
    (found,) = outside.directory()
    assert found.health == Health.OK
    settings.OIDC_ISSUER += "/another"
    (found,) = outside.directory()
    assert found.health == Health.WRONG
    assert "REMIT_OIDC_ISSUER" in found.next_step
    settings.OIDC_ISSUER = ""
    assert list(outside.directory()) == []
