"""What another charter would have meant, held against plain loops over the rows."""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.charter.made_charters import charters, requests
from tests.examples import examples

from remit_engine.charter import plain
from remit_engine.charter.compiled import compile_charter
from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail, Per
from remit_engine.charter.facts import ChoiceFact, OneOf
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period, Span
from remit_engine.charter.request import Request
from remit_engine.errors import InputError
from remit_engine.evidence.bounds import rate_at_most
from remit_engine.evidence.weeks import by_week, next_weeks
from remit_engine.evidence.what_if import (
    Looking,
    Moves,
    NotKnown,
    Past,
    as_record,
    from_record,
    places,
    what_if,
)
from remit_engine.evidence.what_if.bunching import excess
from remit_engine.evidence.what_if.choice import choice_of, choice_replayed
from remit_engine.history.replay import replay
from remit_engine.history.requests import Logged, from_requests
from remit_engine.history.requests.listing import words
from remit_engine.history.table import Answer, Labels
from remit_engine.modes import Mode

few = settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
START = np.datetime64("2026-01-05T09:00:00", "s")
HOUR = np.timedelta64(3600, "s")


def _past(charter, asked, answers, *, hours=None, days=None, levels=None):
    """Requests with their answers, one a day from the first Monday on."""
    count = len(asked)
    log = Logged(
        answer=np.array([-1 if answer is None else answer for answer in answers], dtype=np.int8),
        by=words(["mia"] * count),
        role=words(["manager"] * count),
        team=words([None] * count),
        step=words(["none"] * count),
        granted=np.full(count, -1, dtype=np.int64),
        taken_back=np.zeros(count, dtype=np.int64),
    )
    columns = from_requests(charter, asked, log)
    days = np.arange(count) if days is None else np.asarray(days)
    moment = START + days.astype("timedelta64[D]")
    columns = replace(columns, moment=moment)
    if levels is None:
        levels = [plain.level(charter, each) for each in asked]
    levels = np.array(levels, dtype=np.int8)
    waits = np.array([1.0] * count if hours is None else hours)
    is_asked = levels < Level.INFORM
    asked_at = np.where(is_asked, moment, np.datetime64("NaT"))
    return Past(
        requests=columns,
        levels=levels,
        asked_at=asked_at.astype("datetime64[s]"),
        answered_at=(asked_at + (waits * 3600).astype("timedelta64[s]")).astype("datetime64[s]"),
    )


@st.composite
def worlds(draw):
    """Two charters over the same facts, requests, and answers."""
    before = draw(charters(most_allowances=0))
    other = draw(charters(most_allowances=0))
    after = replace(before, grants=other.grants, guardrails=other.guardrails)
    rows = draw(st.lists(requests(before), min_size=1, max_size=30))
    answers = [draw(st.sampled_from([None, *Answer, Answer.APPROVED])) for _ in rows]
    return before, after, rows, answers


@few
@given(world=worlds())
def test_every_figure_is_a_count_of_rows(world):
    before, after, rows, answers = world
    past = _past(before, rows, answers)
    answer = what_if(past, replay(after, past.requests), charter=compile_charter(after))
    old = [plain.level(before, row) for row in rows]
    new = [plain.level(after, row) for row in rows]
    money = [
        (row.amount or 0) if row.currency in {None, after.currency} else 0  # foreign amounts add nothing
        for row in rows
    ]
    avoided = [n for n in range(len(rows)) if old[n] == Level.ASK and new[n] >= Level.PROPOSE]
    assert answer.avoided.rows == len(avoided)
    assert answer.avoided.amount == sum(money[n] for n in avoided)
    assert answer.avoided.approved.rows == sum(answers[n] is Answer.APPROVED for n in avoided)
    assert answer.avoided.without_answer == sum(answers[n] is None for n in avoided)
    at_once = [n for n in avoided if new[n] >= Level.INFORM]
    assert answer.avoided.at_once == len(at_once)
    assert (answer.avoided.waiting.total if answer.avoided.waiting else 0) == pytest.approx(len(at_once))
    freed = [
        n
        for n in range(len(rows))
        if (old[n] < Level.PROPOSE <= new[n]) or (old[n] == Level.PROPOSE and new[n] >= Level.INFORM)
    ]
    through = [n for n in freed if answers[n] not in {None, Answer.APPROVED}]
    assert (answer.let_through.rows, answer.let_through.amount) == (
        len(through),
        sum(money[n] for n in through),
    )
    assert answer.let_through.plain.rows == sum(answers[n] is Answer.DECLINED for n in through)
    added = [n for n in range(len(rows)) if old[n] >= Level.PROPOSE and new[n] == Level.ASK]
    assert (answer.added.rows, answer.added.amount) == (len(added), sum(money[n] for n in added))
    assert answer.stopped.rows == sum(o > Level.NEVER == n for o, n in zip(old, new, strict=True))
    assert {(each.before, each.after): each.tally.rows for each in answer.moved} == {
        pair: count
        for pair in set(zip(old, new, strict=True))
        if pair[0] != pair[1] and (count := list(zip(old, new, strict=True)).count(pair))
    }


