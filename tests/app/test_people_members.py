"""Who is in a team: roles that change, leaving and coming back, owners."""

import pytest
from django.test import Client

from remit.core import clock
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.people import departures
from remit.people.access import (
    get_member_for,
    get_membership_for,
    get_place_for,
    members_for,
    memberships_for,
    place_in,
)
from remit.people.actions.joining import make_personal_link, use_link
from remit.people.actions.members import change_role, end_owner, former_members, leave, make_owner, return_to
from remit.people.models import Member, Membership, Role
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db


def role(word):
    return Role.objects.get(word=word)


def place(house, who):
    return place_in(getattr(house, who), house.harbour)


def test_a_team_knows_its_own(house):
    ana = place(house, "ana")
    assert [each.word for each in members_for(ana)] == ["ana", "ben", "mia", "ola", "sam"]
    assert [each.member.word for each in memberships_for(ana)] == ["mia", "ola", "sam", "ana", "ben"]
    assert get_member_for(ana, "ben") == house.ben
    for word in ("eve", "nobody", ""):
        with pytest.raises(NotThere):
            get_member_for(ana, word)
    with pytest.raises(NotThere):
        get_place_for(house.ana, "hill")
    assert get_place_for(house.ola, "hill").membership is None


@pytest.mark.parametrize(
    ("who", "of", "into", "refused"),
    [
        ("ana", "ben", "member", NotAllowed),
        ("sam", "ana", "lead", NotAllowed),
        ("mia", "ana", "manager", None),
        ("mia", "sam", "member", None),
        ("mia", "ola", "member", NotAllowed),
        ("ola", "mia", "lead", None),
        ("mia", "eve", "lead", NotThere),
    ],
)
def test_who_changes_whose_role(house, who, of, into, refused):
    if refused:
        with pytest.raises(refused):
            change_role(place(house, who), of, role(into))
        return
    change_role(place(house, who), of, role(into))
    change_role(place(house, who), of, role(into))
    assert get_membership_for(place(house, "ola"), of).role.word == into
    assert Entry.objects.filter(act="role-changed").count() == 1
    assert Member.objects.get(word=of).notices.get().code == "role-changed"


def test_no_role_above_ones_own(house):
    director = Role.objects.create(word="director", title="Director", rank=50)
    with pytest.raises(NotAllowed):
        change_role(place(house, "mia"), "ana", director)
    with pytest.raises(NotAllowed):
        change_role(place(house, "mia"), "mia", director)
    change_role(place(house, "ola"), "sam", director)
    with pytest.raises(NotAllowed):
        change_role(place(house, "mia"), "sam", role("member"))
    with pytest.raises(NotAllowed):
        leave(place(house, "mia"), "sam")


def test_the_last_who_manages_stays(house):
    leave(place(house, "mia"), "mia")
    make_owner(house.ola, "sam")
    end_owner(house.ola, "sam")
    with pytest.raises(Refusal, match="last who manages"):
        leave(place(house, "ola"), "ola")
    change_role(place(house, "ola"), "sam", role("manager"))
    with pytest.raises(Refusal, match="last owner"):
        leave(place(house, "ola"), "ola")
    with pytest.raises(Refusal, match="last owner"):
        end_owner(house.ola, "ola")


def test_an_owner_of_a_lower_role_still_manages(house):
    change_role(place(house, "ola"), "ola", role("member"))
    change_role(place(house, "ola"), "mia", role("member"))
    with pytest.raises(Refusal, match="last who manages"):
        leave(place(house, "ola"), "ola")
    make_owner(house.ola, "ana")
    with pytest.raises(NotThere):
        make_owner(house.ola, "nobody")
    end_owner(Member.objects.get(word="ana"), "ola")
    with pytest.raises(Refusal, match="last owner"):
        end_owner(Member.objects.get(word="ana"), "ana")


@pytest.mark.parametrize("who", ["ana", "sam", "mia"])
def test_only_owners_make_owners(house, who):
    with pytest.raises(NotAllowed):
        make_owner(getattr(house, who), "ben")
    with pytest.raises(NotAllowed):
        end_owner(getattr(house, who), "ola")


def test_leaving_the_last_team_ends_every_way_in(house):
    client = Client()
    client.post("/sign-in/", {"username": "ana@example.org", "password": "long enough"})
    mia = place(house, "mia")
    link = make_personal_link(mia, get_membership_for(mia, "ana"))
    leave(mia, "ana")
    assert client.get("/me/").status_code == 302
    assert (
        client.post("/sign-in/", {"username": "ana@example.org", "password": "long enough"}).status_code
        == 422
    )
    with pytest.raises(NotThere):
        use_link(link)
    former = Membership.objects.get(member=house.ana)
    assert former.until == clock.now()
    assert not former.duties.filter(ends_at__gt=clock.now()).exists()
    with pytest.raises(NotThere):
        leave(mia, "ana")


