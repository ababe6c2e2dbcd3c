"""The pages of what is asked and planned: what was typed is kept, each state is said, links lead there."""

import pytest
from tests.app.procedures.made_procedures import furnished_procedures
from tests.app.rollouts.made_rollouts import (
    WEEK,
    made_teams,
    made_versions,
    planned,
    row_of_a_rollout,
    this_monday,
)
from tests.app.voice.made_voice import made_idea, made_trial

from remit.core.clock import now
from remit.procedures.models import Procedure
from remit.rollouts.models import Change, Start
from remit.rollouts.notices import examples
from remit.rollouts.telling import in_unit
from remit.rollouts.vocabulary import Outcome

pytestmark = pytest.mark.django_db


def signed_in(client, member):
    client.force_login(member, backend="remit.people.signing_in.MailAndPassword")
    return client


def a_plan(chosen, **other):
    first = this_monday() + 2 * WEEK
    usual = {
        "stamp": "one", "named": "A greeting", "why": "Whoever is greeted waits more kindly.",
        "begins": "words", "teams": [str(team.pk) for team in chosen], "first_on": str(first),
        "apart": "2", "each": "2", "primary": "again", "until": str(first + 12 * WEEK),
    }  # fmt: skip
    return usual | other


def test_a_plan_is_sent_and_what_is_wrong_with_it_keeps_what_was_typed(house, client):
    teams = made_teams(house, 6)
    ola = signed_in(client, house.ola)
    for wrong in (
        {"apart": "often"}, {"first_on": "soon"}, {"until": "1999-01-01"}, {"each": "6"}, {"primary": "sure"},
        {"teams": [str(team.pk) for team in teams[:3]]}, {"begins": "draft:999"}, {"teams": ["x"]},
        {"first_on": "9999-12-31"}, {"each": "9" * 400}, {"stamp": ""}, {"begins": "draft:x"},
    ):  # fmt: skip
        answer = ola.post("/did-it-work/rollouts/new/", a_plan(teams, **wrong))
        assert answer.status_code == 422, wrong
        page = answer.content.decode()
        assert "A greeting" in page
        assert "Whoever is greeted waits more kindly." in page
    assert not Change.objects.exists()
    for _ in range(2):
        assert ola.post("/did-it-work/rollouts/new/", a_plan(teams)).status_code == 302
    change = Change.objects.get()
    page = ola.get(f"/did-it-work/{change.pk}/").content.decode()
    assert "It is being reckoned" in page
    assert "With 6 teams, one that is unlike the others weighs much." in page
    assert "Draw the order" not in page
    answer = ola.post(f"/did-it-work/{change.pk}/plan/", a_plan(teams, named="Another", revision="0"))
    assert "Somebody changed the plan." in answer.content.decode()
    assert (
        ola.post(f"/did-it-work/{change.pk}/plan/", a_plan(teams, named="Another", revision="1")).status_code
        == 302
    )
    assert Change.objects.get().named == "Another"


def test_asked_on_a_page_with_what_is_the_same_chosen_already(house, client):
    teams = made_teams(house, 3)
    versions = made_versions(house, teams, (9, 7, 6))
    ola = signed_in(client, house.ola)
    address = f"/did-it-work/ask/charter/{versions[0].pk}/"
    page = ola.get(address).content.decode()
    assert f'<option value="{versions[1].pk}" selected>' in page
    sent = {
        "stamp": "s",
        "named": "Room",
        "team-hill": "-",
        "team-team-02": str(versions[1].pk),
        "team-team-03": "",
    }
    wrong = ola.post(address, sent | {"team-team-02": "999999"})
    assert wrong.status_code == 422
    assert 'value="Room"' in wrong.content.decode()
    for _ in range(2):
        assert ola.post(address, sent).status_code == 302
    change = Change.objects.get()
    assert {start.team.word: start.on is not None for start in Start.objects.select_related("team")} == {
        "harbour": True, "team-02": True, "team-03": False,
    }  # fmt: skip
    assert "At work" in ola.get(f"/did-it-work/{change.pk}/answer/").content.decode()
    assert "It was asked before" in ola.get(address).content.decode()
    listed = ola.get("/did-it-work/").content.decode()
    assert "being looked at" in listed
    assert "Room" in listed