@few
@given(world=worlds())
def test_an_answer_is_the_same_once_it_was_kept(world):
    before, after, rows, answers = world
    past = _past(before, rows, answers, days=[7 * n for n in range(len(rows))])
    answer = what_if(
        past,
        replay(after, past.requests),
        charter=compile_charter(after),
        in_force=compile_charter(before),
    )
    assert from_record(json.loads(json.dumps(as_record(answer)))) == answer


def test_a_record_of_another_form_is_refused():
    with pytest.raises(InputError, match="another version"):
        from_record({"version": 0})


@few
@given(world=worlds())
def test_every_row_lies_in_the_part_that_counts_it(world):
    before, after, rows, answers = world
    past = _past(before, rows, answers)
    found = replay(after, past.requests)
    answer = what_if(past, found, charter=compile_charter(after))
    if not answer.segments:
        return
    moves, where = Moves(past, found), places(past, answer.segments_by, answer.segments)
    for place, part in enumerate(answer.segments):
        mine = where == place
        assert part.decisions == mine.sum()
        assert part.avoided == (mine & moves.avoided).sum()
        assert part.declined == (mine & moves.let_through).sum()


@few
@given(world=worlds())
def test_parts_add_up_to_the_whole(world):
    before, after, rows, answers = world
    past = _past(before, rows, answers)
    answer = what_if(past, replay(after, past.requests), charter=compile_charter(after))
    if answer.segments:
        for name, whole in (
            ("avoided", answer.avoided.rows),
            ("added", answer.added.rows),
            ("declined", answer.let_through.rows),
            ("amount", answer.avoided.amount),
            ("stopped", answer.stopped.rows),
        ):
            assert sum(getattr(part, name) for part in answer.segments) == whole
    else:
        assert not answer.avoided.rows + answer.added.rows + answer.let_through.rows + answer.stopped.rows


@few
@given(
    sizes=st.lists(st.integers(1, 8), min_size=1, max_size=6),
    drawn=st.randoms(use_true_random=False),
)
def test_no_figure_of_a_role_is_about_fewer_than_five_people(sizes, drawn):
    charter = _simple(50)
    people = [(f"r{role}", f"r{role}m{n}") for role, size in enumerate(sizes) for n in range(size)]
    rows = [
        Request(kind="refund", role=role, member=member, amount=drawn.choice([40, 60, 90]))
        for role, member in people
    ]
    past = _past(charter, rows, [Answer.APPROVED] * len(rows))
    after = _simple(80)
    answer = what_if(past, replay(after, past.requests), charter=compile_charter(after))
    assert all(part.people >= 5 for part in answer.roles)
    assert sum(part.people for part in answer.roles) in {0, len(people)}
    assert len(answer.roles) != 1
    if answer.roles:  # whoever is taken together can't be reckoned by subtracting the others either
        assert sum(part.avoided for part in answer.roles) == answer.avoided.rows


def test_roles_that_are_few_are_taken_together_with_the_next_smallest():
    people = {"member": 9, "lead": 6, "manager": 1}
    rows = [
        Request(kind="refund", role=role, member=f"{role}{n}", amount=60)
        for role, size in people.items()
        for n in range(size)
    ]
    past = _past(_simple(50), rows, [Answer.APPROVED] * len(rows))
    answer = what_if(past, replay(_simple(80), past.requests), charter=compile_charter(_simple(80)))
    assert [(part.words, part.people) for part in answer.roles] == [(("member",), 9), ((), 7)]
    assert answer.roles_together == ("manager", "lead")


def _simple(upto, *, name="Simple", more=(), **rules):
    return Charter(
        name=name,
        currency="EUR",
        why="w",
        grants=(Grant(id="spot", why="w", level=Level.DECIDE, upto=upto), *more),
        **rules,
    )


