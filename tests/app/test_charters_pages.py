"""The pages of the charters: who sees what, what they say, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.app.conftest import CHARTER
from tests.app.made_house import ALL_DAY
from tests.app.page_checks import assert_clean

from remit.charters import actions
from remit.charters.gallery import ready_charter, ready_charters
from remit.charters.models import Draft, LookedAt, Publication, Version
from remit.people.models import Membership, Role, Team
from remit.people.vocabulary import CURRENCIES
from remit_engine.money import decimals, written

WIDER = CHARTER.replace("upto: 50\n", "upto: 60\n")
FOR_MANAGERS = CHARTER.replace("upto: 2000", "upto: 5000")
PUBLISH = "/charter/harbour/publish/"
PAGES = (
    "/charter/",
    "/charter/harbour/",
    "/charter/harbour/ask/",
    "/charter/harbour/ask/?kind=refund&amount=300&fact-category=late",
    "/charter/harbour/versions/",
    "/charter/harbour/versions/1/",
    "/delegations/",
    "/delegations/harbour/",
)
FOR_MANAGERS_ONLY = (PUBLISH, "/charter/harbour/begin/")


@pytest.fixture
def lived(house):
    """Some versions, something lent, and a publication that waits."""
    for amount in range(60, 63):
        actions.publish(house.mia, house.harbour, CHARTER.replace("upto: 50\n", f"upto: {amount}\n"), "More.")
    day = house.version.published_at.date() + timedelta(days=310)
    for giver, receiver in ((house.sam, house.ana), (house.mia, house.ben), (house.ana, house.ben)):
        actions.lend(giver, house.harbour, receiver=receiver, until=day, why="At the sea.")
    actions.hand_in(house.mia, house.harbour, FOR_MANAGERS, "The fair.")
    return house


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["ana", "sam", "mia", "ola"])
def test_everybody_in_the_team_reads_it_in_few_queries(lived, signed_in, page, who):
    client = signed_in(getattr(lived, who))
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page)
    if response.status_code == 302:  # one team: its charter at once
        assert response["Location"] == "/charter/harbour/"
        return
    assert_clean(response)
    assert response.status_code == 200
    assert len(queries) <= 12, [each["sql"][:200] for each in queries]


@pytest.mark.parametrize("page", [*PAGES[1:], *FOR_MANAGERS_ONLY])
def test_others_find_no_such_team(lived, signed_in, page):
    if page == "/delegations/":
        assert "Sam" not in signed_in(lived.eve).get(page).content.decode()
        return
    assert signed_in(lived.eve).get(page).status_code == 404


@pytest.mark.parametrize("page", [*PAGES, *FOR_MANAGERS_ONLY])
def test_nobody_is_sent_to_the_door(lived, client, page):
    response = client.get(page)
    assert (response.status_code, response["Location"][:9]) == (302, "/sign-in/")


@pytest.mark.parametrize("page", FOR_MANAGERS_ONLY)
@pytest.mark.parametrize("who", ["ana", "sam"])
def test_members_may_not_publish(lived, signed_in, page, who):
    client = signed_in(getattr(lived, who))
    assert client.get(page).status_code == 403
    assert (
        client.post(page, {"text": WIDER, "why": "Mine.", "act": "publish", "ready": "hotel"}).status_code
        == 403
    )
    assert client.get("/organisation/charter/publish/").status_code == 403


def test_a_publication_is_for_managers_and_its_author(lived, signed_in):
    address = f"/charter/publications/{Publication.objects.get().pk}/"
    for who, status in (("mia", 200), ("ola", 200), ("ana", 404), ("sam", 404), ("eve", 404)):
        assert signed_in(getattr(lived, who)).get(address).status_code == status
    for who in ("ana", "eve"):
        assert signed_in(getattr(lived, who)).post(address, {"act": "publish"}).status_code == 404
    assert "Publish it with" not in signed_in(lived.mia).get(address).content.decode()
    assert signed_in(lived.mia).post(address, {"act": "publish"}).status_code == 403


def test_the_page_says_who_may_do_what_and_why(house, signed_in):
    page = assert_clean(signed_in(house.ana).get("/charter/harbour/"))
    for words in (
        "Every guest leaves wanting to come back",
        "<b>Members and leads</b>, refunds, adjustments, credits and apologies: decide up to 50.",
        "A small refund costs less than a lost guest.",
        "What the customer may be told: “We can settle this right now.”",
        "Told: leads.",
        "Objections within 2 working hours.",
        "<b>Everybody</b>, order age above 60 days: at most ask.",
        "Goes to a manager.",
        "<b>Members</b>: 300 a week each, ask beyond.",
        "EUR\u00a0300.00",
        "Published by Ola Keller",
        "How we begin.",
        "late or cold",
        "everything else",
    ):
        assert words in page, words


def test_the_text_comes_as_it_was_published(house, signed_in):
    response = signed_in(house.ana).get("/charter/harbour/versions/1/charter.yaml")
    assert response.content.decode() == CHARTER
    assert response["Content-Disposition"] == 'attachment; filename="harbour-1.yaml"'


def test_what_changed_for_me_until_i_saw_it(house, signed_in):
    client = signed_in(house.ana)
    assert "What changed for you" not in client.get("/charter/harbour/").content.decode()
    actions.publish(house.mia, house.harbour, WIDER.replace("upto: 80", "upto: 70"), "Try.")
    page = client.get("/charter/harbour/").content.decode()
    assert "What changed for you" in page
    assert (
        "Adjustments, apologies, refunds and credits: decide up to 60 instead of 50, in these cases:" in page
    )
    assert "<li>Credits, category not billing</li>" in page
    assert "All of it for: order age at most 60 days or not known, the total of this week" in page
    assert "inform up to 70 instead of 80." in page
    assert (
        "Nothing, for any request of yours." in signed_in(house.mia).get("/charter/harbour/").content.decode()
    )
    client = signed_in(house.ana)
    for _ in range(2):
        assert client.post("/charter/harbour/versions/2/seen/").status_code == 302
    assert client.post("/charter/harbour/versions/1/seen/").status_code == 302
    assert LookedAt.objects.get(member=house.ana).version.number == 2
    assert "What changed for you" not in client.get("/charter/harbour/").content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("kind=refund&amount=42", ">decide</span>"),
        ("kind=refund&amount=70&fact-category=late", ">inform</span>"),
        ("kind=refund&amount=70", "With category late you might inform up to 80."),
        ("kind=refund&amount=210&fact-category=rude", "You may decide up to 50."),
        ("kind=credit&amount=10&fact-category=billing", ">never</span>"),
        ("kind=refund&amount=300", "Sam Lindqvist may say yes."),
        ("kind=refund&amount=20&fact-order_age=90", "Old orders need a second look"),
        ("kind=refund&amount=much", "Write an amount like 42 or 42.50."),
        ("kind=gold&amount=4", "“gold” isn’t among the choices"),
        ("kind=refund&amount=4&fact-category=purple", "“purple” isn’t among the choices"),
        ("kind=refund&amount=4&fact-order_age=-1", "too little: 0 at least"),
        ("kind=refund&amount=", "required"),
    ],
)
def test_asking_writes_nothing_and_says_why(house, signed_in, asked, said):
    page = assert_clean(signed_in(house.ana).get(f"/charter/harbour/ask/?{asked}"))
    assert said in page


def look_at(client, text, **more):
    return client.post(PUBLISH, {"text": text, "why": "", "act": "look"} | more)


def mark_in(response):
    return response.context["look"].mark


def test_what_changed_for_me_hides_no_loss(house, signed_in):
    wider = "".join(
        f"  - {{id: wider-{n}, who: {{role: member}}, kind: [comp], when: {{category: [{category}]}}, "
        f"upto: {90 + n}, level: decide, why: It mends much.}}\n"
        for n, category in enumerate(("late", "cold", "wrong item", "billing", "rude"))
    )
    wider += (
        wider.splitlines()[0].replace("wider-0", "one").replace("comp", "replacement").replace("90", "25")
    )
    text = CHARTER.replace("guardrails:", f"{wider}\nguardrails:").replace("upto: 50", "upto: 60")
    actions.publish(house.mia, house.harbour, text.replace("upto: 200", "upto: 150"), "Try.")
    page = signed_in(house.ana).get("/charter/harbour/").content.decode()
    shown, folded = page.split("more that you may do", 1)
    assert "Refunds for late or cold: propose up to 150 instead of 200." in shown
    assert "decide up to 90 instead of" in page
    assert "More: " in folded


def test_publishing_is_looked_at_first_then_confirmed(house, signed_in):
    client = signed_in(house.mia)
    assert_clean(client.get(PUBLISH))
    looked = look_at(client, WIDER)
    page = assert_clean(looked)
    assert looked.status_code == 200
    assert "decide up to 60 instead of 50." in page
    assert "Nobody loses anything." in page
    assert "Any remedy above 2,000: nobody may say yes; the owner answers alone." in page
    typed = {"text": WIDER, "why": "Less waiting.", "act": "publish", "mark": mark_in(looked)}
    unread = client.post(PUBLISH, typed)
    assert (unread.status_code, "tick that you have read it" in unread.content.decode()) == (422, True)
    done = client.post(PUBLISH, typed | {"confirmed": "1"})
    assert (done.status_code, done["Location"]) == (302, "/charter/harbour/")
    again = client.post(PUBLISH, typed | {"confirmed": "1"})
    assert again.status_code == 422
    assert Version.objects.filter(team=house.harbour).count() == 2


@pytest.mark.parametrize("mark", ["", "something", None])
def test_nobody_publishes_what_they_did_not_look_at(house, signed_in, mark):
    client = signed_in(house.mia)
    looked = look_at(client, WIDER)
    typed = {"text": WIDER, "why": "Less waiting.", "act": "publish", "confirmed": "1"}
    if mark is None:  # looked at, and changed since
        typed |= {"text": CHARTER.replace("upto: 50\n", "upto: 500\n"), "mark": mark_in(looked)}
    else:
        typed["mark"] = mark
    response = client.post(PUBLISH, typed)
    assert (response.status_code, "Look at what it changes first." in response.content.decode()) == (
        422,
        True,
    )
    assert "Less waiting." in response.content.decode()
    assert Version.objects.count() == 1


def test_a_version_that_came_between_is_looked_at_anew(house, signed_in):
    client = signed_in(house.mia)
    looked = look_at(client, WIDER)
    actions.publish(house.mia, house.harbour, CHARTER.replace("upto: 50\n", "upto: 55\n"), "Between.")
    typed = {"text": WIDER, "why": "Why.", "act": "publish", "confirmed": "1", "mark": mark_in(looked)}
    assert client.post(PUBLISH, typed).status_code == 422
    assert Version.objects.filter(team=house.harbour).count() == 2


def test_mistakes_stand_beside_the_text_and_nothing_typed_is_lost(house, signed_in):
    text = "# mine\n" + CHARTER.replace("upto: 50\n", "upto: fifty\n")
    response = look_at(signed_in(house.mia), text, why="My reason.")
    page = assert_clean(response)
    assert "line 12, column 11" in page
    assert "1 mistake: it can’t be published like this" in page
    assert response.context["form"]["text"].value() == text
    assert "My reason." in page
    refused = signed_in(house.mia).post(PUBLISH, {"text": text, "why": "My reason.", "act": "publish"})
    assert refused.status_code == 422
    assert refused.context["form"]["text"].value() == text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (WIDER.encode(), "decide up to 60 instead of 50."),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"x" * 1_200_000, "bytes"),
    ],
)
def test_a_file_takes_the_place_of_the_text(house, signed_in, content, said):
    file = SimpleUploadedFile("charter.yaml", content)
    response = signed_in(house.mia).post(PUBLISH, {"text": CHARTER, "act": "look", "file": file})
    assert said in assert_clean(response)


def test_words_that_nobody_has_are_findings(house, signed_in):
    text = (
        WIDER.replace("role: lead}", "role: laed}")
        .replace("role: manager}", "role: manager, member: miia}")
        .replace("kind: [credit]\n", "kind: [credit]\n", 1)
    )
    page = look_at(signed_in(house.mia), text).content.decode()
    assert "Nobody in Harbour Street is laed." in page
    assert "Did you mean lead?" in page
    assert "Nobody in Harbour Street is called miia." in page


def test_what_raises_ones_own_level_is_handed_in(house, signed_in):
    client = signed_in(house.mia)
    looked = look_at(client, FOR_MANAGERS)
    assert "Ola Keller publishes it with you" in looked.content.decode()
    typed = {
        "text": FOR_MANAGERS,
        "why": "The fair.",
        "act": "publish",
        "confirmed": "1",
        "mark": mark_in(looked),
    }
    response = client.post(PUBLISH, typed)
    address = response["Location"]
    assert "Waits for its second publisher" in assert_clean(client.get(address))
    owner = signed_in(house.ola)
    assert "Publish it with Mia" in assert_clean(owner.get(address))
    assert owner.post(address, {"act": "publish"}).status_code == 302
    assert owner.post(address, {"act": "publish"}).status_code == 409
    assert "Published with Ola Keller" in assert_clean(owner.get(address))


def test_a_draft_is_taken_up(house, signed_in):
    draft = Draft.objects.create(
        team=house.harbour,
        text=WIDER,
        why="Yes, and from now on.",
        made_by=house.sam,
        made_at=house.version.published_at,
    )
    client = signed_in(house.mia)
    page = client.get(f"{PUBLISH}?draft={draft.pk}")
    assert page.context["form"]["text"].value() == WIDER
    looked = look_at(client, WIDER, draft=draft.pk)
    client.post(
        PUBLISH,
        {
            "text": WIDER,
            "why": "So.",
            "act": "publish",
            "confirmed": "1",
            "mark": mark_in(looked),
            "draft": draft.pk,
        },
    )
    draft.refresh_from_db()
    assert draft.ended_at is not None
    assert client.get(f"{PUBLISH}?draft={draft.pk}").status_code == 404


def test_begin_with_one_tap(house, signed_in):
    client = signed_in(house.ola)
    assert client.get("/charter/begin/")["Location"] == "/charter/hill/begin/"
    page = assert_clean(client.get("/charter/hill/begin/"))
    assert page.count("Begin with this one") == 6
    assert client.post("/charter/hill/begin/", {"ready": "nothing"}).status_code == 422
    assert client.post("/charter/hill/begin/", {"ready": "small-team"})["Location"] == "/"
    version = Version.objects.get(team=house.hill)
    assert (version.name, version.number) == ("Hill Road", 1)
    again = client.post("/charter/hill/begin/", {"ready": "hotel"})
    assert again["Location"] == "/charter/hill/"
    assert Version.objects.filter(team=house.hill).count() == 1
    assert_clean(signed_in(house.eve).get("/charter/hill/"))


@pytest.mark.parametrize(
    ("currency", "limits"),
    [
        ("JPY", ("5,000", "20,000")),
        ("KWD", ("25", "100")),
        ("HUF", ("25,000", "100,000")),
        ("EUR", ("50", "200")),
    ],
)
def test_whatever_a_team_counts_in_it_begins_with_amounts_of_that_size(house, signed_in, currency, limits):
    Team.objects.filter(pk=house.hill.pk).update(currency=currency)
    page = assert_clean(signed_in(house.ola).get("/charter/hill/begin/"))
    assert page.count("Begin with this one") == 6
    charter = ready_charter("small-team", currency).compiled.charter
    given = {grant.id: grant.upto for grant in charter.grants}
    assert [
        written(given[word], currency, sign=False) for word in ("fix-on-the-spot", "larger-mistakes")
    ] == [*limits]


@pytest.mark.parametrize("currency", [currency for currency, _ in CURRENCIES])
def test_a_ready_charter_keeps_its_order_in_every_currency(currency):
    at_home = {each.word: each.compiled.charter for each in ready_charters("EUR")}
    for ready in ready_charters(currency):
        there = ready.compiled.charter
        assert there.currency == currency
        ratios = {
            round(grant.upto / same.upto * 10 ** (2 - decimals(currency)), 2)
            for grant, same in zip(there.grants, at_home[ready.word].grants, strict=True)
            if grant.upto
        }
        assert len(ratios) == 1


def test_a_team_without_a_charter_says_so(house, signed_in):
    page = assert_clean(signed_in(house.eve).get("/charter/hill/"))
    assert "Hill Road has no charter yet" in page
    assert "Choose a ready one" not in page
    assert "Choose a ready one" in assert_clean(signed_in(house.ola).get("/charter/hill/"))
    assert_clean(signed_in(house.eve).get("/delegations/"))
    assert signed_in(house.eve).get("/delegations/hill/").status_code == 409


def test_an_owner_of_many_teams_reads_all_in_few_queries(house, signed_in):
    for number in range(12):
        team = Team.objects.create(
            word=f"team-{number}",
            name=f"Team {number}",
            time_zone="Europe/Berlin",
            opening=ALL_DAY,
            created_at=house.version.published_at,
        )
        Membership.objects.create(
            member=house.ola, team=team, role=Role.objects.get(word="manager"), since=team.created_at
        )
        actions.publish(house.ola, team, CHARTER, "Begin.", seconded_by=None)
    client = signed_in(house.ola)
    for page in ("/charter/", "/delegations/"):
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert_clean(client.get(page))
        assert len(queries) <= 12, [each["sql"][:160] for each in queries]
