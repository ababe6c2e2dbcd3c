"""The second factor: added, asked for at every door, lost, taken off, and needed by a rule."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from remit.core import clock
from remit.core.errors import NotAllowed, Refusal
from remit.people.access import get_membership_for, place_in
from remit.people.actions.factors import (
    add_app,
    has_factor,
    make_recovery_codes,
    set_rule,
    show_code,
    take_off_factors,
)
from remit.people.actions.forgotten import token_for
from remit.people.actions.joining import make_link_at_the_command_line, make_personal_link
from remit.people.actions.members import change_role
from remit.people.actions.pins import set_pin
from remit.people.models import AppCode, Member, RecoveryCode, Role, SignedIn
from remit.trail.models import Entry

PASSWORD = "long enough"  # noqa: S105
SECRET = pyotp.random_base32()

pytestmark = pytest.mark.django_db


def code_now(secret=SECRET, later=0):
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + later)


def with_app(member):
    """A member with an app whose code of this half minute was used."""
    return add_app(member, SECRET, code_now())


def sign_in(client, word="ana", **more):
    return client.post("/sign-in/", {"username": f"{word}@example.org", "password": PASSWORD} | more)


def is_in(client):
    return client.get("/me/").status_code == 200


def test_the_app_is_added_by_its_first_code_and_recovery_codes_are_shown_once(house, client):
    sign_in(client)
    page = client.get("/me/safety/app/").content.decode()
    secret = re.search(r'app-key">(\w+)<', page)[1]
    assert secret not in str(dict(client.session))
    assert client.post("/me/safety/app/", {"code": "000000"}).status_code == 422
    assert secret in client.get("/me/safety/app/").content.decode()
    shown = client.post("/me/safety/app/", {"code": code_now(secret)}).content.decode()
    codes = re.findall(r"<li>(\w{4}-\w{4}-\w{4})</li>", shown)
    assert len(set(codes)) == 10
    app = AppCode.objects.get(member=house.ana)
    assert secret not in app.sealed
    assert not RecoveryCode.objects.filter(code_hash__in=codes).exists()
    assert "10 left" in client.get("/me/safety/").content.decode()
    acts = list(
        Entry.objects.filter(act__in=["factor-added", "recovery-codes-made"]).values_list("act", flat=True)
    )
    assert acts == ["factor-added", "recovery-codes-made"]


def test_a_password_alone_opens_nothing_then(house, client):
    with_app(house.ana)
    answer = sign_in(client, next="/people/")
    assert answer["Location"] == "/sign-in/second/"
    assert not is_in(client)
    assert client.post("/sign-in/second/", {"code": "123456"}).status_code == 422
    assert not SignedIn.objects.exists()
    right = client.post("/sign-in/second/", {"code": code_now(later=30)})
    assert right["Location"] == "/people/"
    assert is_in(client)
    assert SignedIn.objects.get().way == "password"


@pytest.mark.parametrize("way", ["mail", "link"])
def test_other_doors_ask_for_it_too(house, client, way):
    with_app(house.ana)
    if way == "mail":
        address = f"/sign-in/new-password/ana/{token_for(Member.objects.get(word='ana'))}/"
        answer = client.post(address, {"password": "a rather new password"})
    else:
        place = place_in(house.mia, house.harbour)
        answer = client.post(f"/link/{make_personal_link(place, get_membership_for(place, 'ana'))}/")
    assert answer["Location"] == "/sign-in/second/"
    assert not is_in(client)
    client.post("/sign-in/second/", {"code": code_now(later=30)})
    assert is_in(client)


def test_a_link_of_the_command_line_opens_without_it(house, client):
    with_app(house.ola)
    client.post(f"/link/{make_link_at_the_command_line(house.ola)}/")
    assert is_in(client)


def test_a_turn_at_the_counter_needs_none(house, client):
    with_app(house.ana)
    set_rule(house.ola, 10, 0, "For all.")
    for each in (house.ana, house.ben):
        set_pin(each, "harbour", "4826")
    Member.objects.filter(word="mia").update(factor_due_at=None)
    sign_in(client, "mia")
    client.post("/teams/harbour/counter/", {"name": "Till", "locks_after_seconds": "120"})
    for each in (house.ana, house.ben):
        number = each.memberships.get().pk
        assert client.post(f"/counter/{number}/", {"pin": "4826"})["Location"] == "/"
        assert client.get("/complaints/").status_code == 200
        client.post("/counter/hand-back/")


def test_each_code_is_good_once(house, client):
    codes = with_app(house.ana)
    with pytest.raises(Refusal, match="isn't right, or was used"):
        show_code(house.ana, code_now())
    show_code(house.ana, codes[0].lower().replace("-", " "))
    with pytest.raises(Refusal, match="isn't right, or was used"):
        show_code(house.ana, codes[0])
    show_code(house.ana, codes[1])
    assert Entry.objects.filter(act="recovery-code-used").count() == 2
    new = make_recovery_codes(house.ana)
    with pytest.raises(Refusal, match="isn't right"):
        show_code(house.ana, codes[2])
    show_code(house.ana, new[0])


def test_somebody_elses_recovery_code_opens_nothing(house):
    with_app(house.ana)
    others = add_app(house.ben, SECRET, code_now())
    with pytest.raises(Refusal, match="isn't right"):
        show_code(house.ana, others[0])


@pytest.mark.parametrize(
    ("seconds", "is_right"), [(-90, False), (-30, True), (0, True), (30, True), (90, False)]
)
def test_a_clock_may_be_half_a_minute_wrong(house, seconds, is_right):
    if is_right:
        add_app(house.ana, SECRET, code_now(later=seconds))
    else:
        with pytest.raises(Refusal, match="isn't right"):
            add_app(house.ana, SECRET, code_now(later=seconds))
    assert has_factor(house.ana) is is_right


def test_a_password_is_remembered_for_ten_minutes_only_and_not_past_a_new_one(house, client, noon):
    with_app(house.ana)
    sign_in(client)
    with clock.at(noon + timedelta(minutes=11)):
        assert client.get("/sign-in/second/")["Location"] == "/sign-in/"
    sign_in(client)
    ana = Member.objects.get(word="ana")
    ana.set_password("a rather new password")
    ana.save()
    assert client.get("/sign-in/second/")["Location"] == "/sign-in/"


def test_removing_it_ends_every_other_session(house, client):
    other = Client()
    sign_in(client)
    sign_in(other)
    assert client.post("/me/safety/app/remove/").status_code == 302
    assert is_in(other)  # there was nothing to remove
    with_app(house.ana)
    client.post("/me/safety/app/remove/")
    assert is_in(client)
    assert not is_in(other)
    assert not RecoveryCode.objects.exists()
    assert sign_in(other)["Location"] == "/"


def test_an_owner_takes_it_off_and_it_is_told(house, client):
    with_app(house.ana)
    ana = Client()
    sign_in(ana)
    ana.post("/sign-in/second/", {"code": code_now(later=30)})
    for nobody in (house.mia, house.sam, house.ana):
        with pytest.raises(NotAllowed):
            take_off_factors(nobody, "ana")
    sign_in(client, "ola")
    page = client.get("/teams/harbour/people/ana/").content.decode()
    assert "Take the second factor off" in page
    client.post("/people/ana/factors/", {"next": "/teams/harbour/people/ana/"})
    assert not has_factor(house.ana)
    assert not is_in(ana)
    entry = Entry.objects.get(act="factors-taken-off")
    assert (entry.subject, entry.member_id) == ("member:ana", house.ola.pk)
    sign_in(ana)
    assert "took your second factor off" in ana.get("/notices/").content.decode()


def test_a_rule_gives_days_then_shuts_all_else(house, client, noon):
    set_rule(house.ola, 20, 7, "Leads see every customer.")
    assert set(Member.objects.exclude(factor_due_at=None).values_list("word", flat=True)) == {
        "sam",
        "mia",
        "ola",
    }
    sign_in(client, "sam")
    assert client.get("/complaints/").status_code == 200
    assert "Leads see every customer." in client.get("/me/safety/").content.decode()
    with clock.at(noon + timedelta(days=8)):
        assert client.get("/complaints/")["Location"] == "/me/safety/"
        assert client.get("/complaints/", headers={"HX-Request": "true"}).status_code == 403
        sam = Member.objects.get(word="sam")
        add_app(sam, SECRET, code_now())
        assert client.get("/complaints/").status_code == 200
    sign_in(client, "ana")
    with clock.at(noon + timedelta(days=8)):
        assert client.get("/complaints/").status_code == 200


def test_a_rule_follows_roles_and_its_end(house):
    set_rule(house.ola, 20, 7, "Leads see every customer.")
    place = place_in(house.mia, house.harbour)
    change_role(place, "ben", Role.objects.get(word="lead"))
    assert Member.objects.get(word="ben").factor_due_at is not None
    change_role(place, "ben", Role.objects.get(word="member"))
    assert Member.objects.get(word="ben").factor_due_at is None
    set_rule(house.ola, None, 7, "")
    assert not Member.objects.exclude(factor_due_at=None).exists()


def test_only_an_owner_makes_the_rule_and_says_why(house, client):
    with pytest.raises(NotAllowed):
        set_rule(house.mia, 10, 0, "No.")
    sign_in(client, "ola")
    assert client.post("/people/safety/", {"rank": "20", "days": "7"}).status_code == 422
    assert client.post("/people/safety/", {"rank": "20", "days": "7", "why": "Because."}).status_code == 302
    assert "Sam Lindqvist" in client.get("/people/safety/").content.decode()


def test_what_matters_is_asked_again_and_what_was_typed_is_kept(house, client, noon):
    sign_in(client, "ola")
    with clock.at(noon + timedelta(minutes=11)):
        said = {"rank": "20", "days": "5", "why": 'It "matters" <b>'}
        asked = client.post("/people/safety/", said)
        assert asked.status_code == 403
        text = asked.content.decode()
        assert "Is it still you?" in text
        assert 'name="why" value="It &quot;matters&quot; &lt;b&gt;"' in text
        assert client.post("/people/safety/", said | {"proof": "wrong"}).status_code == 403
        assert not Entry.objects.filter(act="factor-rule-set").exists()
        assert client.post("/people/safety/", said | {"proof": PASSWORD}).status_code == 302
        assert client.post("/people/safety/", said).status_code == 302
    assert Entry.objects.filter(act="factor-rule-set").count() == 2


def test_guessing_a_code_ends_soon_and_for_all_doors(house, client):
    with_app(house.ana)
    sign_in(client)
    found = [client.post("/sign-in/second/", {"code": "000001"}).status_code for _ in range(12)]
    assert found == [422] * 10 + [429] * 2
    other = Client()
    sign_in(other)
    assert other.post("/sign-in/second/", {"code": code_now(later=30)}).status_code == 429
    assert Entry.objects.filter(act="tried-too-often").count() == 1
