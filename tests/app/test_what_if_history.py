"""From the database to the engine's columns and back: what happened is what comes out."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.made_complaints import made_complaint, wants
from tests.app.made_decisions import drawn_from, made_history
from tests.engine.charter.made_charters import charters, requests
from tests.examples import examples

from remit.approvals.vocabulary import End
from remit.charters.actions import publish
from remit.charters.in_force import charter_of, compiled_version
from remit.complaints.actions.answering import Answer, answer, object_to
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision
from remit.core import clock
from remit.insight.what_if.columns import Recorded
from remit.insight.what_if.history import decided_in
from remit.insight.what_if.reading import read_as_of
from remit.insight.what_if.replaying import Question, answered, as_carried_out, opening_of, usual_mode
from remit.people.models import Duty
from remit_engine.charter.levels import LEVELS_BY_WORD, Level
from remit_engine.charter.request import Request
from remit_engine.history.replay import replay
from remit_engine.history.requests import from_requests
from remit_engine.history.table import Answer as Logged
from remit_engine.modes import Mode

few = settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
slow = settings(max_examples=examples(30), deadline=None, suppress_health_check=list(HealthCheck))


def _question(house, charter, *, mode=Mode.AS_RECORDED, since=None, until=None, start=None):
    day = (start or clock.now()).date()
    return Question(
        teams=[house.harbour],
        since=since or day - timedelta(days=300),
        until=until or day + timedelta(days=90),
        charter=charter,
        in_force=charter_of(house.harbour).compiled,
        mode=mode,
    )


@few
@given(data=st.data())
def test_recorded_requests_become_the_columns_of_their_requests(data):
    """Through JSON and back, in pieces, whatever was noted."""
    charter = data.draw(charters())
    rows = data.draw(st.lists(requests(charter), max_size=12))
    cut = data.draw(st.integers(0, len(rows)))
    recorded = Recorded(with_keys=True)
    for piece in (rows[:cut], rows[cut:]):
        if piece:
            recorded.add([row.as_record() for row in piece])
    moment = np.full(len(rows), "NaT", dtype="datetime64[s]")
    found, expected = recorded.under(charter, moment), from_requests(charter, rows)
    assert len(found) == len(rows)
    for name in (
        "role",
        "kind",
        "member",
        "team",
        "step",
        "currency",
        "about",
        "account_of",
        "customer",
        "order",
    ):
        here, there = getattr(found, name), getattr(expected, name)
        assert [here.word(n) for n in range(len(rows))] == [there.word(n) for n in range(len(rows))], name
    for name in ("amount", "given", "day", "about_me", "own_account"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
    for allowance in charter.all_allowances:
        expected_used = [row.used.get(allowance.id, -1) for row in rows]
        assert recorded.used_of(allowance.id).tolist() == expected_used
    for name, column in expected.facts.items():
        if name not in found.facts:
            assert all(row.facts.get(name) is None for row in rows)
        elif hasattr(column, "codes"):
            here = found.facts[name]
            assert [here.word(n) for n in range(len(rows))] == [column.word(n) for n in range(len(rows))]
        else:
            assert found.facts[name].tolist() == column.tolist()


@slow
@given(seed=st.integers(0, 10**6))
def test_the_unchanged_charter_reproduces_history_exactly(house, noon, seed):
    """Every decision, under the version that it was made by: same verdict, same level carried out."""
    with transaction.atomic():
        start = noon - timedelta(days=200)
        made_history(house, drawn_from(seed), start)
        with clock.at(noon):
            decided = decided_in([house.harbour], start - timedelta(days=1), noon)
            rows = list(Decision.objects.order_by("at", "id"))
            assert decided.ids.tolist() == [row.pk for row in rows]
            for version, compiled in decided.compiled.items():
                mine = decided.versions == version
                found = replay(compiled.charter, decided.under(compiled.charter))
                assert (found.levels == decided.said)[mine].all()
                assert (as_carried_out(decided, compiled.charter, found).levels == decided.levels)[mine].all()
            assert decided.levels.tolist() == [LEVELS_BY_WORD[row.level] for row in rows]
            assert decided.said.tolist() == [LEVELS_BY_WORD[row.verdict["level"]] for row in rows]
        transaction.set_rollback(True)


@slow
@given(seed=st.integers(0, 10**6), mode=st.sampled_from(list(Mode)))
def test_with_one_version_nothing_would_have_been_another_way(house, noon, seed, mode):
    """As recorded; and with totals added up anew, since everything since the beginning is read.

    Where something was taken back, a total that is added up anew never held it, and the one then did for a
    while: nothing is taken back here.
    """
    with transaction.atomic():
        start = noon - timedelta(days=200)
        drawn = drawn_from(seed)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("tests.app.made_decisions._taken_back", lambda *_: None)
            made_history(house, drawn, start, changes=False)
        with clock.at(noon):
            in_force = charter_of(house.harbour).compiled
            if mode is Mode.AS_RECORDED:
                assert answered(_question(house, in_force, mode=mode)).answer.changes_nothing
            else:
                _same_but_for_what_waits(house, in_force, mode)
        transaction.set_rollback(True)


def _same_but_for_what_waits(house, in_force, mode):
    """A proposal that was stopped, or still waits, counted for a while; anew it does or doesn't."""
    found = answered(_question(house, in_force, mode=mode))
    unsettled = Decision.objects.filter(level="propose").exclude(approval__ending__how=End.WENT_AHEAD)
    halves = Decision.objects.filter(approval__ending__how=End.ANOTHER_AMOUNT)
    if not unsettled.exists() and not halves.exists():
        assert found.answer.changes_nothing


