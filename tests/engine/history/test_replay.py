"""A replay says, row by row, what the formula says with a plain book of what was given."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.charter.made_charters import (
    DAYS,
    MEMBERS,
    PERIODS,
    ROLES,
    TEAMS,
    charters,
    requests,
)
from tests.examples import examples

from remit_engine.charter import plain
from remit_engine.charter.allowances import Given, used
from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail, Per
from remit_engine.charter.facts import OneOf
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period, Span
from remit_engine.charter.request import Person, Request
from remit_engine.errors import InputError
from remit_engine.history.replay import Tally, already_let_go, buckets, closed_loop, compare, replay
from remit_engine.history.replay.result import tallied
from remit_engine.history.requests import Logged, from_history, from_requests
from remit_engine.history.requests.listing import words
from remit_engine.history.table import Answer, History
from remit_engine.modes import Mode

few = settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
TOTALLED = [Mode.OPEN_LOOP, Mode.CLOSED_LOOP]


@dataclass(frozen=True)
class Row:
    """A request and what the log says became of it."""

    request: Request
    answer: Answer | None
    by: Person | None
    granted: int | None
    taken_back: int


def _gives(row, level, mode):
    """What a row gives under a level, and on whose authority (None for the one who asked)."""
    asked = row.request.amount or 0
    if mode is Mode.CLOSED_LOOP and level >= Level.PROPOSE:
        return row.request.amount, None
    if mode is Mode.CLOSED_LOOP and level is Level.NEVER:
        return None
    by = row.by or Person(member="nobody known")
    authority = None if by.member == row.request.member else by
    if row.answer is Answer.APPROVED:
        return asked, authority
    if row.answer is Answer.GRANTED_LESS and row.granted is not None:
        return row.granted, authority
    return None


def _expected(charter, rows, mode):
    """Levels by the formula, one row after the other."""
    levels = {}
    book, orders = [], {}
    last = max((row.request.day for row in rows if row.request.day), default=None)
    in_time = sorted(
        range(len(rows)), key=lambda n: (rows[n].request.day is None, rows[n].request.day or last)
    )
    for place in in_time:
        row = rows[place]
        request = row.request
        if mode is not Mode.AS_RECORDED:
            before = request.given if request.order is None else orders.get(request.order, 0)
            request = replace(request, given=before, used={})
            request = replace(request, used=used(charter, request, book))
        levels[place] = plain.level(charter, request)
        gives = _gives(row, levels[place], mode)
        if gives is None:
            continue
        amount, authority = gives
        back = min(row.taken_back, amount or 0)
        book.append(Given(request=replace(request, amount=amount), authority=authority, taken_back=back))
        orders[request.order] = orders.get(request.order, 0) + (amount or 0) - back
    return [levels[place] for place in range(len(rows))]


def _columns(charter, rows):
    log = Logged(
        answer=np.array([-1 if row.answer is None else row.answer for row in rows], dtype=np.int8),
        by=words(row.by and row.by.member for row in rows),
        role=words(row.by and row.by.role for row in rows),
        team=words(row.by and row.by.team for row in rows),
        step=words(row.by.step if row.by else "none" for row in rows),
        granted=np.array([-1 if row.granted is None else row.granted for row in rows], dtype=np.int64),
        taken_back=np.array([row.taken_back for row in rows], dtype=np.int64),
    )
    return from_requests(charter, [row.request for row in rows], log)


loose = st.builds(
    Allowance,
    id=st.just("loose"),
    why=st.just("w"),
    who=st.sampled_from([(), (), (("role", OneOf(("member", "lead"))),)]),
    per=st.sampled_from(Per),
    period=st.sampled_from(PERIODS),
    counts=st.just(value=False),
    most=st.sampled_from([50_00, 100_00, 180_00]),
    beyond=st.sampled_from([Level.ASK, Level.INFORM]),
)
wide = Grant(id="wide", why="w", level=Level.DECIDE, upto=200_00)


@st.composite
def logs(draw, most=16):
    charter = draw(charters(most_grants=3, most_allowances=2))
    charter = replace(
        charter,
        grants=(*charter.grants, wide),
        allowances=(
            *charter.allowances,
            *(replace(draw(loose), id=f"loose-{n}") for n in range(draw(st.integers(0, 2)))),
        ),
    )
    people = [
        Person(
            member=name,
            role=draw(st.sampled_from([*ROLES, None])),
            team=draw(st.sampled_from([*TEAMS, None])),
        )
        for name in (*MEMBERS, "eva")
    ]
    rows = []
    for _ in range(draw(st.integers(1, most))):
        request = draw(requests(charter))
        request = replace(request, about=draw(st.sampled_from([request.about, request.about, "ana", "eva"])))
        amount = request.amount
        answer = draw(st.sampled_from([None, *Answer, Answer.APPROVED, Answer.APPROVED]))
        granted = draw(st.sampled_from([None, 1, amount])) if answer is Answer.GRANTED_LESS else None
        taken_back = draw(st.sampled_from([0, 0, 0, amount, amount // 2]))
        rows.append(Row(request, answer, draw(st.sampled_from([*people, None])), granted, taken_back))
    return charter, rows


@pytest.mark.parametrize("mode", list(Mode))
@few
@given(world=logs())
def test_every_row_is_judged_like_a_single_request(mode, world):
    charter, rows = world
    found = replay(charter, _columns(charter, rows), mode)
    assert found.mode is mode
    assert found.levels.tolist() == _expected(charter, rows, mode)


@few
@given(world=logs(most=24), block=st.integers(1, 9), looks=st.integers(2, 4), sparse=st.booleans())
def test_a_closed_loop_is_the_same_however_it_is_cut_into_blocks(world, block, looks, sparse):
    charter, rows = world
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(closed_loop, "_BLOCK", block)
        patched.setattr(closed_loop, "_MOST_LOOKS", looks)
        patched.setattr(closed_loop, "_SHORTEST", 1)
        if sparse:
            patched.setattr(buckets, "_ALWAYS_FEW", 0)
            patched.setattr(buckets, "_MOST_PER_ROW", 0)
        found = replay(charter, _columns(charter, rows), Mode.CLOSED_LOOP)
    assert found.levels.tolist() == _expected(charter, rows, Mode.CLOSED_LOOP)


def _tight(per, period):
    """A charter in which nearly every answer changes a later one."""
    return Charter(
        name="Tight",
        currency="EUR",
        why="w",
        grants=(Grant(id="all", why="w", level=Level.DECIDE, upto=90),),
        allowances=(Allowance(id="a", why="w", per=per, period=period, most=100, beyond=Level.ASK),),
    )


@pytest.mark.parametrize("mode", TOTALLED)
@pytest.mark.parametrize("per", list(Per))
@pytest.mark.parametrize("period", [Period(Span.EVER), Period(Span.ROLLING, 3), Period(Span.WEEK)])
def test_long_chains_of_answers_are_settled(mode, per, period, monkeypatch):
    monkeypatch.setattr(closed_loop, "_BLOCK", 64)
    monkeypatch.setattr(closed_loop, "_MOST_LOOKS", 4)
    monkeypatch.setattr(closed_loop, "_SHORTEST", 2)
    drawn = np.random.default_rng(7)
    ana, ben = Person(member="ana", role="member"), Person(member="ben", role="lead")
    rows = [
        Row(
            Request(
                kind="refund",
                role="member",
                member=str(drawn.choice(["ana", "ben"])),
                team="harbour",
                amount=int(drawn.integers(1, 60)),
                day=DAYS[0] + timedelta(days=n // 9),
                customer=str(drawn.choice(["c", "d"])),
                order=str(drawn.choice(["o", "p", "q"])),
            ),
            Answer(int(drawn.choice([0, 0, 1]))),
            ana if drawn.random() < 0.5 else ben,
            None,
            0,
        )
        for n in range(150)
    ]
    charter = _tight(per, period)
    assert replay(charter, _columns(charter, rows), mode).levels.tolist() == _expected(charter, rows, mode)


ZONES = ["Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Asia/Beirut", "America/St_Johns", "UTC"]
CHANGES = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2018, 11, 4, 3, tzinfo=UTC),
    datetime(2019, 2, 17, 2, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
    datetime(2026, 3, 28, 22, tzinfo=UTC),
    datetime(2010, 11, 7, 2, 31, tzinfo=UTC),
]


@st.composite
def timed_logs(draw):
    """A log around a change of clocks, and the rows as single requests would have been kept."""
    zone = draw(st.sampled_from(ZONES))
    near = draw(st.sampled_from(CHANGES))
    questions = []
    for _ in range(draw(st.integers(1, 14))):
        moment = near + timedelta(minutes=draw(st.integers(-60 * 30, 60 * 30)))
        questions.append(
            (
                draw(st.sampled_from([moment, moment, moment, None])),
                draw(st.sampled_from(["ana", "ben", None])),
                draw(st.sampled_from(["ben", "eva", None])),
                draw(st.sampled_from([10, 40, 60])),
                draw(st.sampled_from([Answer.APPROVED, Answer.APPROVED, Answer.DECLINED])),
                draw(st.sampled_from(["o", "p", None])),
            )
        )
    return zone, questions


ROLE_OF = {"ana": "member", "ben": "lead"}


@pytest.mark.parametrize("mode", TOTALLED)
@few
@given(log=timed_logs(), per=st.sampled_from(Per), period=st.sampled_from(PERIODS), trial=st.booleans())
def test_days_are_those_of_the_wall_clock_of_the_team(mode, log, per, period, trial):
    zone, questions = log
    history = History.from_columns(
        amount=[question[3] for question in questions],
        answer=[question[4] for question in questions],
        asked_at=[np.datetime64(q[0].replace(tzinfo=None) if q[0] else "NaT", "s") for q in questions],
        asked_by=[question[1] for question in questions],
        role=[ROLE_OF.get(question[1]) for question in questions],
        kind=["refund"] * len(questions),
        answered_by=[question[2] for question in questions],
        case=[question[5] for question in questions],
        zone="UTC",
    )
    days = [moment and moment.astimezone(ZoneInfo(zone)).date() for moment, *_ in questions]
    asking = {question[1] for question in questions}
    rows = [
        Row(
            Request(kind="refund", role=ROLE_OF.get(who), member=who, amount=amount, day=day, order=order),
            answer,
            by and Person(member=by, role=ROLE_OF.get(by) if by in asking else None),
            None,
            0,
        )
        for day, (_, who, by, amount, answer, order) in zip(days, questions, strict=True)
    ]
    charter = _tight(per, period)
    if trial and any(days):
        charter = replace(
            charter, grants=(replace(charter.grants[0], until=min(day for day in days if day)),)
        )
    columns = from_history(charter, history, zone=zone)
    in_time = sorted(
        range(len(rows)),
        key=lambda n: (days[n] is None, days[n] or 0, questions[n][0] or 0) if days[n] else (True,),
    )
    expected = _expected(charter, [rows[n] for n in in_time], mode)
    assert replay(charter, columns.take(np.array(in_time)), mode).levels.tolist() == expected
    assert replay(charter, columns, mode).levels[in_time].tolist() == expected


def test_a_log_in_another_currency_is_asked_about():
    charter = Charter(name="c", currency="EUR", why="w", grants=(Grant(id="g", why="w", level=Level.DECIDE),))
    log = History.from_columns(amount=[1], answer=[0], currency="USD")
    found = replay(charter, from_history(charter, log))
    assert found.levels.tolist() == [Level.ASK]
    assert found.by_level[Level.ASK] == Tally(1, 0)


def test_what_it_comes_to():
    charter = Charter(
        name="c",
        currency="EUR",
        why="w",
        grants=(Grant(id="g", why="w", level=Level.PROPOSE, upto=100),),
        guardrails=(Guardrail(id="n", why="w", above=1000, at_most=Level.NEVER),),
    )
    wider = replace(charter, grants=(replace(charter.grants[0], upto=500, level=Level.DECIDE),))
    amount = [10, 90, 200, 300, 5000, 6000]
    answer = [
        Answer.APPROVED,
        Answer.DECLINED,
        Answer.APPROVED,
        Answer.EXPIRED,
        Answer.APPROVED,
        Answer.DECLINED,
    ]
    columns = from_history(charter, History.from_columns(amount=amount, answer=answer))
    old, new = replay(charter, columns), replay(wider, columns)
    assert len(old) == 6
    assert old.by_level[Level.PROPOSE] == Tally(2, 100)
    assert old.by_answer[Answer.EXPIRED, Level.ASK] == Tally(1, 300)
    assert old.no_yes_needed == Tally(1, 10)
    assert old.gone_through == Tally(1, 90)
    assert new.gone_through == Tally(2, 390)
    assert old.approved_that_would_be_never == Tally(1, 5000)
    moved = {cell: tally for cell, tally in compare(old, new).items() if tally.rows}
    assert moved == {
        (Level.PROPOSE, Level.DECIDE): Tally(2, 100),
        (Level.ASK, Level.DECIDE): Tally(2, 500),
        (Level.NEVER, Level.NEVER): Tally(2, 11000),
    }
    with pytest.raises(InputError, match="as recorded, the other open loop"):
        compare(old, replay(wider, columns, Mode.OPEN_LOOP))
    with pytest.raises(InputError, match="different requests"):
        compare(old, replay(wider, columns.take(slice(0, 3))))


@given(st.lists(st.tuples(st.integers(0, 24), st.integers(0, 10**17)), max_size=40))
def test_sums_are_exact_however_large(rows):
    cells = np.array([cell for cell, _ in rows], dtype=np.int8)
    amounts = np.array([amount for _, amount in rows], dtype=np.int64)
    for cell, tally in enumerate(tallied(cells, amounts, 25)):
        inside = [amount for place, amount in rows if place == cell]
        assert tally == Tally(len(inside), sum(inside))


@pytest.mark.parametrize("mode", list(Mode))
def test_long_work_tells_how_far_it_is_and_can_be_ended(mode):
    charter = _tight(Per.MEMBER, Period(Span.EVER))
    columns = from_history(charter, History.from_columns(amount=[5] * 300_000, answer=[0] * 300_000))
    heard = []
    replay(charter, columns, mode, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (300_000, 300_000)
    assert heard == sorted(heard)
    assert len(heard) > 1

    def ended(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replay(charter, columns, mode, progress=ended)


def test_what_was_used_may_be_unknown_and_is_told():
    charter = _tight(Per.MEMBER, Period(Span.EVER))
    columns = from_history(charter, History.from_columns(amount=[5], answer=[0], asked_by=["ana"]))
    found = replay(charter, columns)
    assert found.levels.tolist() == [Level.ASK]
    assert found.told[-1] == "The log doesn't say what was used of a: as recorded, that counts as used up."
    known = replace(columns, used={"a": np.array([95])})
    assert replay(charter, known).levels.tolist() == [Level.DECIDE]


def test_what_is_let_go_already_leaves_allowances_out():
    charter = _tight(Per.MEMBER, Period(Span.EVER))
    log = History.from_columns(amount=[80, 80, 95], answer=[0, 0, 0], asked_by=["ana"] * 3)
    today = already_let_go(charter, log)
    assert today.mask.tolist() == [True, True, False]
    assert today.rows == 2
    assert today.told[-1] == "Allowances are left out, as if nothing was used: the log doesn't say what was."
    assert already_let_go(replace(charter, allowances=()), log).told == today.told[:-1]
