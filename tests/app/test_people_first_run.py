"""The first run: where there is nobody, everything leads to one page, and one owner comes of it."""

import re
import threading

import pytest
from django.db import connection
from django.urls import reverse

from remit.core.errors import Changed
from remit.core.writing import write
from remit.people.actions.beginning import Beginning, begin
from remit.people.facts import people_of
from remit.people.models import Member, Membership, Organisation, Role, Team
from remit.people.setup_code import is_setup_code, setup_code
from remit.trail.models import Entry

FIELDS = {
    "code": setup_code(),
    "organisation": "Keller & Sons",
    "name": "Ola Keller",
    "email": "Ola@Example.org",
    "password": "four plain words here",
    "time_zone": "Europe/Berlin",
    "currency": "EUR",
}


def beginning(**changed):
    return Beginning(
        **{
            "organisation": "Keller",
            "team": "",
            "name": "Ola",
            "email": "ola@example.org",
            "password": "four plain words",
            "time_zone": "UTC",
            "currency": "EUR",
        }
        | changed
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/sign-in/", "/me/", "/people/", "/nowhere/at/all/", "/counter/"])
def test_every_address_leads_to_welcome(client, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, "/welcome/")


@pytest.mark.django_db
def test_the_first_one_is_owner_manager_on_duty_and_signed_in(client):
    response = client.post("/welcome/", FIELDS)
    assert response.status_code == 302
    owner = Member.objects.get()
    assert (owner.word, owner.email, owner.is_owner) == ("ola-keller", "ola@example.org", True)
    assert owner.check_password(FIELDS["password"])
    team = Team.objects.get()
    assert (team.name, team.word, team.time_zone) == ("Keller & Sons", "keller-sons", "Europe/Berlin")
    assert team.opening == [[[540, 1320]]] * 7
    assert list(Role.objects.values_list("word", "rank")) == [("member", 10), ("lead", 20), ("manager", 30)]
    assert Membership.objects.get().role.word == "manager"
    assert client.get(reverse("people:me")).status_code == 200
    (person,) = people_of(team)
    assert person.on_duty
    assert person.owner
    assert list(Entry.objects.values_list("act", flat=True)) == [
        "organisation-began",
        "duty-begun",
        "signed-in",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("organisation", "  ", "name of your organisation is missing"),
        ("name", "\u200b\u200e", "Your name is missing"),
        ("name", "x" * 200, "120 are the most"),
        ("email", "nobody", "whole mail address"),
        ("email", "mıke@example.org", "letter ı"),
        ("password", "short", "too short"),
        ("password", "password123", "too common"),
        ("time_zone", "", "Choose the time zone"),
        ("time_zone", "Europe/Nowhere", "no such time zone"),
        ("currency", "QQQ", "count in that currency"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, field, value, says):
    response = client.post("/welcome/", FIELDS | {field: value})
    assert response.status_code == 422
    text = response.content.decode()
    assert says in text
    kept = "Ola Keller" if field != "name" else "Keller &amp; Sons"
    assert kept in text
    assert not Member.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code",
    ["", "AAAA-AAAA-AAAA", setup_code()[:-1], "ÄÖÜ", "\u0665" * 12],
    ids=["none", "another", "too short", "other letters", "other digits"],
)
def test_without_the_setup_code_nobody_begins(client, code):
    response = client.post("/welcome/", FIELDS | {"code": code})
    assert response.status_code == 422
    assert ("setup code is missing" if not code else "isn&#x27;t the setup code") in response.content.decode()
    assert "Ola Keller" in response.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_the_link_carries_the_code_and_a_wrong_one_is_asked_for(client):
    with_code = client.get("/welcome/", {"code": setup_code()}).content.decode()
    assert f'<input type="hidden" name="code" value="{setup_code()}">' in with_code
    assert "Setup code" not in with_code
    for code in ("", "wrong"):
        assert "Setup code" in client.get("/welcome/", {"code": code}).content.decode()


def test_the_code_is_read_out_and_typed_as_people_do(settings):
    typed = setup_code()
    assert re.fullmatch(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", typed)
    assert all(map(is_setup_code, (typed, typed.lower(), f" {typed} ", typed.replace("-", " "))))
    settings.SECRET_KEY = "x" * 60
    assert not is_setup_code(typed)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Zoë 🦊", "أحمد", "👩‍🍳", "x" * 120, "I. İpek"])
def test_any_name_can_begin(client, name):
    assert client.post("/welcome/", FIELDS | {"name": name}).status_code == 302
    owner = Member.objects.get()
    assert owner.name == name
    assert owner.word
    assert owner.word.isascii()
    assert client.get("/me/").status_code == 200


@pytest.mark.django_db
def test_the_page_is_gone_afterwards(client):
    client.post("/welcome/", FIELDS)
    assert client.get("/welcome/")["Location"] == "/"
    assert client.post("/welcome/", FIELDS | {"email": "b@example.org"})["Location"] == "/"
    assert Member.objects.count() == 1


@pytest.mark.django_db
def test_who_comes_second_is_told(noon):
    begin(beginning())
    with pytest.raises(Changed):
        begin(beginning(name="Second", email="second@example.org"))
    assert Member.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_first_runs_at_once_make_one_owner(noon):
    barrier = threading.Barrier(4)
    ended = []

    def run(number):
        barrier.wait()
        try:
            begin(beginning(name=f"Owner {number}", email=f"o{number}@example.org"))
            ended.append("owner")
        except Changed:
            ended.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["late", "late", "late", "owner"]
    assert Member.objects.filter(is_owner=True).count() == 1
    assert Organisation.objects.count() == 1
    assert Team.objects.count() == 1


@pytest.mark.django_db
def test_it_is_one_write(noon):
    class Stop(Exception):
        pass

    def stopped():
        with write():
            begin(beginning())
            raise Stop

    with pytest.raises(Stop):
        stopped()
    assert not Organisation.objects.exists()
    assert not Entry.objects.exists()