def test_answers_are_told_apart(house, noon):
    ends = [
        (End.YES, Logged.APPROVED),
        (End.NO, Logged.DECLINED),
        (End.ANOTHER_AMOUNT, Logged.GRANTED_LESS),
        (None, None),
    ]
    for how, _ in ends:
        complaint = made_complaint(house, category="rude", paid=60000)
        decision = decide(house.ana, complaint.number, wants("refund", 12000))
        if how is not None:
            amount = 7000 if how is End.ANOTHER_AMOUNT else None
            with clock.at(noon + timedelta(hours=2)):
                answer(house.mia, decision.approval_id, Answer(how=how, amount=amount, why="Because."))
    proposed = decide(
        house.ana, made_complaint(house, category="late", paid=60000).number, wants("refund", 9000)
    )
    object_to(house.sam, proposed.approval_id, "Wait.")
    given_at_once = decide(house.ana, made_complaint(house, paid=60000).number, wants("refund", 900))
    decided = decided_in([house.harbour], noon - timedelta(days=1), noon + timedelta(days=1))
    expected = [-1 if said is None else int(said) for _, said in ends]
    assert decided.answers.tolist() == [*expected, int(Logged.DECLINED), int(Logged.APPROVED)]
    assert decided.granted.tolist() == [-1, -1, 7000, -1, -1, -1]
    waits = (decided.answered_at - decided.asked_at).astype("timedelta64[h]")
    assert waits[:3].tolist() == [timedelta(hours=2)] * 3
    assert np.isnat(waits[3])
    assert decided.ids[-1] == given_at_once.pk


def test_what_was_decided_with_lent_authority_is_judged_as_the_givers(house, noon):
    from remit.charters.models import Delegation  # noqa: PLC0415

    Delegation.objects.create(
        team=house.harbour,
        giver=house.sam,
        receiver=house.ana,
        since=noon.date(),
        until=noon.date(),
        highest="inform",
        why="I am away.",
        made_at=noon,
    )
    decide(house.ana, made_complaint(house, category="rude", paid=60000).number, wants("refund", 30000))
    decided = decided_in([house.harbour], noon - timedelta(days=1), noon + timedelta(days=1))
    in_force = charter_of(house.harbour).compiled
    columns = decided.under(in_force.charter)
    assert (columns.member.word(0), columns.role.word(0)) == ("sam", "lead")
    assert (decided.said[0], decided.levels[0], decided.highest[0]) == (
        Level.DECIDE,
        Level.INFORM,
        Level.INFORM,
    )
    narrower = read_as_of(house.version.text.replace("upto: 400\n", "upto: 250\n"), "EUR").compiled
    assert answered(_question(house, narrower)).answer.added.rows == 1
    wider = read_as_of(house.version.text.replace("upto: 400\n", "upto: 900\n"), "EUR").compiled
    assert answered(_question(house, wider)).answer.changes_nothing
    own = read_as_of(
        house.version.text.replace("upto: 400\n", "upto: 250\n").replace("upto: 50\n", "upto: 300\n"), "EUR"
    ).compiled
    (moved,) = answered(_question(house, own)).answer.moved  # now it is theirs, and more than was lent
    assert (moved.before, moved.after) == (Level.INFORM, Level.DECIDE)


def test_people_who_could_not_be_asked_then_could_not_be_now(house, noon):
    """A proposal that somebody objected to is asked the second time; an unchanged charter asks it again."""
    complaint = made_complaint(house, category="late", paid=60000)
    first = decide(house.ana, complaint.number, wants("refund", 9000))
    object_to(house.sam, first.approval_id, "Wait.")
    second = decide(house.ana, complaint.number, wants("refund", 9000))
    assert (second.verdict["level"], second.level) == ("propose", "ask")
    in_force = charter_of(house.harbour).compiled
    assert answered(_question(house, in_force)).answer.changes_nothing
    wider = read_as_of(house.version.text.replace("upto: 80\n", "upto: 100\n"), "EUR").compiled
    found = answered(_question(house, wider)).answer
    assert (found.avoided.rows, found.let_through.rows) == (1, 1)


