"""The counter device: names to tap, a PIN, whose turn it is, and how a turn ends."""

import re
import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.made_complaints import made_complaint
from tests.examples import examples

from remit.core import clock
from remit.core.errors import NotAllowed, Refusal
from remit.people.access import place_in
from remit.people.actions.counter import end_counter_device, make_counter_device
from remit.people.actions.pins import Locked, check_pin, pin_hash, set_pin, waits_until
from remit.people.models import CounterDevice, Membership, PinGuesses, SignedIn
from remit.trail.models import Entry

PIN = "4826"
pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(house, client):
    """A browser that mia made the counter device of harbour; ana and sam have PINs."""
    for member in (house.ana, house.sam):
        set_pin(member, "harbour", PIN)
    client.force_login(house.mia, backend="remit.people.signing_in.MailAndPassword")
    response = client.post("/teams/harbour/counter/", {"name": "Till", "locks_after_seconds": "120"})
    assert response["Location"] == "/counter/"
    return client


def number_of(member):
    return Membership.objects.get(member=member, team__word="harbour").pk


def take_turn(client, member, pin=PIN, **more):
    return client.post(f"/counter/{number_of(member)}/", {"pin": pin} | more)


def test_whoever_makes_it_is_signed_out_of_it(house, counter):
    assert counter.get("/me/")["Location"].startswith("/counter/")
    cookie = counter.cookies["remit_counter"]
    assert cookie["httponly"]
    assert cookie["max-age"] > 60 * 60 * 24 * 300
    assert CounterDevice.objects.get().secret_hash not in cookie.value


def test_it_shows_the_team_those_on_duty_first(house, counter, noon):
    house.ben.memberships.get().duties.all().delete()
    names = re.findall(r"<b>([^<]+)</b><small>([^<]+)", counter.get("/counter/").content.decode())
    assert names == [
        ("Ana Ruiz", "on duty until 20:00"),
        ("Mia Keller", "on duty until 20:00"),
        ("Ola Keller", "on duty until 20:00"),
        ("Sam Lindqvist", "on duty until 20:00"),
        ("Ben Okafor", "Member"),
    ]


def test_a_pin_gives_a_turn_that_the_frame_shows(house, counter):
    response = take_turn(counter, house.ana)
    assert (response.status_code, response["Location"]) == (302, "/")
    row = SignedIn.objects.get()
    assert (row.member, row.way, row.device.name) == (house.ana, "pin", "Till")
    page = counter.get("/me/")
    assert page.status_code == 403
    text = page.content.decode()
    assert "Turn of" in text
    assert "Hand back" in text
    assert 'data-locks-after="120"' in text


@pytest.mark.parametrize(
    "address",
    [
        "/me/",
        "/people/",
        "/settings/",
        "/teams/harbour/people/",
        "/teams/harbour/people/ana/",
        "/teams/harbour/people/invite/",
        "/teams/harbour/settings/",
        "/teams/harbour/shifts/",
        "/teams/harbour/counter/",
        "/people/roles/",
        "/teams/new/",
    ],
)
def test_settings_and_people_are_closed_to_a_turn_whoever_has_it(house, counter, address):
    set_pin(house.ola, "harbour", PIN)
    take_turn(counter, house.ola)
    assert counter.get(address).status_code == 403
    assert counter.post(address, {"name": "x"}).status_code == 403


def test_a_password_on_the_counter_device_gives_a_turn_too(house, counter):
    counter.post("/sign-in/", {"username": "mia@example.org", "password": "long enough"})
    assert counter.get("/teams/harbour/settings/").status_code == 403


def test_on_duty_can_be_tapped_there(house, counter):
    house.ana.memberships.get().duties.all().delete()
    take_turn(counter, house.ana)
    assert counter.post("/teams/harbour/duty/", {"duty": "on"}).status_code == 302
    assert house.ana.memberships.get().duties.filter(ends_at=None).count() == 1


