"""The look at what could be let go: its figures are the engine's, and looking twice is looking once."""

from datetime import timedelta

import numpy as np
import pytest
from tests.app.answered_rows import always_approved, answered
from tests.app.page_checks import assert_clean

from remit.approvals.vocabulary import End
from remit.charters.actions import publish
from remit.charters.in_force import charter_of
from remit.core import clock
from remit.core.clock import now
from remit.findings import actions
from remit.findings.models import Behind, Finding, Window
from remit.insight.letgo.jobs import look_at_all_teams
from remit.insight.letgo.looking import SPLIT_BY, look_at_team, working_time
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job, Schedule
from remit.jobs.schedule import set_up
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.trail.models import Entry
from remit_engine import Answer, History
from remit_engine.evidence.letgo.live import live_letgo
from remit_engine.evidence.letgo.live_values import LiveSegment
from remit_engine.evidence.letgo.values import Verdict
from remit_engine.evidence.letgo.watch import plan_watch
from remit_engine.history.replay import already_let_go
from remit_engine.report.words import figures

MEANS = {
    End.YES: Answer.APPROVED,
    End.YES_FROM_NOW_ON: Answer.APPROVED,
    End.ANOTHER_AMOUNT: Answer.GRANTED_LESS,
    End.NO: Answer.DECLINED,
    End.WITHDRAWN: Answer.WITHDRAWN,
    End.EXPIRED: Answer.EXPIRED,
}
SPEAKING = tuple(MEANS)


def drawn(seed, noon):
    """Rows of one made history: three kinds of questions, each with a rate of its own."""
    rng = np.random.default_rng(seed)
    number = int(rng.integers(250, 700))
    groups = [
        ("refund", "member", "billing"),
        ("refund", "member", "rude"),
        ("credit", "member", "late"),
        ("refund", "lead", "late"),
    ]
    rates = rng.choice([0.0, 0.004, 0.03, 0.25], len(groups))
    rows = []
    for _ in range(number):
        which = int(rng.choice(len(groups), p=[0.5, 0.2, 0.2, 0.1]))
        kind, role, category = groups[which]
        how = rng.choice(SPEAKING[2:]) if rng.random() < rates[which] else rng.choice(SPEAKING[:2])
        moment = noon - timedelta(minutes=int(rng.integers(60 * 100, 60 * 24 * 200)))
        rows.append((moment, int(rng.integers(3000, 60000)), End(how), kind, role, category))
    return sorted(rows, key=lambda row: row[0])


def reckoned_beside(house, rows):
    """The engine's answer from the drawn rows alone, without the database."""
    history = History.from_columns(
        amount=[row[1] for row in rows],
        answer=[MEANS[row[2]] for row in rows],
        currency="EUR",
        kind=[row[3] for row in rows],
        role=[row[4] for row in rows],
        asked_at=[np.datetime64(row[0].replace(tzinfo=None), "s") for row in rows],
        answered_at=[np.datetime64((row[0] + timedelta(hours=3)).replace(tzinfo=None), "s") for row in rows],
        answered_by=["mia" if row[2] != End.EXPIRED else None for row in rows],
        facts={"category": [row[5] for row in rows]},
        zone="Europe/Berlin",
    )
    history = history.take(~already_let_go(charter_of(house.harbour).compiled.charter, history).mask)
    days, hours = working_time(house.harbour)
    watch = plan_watch(history, split_by=SPLIT_BY)
    return live_letgo(history, watch, working_days=days, working_hours=hours)


@pytest.mark.parametrize("seed", range(20))
def test_figures_of_made_histories_are_those_of_the_engine(house, signed_in, noon, seed):
    rows = drawn(seed, noon)
    answered(house, rows)
    answered(house, [(noon - timedelta(days=3), 9000, End.VOID, "refund", "member", "billing")] * 3)
    answered(
        house, [(noon - timedelta(days=3), 9000, End.NO, "refund", "member", "rude")] * 3, form="propose"
    )
    answered(
        house, [(noon - timedelta(days=3), 9000, End.NO, "refund", "member", "rude")] * 3, currency="USD"
    )
    look_at_team(house.harbour)
    live = reckoned_beside(house, rows)
    assert live.segments
    kept = {
        each.key: LiveSegment.from_record(each.evidence)
        for each in Finding.objects.filter(team=house.harbour, ended_at=None)
    }
    assert kept == {each.watched.key: each for each in live.segments}
    window = Window.objects.get()
    assert window.together["asked"] == live.counts.asked
    text = assert_clean(signed_in(house.mia).get("/let-go/harbour/"))
    for segment in live.segments:
        assert figures.count(segment.counts.asked) in text
        at = segment.at_limit
        if segment.verdict is Verdict.LET_GO and at is not None:
            assert f"requests up to EUR {at.limit / 100:,.2f}".replace(".00", "") in text
        elif segment.more_needed is not None:
            assert f"About {figures.count(segment.more_needed)} more flawless" in text
    if live.saved is not None and live.saved.a_quarter is not None:
        assert figures.count(live.saved.a_quarter.value) in text


