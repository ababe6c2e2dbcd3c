"""Nobody hands on what was taken from them; a role that is gone is gone at once, in open sessions too."""

import pytest
from django.test import Client
from tests.app.test_people_joining import invited, role

from remit.core.errors import Refusal
from remit.notices.models import Notice
from remit.people.access import get_membership_for, place_in
from remit.people.actions.joining import (
    Newcomer,
    accept_as_newcomer,
    make_personal_link,
    open_invitation,
    open_link,
    use_link,
)
from remit.people.actions.members import change_role, end_owner, leave, make_owner
from remit.people.models import Member

NEW = Newcomer(name="Kim New", pin="4826")


def by_owner(house):
    return place_in(house.ola, house.harbour)


@pytest.mark.parametrize(
    "taken",
    [
        lambda house: change_role(by_owner(house), "mia", role("lead")),
        lambda house: leave(by_owner(house), "mia"),
    ],
    ids=["a lead now", "gone"],
)
def test_an_invitation_is_worth_no_more_than_its_maker(house, taken):
    secret = invited(house, "mia", "manager")
    assert open_invitation(secret).role.word == "manager"
    taken(house)
    with pytest.raises(Refusal, match="has ended"):
        accept_as_newcomer(secret, NEW)
    assert not Member.objects.filter(name=NEW.name).exists()


def test_an_invitation_of_somebody_who_may_still_make_it_goes_on(house):
    secret = invited(house, "mia", "lead")
    change_role(by_owner(house), "mia", role("lead"))
    assert accept_as_newcomer(secret, NEW).role.word == "lead"


@pytest.mark.parametrize("ends", ["above", "gone", "equal"])
def test_a_personal_link_ends_with_the_rank_of_its_maker(house, ends):
    place = place_in(house.sam, house.harbour)
    secret = make_personal_link(place, get_membership_for(place, "ana"))
    assert open_link(secret).member == house.ana
    if ends == "gone":
        leave(by_owner(house), "sam")
    elif ends == "above":
        change_role(by_owner(house), "ana", role("manager"))
    else:
        change_role(by_owner(house), "sam", role("member"))
    with pytest.raises(Refusal, match="has ended"):
        use_link(secret)


def test_whoever_may_answer_for_others_never_joins_unseen(house):
    """A lead who invites themselves once more is seen by those who manage the team."""
    accept_as_newcomer(invited(house, "sam", "lead"), NEW)
    told = Notice.objects.filter(code="member-joined", title__contains="Kim New")
    assert set(told.values_list("member__word", flat=True)) == {"sam", "mia", "ola"}
    accept_as_newcomer(invited(house, "sam", "member"), Newcomer(name="Lou New", pin="4826"))
    assert Notice.objects.get(title__contains="Lou New").member == house.sam


def browser(member):
    client = Client()
    client.force_login(member, backend="remit.people.signing_in.MailAndPassword")
    return client


def test_a_role_that_is_taken_away_is_gone_in_open_sessions(house):
    open_since_before = browser(house.mia)
    assert open_since_before.get("/charter/harbour/publish/").status_code == 200
    change_role(by_owner(house), "mia", role("member"))
    assert open_since_before.get("/charter/harbour/publish/").status_code == 403
    assert open_since_before.post("/teams/harbour/people/ben/leave/").status_code == 403
    leave(by_owner(house), "mia")
    assert open_since_before.get("/complaints/").status_code == 302


def test_an_owner_who_is_none_any_more_is_none_in_open_sessions(house):
    make_owner(house.ola, "mia")
    open_since_before = browser(Member.objects.get(pk=house.mia.pk))
    assert open_since_before.get("/money/").status_code == 200
    end_owner(house.ola, "mia")
    assert open_since_before.get("/money/").status_code == 403
