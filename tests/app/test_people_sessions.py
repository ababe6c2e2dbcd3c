"""Where somebody is signed in: seen, ended, and told of when it is new."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from remit.config.values import proxies_of
from remit.core import clock
from remit.core.errors import NotAllowed
from remit.people.access import place_in
from remit.people.actions.factors import end_sessions_of_member
from remit.people.actions.members import leave
from remit.people.browsers import network_of
from remit.people.models import KnownBrowser, SignedIn
from remit.trail.models import Entry

PASSWORD = "long enough"  # noqa: S105
FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/604.1"

pytestmark = pytest.mark.django_db


def browser(word="ana", agent=FIREFOX, address="203.0.113.7"):
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    client.post("/sign-in/", {"username": f"{word}@example.org", "password": PASSWORD})
    return client


def is_in(client):
    return client.get("/me/").status_code == 200


def test_each_is_shown_with_what_it_is_and_where(house):
    browser(agent=IPHONE, address="2001:db8:1:2::3")
    page = browser().get("/me/").content.decode()
    assert "Firefox on Windows" in page
    assert "Computer · network 203.0.*" in page
    assert "Phone · network 2001:0db8:*" in page
    assert "203.0.113.7" not in page
    kept = " ".join(str(row) for row in SignedIn.objects.values_list())
    assert "113.7" not in kept


@pytest.mark.parametrize(
    ("forwarded", "proxies", "network"),
    [
        ("198.51.100.9", "", "203.0.*"),
        ("198.51.100.9", "10.0.0.0/8", "203.0.*"),
        ("6.6.6.6, 198.51.100.9", "203.0.113.0/24", "198.51.*"),
        ("6.6.6.6, 198.51.100.9, 203.0.113.8", "203.0.113.0/24", "198.51.*"),
        ("6.6.6.6, 198.51.100.9", "203.0.113.7, 198.51.100.9", "6.6.*"),
        ("[2001:db8:1:2::3]", "203.0.113.7", "2001:0db8:*"),
        ("::ffff:198.51.100.9", "203.0.113.7", "198.51.*"),
        ("", "203.0.113.7", "203.0.*"),
        ("198.51.100.9", "none", "203.0.*"),
        ("6.6.6.6, nonsense", "203.0.113.7", "203.0.*"),
    ],
)
def test_only_a_proxy_is_believed(rf, settings, forwarded, proxies, network):
    settings.PROXIES = proxies_of(proxies, is_behind_one=False)
    request = rf.get(
        "/", REMOTE_ADDR="203.0.113.7", headers={"X-Forwarded-For": forwarded} if forwarded else {}
    )
    assert network_of(request) == network


def test_when_it_was_used_last_is_known_to_ten_minutes(house, noon):
    client = browser()
    for minutes, seen in ((9, 0), (11, 11), (15, 11), (25, 25)):
        with clock.at(noon + timedelta(minutes=minutes)):
            client.get("/me/")
        assert SignedIn.objects.get().seen_at == noon + timedelta(minutes=seen)


def test_all_others_end_and_this_one_stays(house):
    here, there, bens = browser(), browser(agent=IPHONE), browser("ben")
    assert here.post("/me/sign-out-elsewhere/")["Location"] == "/me/"
    assert is_in(here)
    assert not is_in(there)
    assert is_in(bens)
    assert Entry.objects.get(act="others-signed-out").data == {"sessions": 1}


def test_an_owner_ends_all_of_a_members(house):
    ana, ola = browser(), browser("ola")
    for other in (house.mia, house.sam, house.ana):
        with pytest.raises(NotAllowed):
            end_sessions_of_member(other, "ana")
    ola.post("/people/ana/sessions/", {"next": "/teams/harbour/people/ana/"})
    assert not is_in(ana)
    assert is_in(ola)
    assert "Ola Keller signed you out everywhere" in browser().get("/notices/").content.decode()
    assert Entry.objects.get(act="signed-out-everywhere").member_id == house.ola.pk
    ola.post("/people/ola/sessions/")
    assert not is_in(ola)


def test_another_password_and_leaving_end_them(house):
    here, there = browser(), browser(agent=IPHONE)
    here.post("/me/password/", {"old": PASSWORD, "password": "a rather new password"})
    assert is_in(here)
    assert not is_in(there)
    leave(place_in(house.mia, house.harbour), "ana")
    assert not is_in(here)
    assert not Session.objects.filter(session_key__in=SignedIn.objects.values("session_key")).exists()


def notices_of(client):
    return client.get("/notices/").content.decode().count("You signed in somewhere new")


def test_a_new_browser_is_told_and_the_first_and_known_ones_are_not(house):
    first = browser()
    assert notices_of(first) == 0
    first.post("/sign-out/")
    first.post("/sign-in/", {"username": "ana@example.org", "password": PASSWORD})
    assert notices_of(first) == 0
    second = browser(agent=IPHONE)
    assert notices_of(first) == 1
    assert "Safari on iPhone" in first.get("/notices/").content.decode()
    assert KnownBrowser.objects.filter(member=house.ana).count() == 2
    mark = second.cookies["remit_browser"]
    assert mark["httponly"]
    assert not KnownBrowser.objects.filter(mark_hash=mark.value).exists()


def test_a_browser_that_two_share_is_new_to_each_of_them(house):
    browser("ben")
    shared = browser()
    shared.post("/sign-out/")
    shared.post("/sign-in/", {"username": "ben@example.org", "password": PASSWORD})
    assert notices_of(shared) == 1
