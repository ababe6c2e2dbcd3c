"""The pages of the balance: figures open their rows, targets have a why, teams stand side by side by name."""

import re
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from lxml import html
from tests.app.acts_at_once import at_once
from tests.app.made_balance import made_answer, made_decision, made_rows, made_task, with_people
from tests.app.made_house import joined, made_member

from remit.core.clock import now
from remit.insight.balance.behind import rows_behind
from remit.insight.balance.keeping import keep
from remit.insight.balance.queries import balance_of
from remit.insight.balance.targets import set_target
from remit.insight.balance.vocabulary import EXPLAINED, Word
from remit.insight.models import BalanceTarget
from remit.jobs.models import Job
from remit.people.access import place_in
from remit.people.models import Role, Team
from remit.trail.models import Entry

FRIDAY = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Berlin"))
PART = Word.ALONE.value


def page(client, member, name, *args, **asked):
    client.force_login(member)
    return client.get(reverse(f"balance:{name}", args=args), asked)


def tree_of(answer):
    return html.fromstring(answer.content)


def read(answer):
    return " ".join(html.fromstring(answer.content).text_content().split())


def lived(house, team, *, alone, answered, number=40):
    """A team of five that decided so much alone, and answered so many questions at once, of ten."""
    while team.memberships.count() < 5:
        word = f"m{team.pk}x{team.memberships.count()}"
        joined(made_member(word, word.upper(), now()), team, Role.objects.get(word="member"), now())
    for at in range(number):
        level = "decide" if at % 10 < alone else "ask"
        decision = made_decision(house, FRIDAY, level=level)
        type(decision).objects.filter(pk=decision.pk).update(team=team)
        asked = FRIDAY - (timedelta(minutes=5) if at % 10 < answered else timedelta(days=2))
        answer = made_answer(house, asked, FRIDAY)
        type(answer).objects.filter(pk=answer.pk).update(team=team)
    keep(team)


def test_each_figure_opens_as_many_rows_as_it_was_counted_from(house, client):
    with_people(house)
    made_rows(house, Random(4), weeks=8, each=1)  # noqa: S311 (made data)
    keep(house.harbour)
    shown = balance_of(house.harbour, now().date())
    place = place_in(house.ana, house.harbour)
    for part in shown.parts:
        listed, number = [], 1
        while (rows := rows_behind(place, part.word, shown.week, str(number))) is not None:
            listed += rows
            number += 1
            if not rows.has_more:
                break
        if part.word == Word.WIDENED:
            assert rows is None
        elif part.word == Word.UNDERSTOOD:
            assert sum(int(row.words.split()[0]) for row in listed) == part.rows
        else:
            assert len(listed) == part.rows
            assert all(row.address for row in listed), part.word
        answer = page(client, house.ana, "part", "harbour", part.word.value)
        assert answer.status_code == 200
        assert EXPLAINED[part.word].counted in read(answer)
        assert not {"Ben Okafor", "Sam Lindqvist", "Cid", "Dot"} & set(
            re.findall(r"\w+ \w+|\w+", read(answer))
        )
    assert sum(part.rows > 0 for part in shown.parts) > 8
    first = page(client, house.ana, "part", "harbour", PART, week=shown.trail[-3].week.isoformat(), page="1")
    assert "aria-current" in first.content.decode()


def test_a_team_sees_the_map_its_parts_and_what_was_left_out(house, client):
    lived(house, house.harbour, alone=7, answered=4)
    for _ in range(10):
        made_task(house, FRIDAY, ended=FRIDAY, end="done")
    made_decision(house, FRIDAY - timedelta(days=1), value=1000)
    keep(house.harbour)
    answer = page(client, house.ana, "team", "harbour")
    text = read(answer)
    assert "Decided without asking" in text
    rows = [[cell.text_content().split() for cell in row] for row in tree_of(answer).xpath("//tbody/tr")]
    assert [[*["Tasks", "and", "checklists", "on", "time"]], ["100"], ["–"], ["90", "reached"]] in rows
    assert "None so far; it takes five ideas whose answer was promised within thirteen weeks." in text
    assert "Of structure nothing can be said yet" in text
    shown = balance_of(house.harbour, now().date())
    assert f"Room {round(shown.room.value)}" in text
    assert "The map is empty" in page(client, house.ana, "team", "harbour").content.decode()