def test_leaving_one_of_two_teams_keeps_the_other(house):
    Membership.objects.create(member=house.ana, team=house.hill, role=role("lead"), since=clock.now())
    leave(place(house, "ana"), "ana")
    house.ana.refresh_from_db()
    assert house.ana.is_active
    with pytest.raises(NotThere):
        place_in(house.ana, house.harbour)
    assert place_in(house.ana, house.hill).is_lead


@pytest.mark.parametrize("who", ["ben", "sam"])
def test_nobody_below_a_manager_takes_others_out(house, who):
    with pytest.raises(NotAllowed):
        leave(place(house, who), "ana")


def test_whoever_hooked_in_is_told_within_the_write(house):
    heard = []

    def listener(membership, by):
        heard.append((membership.member.word, by.word, membership.until))

    departures.on_departure(listener)
    departures.on_departure(listener)
    try:
        leave(place(house, "mia"), "ana")
    finally:
        departures._listeners.remove(listener)
    assert heard == [("ana", "mia", clock.now())]


def test_coming_back_brings_the_step_but_no_ownership(house):
    Membership.objects.filter(member=house.ana).update(step_given="trusted")
    make_owner(house.ola, "ana")
    leave(place(house, "ola"), "ana")
    mia = place(house, "mia")
    assert [each.member.word for each in former_members(mia)] == ["ana"]
    with pytest.raises(NotAllowed):
        return_to(place(house, "sam"), "ana", role("member"))
    with pytest.raises(NotThere):
        return_to(mia, "eve", role("member"))
    first = return_to(mia, "ana", role("lead"))
    assert return_to(mia, "ana", role("lead")).pk == first.pk
    assert (first.step, first.role.word, first.pin) == ("trusted", "lead", "")
    ana = Member.objects.get(word="ana")
    assert ana.is_active
    assert not ana.is_owner
    assert former_members(mia) == []
    assert ana.memberships.count() == 2


def test_the_pages_do_it_too(house, signed_in):
    client = signed_in(house.mia)
    assert client.post("/teams/harbour/people/ana/", {"role": "lead"}).status_code == 302
    wrong = client.post("/teams/harbour/people/ana/", {"role": "king"})
    assert wrong.status_code == 422
    assert "role you may give" in wrong.content.decode()
    assert client.post("/teams/harbour/people/ana/leave/")["Location"] == "/teams/harbour/people/"
    assert client.post("/teams/harbour/people/ana/leave/").status_code == 404
    assert "Left the team (1)" in client.get("/teams/harbour/people/").content.decode()
    assert client.get("/teams/harbour/people/ana/return/").status_code == 200
    for _ in range(2):
        assert client.post("/teams/harbour/people/ana/return/", {"role": "member"}).status_code == 302
    assert client.get("/teams/harbour/people/ben/return/").status_code == 404
    assert client.post("/people/ana/owner/", {"owner": "yes"}).status_code == 403
    owner = signed_in(house.ola)
    assert owner.post("/people/ola/owner/", {"owner": "no"}, follow=True).content.decode().count("last owner")
    last = signed_in(house.ola).post("/teams/harbour/people/ola/leave/")
    assert last.status_code == 409
    assert "last owner" in last.content.decode()


def test_members_see_names_and_roles_and_leads_see_more(house, signed_in):
    Membership.objects.filter(member=house.ben).update(step_given="trusted")
    seen = signed_in(house.ana).get("/teams/harbour/people/").content.decode()
    assert "Ben Okafor" in seen
    assert "trusted" not in seen
    assert "ben@example.org" not in seen
    assert "trusted" in signed_in(house.sam).get("/teams/harbour/people/").content.decode()


def test_software_is_listed_with_a_mark_and_signs_in_nowhere(house, signed_in):
    bot = Member.objects.create(word="bot", name="Night helper", is_software=True, joined_at=clock.now())
    Membership.objects.create(member=bot, team=house.harbour, role=role("member"), since=clock.now())
    page = signed_in(house.mia).get("/teams/harbour/people/").content.decode()
    assert "software" in page
    mia = place(house, "mia")
    with pytest.raises(NotAllowed):
        make_personal_link(mia, get_membership_for(mia, "bot"))
    with pytest.raises(NotAllowed):
        make_owner(house.ola, "bot")
    assert "Night helper" not in signed_in(house.mia).get("/teams/harbour/shifts/").content.decode()


def test_many_people_cost_no_more_questions(house, signed_in, django_assert_max_num_queries):
    for number in range(60):
        member = Member.objects.create(word=f"m{number}", name=f"M {number}", joined_at=clock.now())
        Membership.objects.create(member=member, team=house.harbour, role=role("member"), since=clock.now())
    client = signed_in(house.mia)
    for address in ("/teams/harbour/people/", "/teams/harbour/shifts/", "/teams/harbour/people/m7/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