def _refunds(amounts, **fields):
    return [
        Request(kind="refund", role="member", member="ana", amount=amount, **fields) for amount in amounts
    ]


# ---------------------------------------------------------------- the choice of a limit


@few
@given(world=worlds(), place=st.integers(0, 4))
def test_a_choice_is_what_a_replay_with_each_limit_says(world, place):
    before, after, rows, answers = world
    limited = [each for each in after.grants if each.upto is not None]
    if not limited:
        return
    grant = limited[place % len(limited)]
    past = _past(before, rows, answers)
    choice = choice_of(after, grant, past, past.requests, before=0, confidence=0.95)
    for point in choice.points if choice else ():
        changed = replace(
            after,
            grants=tuple(
                replace(each, upto=point.limit) if each.id == grant.id else each for each in after.grants
            ),
        )
        moves = Moves(past, replay(changed, past.requests))
        assert point.avoided == moves.avoided.sum()
        assert point.added == moves.added.sum()
        assert point.declined == (moves.avoided & moves.declined).sum()
        assert point.amount == moves.after.amounts[moves.avoided].sum()


def test_a_choice_draws_the_bound_that_holds_for_all_limits_at_once():
    amounts = [60] * 200 + [90] * 100
    answers = [Answer.APPROVED] * 199 + [Answer.DECLINED] + [Answer.APPROVED] * 100
    past = _past(_simple(50), _refunds(amounts), answers)
    after = _simple(100)
    choice = choice_of(after, after.grants[0], past, past.requests, before=50, confidence=0.95)
    found = {point.limit: (point.avoided, point.declined, point.rate_at_most) for point in choice.points}
    assert found == {
        50: (0, 0, 1.0),
        60: (200, 1, pytest.approx(float(rate_at_most(1, 200, 0.05)))),
        90: (300, 1, pytest.approx(float(rate_at_most(1, 300, 0.05)))),
        100: (300, 1, pytest.approx(float(rate_at_most(1, 300, 0.05)))),
    }


@few
@given(world=worlds(), place=st.integers(0, 4))
def test_with_totals_added_up_anew_every_limit_is_a_replay_of_its_own(world, place):
    before, after, rows, answers = world
    limited = [each for each in after.grants if each.upto is not None]
    if not limited:
        return
    grant = limited[place % len(limited)]
    past = _past(before, rows, answers)

    def levels_of(charter):
        return replay(charter, past.requests, Mode.CLOSED_LOOP).levels

    choice = choice_replayed(
        after, grant, past, past.requests, before=0, confidence=0.95, levels_of=levels_of
    )
    for point in choice.points if choice else ():
        grants = tuple(
            replace(each, upto=point.limit) if each.id == grant.id else each for each in after.grants
        )
        moves = Moves(past, replay(replace(after, grants=grants), past.requests, Mode.CLOSED_LOOP))
        bad, known = (moves.avoided & moves.declined).sum(), (moves.avoided & moves.answered).sum()
        assert (point.avoided, point.added, point.declined) == (moves.avoided.sum(), moves.added.sum(), bad)
        assert point.amount == moves.after.amounts[moves.avoided].sum()
        assert point.rate_at_most == pytest.approx(float(rate_at_most(bad, known, 0.05 / len(choice.points))))


def test_a_grant_of_the_charter_above_is_drawn_too():
    above = _simple(50, name="Above")
    before = Charter(name="Here", currency="EUR", why="w", extends=above)
    after = replace(before, extends=_simple(80, name="Above"))
    past = _past(before, _refunds([60, 70, 90]), [Answer.APPROVED] * 3)
    answer = what_if(
        past,
        replay(after, past.requests),
        charter=compile_charter(after),
        in_force=compile_charter(before),
    )
    (choice,) = answer.choices
    assert (choice.grant, choice.before, choice.after) == ("spot", 50, 80)
    assert {point.limit: point.avoided for point in choice.points} == {50: 0, 60: 1, 70: 2, 80: 2, 90: 3}


# ---------------------------------------------------------------- allowances, by hand