def rows_now():
    """Everything that a look writes, as it stands."""
    return (
        list(Finding.objects.order_by("pk").values()),
        list(Behind.objects.order_by("pk").values()),
        list(Window.objects.order_by("pk").values("number", "watch", "together", "ended_at")),
        Notice.objects.filter(code="let-go-found").count(),
        Entry.objects.count(),
    )


def test_looked_at_twice_is_looked_at_once(house):
    always_approved(house)
    look_at_team(house.harbour)
    before = rows_now()
    look_at_team(house.harbour)
    assert rows_now() == before
    assert len(before[0]) == 1


def test_every_night_each_team_is_looked_at_once(house):
    always_approved(house)
    set_up()
    assert Schedule.objects.get(task=look_at_all_teams.module_path).every_seconds == 24 * 3600
    look_at_all_teams.call()
    look_at_all_teams.call()
    assert Job.objects.filter(unique_key=f"let-go:{house.harbour.pk}").count() == 1
    run_due_jobs()
    before = rows_now()
    assert before[0][0]["state"] == Verdict.LET_GO
    with clock.at(now() + timedelta(days=1)):
        look_at_all_teams.call()
        run_due_jobs()
    assert rows_now() == before


def test_a_crash_in_the_middle_leaves_nothing_and_the_next_look_does_all(house, monkeypatch):
    always_approved(house)
    always_approved(house, 300, kind="credit", category="late")
    kept = actions._kept
    calls = []

    def broken(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise RuntimeError("the power went")
        return kept(*arguments)

    monkeypatch.setattr(actions, "_kept", broken)
    with pytest.raises(RuntimeError, match="the power went"):
        look_at_team(house.harbour)
    assert not Finding.objects.exists()
    assert not Notice.objects.filter(code="let-go-found").exists()
    look_at_team(house.harbour)
    assert Finding.objects.count() == 2


def test_what_is_watched_stays_fixed_until_the_charter_changes(house):
    always_approved(house)
    look_at_team(house.harbour)
    fixed = Window.objects.get().watch
    always_approved(house, 300, amount=30000)
    look_at_team(house.harbour)
    assert Window.objects.get().watch == fixed
    finding = Finding.objects.get()
    actions.take_up(
        place_in(house.mia, house.harbour), finding.pk, actions.Taking.FOR_GOOD, "It is always approved."
    )
    draft = finding.taken.get().draft
    with clock.at(now() + timedelta(minutes=1)):
        publish(house.ola, house.harbour, draft.text, "It is always approved.", draft=draft)
        look_at_team(house.harbour)
        window = Window.objects.get(ended_at=None)
        assert window.number == 2
        assert window.together["already"] == 700
        finding.refresh_from_db()
        assert finding.ended_at is not None


def test_too_few_answers_are_watched_once_there_are_enough(house):
    always_approved(house, 20)
    look_at_team(house.harbour)
    assert Window.objects.get().watch["segments"] == []
    always_approved(house, 20)
    look_at_team(house.harbour)
    window = Window.objects.get()
    assert len(window.watch["segments"]) == 1
    assert Finding.objects.get().state == Verdict.NOT_YET


def test_a_question_waits_for_one_that_is_still_open(house, noon):
    made = always_approved(house)
    answered(house, [(made[100].asked_at, 9000, None, "refund", "member", "billing")])
    look_at_team(house.harbour)
    assert Finding.objects.get().evidence["counts"]["asked"] == 599


def test_a_team_without_a_charter_is_left_alone(house):
    assert look_at_team(house.hill) is None


def test_a_proposal_that_was_left_comes_back_when_the_answers_say_more(house, noon):
    answered(
        house,
        [
            (
                noon - timedelta(hours=6 * (800 - each)),
                6000 if each % 2 else 15000,
                End.NO if each % 2 == 0 and each < 700 and each % 8 == 0 else End.YES,
                "refund",
                "member",
                "billing",
            )
            for each in range(800)
        ],
    )
    look_at_team(house.harbour)
    finding = Finding.objects.get()
    limit = finding.evidence["limit"]
    assert limit == 6000
    place = place_in(house.mia, house.harbour)
    left = actions.dismiss(place, finding.pk, "The menu changes in March.")
    assert actions.dismiss(place, finding.pk, "Clicked twice.") == left
    look_at_team(house.harbour)
    left.refresh_from_db()
    assert left.ended_at is None
    evidence = {**finding.evidence, "limit": 15000}
    found = actions.Found(finding.key, "let go", "certified", evidence, limit=15000)
    actions.keep_found(finding.window, [found], {})
    left.refresh_from_db()
    assert left.ended_at is not None


def test_working_time_is_read_from_the_opening(house):
    house.harbour.opening = [[[540, 1020]], [[600, 1560]], [], [], [], [], []]
    assert working_time(house.harbour) == (frozenset({0, 1}), (9.0, 24.0))
    house.harbour.opening = []
    assert working_time(house.harbour) == (frozenset(range(7)), (0.0, 24.0))