def test_the_map_says_the_same_as_the_table(house, client):
    lived(house, house.harbour, alone=7, answered=4)
    for at in range(12):
        made_task(house, FRIDAY, ended=FRIDAY + timedelta(hours=at % 2), end="done")
        made_decision(house, FRIDAY + timedelta(minutes=at), value=1000 if at % 4 else 3000)
    keep(house.harbour)
    tree = html.fromstring(page(client, house.ana, "team", "harbour", span="year").content)
    shown = balance_of(house.harbour, now().date())
    structure, room = (int(side.value + 0.5) for side in shown.sides)
    (drawn,) = tree.xpath("//svg[contains(@class, 'balance-map')]")
    assert f"structure {structure}, room {room}" in drawn.get("aria-label")
    (dot,) = drawn.xpath(".//circle[@class='at-now']")
    across = (float(dot.get("cx")) - 34) / 376 * 100
    upwards = 100 - (float(dot.get("cy")) - 10) / 376 * 100
    assert (across, upwards) == (
        pytest.approx(shown.structure.value, abs=0.1),
        pytest.approx(shown.room.value, abs=0.1),
    )
    (table,) = tree.xpath("//div[@aria-label='The weeks in numbers']//tbody")
    assert [cell.text_content() for cell in table.xpath("tr[1]/*")][:3] == [
        "22 November 2026",
        str(structure),
        str(room),
    ]


def test_an_empty_team_is_told_what_comes_and_its_manager_may_have_it_counted(house, client):
    assert "Nothing was counted yet" in read(page(client, house.ana, "team", "harbour"))
    assert "Count now" not in read(page(client, house.ana, "team", "harbour"))
    assert "Count now" in read(page(client, house.mia, "team", "harbour"))
    assert client.post(reverse("balance:count", args=["harbour"])).status_code == 302
    assert client.post(reverse("balance:count", args=["harbour"])).status_code == 302
    assert (
        Job.objects.filter(task__endswith="count_balance", arguments={"team_id": house.harbour.pk}).count()
        == 1
    )
    client.force_login(house.ana)
    assert client.post(reverse("balance:count", args=["harbour"])).status_code == 403
    assert page(client, house.eve, "team", "harbour").status_code == 404
    assert page(client, house.ana, "part", "harbour", "luck").status_code == 404
    keep(house.harbour)
    assert "None so far" in read(page(client, house.ana, "team", "harbour"))


def test_a_manager_sets_a_target_with_a_why(house, client):
    address = reverse("balance:target", args=["harbour", PART])
    client.force_login(house.ana)
    assert client.get(address).status_code == 403
    client.force_login(house.mia)
    assert 'value="75"' in client.get(address).content.decode()
    refused = client.post(address, {"target": "101", "why": "Kept words.", "after": "0"})
    assert refused.status_code == 422
    assert "Kept words." in refused.content.decode()
    assert client.post(address, {"target": "80", "why": " ", "after": "0"}).status_code == 422
    sent = {"target": "80", "why": "The charter lets us.", "after": "0"}
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    assert BalanceTarget.objects.count() == 1
    assert Entry.objects.filter(act="balance-target").count() == 1
    assert "80 Mia Keller" in read(page(client, house.ana, "part", "harbour", PART))
    client.force_login(house.ola)
    late = client.post(address, {"target": "60", "why": "Slower.", "after": "0"})
    assert late.status_code == 422
    assert "Mia Keller set 80 meanwhile: The charter lets us." in read(late)
    assert balance_of(house.harbour, now().date()).part(Word.ALONE).target == 80


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_a_target_at_once_one_reads_what_the_other_set(house):
    def sets(who, target):
        set_target(place_in(who, house.harbour), Word.ALONE, target=target, why="So much.", after=0)

    ended = at_once(lambda: sets(house.mia, 70), lambda: sets(house.ola, 60))
    assert sorted(ended) == ["done", "target-set"]
    assert BalanceTarget.objects.count() == 1


def test_teams_stand_side_by_side_by_name_and_say_what_one_could_ask_another(house, client):
    pier = Team.objects.create(
        word="pier",
        name="Anchor Pier",
        time_zone="Europe/Berlin",
        currency="EUR",
        opening=[],
        created_at=now(),
    )
    joined(house.eve, pier, Role.objects.get(word="member"), now())
    lived(house, house.harbour, alone=3, answered=9)
    lived(house, pier, alone=9, answered=8)
    made_decision(house, FRIDAY)
    keep(house.hill)
    answer = page(client, house.ola, "balance")
    tree = html.fromstring(answer.content)
    assert [each.text_content() for each in tree.xpath("//article//h2")] == [
        "Anchor Pier",
        "Harbour Street",
        "Hill Road",
    ]
    first, second, third = (" ".join(each.text_content().split()) for each in tree.xpath("//article"))
    assert "At Anchor Pier, more is decided without asking: 90, where here it is 30. Ask how." in second
    assert "Ask how" not in first + third
    assert "too small to be set beside others" in third
    assert not tree.xpath("//table//th[contains(., 'Hill Road')]")
    words = " ".join(each.text_content() for each in tree.xpath("//main"))
    assert not re.search(r"Ana Ruiz|Ben Okafor|Mia Keller|Eve Hill|\b(best|worst|ranked|winner)\b", words)
    client.force_login(house.ana)
    assert client.get(reverse("balance:balance")).status_code == 302


def test_a_difference_that_may_be_chance_is_no_advice(house, client):
    lived(house, house.harbour, alone=5, answered=9, number=10)
    lived(house, house.hill, alone=7, answered=9, number=10)
    assert "Ask how" not in read(page(client, house.ola, "balance"))