def test_totals_that_are_added_up_anew_know_what_was_given_before_the_period(house, noon):
    """250 of 300 were given on Monday; the period begins on Tuesday, and 60 more go beyond it."""
    Duty.objects.update(ends_at=noon + timedelta(days=5))
    for amount in (5000, 5000, 5000, 5000, 5000):
        decide(house.ana, made_complaint(house, category="rude", paid=60000).number, wants("refund", amount))
    tuesday = noon + timedelta(days=1)
    with clock.at(tuesday):
        decide(house.ana, made_complaint(house, category="rude", paid=60000).number, wants("refund", 4000))
        decide(house.ana, made_complaint(house, category="rude", paid=60000).number, wants("refund", 2000))
        in_force = charter_of(house.harbour).compiled
        day = tuesday.date()
        for mode in Mode:
            found = answered(_question(house, in_force, mode=mode, since=day, until=day))
            assert found.answer.decisions == 2
            assert found.answer.questions == 1
            assert found.answer.changes_nothing, mode


def test_the_mode_is_as_recorded_where_every_total_is_in_the_record(house):
    charter = compiled_version(house.version).charter
    assert usual_mode(charter, [charter]) is Mode.AS_RECORDED
    renamed = read_as_of(house.version.text.replace("id: weekly", "id: each-week"), "EUR").compiled.charter
    assert usual_mode(renamed, [charter]) is Mode.AS_RECORDED  # it counts the same
    monthly = read_as_of(house.version.text.replace("period: week", "period: month"), "EUR").compiled.charter
    assert usual_mode(monthly, [charter]) is Mode.CLOSED_LOOP


def test_totals_that_some_versions_never_counted_are_said(house, noon):
    monthly = house.version.text.replace("period: week", "period: month")
    for text in (None, monthly):
        if text is not None:
            publish(house.ola, house.harbour, text, "Months are long.")
        decide(house.ana, made_complaint(house, category="rude", paid=60000).number, wants("refund", 4000))
    charter = read_as_of(monthly, "EUR").compiled
    found = answered(_question(house, charter)).answer
    (said,) = found.told
    assert said.startswith("With 1 of 2 decisions nothing was noted of what weekly counts")
    assert found.added.rows == 1
    anew = answered(_question(house, charter, mode=Mode.CLOSED_LOOP)).answer
    assert (anew.told, anew.changes_nothing) == ((), True)


def test_a_renamed_allowance_keeps_what_was_used(house, noon):
    for _ in range(7):
        decide(house.ana, made_complaint(house, category="rude", paid=60000).number, wants("refund", 5000))
    renamed = read_as_of(house.version.text.replace("id: weekly", "id: each-week"), "EUR").compiled
    assert answered(_question(house, renamed)).answer.changes_nothing
    less = read_as_of(house.version.text.replace("most: 300", "most: 150"), "EUR").compiled
    assert answered(_question(house, less)).answer.added.rows == 3


def test_a_request_from_a_record_is_the_request():
    request = Request(kind="refund", amount=5, facts={"regular": True, "age": 1, "category": "late"})
    recorded = Recorded(with_keys=False)
    recorded.add([request.as_record()])
    assert recorded.facts["regular"].numbers(bool).tolist() == [1]
    assert recorded.facts["regular"].numbers(int).tolist() == [-1]
    assert recorded.facts["age"].numbers(int).tolist() == [1]
    assert recorded.facts["age"].numbers(bool).tolist() == [-1]
    assert recorded.facts["category"].numbers(int).tolist() == [-1]


def test_waiting_is_told_by_the_clock_and_while_the_team_works(house, noon):
    """From Monday 12:00 to Tuesday 10:00; the team works from nine to five."""
    house.harbour.opening = [[[540, 1020]]] * 5 + [[], []]
    house.harbour.save()
    decision = decide(
        house.ana, made_complaint(house, category="rude", paid=60000).number, wants("refund", 6000)
    )
    with clock.at(noon + timedelta(hours=22)):
        answer(house.mia, decision.approval_id, Answer(how=End.YES, why=""))
    wider = read_as_of(house.version.text.replace("upto: 50\n", "upto: 90\n"), "EUR").compiled
    waiting = answered(_question(house, wider)).answer.avoided.waiting
    assert (waiting.total, waiting.working_total) == (22.0, 6.0)
    house.harbour.opening = []
    assert opening_of(house.harbour) == (((0, 1440),),) * 7
