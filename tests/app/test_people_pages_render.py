"""Every page of the people renders, in every state that a template knows."""

import pytest
from django.urls import reverse

from remit.people.access import place_in
from remit.people.actions.counter import make_counter_device
from remit.people.actions.joining import invite
from remit.people.models import Duty, Role

pytestmark = pytest.mark.django_db

OF_EVERYBODY = ("people", "me", "team-settings")
OF_TEAM = ("team", "week", "settings")
OF_LEAD = ("invite",)
OF_MANAGER = ("counter-devices",)
OF_OWNER = ("new-team", "roles")


def status(client, name, *arguments):
    response = client.get(reverse(f"people:{name}", args=arguments), follow=True)
    if response.status_code == 200:
        text = response.content.decode()
        assert "<c-" not in text
        assert "style=" not in text
        assert "onclick" not in text
    return response.status_code


@pytest.mark.parametrize(
    ("who", "expected"),
    [("ana", (403, 403, 403)), ("sam", (200, 403, 403)), ("mia", (200, 200, 403)), ("ola", (200, 200, 200))],
)
def test_pages_open_to_those_whose_they_are(house, signed_in, who, expected):
    lead, manager, owner = expected
    client = signed_in(getattr(house, who))
    invite(place_in(house.mia, house.harbour), Role.objects.get(word="member"), name="Kim")
    make_counter_device(place_in(house.mia, house.harbour), "Till", 120)
    for name in OF_EVERYBODY:
        assert status(client, name) == 200, name
    for name in OF_TEAM:
        assert status(client, name, "harbour") == 200, name
    for name in OF_LEAD:
        assert status(client, name, "harbour") == lead, name
    for name in OF_MANAGER:
        assert status(client, name, "harbour") == manager, name
    for name in OF_OWNER:
        assert status(client, name) == owner, name
    assert status(client, "member", "harbour", "ben") == lead
    assert status(client, "departure", "harbour", "ben") == manager
    assert status(client, "departure", "harbour", who) == 200
    assert status(client, "role", "lead") == owner
    shift = Duty.objects.filter(membership__team=house.harbour).first()
    assert status(client, "shift", "harbour", shift.pk) == lead


def test_another_team_is_nowhere(house, signed_in):
    client = signed_in(house.eve)
    shift = Duty.objects.filter(membership__team=house.harbour).first()
    device = make_counter_device(place_in(house.mia, house.harbour), "Till", 120).device
    for name in (*OF_TEAM, *OF_LEAD, *OF_MANAGER):
        assert status(client, name, "harbour") == 404, name
    assert status(client, "member", "harbour", "ana") == 404
    assert status(client, "member", "hill", "ana") == 404
    assert status(client, "shift", "harbour", shift.pk) == 404
    for name, arguments in (
        ("tap", ("harbour",)),
        ("copy-week", ("harbour",)),
        ("withdraw", ("harbour", 1)),
        ("make-link", ("harbour", "ana")),
        ("departure", ("harbour", "ana")),
        ("end-device", ("harbour", device.pk)),
        ("pin", ("harbour",)),
    ):
        data = {"pin": "4826"}
        assert client.post(reverse(f"people:{name}", args=arguments), data).status_code == 404, name


def test_things_of_another_team_are_nowhere_under_ones_own(house, signed_in):
    client = signed_in(house.ola)
    shift = Duty.objects.filter(membership__team=house.harbour).first()
    device = make_counter_device(place_in(house.mia, house.harbour), "Till", 120).device
    assert status(client, "shift", "hill", shift.pk) == 404
    assert client.post(reverse("people:end-device", args=("hill", device.pk))).status_code == 404


@pytest.mark.parametrize("name", ["team", "week", "settings", "counter-devices", "invite"])
def test_pages_ask_little_of_the_database(house, signed_in, django_assert_max_num_queries, name):
    client = signed_in(house.mia)
    with django_assert_max_num_queries(12):
        client.get(reverse(f"people:{name}", args=("harbour",)))


def test_own_page_asks_little_of_the_database(house, signed_in, django_assert_max_num_queries):
    client = signed_in(house.ola)
    with django_assert_max_num_queries(12):
        client.get(reverse("people:me"))


def test_nobody_is_sent_to_the_door_and_back(house, client):
    response = client.get(reverse("people:team", args=("harbour",)))
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/teams/harbour/people/"


def test_a_form_that_was_sent_without_a_session_leads_back_to_its_page(house, client):
    page = "http://testserver/complaints/2041/?kind=refund"
    response = client.post("/complaints/2041/decisions/", {"value": "42"}, headers={"referer": page})
    assert response["Location"] == "/sign-in/?next=/complaints/2041/%3Fkind%3Drefund"
    for elsewhere in ("https://elsewhere.example/x", ""):
        response = client.post("/complaints/2041/decisions/", headers={"referer": elsewhere})
        assert response["Location"] == "/sign-in/?next=/"


def test_an_address_that_only_takes_forms_says_so(house, signed_in):
    response = signed_in(house.ana).get("/complaints/2041/decisions/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "it only takes what a form sends" in response.content.decode()


def test_a_part_of_a_page_says_that_one_was_signed_out_and_is_no_door(house, client):
    part = {"HX-Request": "true", "HX-Request-Type": "partial"}
    response = client.get("/complaints/2041/make-it-right/?kind=refund&value=42", headers=part)
    assert response.status_code == 401
    assert "You were signed out meanwhile." in response.content.decode()
    assert "<form" not in response.content.decode()