def test_handing_back_ends_the_turn_and_twice_does_no_harm(house, counter):
    take_turn(counter, house.ana)
    for _ in range(2):
        assert counter.post("/counter/hand-back/")["Location"] == "/counter/"
    assert not SignedIn.objects.exists()
    assert counter.get("/counter/").status_code == 200


def test_signing_out_leads_back_to_the_names(house, counter):
    take_turn(counter, house.ana)
    assert counter.post("/sign-out/")["Location"] == "/counter/"


def test_it_locks_without_a_touch_and_says_so(house, counter, noon):
    take_turn(counter, house.ana)
    with clock.at(noon + timedelta(seconds=119)):
        assert counter.post("/counter/touched/").status_code == 204
    with clock.at(noon + timedelta(seconds=238)):
        assert counter.post("/counter/touched/").status_code == 204
    with clock.at(noon + timedelta(seconds=360)):
        response = counter.get("/teams/harbour/people/?x=1")
        assert response["Location"] == "/counter/?next=%2Fteams%2Fharbour%2Fpeople%2F%3Fx%3D1"
        assert "locked itself" in counter.get("/counter/").content.decode()
    assert not SignedIn.objects.exists()


@pytest.mark.parametrize(("method", "address"), [("get", "/counter/"), ("post", "/complaints/2001/here/")])
def test_what_a_page_fetches_or_says_by_itself_is_no_touch(house, counter, noon, method, address):
    made_complaint(house)
    take_turn(counter, house.ana)
    with clock.at(noon + timedelta(seconds=100)):
        getattr(counter, method)(address, headers={"HX-Request": "true"})
    with clock.at(noon + timedelta(seconds=130)):
        response = counter.get("/counter/touched/", headers={"HX-Request": "true"})
        assert (response.status_code, response["HX-Redirect"]) == (204, "/counter/")


def test_a_manager_ends_it_from_afar_with_the_turn_on_it(house, counter, signed_in):
    take_turn(counter, house.ana)
    manager = Client()
    manager.force_login(house.mia, backend="remit.people.signing_in.MailAndPassword")
    number = CounterDevice.objects.get().pk
    for _ in range(2):
        assert manager.post(f"/teams/harbour/counter/{number}/end/").status_code == 302
    assert counter.get("/me/").status_code == 302
    assert counter.get("/counter/")["Location"] == "/sign-in/"
    assert take_turn(counter, house.ana).status_code == 404
    assert Entry.objects.filter(act="counter-ended").count() == 1


def test_a_session_of_a_turn_is_worth_nothing_in_another_browser(house, counter):
    take_turn(counter, house.ana)
    thief = Client()
    thief.cookies["sessionid"] = counter.cookies["sessionid"].value
    assert thief.get("/me/").status_code == 302
    assert thief.get("/me/")["Location"] == "/sign-in/?next=/me/"


def test_a_made_up_device_is_none(house, client):
    client.cookies["remit_counter"] = "made-up"
    assert client.get("/counter/")["Location"] == "/sign-in/"
    assert take_turn(client, house.ana).status_code == 404


def test_only_people_of_the_team_are_there(house, counter):
    eve = house.eve.memberships.get().pk
    assert counter.get(f"/counter/{eve}/").status_code == 404
    assert counter.post(f"/counter/{eve}/", {"pin": PIN}).status_code == 404


@pytest.mark.parametrize("who", ["ana", "sam"])
def test_only_managers_make_and_end_one(house, who):
    place = place_in(getattr(house, who), house.harbour)
    device = make_counter_device(place_in(house.mia, house.harbour), "", 60).device
    assert device.name == "Counter"
    with pytest.raises(NotAllowed):
        make_counter_device(place, "Till", 60)
    with pytest.raises(NotAllowed):
        end_counter_device(place, device.pk)


def test_a_lock_time_that_isnt_offered_is_refused(house, signed_in):
    client = signed_in(house.mia)
    response = client.post("/teams/harbour/counter/", {"name": "Bar 🍸", "locks_after_seconds": "999999"})
    assert response.status_code == 422
    assert "Bar 🍸" in response.content.decode()
    assert not CounterDevice.objects.exists()


