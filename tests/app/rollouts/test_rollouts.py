"""A rollout by lot: fixed before, drawn once, told in time, looked at after its end and as it was drawn."""

import hashlib
import random
import secrets
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.app.rollouts.made_rollouts import (
    WEEK,
    drawn,
    made_teams,
    made_weeks,
    planned,
    this_monday,
    words_of,
)

from remit.core import clock
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.insight.effect.answering import answer, answers_due
from remit.notices.models import Notice
from remit.rollouts.actions.asking import look_again
from remit.rollouts.actions.planning import change_plan, draw, give_up, plan
from remit.rollouts.actions.turns import begin_turn, tell_turns
from remit.rollouts.models import Change, Draw, Plan, Start
from remit.trail.models import Entry, Words
from remit_engine.evidence.effect import Outcome, beforehand, in_waves
from remit_engine.evidence.effect import drawn as drawn_by_the_engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams(house):
    """Six teams with some weeks behind them."""
    found = made_teams(house, 6)
    made_weeks(found, weeks=12, of_week=3)
    return found


def noon_of(day):
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)


def test_anybody_can_draw_the_order_again(house, teams):
    change = planned(house.ola, teams)
    told = change.plan.commitment
    assert Entry.objects.get(act="rollout-planned").data["commitment"] == told
    assert not Draw.objects.exists()
    made = draw(house.ola, change.pk, revision=change.plan.revision)
    key = bytes.fromhex(made.key)
    assert hashlib.sha256(key).hexdigest() == told == made.commitment
    words = sorted(team.word for team in teams)
    again = drawn_by_the_engine(words, [each - 12 for each in in_waves(6, first=12, apart=2)], key)
    starts = {start.team.word: start.on for start in Start.objects.select_related("team")}
    assert starts == {
        word: change.plan.first_on + week * WEEK for word, week in zip(again.teams, again.starts, strict=True)
    }
    assert Plan.objects.get().sealed_key == ""
    assert Entry.objects.get(act="rollout-drawn").data["key"] == made.key