def test_five_weeks_under_an_allowance_by_hand():
    """150 a week: what goes beyond it is asked, in time order; the answers are those that were given."""
    before = _simple(0)
    weekly = Allowance(
        id="weekly",
        why="w",
        who=(),
        per=Per.MEMBER,
        period=Period(Span.WEEK),
        most=150,
        beyond=Level.ASK,
        counts=False,
    )
    after = _simple(100, allowances=(weekly,))
    monday = date(2026, 1, 5)
    weeks = [
        [(0, 80), (1, 70), (2, 10)],  # 150 is within it, 160 isn't
        [(0, 100), (1, 60), (2, 50)],  # 160 would be beyond, so it is asked; its yes counts to the manager
        [(0, 120), (1, 100)],  # above 100 it is asked whatever is left
        [(6, 90)],  # Sunday still belongs to this week …
        [(0, 90), (1, 60), (2, 1)],  # … and Monday to the next
    ]
    rows, days = [], []
    for number, week in enumerate(weeks):
        for day, amount in week:
            days.append(number * 7 + day)
            rows += _refunds([amount], day=monday + timedelta(days=days[-1]))
    past = _past(before, rows, [Answer.APPROVED] * len(rows), days=days)
    found = replay(after, past.requests, Mode.CLOSED_LOOP)
    ask, decide = Level.ASK, Level.DECIDE
    assert found.levels.tolist() == [
        *(decide, decide, ask),
        *(decide, ask, decide),
        *(ask, decide),
        decide,
        *(decide, decide, ask),
    ]
    answer = what_if(past, found, charter=compile_charter(after))
    assert (answer.avoided.rows, answer.avoided.amount) == (8, 80 + 70 + 100 + 50 + 100 + 90 + 90 + 60)
    assert answer.mode is Mode.CLOSED_LOOP
    assert NotKnown.PATH in answer.not_known


# ---------------------------------------------------------------- waiting, weeks, what isn't known


def test_waiting_is_told_in_clock_and_working_hours():
    """From Friday 16:00 to Monday 10:00: 66 hours by the clock, 2 of work."""
    past = _past(_simple(50), _refunds([60]), [Answer.APPROVED], hours=[66], days=[4])
    past = replace(past, asked_at=past.asked_at + 7 * HOUR, answered_at=past.answered_at + 7 * HOUR)
    waiting = what_if(
        past, replay(_simple(80), past.requests), charter=compile_charter(_simple(80))
    ).avoided.waiting
    assert (waiting.known, waiting.total, waiting.working_total) == (1, 66.0, 2.0)


def test_a_proposal_saves_no_waiting():
    after = _simple(50, more=(Grant(id="more", why="w", level=Level.PROPOSE, upto=80),))
    past = _past(_simple(50), _refunds([60]), [Answer.DECLINED])
    answer = what_if(past, replay(after, past.requests), charter=compile_charter(after))
    assert (answer.avoided.rows, answer.avoided.at_once, answer.avoided.waiting) == (1, 0, None)
    assert NotKnown.OBJECTIONS in answer.not_known
    assert answer.let_through.rows == 1  # somebody may still object, and nobody knows who would have


def test_the_weeks_to_come_follow_the_formula():
    weeks = np.array([3.0, 5, 4, 6, 2, 4, 5, 3, 4, 4])
    low, middle, high = next_weeks(weeks, 0.95, ahead=13)
    spread = weeks.std(ddof=1) * np.sqrt(13 + 13**2 / 10)
    assert middle == 13 * weeks.mean()
    assert high - middle == pytest.approx(2.2621571628540993 * spread)  # Student's t, 9 degrees of freedom
    assert low == pytest.approx(max(0, middle - 2.2621571628540993 * spread))


def test_from_24_weeks_on_four_of_them_are_one_unit():
    """Two weeks that pull against each other add up to the same block: it is the blocks that count."""
    assert next_weeks(np.tile([0.0, 8.0], 12), 0.95, ahead=4) == pytest.approx((16, 16, 16))
    low, _, high = next_weeks(np.tile([0.0, 8.0], 11), 0.95, ahead=4)
    assert high - low > 10


def test_too_few_weeks_say_how_many_are_missing():
    rows = _refunds([60] * 40)
    past = _past(_simple(50), rows, [Answer.APPROVED] * 40)
    answer = what_if(past, replay(_simple(80), past.requests), charter=compile_charter(_simple(80)))
    assert (answer.ahead, answer.weeks_missing) == (None, 3)  # 39 days are five whole weeks