def test_every_page_of_what_began_leads_there(house, client):
    sam = signed_in(client, house.sam)
    trial = made_trial(house, made_idea(house))
    link = f"/did-it-work/ask/trial/{trial.pk}/"
    for page in (f"/trials/{trial.pk}/", f"/ideas/{trial.idea_id}/"):
        assert link in sam.get(page).content.decode()
    assert sam.get(link).status_code == 200
    mia = signed_in(client, house.mia)
    assert (
        f"/did-it-work/ask/charter/{house.version.pk}/"
        in mia.get("/charter/harbour/versions/1/").content.decode()
    )
    procedure = Procedure.objects.get(pk=furnished_procedures(house)["procedures"]["number"])
    version = procedure.versions.get(number=procedure.number)
    for page in (f"/procedures/{procedure.pk}/", f"/procedures/{procedure.pk}/versions/{version.number}/"):
        assert f"/did-it-work/ask/procedure/{version.pk}/" in mia.get(page).content.decode()
    assert mia.get(f"/did-it-work/ask/procedure/{version.pk}/").status_code == 200
    ana = signed_in(client, house.ana)
    assert link not in ana.get(f"/trials/{trial.pk}/").content.decode()
    assert ana.get(link).status_code == 403
    assert ana.get("/did-it-work/ask/words/1/").status_code == 404


def test_empty_and_too_few(house, client):
    assert "Nothing was asked yet." in signed_in(client, house.ana).get("/did-it-work/").content.decode()
    assert (
        "It takes five teams."
        in signed_in(client, house.mia).get("/did-it-work/rollouts/new/").content.decode()
    )
    assert "Plan a rollout by lot" not in client.get("/did-it-work/").content.decode()


def test_notices_can_be_read(house):
    change = row_of_a_rollout(house, is_drawn=True)
    start = change.starts.select_related("team", "change").get()
    for message in examples(change, start):
        assert message.title
        assert message.address.startswith("/did-it-work/")


def test_the_size_that_would_be_found_is_told_in_its_unit(house, client):
    teams = made_teams(house, 6)
    change = planned(house.ola, teams)
    page = signed_in(client, house.ola).get(f"/did-it-work/{change.pk}/").content.decode()
    assert "doesn’t say how small an effect would be found" in page
    change.plan.smallest, change.plan.past = 0.4, 30
    change.plan.save()
    page = client.get(f"/did-it-work/{change.pk}/").content.decode()
    assert "an effect of 0.40 points would be found" in page
    assert "(0.20 points) it would take about 24 teams" in page


@pytest.mark.parametrize(
    ("value", "outcome", "said"),
    [
        (-0.04, Outcome.RESOLVING, "−0.04 h"),
        (-2.06, Outcome.RESOLVING, "−2.1 h"),
        (0.0004, Outcome.RATING, "+0.0004 points"),
        (-0.00001, Outcome.RATING, "0.00 points"),
        (0.0, Outcome.RATING, "0.00 points"),
        (-320, Outcome.COST, "−EUR 3.20"),
        (-0.2, Outcome.COST, "EUR 0.00"),
    ],
)
def test_what_is_something_is_never_written_as_nothing(value, outcome, said):
    assert in_unit(value, outcome, "EUR", signed=True) == said


def test_a_team_that_began_in_another_week_says_why_and_keeps_what_was_typed(house, client):
    change = row_of_a_rollout(house, is_drawn=True)
    start = change.starts.get()
    mia = signed_in(client, house.mia)
    address = f"/did-it-work/{change.pk}/starts/harbour/"
    today, on, why = str(now().date()), f"turn-{start.pk}-on", f"turn-{start.pk}-why"
    for sent, said in (
        ({on: "2020-01-01", why: "Early."}, "The order wasn&#x27;t drawn yet on that day."),
        ({on: "soon", why: "Early."}, "valid"),
        ({on: str(start.on), why: "Early."}, "That day is still to come."),
        ({on: today, why: ""}, "Its turn was the week of"),
    ):
        answer = mia.post(address, sent)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page
        assert sent[why] in page
        assert f'value="{sent[on]}"' in page
    assert mia.post(address, {on: today, why: "The guests asked for it."}).status_code == 302
    assert start.change.starts.get().why == "The guests asked for it."