def test_a_wrong_pin_says_so_and_shows_nothing_of_it(house, counter):
    response = take_turn(counter, house.ana, "9171")
    assert response.status_code == 422
    text = response.content.decode()
    assert "the PIN" in text
    assert "9171" not in text


def test_without_a_pin_it_says_how_to_get_one(house, counter):
    text = counter.get(f"/counter/{number_of(house.ben)}/").content.decode()
    assert "no PIN here yet" in text
    assert take_turn(counter, house.ben, "0000").status_code == 422


def test_five_wrong_pins_lock_one_member_on_one_device_for_a_while(house, counter, noon):
    for _ in range(5):
        assert take_turn(counter, house.ana, "9171").status_code == 422
    locked = take_turn(counter, house.ana)
    assert locked.status_code == 429
    assert "12:05:00" in locked.content.decode()
    assert "12:05" in counter.get(f"/counter/{number_of(house.ana)}/").content.decode()
    assert take_turn(counter, house.sam).status_code == 302
    counter.post("/counter/hand-back/")
    with clock.at(noon + timedelta(minutes=5)):
        assert take_turn(counter, house.ana).status_code == 302
    assert not PinGuesses.objects.filter(membership=number_of(house.ana)).exists()
    assert Entry.objects.get(act="pin-guessed-often").data["guesses"] == 5


@pytest.mark.parametrize(
    ("wrong", "minutes"), [(5, 5), (10, 10), (15, 20), (20, 40), (25, 60), (30, 60), (5000, 60)]
)
def test_each_further_wait_is_twice_as_long_up_to_an_hour(noon, wrong, minutes):
    guesses = PinGuesses(wrong=wrong, last_at=noon)
    assert waits_until(guesses) == noon + timedelta(minutes=minutes)
    with clock.at(noon + timedelta(minutes=minutes)):
        assert waits_until(guesses) is None
    assert waits_until(PinGuesses(wrong=wrong + 1, last_at=noon)) is None


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_counted_one_by_one(house):
    set_pin(house.ana, "harbour", PIN)
    device = make_counter_device(place_in(house.mia, house.harbour), "Till", 120).device
    membership = Membership.objects.select_related("member", "team").get(pk=number_of(house.ana))
    barrier, ended = threading.Barrier(12), []

    def guess():
        barrier.wait()
        try:
            check_pin(device, membership, "9171")
        except Locked:
            ended.append("locked")
        except Refusal:
            ended.append("wrong")
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["locked"] * 7 + ["wrong"] * 5


def test_a_pin_can_be_set_changed_and_taken_away_on_ones_own_page(house, signed_in):
    client = signed_in(house.ben)
    easy = client.post("/me/pin/harbour/", {"pin": "1111"})
    assert easy.status_code == 422
    assert "Everybody tries" in easy.content.decode()
    assert client.post("/me/pin/harbour/", {"pin": PIN}).status_code == 302
    assert house.ben.memberships.get().pin
    assert client.post("/me/pin/hill/", {"pin": PIN}).status_code == 404
    assert client.post("/me/pin/harbour/", {"remove": "yes"}).status_code == 302
    assert house.ben.memberships.get().pin == ""


def is_not_in_a_row(pin):
    return len({int(after) - int(before) for before, after in pairwise(pin)}) > 1


@settings(max_examples=examples(60), deadline=None)
@given(st.text(max_size=10) | st.from_regex(r"[0-9]{3,9}", fullmatch=True).filter(is_not_in_a_row))
def test_a_pin_is_digits_or_refused(text):
    plain = text.strip()
    if plain and not (plain.isascii() and plain.isdigit() and 4 <= len(plain) <= 8):
        with pytest.raises(Refusal, match="4 to 8 digits"):
            pin_hash(text)
    elif plain in {"0000", "1234"}:
        with pytest.raises(Refusal, match="first"):
            pin_hash(text)
    elif len(set(plain)) > 2 or not plain:
        assert (pin_hash(text) == "") == (plain == "")