def test_the_weeks_to_come_have_scenarios_and_a_bound_for_declines():
    count = 7 * 30 + 1
    answers = [Answer.DECLINED if n % 50 == 0 else Answer.APPROVED for n in range(count)]
    past = _past(_simple(50), _refunds([60] * count), answers)
    after = _simple(80)
    answer = what_if(past, replay(after, past.requests), charter=compile_charter(after))
    ahead = answer.ahead
    assert (ahead.from_weeks, ahead.unit_weeks) == (30, 4)
    assert ahead.avoided.value == pytest.approx(91)
    assert ahead.declined_rate == pytest.approx(float(rate_at_most(5, count, 0.05)))
    assert [drift.more for drift in ahead.drifts] == [0.0, 0.1, 0.25]
    assert ahead.drifts[2].amount.value == pytest.approx(1.25 * ahead.amount.value)
    assert set(answer.not_known) == {
        NotKnown.NEVER_ASKED,
        NotKnown.HIGHER_GIFTS,
        NotKnown.CUSTOMERS_LEARN,
        NotKnown.WAS_IT_RIGHT,
        NotKnown.QUEUE,
    }


def test_narrowing_gives_bounds_and_says_that_answers_are_unknown():
    past = _past(_simple(80), _refunds([60, 70, 90]), [Answer.APPROVED] * 3, hours=[0, 0, 5])
    answer = what_if(past, replay(_simple(50), past.requests), charter=compile_charter(_simple(50)))
    assert (answer.added.rows, answer.added.amount, answer.added.hours_if_as_usual) == (2, 130, 10.0)
    assert NotKnown.NEW_QUESTIONS in answer.not_known
    assert NotKnown.NEVER_ASKED not in answer.not_known


def test_what_nobody_could_give_is_counted_apart():
    never = Guardrail(id="stop", why="w", at_most=Level.NEVER, above=60)
    after = _simple(80, guardrails=(never,))
    past = _past(_simple(80), _refunds([60, 70, 90]), [Answer.APPROVED] * 3)
    answer = what_if(past, replay(after, past.requests), charter=compile_charter(after))
    assert (answer.stopped.rows, answer.stopped.amount, answer.added.rows) == (2, 160, 0)


def test_an_unchanged_charter_changes_nothing():
    past = _past(_simple(50), _refunds([40, 60]), [Answer.APPROVED, None])
    answer = what_if(past, replay(_simple(50), past.requests), charter=compile_charter(_simple(50)))
    assert answer.changes_nothing
    assert answer.segments == answer.choices == answer.not_known == ()


def test_another_history_is_refused():
    past = _past(_simple(50), _refunds([40, 60]), [Answer.APPROVED] * 2)
    with pytest.raises(InputError, match="different requests"):
        Moves(past, replay(_simple(50), past.requests.take(slice(0, 1))))


def test_a_fact_that_was_never_noted_is_said():
    more = Grant(id="more", why="w", level=Level.DECIDE, upto=80, when=(("category", OneOf(("late",))),))
    after = replace(_simple(50, more=(more,)), facts=(ChoiceFact("category", ("late", "cold")),))
    past = _past(_simple(50), _refunds([60]), [Answer.APPROVED])
    answer = what_if(past, replay(after, past.requests), charter=compile_charter(after))
    assert NotKnown.MISSING_FACTS in answer.not_known


# ---------------------------------------------------------------- bunching


def test_gifts_squeezed_under_a_limit_are_seen_and_noise_is_not():
    drawn = np.random.default_rng(3)
    want = np.exp(drawn.normal(3.6, 0.6, 3000))
    squeezed = (want > 50) & (want < 80) & (drawn.random(3000) < 0.3)
    given_then = np.where(squeezed, drawn.uniform(46, 50, 3000), want)
    seen, expected = excess((given_then * 100).astype(np.int64), 5000)
    assert seen - expected == pytest.approx(squeezed.sum(), abs=90)
    seen, expected = excess((want * 100).astype(np.int64), 5000)
    assert seen - expected < 60


def test_weeks_are_counted_from_the_first_moment_of_everything():
    everything = START + np.array([0, 6, 7, 13, 20]).astype("timedelta64[D]")
    assert by_week(everything, everything[[1, 2, 4]], np.ones(3)).tolist() == [1.0, 1.0]
    assert by_week(everything[:1], everything[:1], np.ones(1)).tolist() == []


def test_looking_has_the_defaults_of_letting_go():
    looking = Looking()
    assert (looking.confidence, looking.ahead) == (0.95, 13)
    assert Labels.absent(2).is_absent