def test_what_decides_and_the_end_never_change_once_it_is_drawn(house, teams):
    change = drawn(house.ola, teams)
    other = words_of(teams, primary="cost", until=this_monday() + 30 * WEEK)
    with pytest.raises(Changed) as refused:
        change_plan(house.ola, change.pk, other, revision=change.plan.revision)
    assert refused.value.code == "drawn"
    for name, value in {"primary": "cost", "until": this_monday(), "order": [], "limit": 1}.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            Draw.objects.filter(pk=change.pk).update(**{name: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=change.pk)._raw_delete(using="default")
    # Whatever became of the plan: what was drawn is what counts.
    Plan.objects.update(primary="cost")
    Start.objects.update(on=this_monday())
    with clock.at(noon_of(change.draw.ends_on)):
        number = answers_due()[0]
        answer(number)
    kept = change.answers.get()
    assert kept.effects[0]["outcome"] == "rating"
    assert kept.until == change.draw.until
    assert kept.weeks["starts"] != [12] * 6


def test_drawn_twice_is_drawn_once(house, teams):
    change = planned(house.ola, teams)
    first = draw(house.ola, change.pk, revision=1)
    order = list(Start.objects.values_list("team", "on"))
    assert draw(house.ola, change.pk, revision=1) == first
    assert list(Start.objects.values_list("team", "on")) == order
    assert Entry.objects.filter(act="rollout-drawn").count() == 1


def test_nothing_is_shown_before_the_end(house, teams, client):
    change = drawn(house.ola, teams)
    client.force_login(house.ola, backend="remit.people.signing_in.MailAndPassword")
    last = noon_of(change.draw.ends_on) - timedelta(days=1)
    for moment in (noon_of(this_monday()), last):
        with clock.at(moment):
            assert answers_due() == []
            with pytest.raises(Refusal) as refused:
                look_again(house.ola, change.pk)
            assert refused.value.code == "before-its-end"
            page = client.get(f"/did-it-work/{change.pk}/answer/").content.decode()
            assert "It is looked at from" in page
            assert "effect-says" not in page
            assert client.get(f"/did-it-work/{change.pk}/answer/weeks.csv").status_code == 404
    with clock.at(noon_of(change.draw.ends_on)):
        assert len(answers_due()) == 1
        assert answers_due() == []


def test_what_it_would_find_is_reckoned_from_the_past_and_before_it_may_be_drawn(house, teams):
    change = plan(house.ola, words_of(teams, until=this_monday() + 12 * WEEK), stamp="a")
    with pytest.raises(Refusal) as refused:
        draw(house.ola, change.pk, revision=1)
    assert refused.value.code == "not-reckoned"
    from remit.insight.effect.counting import Stretch, counted  # noqa: PLC0415
    from remit.insight.effect.reckoning import reckon  # noqa: PLC0415

    reckon(change.pk)
    by_word = tuple(sorted(teams, key=lambda team: team.word))
    past = counted(Stretch(by_word, this_monday() - 12 * WEEK, 12), "EUR", None)[0].weekly
    said = beforehand(Outcome("x", past.values, past.counts), in_waves(6, first=12, apart=2), 12 + 11)
    plan_of = Plan.objects.get()
    assert plan_of.smallest == pytest.approx(said.smallest)
    change_plan(house.ola, change.pk, words_of(teams, primary="cost"), revision=1)
    with pytest.raises(Refusal):
        draw(house.ola, change.pk, revision=2)
    with pytest.raises(Changed):
        draw(house.ola, change.pk, revision=1)


def test_teams_are_told_when_their_turn_comes_and_start_themselves(house, teams, client):
    change = drawn(house.ola, teams)
    told = Notice.objects.filter(code="rollout-drawn")
    assert {notice.member.word for notice in told} >= {"mia", "manager-2", "manager-6"}
    assert tell_turns() == 0
    first = change.draw.order[0]
    with clock.at(noon_of(change.plan.first_on)):
        assert tell_turns() == 2
        assert tell_turns() == 0
    starts = {start.team_id: start for start in Start.objects.select_related("team")}
    mine = starts[first[0]]
    later = next(start for start in starts.values() if start.on > mine.on)
    with clock.at(noon_of(mine.on) + timedelta(days=1)):
        manager = mine.team.memberships.filter(role__word="manager").first().member
        begin_turn(manager, change.pk, mine.team.word, on=mine.on)
        assert not Notice.objects.filter(
            code="rollout-turn", subject=f"turn:{mine.pk}", seen_at=None
        ).exists()
        with pytest.raises(Refusal) as refused:
            begin_turn(house.ola, change.pk, later.team.word, on=mine.on)
        assert refused.value.code == "off-turn"
        begin_turn(house.ola, change.pk, later.team.word, on=mine.on, why="The guests asked for it.")
        with pytest.raises(Changed):
            begin_turn(house.ola, change.pk, later.team.word, on=mine.on + timedelta(days=1))
        client.force_login(house.ana, backend="remit.people.signing_in.MailAndPassword")
        page = client.get(f"/did-it-work/{change.pk}/").content.decode()
        assert "All are counted as drawn" in page
        assert "The guests asked for it." in page
    with clock.at(noon_of(change.draw.ends_on)):
        answer(answers_due()[0])
    weeks = dict(zip(change.answers.get().weeks["teams"], change.answers.get().weeks["starts"], strict=True))
    assert weeks[later.team.word] == 12 + (later.on - mine.on).days // 7
    assert Notice.objects.filter(code="rollout-answer", member=house.ola).exists()


def test_given_up_it_stays_readable_and_nobody_is_told_any_more(house, teams):
    change = drawn(house.ola, teams)
    give_up(house.ola, change.pk, why="The supplier is gone.")
    with clock.at(noon_of(change.plan.first_on)):
        assert tell_turns() == 0
        with pytest.raises(Changed):
            begin_turn(house.ola, change.pk, "harbour", on=this_monday() + 2 * WEEK)
    with clock.at(noon_of(change.draw.ends_on)):
        assert answers_due() == []
    assert Change.objects.get().given_up_why == "The supplier is gone."
    kept = Words.objects.filter(entry__subject=change.subject)
    assert not kept.exists(), "names and whys stand in rows that erasing reaches"


def test_only_who_manages_all_teams_plans_and_only_who_is_in_one_sees_it(house, teams):
    with pytest.raises(NotAllowed):
        plan(house.mia, words_of(teams), stamp="a")
    change = planned(house.ola, teams)
    for act in (
        lambda who: draw(who, change.pk, revision=1),
        lambda who: give_up(who, change.pk, why="No."),
        lambda who: change_plan(who, change.pk, words_of(teams), revision=1),
    ):
        for who, error in ((house.mia, NotAllowed), (house.ana, NotAllowed), (house.eve, NotThere)):
            with pytest.raises(error):
                act(who)
    assert not Draw.objects.exists()


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"teams": 4}, "few-teams"),
        ({"each": 6}, "few-orders"),
        ({"first_on": timedelta(0)}, "start-passed"),
        ({"until": 3 * WEEK}, "ends-before"),
        ({"until": 5 * WEEK, "apart": 1}, "ends-early"),
        ({"until": 200 * WEEK}, "ends-late"),
        ({"primary": "sure"}, "no-outcome"),
        ({"named": " "}, "no-name"),
        ({"why": " "}, "no-why"),
        ({"apart": 0}, "no-weeks"),
    ],
)
def test_a_plan_that_can_show_nothing_is_refused(house, other, code):
    teams = made_teams(house, 6)
    chosen = teams[: other.pop("teams", 6)]
    days = {name: this_monday() + other[name] for name in ("first_on", "until") if name in other}
    with pytest.raises(Refusal) as refused:
        plan(house.ola, words_of(chosen, **other | days), stamp="a")
    assert refused.value.code == code
    assert not Change.objects.exists()


