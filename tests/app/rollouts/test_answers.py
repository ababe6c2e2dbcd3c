"""Did it work, through database and page: figures equal the engine's on rows that were counted otherwise."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.app.rollouts.made_rollouts import (
    asked,
    made_teams,
    made_versions,
    made_weeks,
    this_monday,
)

from remit.charters.models import Version
from remit.complaints.models import Closure, Complaint, Rating
from remit.core.errors import NotAllowed, NotThere
from remit.people.models import Team
from remit.pulse.models import Figure, Wave
from remit.rollouts.actions.asking import ask
from remit.rollouts.models import Answer, Change
from remit.rollouts.origins import origin_for
from remit_engine.evidence.effect import Outcome, Rollout, effects_of
from remit_engine.evidence.effect.values import text_of

pytestmark = pytest.mark.django_db
STARTS = (18, 16, 14, 12, 10, 8, 7, 6, 5, None)


@pytest.fixture
def rolled(house):
    """Ten teams of which nine began at different times, with an effect on ratings alone."""
    teams = made_teams(house)
    made_weeks(teams, lift=0.9, starts=STARTS)
    versions = made_versions(house, teams, STARTS)
    elsewhere = {version.team_id: version.pk for version in versions[1:]} | {teams[-1].pk: None}
    return teams, asked(house.ola, versions[0], elsewhere)


def weeks_by_hand(teams, first, weeks):
    """Mean rating, how many, and how many were asked, by team and week: counted complaint by complaint."""
    cells, asked_in = defaultdict(list), defaultdict(int)
    for closure in Closure.objects.filter(reopened_at=None, reason="made-right").select_related("complaint"):
        team = Team.objects.get(pk=closure.complaint.team_id)
        monday = closure.at.astimezone(ZoneInfo(team.time_zone)).date()
        while monday.weekday():
            monday -= timedelta(days=1)
        key = team.word, monday
        asked_in[key] += 1
        cells[key] += [each.made_right for each in Rating.objects.filter(closure=closure)]
    words = sorted(team.word for team in teams)
    mondays = [first + timedelta(weeks=each) for each in range(weeks)]
    table = [[cells[word, day] for day in mondays] for word in words]
    values = [[sum(cell) / len(cell) if cell else np.nan for cell in row] for row in table]
    return (
        np.array(values),
        np.array([[float(len(cell)) for cell in row] for row in table]),
        np.array([[float(asked_in[word, day]) for day in mondays] for word in words]),
    )


def test_figures_are_those_of_the_engine_on_rows_counted_by_hand(rolled):
    teams, change = rolled
    answer = change.answers.get()
    kept = {each["outcome"]: each for each in answer.effects}
    weeks = (answer.until - answer.first).days // 7 + 1
    assert answer.until == this_monday() - timedelta(weeks=1)
    values, counts, were_asked = weeks_by_hand(teams, answer.first, weeks)
    order = sorted(range(10), key=lambda place: teams[place].word)
    first_of = [
        None if (ago := STARTS[place]) is None else this_monday() - timedelta(weeks=ago) for place in order
    ]
    starts = tuple(None if day is None else (day - answer.first).days // 7 for day in first_of)
    outcome = Outcome("rating", values, counts, asked=were_asked, scale=(1.0, 5.0))
    (effect,) = effects_of([outcome], Rollout(tuple(teams[place].word for place in order), starts))
    assert kept["rating"]["measured"] == pytest.approx(
        [effect.measured.estimate, effect.measured.low, effect.measured.high, effect.measured.chance]
    )
    assert kept["rating"]["says"] == "better"
    assert kept["rating"]["design"] == "comparison"
    assert 0.5 < kept["rating"]["measured"][0] < 1.0
    assert kept["resolving"]["says"] == kept["again"]["says"] == "nothing beyond chance"
    said = "".join(
        each if isinstance(each, str) else f"{each[0]:.2f}" for each in kept["rating"]["words"][:2]
    )
    assert text_of(effect.words).startswith(said)


def test_the_page_says_it_and_loads_no_statistics(rolled, client, house):
    _, change = rolled
    client.force_login(house.ana, backend="remit.people.signing_in.MailAndPassword")
    page = client.get(f"/did-it-work/{change.pk}/answer/").content.decode()
    assert "Better" in page
    assert "so this is a comparison" in page
    assert "Teams that had started were 0." in page
    assert 'class="chart effect"' in page
    assert "It would be wrong if those who started had gained" in page
    assert "The pulse published nothing of it" in page
    assert client.get(f"/did-it-work/{change.pk}/answer/weeks.csv").status_code == 403
    client.force_login(house.ola, backend="remit.people.signing_in.MailAndPassword")
    table = (
        b"".join(client.get(f"/did-it-work/{change.pk}/answer/weeks.csv")).decode("utf-8-sig").splitlines()
    )
    assert table[0] == "team,week,weeks since the start,outcome,value,counted,asked"
    rated = [line.split(",") for line in table if ",rating," in line]
    assert (
        sum(float(line[5] or 0) for line in rated)
        == Rating.objects.filter(closure__at__date__gte=change.answers.get().first).count()
    )
    client.force_login(house.eve, backend="remit.people.signing_in.MailAndPassword")
    assert client.get(f"/did-it-work/{change.pk}/answer/").status_code == 404


def test_one_team_is_an_indication_and_says_so_in_every_word(house, client):
    teams = made_teams(house, 4)
    made_weeks(teams, weeks=30, of_week=12, lift=1.2, rating=3.4, starts=(8,))
    (version,) = made_versions(house, teams[:1], (8,))
    change = asked(house.ola, version, {team.pk: None for team in teams[1:]})
    rating = next(each for each in change.answers.get().effects if each["outcome"] == "rating")
    assert (rating["design"], rating["says"]) == ("indication", "better")
    client.force_login(house.ola, backend="remit.people.signing_in.MailAndPassword")
    page = client.get(f"/did-it-work/{change.pk}/answer/").content.decode()
    first = page[page.index('id="first"') : page.index('id="of-')]
    assert "indication" in first
    assert "Something else may have happened" in first
    for too_sure in (
        "proof by lot",
        "comparison</span>",
        "was drawn by lot",
        "it worked",
        "caused",
        "because of",
    ):
        assert too_sure not in first
    listed = client.get("/did-it-work/").content.decode()
    assert "indication: better" in listed


def test_what_cant_be_told_is_an_answer_with_what_it_takes(house, client):
    made_weeks([house.harbour], weeks=20)
    (version,) = made_versions(house, [house.harbour], (6,))
    change = asked(house.mia, version, {})
    rating = change.answers.get().effects[0]
    assert (rating["design"], rating["reason"]["why"]) == ("can't be told", "season")
    client.force_login(house.ana, backend="remit.people.signing_in.MailAndPassword")
    page = client.get(f"/did-it-work/{change.pk}/answer/").content.decode()
    assert "It can’t be told from this data" in page
    assert "What would be needed." in page
    assert "or a team that starts later" in page


def test_of_the_pulse_only_what_was_published_is_looked_at(house):
    teams = made_teams(house)
    made_weeks(teams, lift=0.5, starts=STARTS)
    versions = made_versions(house, teams, STARTS)
    for place, team in enumerate(teams):
        for number, ago in enumerate(range(28, 0, -2)):
            at = versions[0].published_at + timedelta(weeks=18 - ago)
            wave = Wave.objects.create(
                team=team, number=number + 1, items=[], asked=6, takes_words=False, opened_at=at,
                closes_at=at, closed_at=at,
            )  # fmt: skip
            started = STARTS[place] is not None and ago <= STARTS[place]
            for item, low in (
                ("sure", 30 + (10 if started else 0) + (number * 7 + place) % 3),
                ("heard", 12),
            ):
                Figure.objects.create(
                    wave=wave, item=item, form="alone", low=low, high=low, sure_low=low, sure_high=low,
                    answers=6, people="x",
                )  # fmt: skip
            Figure.objects.create(
                wave=wave, item="sure", part="lead", form="alone", low=10, high=10, sure_low=10,
                sure_high=10, answers=5, people="x",
            )  # fmt: skip
    elsewhere = {version.team_id: version.pk for version in versions[1:]} | {teams[-1].pk: None}
    change = asked(house.ola, versions[0], elsewhere)
    kept = {each["outcome"]: each for each in change.answers.get().effects}
    assert kept["sure"]["says"] == "better"
    assert kept["sure"]["measured"][0] == pytest.approx(1.0, abs=0.1)


def test_who_may_ask_and_twice_is_once(house):
    made_weeks([house.harbour], weeks=6)
    with pytest.raises(NotAllowed):
        asked(house.ana, house.version, {})
    with pytest.raises(NotThere):
        asked(house.eve, house.version, {})
    change = asked(house.sam, house.version, {})
    from remit.rollouts.actions.asking import ask, look_again  # noqa: PLC0415

    again = ask(house.sam, "charter", house.version.pk, named="x", elsewhere={}, stamp=change.stamp)
    assert (again, Change.objects.count()) == (change, 1)
    with pytest.raises(NotAllowed):
        look_again(house.ana, change.pk)
    look_again(house.sam, change.pk)
    look_again(house.sam, change.pk)
    assert Answer.objects.filter(ended_at=None).count() == 1


def test_an_answer_without_any_row_says_so(house, client):
    change = asked(house.mia, house.version, {})
    assert all(each.get("absent") for each in change.answers.get().effects)
    client.force_login(house.mia, backend="remit.people.signing_in.MailAndPassword")
    page = client.get(f"/did-it-work/{change.pk}/answer/").content.decode()
    assert "Nothing to count" in page
    assert Complaint.objects.count() == 0


def test_a_charter_of_the_organisation_began_where_it_is_extended_and_when(house):
    teams = made_teams(house, 5)
    first, changed = (_of_the_organisation(house, number, ago) for number, ago in ((1, 30), (2, 12)))
    since = {0: (30, first), 1: (30, first), 2: (4, changed), 3: (30, first), 4: (-2, changed)}
    for place, (ago, above) in since.items():
        _of_a_team(house, teams[place], 3, ago, above)
        if place in {0, 1}:
            _of_a_team(house, teams[place], 4, 12, changed)
    _of_a_team(house, teams[1], 5, 6, None)
    _of_a_team(house, teams[3], 4, 20, None)

    began = {each.team: each.on for each in origin_for(house.ola, "charter", changed.pk).here}
    assert began == {
        teams[0]: _on(12),
        teams[1]: _on(12),  # it went its own way later: that is no reason to count it among those without
        teams[2]: _on(4),  # it came later, and found the change there
    }
    of_the_first = {each.team: each.on for each in origin_for(house.ola, "charter", first.pk).here}
    assert of_the_first == {teams[0]: _on(30), teams[1]: _on(30), teams[2]: _on(4), teams[3]: _on(30)}
    change = ask(house.ola, "charter", changed.pk, named="Ours", elsewhere={teams[3].pk: None}, stamp="a")
    assert {start.team: start.on and start.on + timedelta(days=2) for start in change.starts.all()} == {
        **began,
        teams[3]: None,
    }


def _on(ago):
    return this_monday() - timedelta(weeks=ago) + timedelta(days=2)


def _of_the_organisation(house, number, ago):
    return _of_a_team(house, None, number, ago, None)


def _of_a_team(house, team, number, ago, above):
    return Version.objects.create(
        team=team,
        number=number,
        name="Ours",
        text=house.version.text,
        extends=above,
        hash="0" * 64,
        why="Everywhere alike.",
        published_by=house.ola,
        published_at=datetime.combine(_on(ago), time(12), UTC),
    )
