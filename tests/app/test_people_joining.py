"""Invitations and personal links: who may make them, and what becomes of them."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from remit.core import clock
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.people.access import get_membership_for, place_in
from remit.people.actions.joining import (
    Newcomer,
    accept_as_member,
    accept_as_newcomer,
    invite,
    make_personal_link,
    open_invitation,
    open_link,
    use_link,
    withdraw_invitation,
)
from remit.people.models import Invitation, Member, Membership, PersonalLink, Role
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db


def role(word):
    return Role.objects.get(word=word)


def invited(house, by="mia", into="member", **more):
    return invite(place_in(getattr(house, by), house.harbour), role(into), **more)[1]


@pytest.mark.parametrize(
    ("by", "into", "may"),
    [
        ("ana", "member", False),
        ("sam", "member", True),
        ("sam", "lead", True),
        ("sam", "manager", False),
        ("mia", "manager", True),
        ("ola", "manager", True),
    ],
)
def test_a_lead_invites_up_to_their_own_rank(house, by, into, may):
    if may:
        assert open_invitation(invited(house, by, into)).role.word == into
    else:
        with pytest.raises(NotAllowed):
            invited(house, by, into)


def test_the_page_offers_no_role_above_and_takes_none(house, signed_in):
    client = signed_in(house.sam)
    page = client.get("/teams/harbour/people/invite/").content.decode()
    assert 'value="lead"' in page
    assert 'value="manager"' not in page
    wrong = client.post("/teams/harbour/people/invite/", {"name": "Kim", "role": "manager"})
    assert wrong.status_code == 422
    assert "Kim" in wrong.content.decode()
    made = client.post("/teams/harbour/people/invite/", {"name": "Kim", "role": "member"})
    text = made.content.decode()
    assert "<svg" in text
    assert "/invitation/" in text
    assert "style=" not in text
    assert Invitation.objects.get().secret_hash not in text


def test_a_newcomer_joins_with_a_pin_alone(house, client):
    path = f"/invitation/{invited(house, name='Kim')}/"
    assert 'value="Kim"' in client.get(path).content.decode()
    assert client.post(path, {"name": "Kim Ölander 🦊", "pin": "4826"})["Location"] == "/"
    kim = Member.objects.get(word__startswith="kim")
    assert (kim.name, kim.email, kim.has_usable_password()) == ("Kim Ölander 🦊", None, False)
    membership = kim.memberships.get()
    assert (membership.team, membership.role.word) == (house.harbour, "member")
    assert membership.pin
    assert "4826" not in membership.pin
    assert client.get("/me/").status_code == 200
    assert Entry.objects.filter(act="member-joined", member=kim).exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"pin": ""}, "need a password or a PIN"),
        ({"pin": "12"}, "4 to 8 digits"),
        ({"pin": "1234"}, "Everybody tries"),
        ({"pin": "7777"}, "Everybody tries"),
        ({"pin": "٤٨٢٦"}, "4 to 8 digits"),
        ({"pin": "123456789"}, "at most 8"),
        ({"pin": "", "password": "four plain words"}, "needs a mail address"),
        ({"pin": "", "password": "short", "email": "kim@example.org"}, "too short"),
        ({"pin": "4826", "email": "kim"}, "whole mail address"),
        ({"pin": "4826", "name": "n" * 200}, "120 are the most"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_used_up(house, client, typed, says):
    secret = invited(house)
    response = client.post(f"/invitation/{secret}/", {"name": "Kim Typed"} | typed)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert (typed.get("name") or "Kim Typed") in response.content.decode()
    assert open_invitation(secret)


def test_a_second_click_and_another_tab_do_no_harm(house, client):
    path = f"/invitation/{invited(house)}/"
    fields = {"name": "Kim", "pin": "4826"}
    assert client.post(path, fields).status_code == 302
    assert client.post(path, fields).status_code == 302
    assert client.get(path)["Location"] == "/"
    assert Member.objects.filter(name="Kim").count() == 1
    late = Client().post(path, fields)
    assert late.status_code == 409
    assert "used already" in late.content.decode()


def test_somebody_known_signs_in_first_and_joins_with_what_they_have(house, client):
    secret = invited(house, email="eve@example.org")
    path = f"/invitation/{secret}/"
    response = client.post(path, {"name": "Eve", "email": "EVE@example.org", "password": "four plain words"})
    assert response.status_code == 422
    text = response.content.decode()
    assert f"/sign-in/?next={path}" in text
    signed = client.post(
        "/sign-in/", {"username": "eve@example.org", "password": "long enough", "next": path}
    )
    assert signed["Location"] == path
    assert "Join as Eve Hill" in client.get(path).content.decode()
    for _ in range(2):
        assert client.post(path).status_code == 302
    assert house.eve.memberships.filter(until=None).count() == 2
    assert client.get("/teams/harbour/people/").status_code == 200


def test_whoever_is_in_the_team_leaves_the_invitation_to_others(house):
    secret = invited(house)
    with pytest.raises(Refusal, match="in Harbour Street already"):
        accept_as_member(secret, house.ana)
    assert open_invitation(secret)


def test_ended_withdrawn_and_unknown_say_so(house, client, noon):
    secret = invited(house)
    with clock.at(noon + timedelta(days=7, seconds=1)):
        late = client.get(f"/invitation/{secret}/")
    assert late.status_code == 409
    assert "has ended" in late.content.decode()
    assert "Mia Keller" in late.content.decode()
    number = Invitation.objects.get().pk
    place = place_in(house.mia, house.harbour)
    withdraw_invitation(place, number)
    withdraw_invitation(place, number)
    assert "withdrawn" in client.get(f"/invitation/{secret}/").content.decode()
    assert client.post(f"/invitation/{secret}/", {"name": "Kim", "pin": "4826"}).status_code == 409
    assert client.get("/invitation/nonsense/").status_code == 404
    assert Entry.objects.filter(act="invitation-withdrawn").count() == 1


def test_a_used_invitation_cant_be_withdrawn(house):
    secret = invited(house)
    accept_as_newcomer(secret, Newcomer(name="Kim", pin="4826"))
    with pytest.raises(Refusal, match="used"):
        withdraw_invitation(place_in(house.mia, house.harbour), Invitation.objects.get().pk)


def test_personal_text_stays_in_the_words_of_the_trail(house):
    invited(house, name="Kim Secret", email="kim@example.org")
    entry = Entry.objects.get(act="member-invited")
    assert "kim" not in str(entry.data).lower()


@pytest.mark.django_db(transaction=True)
def test_an_invitation_taken_up_by_many_at_once_lets_one_in(house):
    secret = invited(house)
    barrier, ended = threading.Barrier(4), []

    def run(number):
        barrier.wait()
        try:
            with clock.at(clock.now()):
                accept_as_newcomer(secret, Newcomer(name=f"Kim {number}", pin="4826"))
            ended.append("in")
        except Refusal:
            ended.append("out")
        finally:
            connection.close()

    # The thread has a clock of its own: it must be one at which the invitation still holds.
    Invitation.objects.update(expires_at=clock.now() + timedelta(days=36500))
    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["in", "out", "out", "out"]
    assert Membership.objects.filter(member__name__startswith="Kim").count() == 1


@pytest.mark.parametrize(
    ("by", "of", "may"),
    [
        ("ana", "ben", False),
        ("sam", "ana", True),
        ("sam", "sam", False),
        ("sam", "mia", False),
        ("mia", "sam", True),
        ("mia", "ola", False),
        ("ola", "mia", True),
    ],
)
def test_a_personal_link_is_made_by_somebody_above_alone(house, by, of, may):
    place = place_in(getattr(house, by), house.harbour)
    membership = get_membership_for(place, of)
    if may:
        assert open_link(make_personal_link(place, membership)).member.word == of
    else:
        with pytest.raises(NotAllowed):
            make_personal_link(place, membership)


def test_no_link_for_whoever_stands_higher_in_another_team(house):
    Membership.objects.create(member=house.ana, team=house.hill, role=role("manager"), since=clock.now())
    place = place_in(house.sam, house.harbour)
    with pytest.raises(NotAllowed):
        make_personal_link(place, get_membership_for(place, "ana"))


def test_a_link_signs_in_once_by_a_tap_and_is_told(house, client):
    place = place_in(house.sam, house.harbour)
    secret = make_personal_link(place, get_membership_for(place, "ana"))
    assert house.ana.notices.get().code == "link-made"
    for _ in range(2):
        assert client.get(f"/link/{secret}/").status_code == 200
    assert client.post(f"/link/{secret}/")["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    again = Client().post(f"/link/{secret}/")
    assert again.status_code == 409
    assert "Sam Lindqvist" in again.content.decode()


def test_a_link_ends_after_a_day_with_the_next_one_and_with_its_member(house, noon):
    place = place_in(house.sam, house.harbour)
    first = make_personal_link(place, get_membership_for(place, "ana"))
    second = make_personal_link(place, get_membership_for(place, "ana"))
    with pytest.raises(Refusal, match="ended"):
        use_link(first)
    with clock.at(noon + timedelta(hours=24)), pytest.raises(Refusal, match="ended"):
        use_link(second)
    Member.objects.filter(pk=house.ana.pk).update(left_at=noon)
    with pytest.raises(NotThere):
        use_link(second)
    assert PersonalLink.objects.filter(used_at=None).count() == 2
