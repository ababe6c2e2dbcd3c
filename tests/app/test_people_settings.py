"""Settings of a team, new teams, roles, and the words made from names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.deciding import decide
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.people.access import place_in
from remit.people.actions.joining import invite
from remit.people.actions.teams import TeamSettings, change_settings, make_team, remove_role, save_role
from remit.people.forms.opening import OpeningField, OpeningWidget, typed_of
from remit.people.models import Membership, Role, Team
from remit.people.naming import mail_address, tidy_name, word_for
from remit.trail.models import Entry

HOURS = {
    f"opening-{day}-{part}-{end}": ("09:00" if end == "from" else "22:00") if part == 0 else ""
    for day in range(7)
    for part in range(2)
    for end in ("from", "to")
}
FIELDS = HOURS | {
    "name": "Harbour Street",
    "time_zone": "Europe/Berlin",
    "currency": "EUR",
    "first_reply_minutes": "60",
    "next_reply_minutes": "240",
    "resolution_minutes": "1440",
}
ADDRESS = "/teams/harbour/settings/"


@pytest.mark.django_db
def test_a_manager_changes_what_changed(house, signed_in):
    client = signed_in(house.mia)
    changed = FIELDS | {
        "name": "Harbour 🚢",
        "time_zone": "Asia/Kathmandu",
        "opening-6-0-from": "",
        "opening-6-0-to": "",
        "opening-4-0-from": "18:00",
        "opening-4-0-to": "02:00",
        "opening-4-1-from": "09:00",
        "opening-4-1-to": "12:00",
    }
    assert client.post(ADDRESS, changed).status_code == 302
    assert client.post(ADDRESS, changed).status_code == 302
    team = Team.objects.get(word="harbour")
    assert (team.name, team.time_zone) == ("Harbour 🚢", "Asia/Kathmandu")
    assert team.opening[6] == []
    assert team.opening[4] == [[540, 720], [1080, 1560]]
    entry = Entry.objects.get(act="team-settings-changed")
    assert set(entry.data) == {"time_zone", "opening"}
    page = client.get(ADDRESS).content.decode()
    assert 'value="02:00"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"time_zone": "Mars/Base"}, "no such time zone"),
        ({"currency": "GOLD"}, "count in that currency"),
        ({"name": ""}, "name of the team is missing"),
        ({"name": "n" * 200}, "120 are the most"),
        ({"first_reply_minutes": "0"}, "At least one minute"),
        ({"resolution_minutes": "9999999"}, "At most sixty days"),
        ({"next_reply_minutes": "soon"}, "Whole minutes"),
        ({"opening-0-0-from": "9"}, "Monday: 9 isn&#x27;t a time"),
        ({"opening-1-0-from": "25:00"}, "Tuesday: 25:00 isn&#x27;t a time of a day"),
        ({"opening-2-0-to": ""}, "Wednesday: a time is missing"),
        ({"opening-3-1-from": "21:00", "opening-3-1-to": "23:00"}, "Thursday: the two times overlap"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_stays(house, signed_in, typed, says):
    response = signed_in(house.mia).post(ADDRESS, FIELDS | {"opening-5-0-from": "07:17"} | typed)
    assert response.status_code == 422
    text = response.content.decode()
    assert says in text
    assert 'value="07:17"' in text
    assert Team.objects.get(word="harbour").opening == house.harbour.opening


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ana", "sam"])
def test_others_read_them(house, signed_in, who):
    client = signed_in(getattr(house, who))
    page = client.get(ADDRESS).content.decode()
    assert "Europe/Berlin" in page
    assert '<input type="time"' not in page
    assert client.post(ADDRESS, FIELDS).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("value", [4200, 12000], ids=["given", "held"])
def test_the_currency_stays_once_money_was_given(house, signed_in, value):
    client = signed_in(house.mia)
    assert client.post(ADDRESS, FIELDS | {"currency": "USD"}).status_code == 302
    assert client.post(ADDRESS, FIELDS).status_code == 302
    decide(house.ana, made_complaint(house, paid=31200).number, wants("refund", value))
    refused = client.post(ADDRESS, FIELDS | {"currency": "USD", "name": "Harbour 2"})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "has given money in EUR already" in said
    assert "Harbour 2" in said
    assert "it stays" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, {**FIELDS, "currency": ""}).status_code == 302
    assert Team.objects.get(word="harbour").currency == "EUR"
    settings = TeamSettings(
        name="Harbour Street", time_zone="Europe/Berlin", currency="USD", language="en",
        opening=house.harbour.opening,
        first_reply_minutes=60, next_reply_minutes=240, resolution_minutes=1440,
    )  # fmt: skip
    with pytest.raises(Refusal, match="given money in EUR"):
        change_settings(place_in(house.mia, house.harbour), settings)


@pytest.mark.django_db
def test_words_of_regret_leave_the_currency_free(house, signed_in):
    decide(house.ana, made_complaint(house).number, wants("apology", 0))
    assert signed_in(house.mia).post(ADDRESS, FIELDS | {"currency": "USD"}).status_code == 302
    assert Team.objects.get(word="harbour").currency == "USD"


@pytest.mark.django_db
def test_an_owner_makes_a_team_like_another(house, signed_in):
    Team.objects.filter(word="harbour").update(first_reply_minutes=17)
    client = signed_in(house.ola)
    fields = {"name": "Hill Road", "like": "harbour", "time_zone": "Asia/Tokyo", "currency": "JPY"}
    assert client.post("/teams/new/", fields)["Location"] == "/teams/hill-road/people/"
    team = Team.objects.get(word="hill-road")
    assert (team.first_reply_minutes, team.opening) == (17, house.harbour.opening)
    assert (team.time_zone, team.currency) == ("Asia/Tokyo", "JPY")
    assert Membership.objects.get(team=team).member == house.ola
    client.post("/teams/new/", fields)
    assert Team.objects.filter(word="hill-road-2").exists()
    wrong = client.post("/teams/new/", fields | {"like": "nowhere"})
    assert wrong.status_code == 422
    assert "Hill Road" in wrong.content.decode()
    with pytest.raises(NotAllowed):
        make_team(house.mia, "Mine", time_zone="UTC", currency="EUR")


@pytest.mark.django_db
def test_roles_are_titled_ranked_and_removed(house, signed_in):
    client = signed_in(house.ola)
    assert client.post("/people/roles/", {"title": "Shift lead", "rank": "15"}).status_code == 302
    made = Role.objects.get(word="shift-lead")
    assert client.post("/people/roles/shift-lead/", {"title": "Senior 🦊", "rank": "18"}).status_code == 302
    made.refresh_from_db()
    assert (made.word, made.title, made.rank) == ("shift-lead", "Senior 🦊", 18)
    for typed in (
        {"title": "", "rank": "5"},
        {"title": "x" * 61, "rank": "5"},
        {"title": "x", "rank": "100"},
    ):
        assert client.post("/people/roles/shift-lead/", typed).status_code == 422
    for _ in range(2):
        assert client.post("/people/roles/shift-lead/remove/").status_code == 302
    assert not Role.objects.filter(word="shift-lead").exists()
    assert client.get("/people/roles/shift-lead/").status_code == 404


@pytest.mark.django_db
def test_a_role_in_use_or_the_last_that_manages_stays(house):
    for word in ("member", "manager"):
        with pytest.raises(Refusal, match="has or had"):
            remove_role(house.ola, word)
    runner = save_role(house.ola, "", "Runner", 5)
    invite(place_in(house.ola, house.harbour), runner)
    with pytest.raises(Refusal, match="has or had"):
        remove_role(house.ola, "runner")
    with pytest.raises(Refusal, match="no role would stand"):
        save_role(house.ola, "manager", "Manager", 29)
    save_role(house.ola, "", "Director", 40)
    with pytest.raises(Refusal, match="nobody would manage Harbour Street"):
        save_role(house.ola, "manager", "Manager", 29)
    with pytest.raises(NotThere):
        save_role(house.ola, "king", "King", 29)
    for act in (lambda: save_role(house.mia, "", "x", 5), lambda: remove_role(house.mia, "member")):
        with pytest.raises(NotAllowed):
            act()


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(lambda at: [at[0], at[0] + at[1]]),
            max_size=2,
        ),
        min_size=7,
        max_size=7,
    )
)
def test_opening_hours_come_back_as_they_were_kept(week):
    def overlaps(day):
        first, *others = sorted(day) or [[0, 0]]
        return bool(others) and others[0][0] < first[1]

    kept = [sorted(day) for day in week if not overlaps(day)]
    kept += [[]] * (7 - len(kept))
    typed = typed_of(kept)
    data = {
        f"opening-{day}-{part}-{end}": value
        for day, parts in enumerate(typed)
        for part, (begins, ends) in enumerate(parts)
        for end, value in (("from", begins), ("to", ends))
    }
    assert OpeningField().clean(OpeningWidget().value_from_datadict(data, {}, "opening")) == kept


@given(st.text(max_size=300))
def test_a_word_can_stand_in_addresses_and_is_new(name):
    taken = set()
    for _ in range(3):
        word = word_for(name, taken, "member")
        assert word not in taken
        assert word.isascii()
        assert 0 < len(word) <= 64
        assert all(letter.isalnum() or letter in "-_" for letter in word)
        taken.add(word)


@given(st.text(max_size=300))
def test_a_tidy_name_stays_tidy(name):
    tidy = tidy_name(name)
    assert tidy_name(tidy) == tidy
    assert tidy == tidy.strip()
    assert not any(letter in tidy for letter in "\n\r\t\u202e\u200b\0")


@given(st.text(max_size=60) | st.emails())
def test_a_mail_address_is_kept_in_one_way_or_refused(typed):
    try:
        kept = mail_address(typed)
    except Refusal:
        return
    assert kept.isascii()
    assert kept == kept.lower()
    assert mail_address(kept) == kept
    assert mail_address(f"  {kept.upper()} ") == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("TITLE@EXAMPLE.ORG", "title@example.org"),
        ("ana@MÜNCHEN.de", "ana@xn--mnchen-3ya.de"),
        ("ana+shop@example.org", "ana+shop@example.org"),
    ],
)
def test_mail_addresses_as_they_are_kept(typed, kept):
    assert mail_address(typed) == kept


@pytest.mark.parametrize(
    "typed", ["tıtle@example.org", "TİTLE@example.org", "\u212aim@x.org", "\u017fam@x.org"]
)
def test_letters_that_only_look_like_others_are_refused(typed):
    with pytest.raises(Refusal, match="can't stand in a mail address"):
        mail_address(typed)
