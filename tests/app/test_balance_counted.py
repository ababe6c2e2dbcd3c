"""The balance: what is kept equals a plain count of the rows, whatever happened; too little is left out."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from tests.app.made_balance import (
    made_answer,
    made_decision,
    made_point,
    made_promised,
    made_round,
    made_rows,
    made_task,
    made_turn,
    made_wave,
    made_written,
    with_people,
)
from tests.app.plain_balance import people_with_tasks, plainly

from remit.core import clock
from remit.insight.balance.jobs import count_all_balances, count_balance
from remit.insight.balance.keeping import keep
from remit.insight.balance.queries import balance_of
from remit.insight.balance.vocabulary import EXPLAINED, Side, Word
from remit.insight.models import BalanceWeek
from remit.jobs.models import Job
from remit.work.models import Task
from remit_engine.evidence.balance import chained

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 23)


def midnight(day):
    return datetime.combine(day, time(), BERLIN)


def _plain_values(team, week):
    """By part its value at the end of a week; those with too little aren't there."""
    end = midnight(week + timedelta(days=7))
    since = {word: midnight(week - timedelta(weeks=EXPLAINED[word].weeks - 1)) for word in Word}
    people = people_with_tasks(team, since[Word.TAKEN_UP], end)
    return {
        word: sum(each) / len(each)
        for word, each in plainly(team, since, end).items()
        if len(each) >= EXPLAINED[word].least and (word != Word.TAKEN_UP or people >= 5)
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_kept_equals_a_plain_count_of_the_rows(house, seed):
    with_people(house)
    made_rows(house, Random(seed), weeks=18, each=2)  # noqa: S311 (made data)
    keep(house.harbour)
    shown = balance_of(house.harbour, TODAY)
    assert shown.until == date(2026, 11, 22)
    assert len(shown.trail) == 53
    trail = shown.trail[-16:]
    expected = [_plain_values(house.harbour, each.week) for each in trail]
    for point, values in zip(trail, expected, strict=True):
        assert point.values == pytest.approx(values), point.week
    assert sum(map(len, expected)) > 100
    for side in Side:
        of_side = [{word: each[word] for word in each if EXPLAINED[word].side == side} for each in expected]
        now = of_side[-1].values()
        assert getattr(shown, side.value).value == pytest.approx(sum(now) / len(now))
        assert [getattr(each, side.value) for each in trail] == chained(of_side)
    newest = {part.word: part.rows for part in shown.parts}
    end = midnight(TODAY)
    since = {word: midnight(TODAY - timedelta(weeks=EXPLAINED[word].weeks)) for word in Word}
    assert newest == {word: len(each) for word, each in plainly(house.harbour, since, end).items()}


def test_each_week_ends_at_midnight_on_the_wall_clock_of_the_team(house):
    sunday = datetime(2026, 11, 22, 23, 59, 59, tzinfo=BERLIN)
    for moment in (sunday, sunday + timedelta(seconds=1), sunday - timedelta(days=7)):
        made_decision(house, moment)
    keep(house.harbour)
    kept = BalanceWeek.objects.filter(team=house.harbour).order_by("-week")[:2]
    assert [each.counted["decided-alone"] for each in kept] == [[100, 1], [100, 1]]


def test_a_part_with_too_little_is_left_out_and_a_side_needs_two(house):
    keep(house.harbour)
    nothing = balance_of(house.harbour, TODAY)
    assert all(part.value is None and part.rows == 0 for part in nothing.parts)
    assert nothing.structure.value is None
    last = datetime(2026, 11, 20, 12, tzinfo=BERLIN)
    for _ in range(9):
        made_decision(house, last)
    keep(house.harbour)
    assert balance_of(house.harbour, TODAY).part(Word.ALONE).value is None
    made_decision(house, last, level="ask")
    for waited in (5, 30, 100, 1000, 9000):
        made_answer(house, last - timedelta(minutes=waited), last)
    keep(house.harbour)
    shown = balance_of(house.harbour, TODAY)
    assert (shown.part(Word.ALONE).value, shown.part(Word.ANSWERS).value) == (90, 50)
    assert (shown.room.value, shown.structure.value) == (70, None)


def test_of_fewer_than_five_people_nothing_is_said_of_how_tasks_came(house):
    people = with_people(house)
    moment = datetime(2026, 11, 20, 12, tzinfo=BERLIN)
    for at in range(12):
        made_turn(house, moment, people[at % 4])
    keep(house.harbour)
    assert balance_of(house.harbour, TODAY).part(Word.TAKEN_UP).value is None
    made_turn(house, moment - timedelta(weeks=12), people[4], move="given")
    keep(house.harbour)
    assert balance_of(house.harbour, TODAY).part(Word.TAKEN_UP).value == pytest.approx(100 * 12 / 13)


def test_only_what_the_pulse_published_of_the_whole_team_counts(house):
    moment = datetime(2026, 11, 1, 12, tzinfo=BERLIN)
    made_wave(house, moment, {"clear": (40, 40), "strength": (10, 10)})
    keep(house.harbour)
    assert balance_of(house.harbour, TODAY).part(Word.PULSE).value is None
    made_wave(house, moment + timedelta(days=7), {"sure": (30, 35)})
    keep(house.harbour)
    # 4 of 5 counts 75; between 3 and 3.5, in the middle, 56.
    assert balance_of(house.harbour, TODAY).part(Word.PULSE).value == pytest.approx((75 + 56) / 2)


def test_the_change_is_named_where_it_is_more_than_noise(house):
    moment = datetime(2026, 11, 19, 12, tzinfo=BERLIN)
    drawn = Random(5)  # noqa: S311 (made data)
    for week in range(44):
        then = moment - timedelta(weeks=week)
        for _ in range(5):
            made_decision(
                house, then, level="decide" if drawn.random() < (0.95 if week < 4 else 0.3) else "ask"
            )
            in_time = timedelta(minutes=-5 if drawn.random() < 0.8 else 5)
            made_task(house, then, ended=then + in_time, end="done")
            made_answer(house, then - timedelta(minutes=10 if drawn.random() < 0.5 else 50), then)
    keep(house.harbour)
    shown = balance_of(house.harbour, TODAY)
    assert [part.word for part in shown.parts if part.change.is_more] == [Word.ALONE]
    assert shown.part(Word.ALONE).change.points > 40
    assert shown.part(Word.ALONE).change.moved.times == 10
    assert shown.part(Word.ON_TIME).change.is_more is False
    assert shown.part(Word.IDEAS).change.is_more is None
    assert shown.room.change.is_more
    assert not shown.structure.change.is_more


def test_every_night_all_open_teams_are_counted_anew_and_twice_is_the_same(house):
    made_decision(house, datetime(2026, 11, 19, 12, tzinfo=BERLIN))
    count_all_balances.call()
    count_all_balances.call()
    waiting = [job.arguments["team_id"] for job in Job.objects.filter(task__endswith="count_balance")]
    assert sorted(waiting) == sorted([house.harbour.pk, house.hill.pk])
    for _ in range(2):
        count_balance.call(house.harbour.pk)
        assert BalanceWeek.objects.filter(team=house.harbour).count() == 78
    with clock.at(clock.now() + timedelta(weeks=3)):
        keep(house.harbour)
        assert BalanceWeek.objects.filter(team=house.harbour).count() == 78
        assert balance_of(house.harbour, TODAY + timedelta(weeks=3)).week == date(2026, 12, 7)
    assert balance_of(house.harbour, TODAY).week == date(2026, 11, 16)


def test_what_changed_in_earlier_weeks_is_counted_with_the_next_night(house):
    due = datetime(2026, 11, 10, 12, tzinfo=BERLIN)
    for _ in range(10):
        task = made_task(house, due, ended=due, end="done")
    keep(house.harbour)
    assert balance_of(house.harbour, TODAY).part(Word.ON_TIME).value == 100
    Task.objects.filter(pk=task.pk).update(end="", ended_at=None)
    keep(house.harbour)
    assert balance_of(house.harbour, TODAY).part(Word.ON_TIME).value == 90


def test_everything_made_for_it_counts(house):
    """Each maker of rows makes one that counts: else the plain count would compare nothing with nothing."""
    moment = datetime(2026, 11, 19, 12, tzinfo=BERLIN)
    made_decision(house, moment - timedelta(days=1), value=1000)
    made_decision(house, moment, value=1000)
    made_answer(house, moment, moment)
    made_round(house, moment, ended=moment)
    made_promised(house, moment, answered=moment, outcome="try")
    made_point(house, moment, house.ana)
    made_point(house, moment, house.mia)
    made_written(house, moment)
    keep(house.harbour)
    counted = BalanceWeek.objects.filter(team=house.harbour).latest("week").counted
    assert counted == {
        "procedures-current": [100, 1],
        "work-on-time": [100, 1],
        "remedies-alike": [100, 1],
        "decided-alone": [200, 2],
        "answers-soon": [100, 1],
        "ideas-answered": [100, 1],
        "floor-shared": [100, 2],
    }
