"""What goes around the guard of one name from one place: many names from one place, many places on one."""

from datetime import timedelta

import pytest
from django.test import Client

from remit.core import clock
from remit.people.models import Member, SignedIn
from remit.people.vocabulary import TRIES
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db
RIGHT = "long enough"
FROM, OF = TRIES["password-from"][0], TRIES["password-of"][0]


def tried(name, password="wrong", address="198.51.100.1", client=None, **headers):  # noqa: S107
    client = client or Client()
    sent = {"username": f"{name}@example.org", "password": password}
    return client.post("/sign-in/", sent, REMOTE_ADDR=address, headers=headers)


def test_one_password_on_many_names_ends_soon_also_for_the_right_one(house, noon):
    found = [tried(f"name{number}").status_code for number in range(FROM + 3)]
    assert found == [422] * FROM + [429] * 3
    assert tried("ana", RIGHT).status_code == 429
    assert not SignedIn.objects.exists()
    assert tried("ana", RIGHT, address="198.51.100.2").status_code == 302
    assert Entry.objects.filter(act="tried-too-often").count() == 1
    with clock.at(noon + timedelta(minutes=TRIES["password-from"][1] + 1)):
        assert tried("ben", RIGHT).status_code == 302


@pytest.mark.parametrize("place", ["198.51.100.{}", "2001:db8:{:x}::1"])
def test_many_places_on_one_name_end_soon_whoever_it_is(house, place):
    for name in ("ana", "nobody"):
        found = [tried(name, address=place.format(number + 1)).status_code for number in range(OF + 1)]
        assert found == [422] * OF + [429]
    assert tried("ana", RIGHT, address="192.0.2.1").status_code == 429


def test_a_household_of_addresses_is_one_place(house):
    found = [tried(f"name{n}", address=f"2001:db8:1:2::{n:x}").status_code for n in range(FROM + 1)]
    assert found == [422] * FROM + [429]
    assert tried("ana", RIGHT, address="2001:db8:1:3::1").status_code == 302


def test_who_was_here_before_is_not_shut_out_by_strangers(house):
    mine = Client()
    assert tried("ana", RIGHT, client=mine, address="192.0.2.1").status_code == 302
    mine.post("/sign-out/")
    for number in range(OF):
        tried("ana", address=f"198.51.100.{number + 1}")
    assert tried("ana", RIGHT, address="192.0.2.9").status_code == 429
    assert tried("ana", RIGHT, client=mine, address="192.0.2.1").status_code == 302


def test_the_mark_of_a_browser_counts_for_its_own_member_alone(house):
    mine = Client()
    tried("ana", RIGHT, client=mine, address="192.0.2.1")
    mine.post("/sign-out/")
    for number in range(OF):
        tried("ben", address=f"198.51.100.{number + 1}", client=mine)
    assert tried("ben", RIGHT, client=mine, address="192.0.2.1").status_code == 429


def test_right_ones_count_for_nothing(house):
    for _ in range(FROM + 2):
        assert tried("ana", RIGHT).status_code == 302


def test_a_right_one_between_wrong_ones_takes_none_of_them_back(house):
    for number in range(FROM):
        assert tried(f"name{number}").status_code == 422
        if number < FROM - 1:
            assert tried("ana", RIGHT).status_code == 302
    assert tried("ana", RIGHT).status_code == 429
    assert Member.objects.filter(left_at=None).exists()


def test_a_forged_address_is_the_same_place(house):
    found = [
        tried(
            f"name{number}", **{"X-Forwarded-For": f"203.0.113.{number}", "X-Real-Ip": "127.0.0.1"}
        ).status_code
        for number in range(FROM + 1)
    ]
    assert found == [422] * FROM + [429]