def test_whatever_is_done_in_whatever_order_the_draw_stays_as_it_was(house, teams):
    """Against a plain model: before the draw the plan is the last one kept; after it nothing moves."""
    rng = random.Random(11)  # noqa: S311 (made data)
    for _ in range(4):
        change = planned(house.ola, teams)
        plain = {"primary": "rating", "until": change.plan.until, "drawn": None, "given up": False}
        for _ in range(12):
            act = rng.choice(("change", "change", "draw", "begin", "give up"))
            row = Plan.objects.get(pk=change.pk)
            if act == "change":
                primary, until = rng.choice(("cost", "again")), this_monday() + rng.randrange(14, 30) * WEEK
                words = words_of(teams, primary=primary, until=until)
                if plain["drawn"] or plain["given up"]:
                    with pytest.raises(Changed):
                        change_plan(house.ola, change.pk, words, revision=row.revision)
                else:
                    change_plan(house.ola, change.pk, words, revision=row.revision)
                    Plan.objects.filter(pk=change.pk).update(reckoned=row.revision + 1)
                    plain |= {"primary": primary, "until": until}
            elif act == "draw":
                if plain["given up"] and not plain["drawn"]:
                    with pytest.raises(Changed):
                        draw(house.ola, change.pk, revision=row.revision)
                else:
                    made = draw(house.ola, change.pk, revision=row.revision)
                    plain["drawn"] = plain["drawn"] or (made.key, made.order)
            elif act == "begin" and plain["drawn"] and not plain["given up"]:
                on, team = this_monday(), rng.choice(teams)
                with clock.at(noon_of(on)):
                    begin_turn(house.ola, change.pk, team.word, on=on, why="Early.")
            elif act == "give up" and rng.random() < 0.3:
                give_up(house.ola, change.pk, why="No.")
                plain["given up"] = True
            drawn_row = Draw.objects.filter(pk=change.pk).first()
            if plain["drawn"]:
                assert (drawn_row.key, drawn_row.order) == plain["drawn"]
                assert (drawn_row.primary, drawn_row.until) == (plain["primary"], plain["until"])
            else:
                assert drawn_row is None
        Start.objects.filter(change=change).update(begun_on=None)


def test_sent_twice_it_is_planned_once(house, teams):
    stamp = secrets.token_hex(8)
    assert plan(house.ola, words_of(teams), stamp=stamp) == plan(house.ola, words_of(teams), stamp=stamp)
    assert Change.objects.count() == 1
