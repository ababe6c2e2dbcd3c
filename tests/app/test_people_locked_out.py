"""A link made at the command line: the way back of an owner who lost what they knew."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.app.page_checks import assert_clean

from remit.core import clock
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.people.actions.joining import make_link_at_the_command_line, open_link, use_link
from remit.people.models import Member, PersonalLink, SignedIn
from remit.trail.models import Entry

NEW = {"password": "a quite new password"}


def test_an_owner_comes_in_and_sets_a_new_password(house, client):
    secret = make_link_at_the_command_line(house.ola)
    assert "on the machine that Remit runs on" in assert_clean(client.get(f"/link/{secret}/"))
    assert client.post(f"/link/{secret}/")["Location"] == "/me/"
    page = assert_clean(client.get("/me/"))
    assert "a link made at the command line" in page
    assert 'name="old"' not in page
    assert client.post("/me/password/", NEW)["Location"] == "/me/"
    assert Member.objects.get(pk=house.ola.pk).check_password(NEW["password"])
    # From then on it is a password like any other.
    assert 'name="old"' in assert_clean(client.get("/me/"))
    assert client.post("/me/password/", {"password": "another new password"}).status_code == 422


def test_it_is_single_told_and_written_down(house):
    secret = make_link_at_the_command_line(house.ola)
    entry = Entry.objects.get(act="link-made-at-command-line")
    assert (entry.subject, entry.member_id) == ("member:ola", None)
    assert house.ola.notices.get().title == "Somebody at the command line made a link that signs you in"
    assert use_link(secret) == house.ola
    with pytest.raises(Refusal, match="used already"):
        use_link(secret)
    again = Client().post(f"/link/{secret}/")
    assert again.status_code == 409
    assert "Ask whoever made it for a new one" in again.content.decode()


def test_it_ends_after_a_day_and_with_the_next_one(house, noon):
    first, second = make_link_at_the_command_line(house.ola), make_link_at_the_command_line(house.ola)
    with pytest.raises(Refusal, match="ended"):
        open_link(first)
    with clock.at(noon + timedelta(hours=24)), pytest.raises(Refusal, match="ended"):
        open_link(second)


def test_a_bad_password_is_said_and_may_be_tried_again(house, client):
    client.post(f"/link/{make_link_at_the_command_line(house.ola)}/")
    answer = client.post("/me/password/", {"password": "short"})
    assert answer.status_code == 422
    assert 'name="old"' not in assert_clean(answer)
    assert client.post("/me/password/", NEW).status_code == 302


def test_a_link_by_somebody_still_needs_the_password_of_before(house, client):
    secret = make_link_at_the_command_line(house.ana)
    PersonalLink.objects.update(made_by=house.sam)
    client.post(f"/link/{secret}/")
    assert SignedIn.objects.get().way == "link"
    assert 'name="old"' in client.get("/me/").content.decode()
    assert client.post("/me/password/", NEW).status_code == 422
    assert client.post("/me/password/", NEW | {"old": ""}).status_code == 422


def test_neither_software_nor_whoever_left(house, noon):
    Member.objects.filter(pk=house.ana.pk).update(is_software=True)
    with pytest.raises(NotAllowed):
        make_link_at_the_command_line(house.ana)
    Member.objects.filter(pk=house.ben.pk).update(left_at=noon)
    with pytest.raises(Refusal, match="has left"):
        make_link_at_the_command_line(house.ben)
    secret = make_link_at_the_command_line(house.ola)
    Member.objects.filter(pk=house.ola.pk).update(left_at=noon)
    with pytest.raises(NotThere):
        open_link(secret)
