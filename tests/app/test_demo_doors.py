"""The doors of the demo: one click to be somebody, and nothing at all outside the demo."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.deciding import decide
from remit.complaints.models import Complaint
from remit.core.clock import now
from remit.demo.doors import DOORS
from remit.demo.founding import NO_PASSWORD
from remit.people.models import Duty, Member, Team


@pytest.fixture
def demo(house, settings):
    """The made house as if it had been made for the demo."""
    settings.DEMO = True
    Member.objects.update(password=NO_PASSWORD)
    Team.objects.filter(pk=house.harbour.pk).update(word="harbour-street")
    return house


@pytest.mark.parametrize("door", [door for door in DOORS if door.word], ids=lambda door: door.word)
def test_one_click_and_somebody_is_in(demo, client, door):
    answer = client.post(reverse("demo:enter", args=[door.word]))
    assert answer.status_code == 302
    assert answer["Location"] == door.address
    assert client.get("/me/").context["me"].word == door.word
    assert "This is the demo" in client.get("/me/").content.decode()


def test_a_member_begins_at_what_is_theirs_to_decide(demo, client):
    later, first = (made_complaint(demo, title=title) for title in ("Cold soup", "Cold dinner"))
    Complaint.objects.filter(pk__in=[later.pk, first.pk]).update(assignee=demo.ana)
    Complaint.objects.filter(pk=later.pk).update(resolution_due_at=now() + timedelta(hours=1))
    enter = reverse("demo:enter", args=["ana"])
    assert client.post(enter)["Location"] == f"/complaints/{first.number}/"
    decide(demo.ana, first.number, wants("refund", 1000))
    assert client.post(enter)["Location"] == f"/complaints/{later.number}/"


def test_behind_every_door_somebody_is_on_duty(demo, client):
    Duty.objects.all().delete()
    client.post(reverse("demo:enter", args=["ana"]))
    on_duty = Duty.objects.filter(ends_at=None).values_list("membership__member__word", flat=True)
    assert sorted(on_duty) == ["ana", "mia", "ola", "sam"]


def test_a_customer_is_nobody_who_is_signed_in(demo, client):
    complaint = made_complaint(demo)
    Complaint.objects.filter(pk=complaint.pk).update(first_replied_at=now())
    client.post(reverse("demo:enter", args=["ana"]))
    answer = client.post(reverse("demo:customer"))
    assert answer["Location"].endswith(f"{complaint.token}/")
    assert "This is the demo" in client.get(answer["Location"]).content.decode()
    assert client.get("/me/").status_code == 302


def test_the_page_names_every_door_and_asks_for_nothing(demo, client):
    shown = client.get(reverse("demo:doors"))
    assert shown.status_code == 200
    page = shown.content.decode()
    assert all(door.name in page and door.first in page for door in DOORS)
    assert 'type="password"' not in page


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/demo/"),
        ("post", "/demo/customer/"),
        *(("post", f"/demo/{word}/") for word in ("ana", "ola")),
    ],
)
def test_outside_the_demo_there_are_no_doors(house, client, settings, method, path):
    settings.DEMO = False
    Member.objects.update(password=NO_PASSWORD)
    assert getattr(client, method)(path).status_code == 404
    assert client.get("/me/").status_code == 302


def test_people_of_a_real_house_have_no_door(house, client, settings):
    settings.DEMO = True
    assert client.post("/demo/ana/").status_code == 404
    assert client.post("/demo/ben/").status_code == 404
    assert client.get("/me/").status_code == 302


def test_a_link_alone_signs_nobody_in(demo, client):
    assert client.get("/demo/ana/").status_code == 405
    assert client.get("/me/").status_code == 302


def test_without_the_demo_nothing_says_that_it_is_one(house, client, settings):
    settings.DEMO = False
    assert "demo" not in client.get("/sign-in/").content.decode().lower().replace("demo.css", "")
