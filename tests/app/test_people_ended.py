"""What has ended goes: sessions with what was known of their browsers, and names of those who never came."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from remit.core import clock
from remit.core.clock import now
from remit.people.access import place_in
from remit.people.actions.ended import forget_what_has_ended
from remit.people.actions.joining import Newcomer, accept_as_newcomer, invite, withdraw_invitation
from remit.people.models import Invitation, Role, SignedIn
from remit.trail.models import Words
from remit.trail.verifying import verify_trail

pytestmark = pytest.mark.django_db
PASSWORD = "long enough"  # noqa: S105


def invited(house, name):
    """An invitation with a name and a mail on it, and its secret."""
    place, role = place_in(house.mia, house.harbour), Role.objects.get(word="member")
    return invite(place, role, name=f"{name} Newman", email=f"{name.lower()}@example.org")


def named():
    """First names that still stand on invitations, and in the record of them."""
    there = Invitation.objects.exclude(name="", email="")
    said = Words.objects.filter(entry__act="member-invited").exclude(text="")
    return [
        {text.split()[0] for text in texts}
        for texts in (there.values_list("name", flat=True), said.values_list("text", flat=True))
    ]


def test_who_was_invited_and_never_came_is_forgotten(house, noon):
    withdrawn, _ = invited(house, "Wendy")
    _, used = invited(house, "Uma")
    invited(house, "Elmer")
    accept_as_newcomer(used, Newcomer(name="Uma Newman", pin="4826"))
    withdraw_invitation(place_in(house.mia, house.harbour), withdrawn.pk)
    assert named() == [{"Uma", "Elmer"}] * 2
    with clock.at(noon + timedelta(days=6)):
        forget_what_has_ended()
        invited(house, "Owen")
    assert named() == [{"Uma", "Elmer", "Owen"}] * 2
    with clock.at(noon + timedelta(days=8)):
        forget_what_has_ended()
        assert named() == [{"Uma", "Owen"}] * 2
        assert verify_trail().broken is None


def test_a_session_whose_time_is_over_takes_its_browser_along(house):
    browsers = {word: Client() for word in ("ana", "ben")}
    for word, browser in browsers.items():
        browser.post("/sign-in/", {"username": f"{word}@example.org", "password": PASSWORD})
    key = SignedIn.objects.get(member=house.ben).session_key
    Session.objects.filter(session_key=key).update(expire_date=now())
    forget_what_has_ended()
    assert SignedIn.objects.get().member == house.ana
    assert not Session.objects.filter(session_key=key).exists()
    assert {word: each.get("/me/").status_code for word, each in browsers.items()} == {"ana": 200, "ben": 302}
