"""Limits hold for many at once, end by themselves, and belong to whom they are counted for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from django.db import connection

from remit.core import clock
from remit.core.errors import Refusal
from remit.people.actions.factors import add_app, show_code
from remit.people.limits import TooOften, forget, take
from remit.people.models import RecoveryCode, Tries
from remit.people.vocabulary import TRIES

MANY = 24
SECRET = pyotp.random_base32()


def at_once(action):
    """How many of many threads got through."""

    def one(_):
        try:
            action()
        except Refusal:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(MANY) as threads:
        return sum(threads.map(one, range(MANY)))


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_no_more_than_the_limit_get_through(house):
    assert at_once(lambda: take("code", "ana")) == TRIES["code"][0]
    assert at_once(lambda: take("code", "ben")) == TRIES["code"][0]


@pytest.mark.django_db(transaction=True)
def test_a_code_used_by_many_at_once_is_good_once(house):
    with clock.at(clock.now() - timedelta(seconds=60)):
        codes = add_app(house.ana, SECRET, pyotp.TOTP(SECRET).at(int(clock.now().timestamp())))
    now = clock.now()

    def show(code):
        with clock.at(now):
            forget("code", "ana")
            show_code(house.ana, code)

    assert at_once(lambda: show(codes[0])) == 1
    assert at_once(lambda: show(pyotp.TOTP(SECRET).at(int(now.timestamp())))) == 1
    assert RecoveryCode.objects.exclude(used_at=None).count() == 1


@pytest.mark.django_db
def test_it_ends_after_its_time_and_says_when(house, noon):
    most, minutes = TRIES["code"]
    for _ in range(most):
        take("code", "ana")
    with pytest.raises(TooOften, match=f"Wait {minutes} minutes"):
        take("code", "ana")
    with (
        clock.at(noon + timedelta(minutes=minutes - 1, seconds=1)),
        pytest.raises(TooOften, match="1 minute,"),
    ):
        take("code", "ana")
    with clock.at(noon + timedelta(minutes=minutes)):
        take("code", "ana")


@pytest.mark.django_db
def test_whom_it_counts_is_kept_as_a_hash_and_not_for_long(house, noon):
    take("link", "203.0.113.7")
    assert "203.0" not in str(Tries.objects.values().get())
    assert len(Tries.objects.get().who_hash) == 64
    with clock.at(noon + timedelta(days=2)):
        take("link", "203.0.113.8")
    assert Tries.objects.count() == 1


@pytest.mark.django_db
def test_mails_for_a_new_password_end_soon(house, client, settings):
    settings.MAIL = "smtp://localhost"
    sent = [client.post("/sign-in/forgotten/", {"email": "Ana@example.org"}).status_code for _ in range(5)]
    assert sent == [302, 302, 302, 429, 429]
    assert client.post("/sign-in/forgotten/", {"email": "nobody@example.org"}).status_code == 302


@pytest.mark.django_db
def test_links_end_soon_for_who_guesses_them(house, client):
    found = {client.get(f"/link/{number:043}/").status_code for number in range(TRIES["link"][0])}
    assert found == {404}
    assert client.get("/link/one-more/").status_code == 429
