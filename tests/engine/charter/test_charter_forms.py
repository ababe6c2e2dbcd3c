"""The generated form answers exactly as the formula does: any charter, any request, any amount."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charters import AMOUNTS, DAYS, FACTS, KINDS, allowances, charters, grants, guardrails, requests

from remit_engine.charter import plain
from remit_engine.charter.compiled import compile_charter
from remit_engine.charter.document import Charter, Grant, Guardrail
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request
from remit_engine.charter.stretches import stretches
from remit_engine.charter.verdict import judge
from remit_engine.errors import InputError

STEPS = sorted({*AMOUNTS, *(amount + 1 for amount in AMOUNTS), *(amount - 1 for amount in AMOUNTS if amount)})


@st.composite
def charters_with_requests(draw, count=4):
    charter = draw(charters())
    return charter, [draw(requests(charter)) for _ in range(count)]


@given(charters_with_requests())
def test_level_is_that_of_the_formula(made):
    charter, asked = made
    compiled = compile_charter(charter)
    for request in asked:
        assert compiled.level(request) == plain.level(charter, request)


@given(charters_with_requests())
def test_verdict_names_the_rules_that_made_the_level(made):
    charter, asked = made
    compiled = compile_charter(charter)
    for request in asked:
        verdict = compiled.verdict(request)
        level = plain.level(charter, request)
        holding = plain.grants_that_hold(charter, request)
        reached = max([Level.ASK, *(grant.level for grant in holding)])
        assert verdict.level == level
        assert set(verdict.grants) == {each for each in holding if each.level == reached > Level.ASK}
        assert (verdict.grant is None) == (reached == Level.ASK)
        assert verdict.grant is None or verdict.grant in verdict.grants
        caps = [
            *(rail for rail in plain.guardrails_that_hold(charter, request) if rail.at_most == level),
            *(each for each in plain.allowances_exceeded(charter, request) if each.beyond == level),
        ]
        if level < reached or (plain.is_foreign(charter, request) and level == Level.ASK):
            named = {cap.id for cap in verdict.caps} - {"about-me", "own-account", "other-currency"}
            assert named == {cap.id for cap in caps}
            assert verdict.cap in verdict.caps
        else:
            assert verdict.cap is None
            assert verdict.caps == ()
        assert {each.allowance.id for each in verdict.left} == {
            each.id for each in plain.allowances_that_count(charter, request)
        }
        assert verdict.why


@given(st.data())
def test_ladder_is_the_formula_at_every_amount(data):
    charter = data.draw(charters())
    request = data.draw(requests(charter, amount=False))
    ladder = compile_charter(charter).ladder(request)
    for judged in (each for each in STEPS if each >= request.given):
        assert ladder.level_at(judged) == plain.level_at(charter, request, judged)
    assert compile_charter(charter, is_draft=True).ladder(request) == ladder
    levels = [rung.level for rung in ladder.rungs]
    assert levels == sorted(set(levels), reverse=True)
    assert ladder.rungs[-1].upto is None
    assert all(rung.upto >= request.given for rung in ladder.rungs[:-1])


@given(st.data())
def test_ladder_never_rises_with_the_amount(data):
    charter = data.draw(charters())
    request = data.draw(requests(charter, amount=False))
    levels = [plain.level_at(charter, request, judged) for judged in STEPS if judged >= request.given]
    assert levels == sorted(levels, reverse=True)


@given(st.data())
def test_order_of_rules_never_matters(data):
    charter = data.draw(charters())
    request = data.draw(requests(charter))
    shuffled = replace(
        charter,
        grants=tuple(data.draw(st.permutations(charter.grants))),
        guardrails=tuple(data.draw(st.permutations(charter.guardrails))),
        allowances=tuple(data.draw(st.permutations(charter.allowances))),
    )
    assert compile_charter(shuffled).level(request) == plain.level(charter, request)


@given(charters_with_requests(), grants("one-more"))
def test_one_more_grant_only_raises(made, grant):
    charter, asked = made
    more = compile_charter(replace(charter, grants=(*charter.grants, grant)))
    for request in asked:
        assert more.level(request) >= plain.level(charter, request)


@given(charters_with_requests(), guardrails("one-more"), allowances("one-more-still"))
def test_one_more_guardrail_or_allowance_only_lowers(made, guardrail, allowance):
    charter, asked = made
    more = compile_charter(
        replace(
            charter,
            guardrails=(*charter.guardrails, guardrail),
            allowances=(*charter.allowances, allowance),
        )
    )
    for request in asked:
        assert more.level(request) <= plain.level(charter, request)


@given(charters_with_requests())
def test_never_comes_only_from_a_guardrail(made):
    charter, asked = made
    without = replace(charter, guardrails=tuple(g for g in charter.guardrails if g.at_most > Level.NEVER))
    for request in asked:
        assert compile_charter(without).level(request) > Level.NEVER


@given(charters_with_requests())
def test_knowing_less_never_gives_more(made):
    """A fact that is taken away never raises the level, where no guardrail ignores what is missing."""
    charter, asked = made
    careful = replace(
        charter,
        guardrails=tuple(replace(each, ignores_missing=False) for each in charter.guardrails),
        allowances=tuple(replace(each, ignores_missing=False) for each in charter.allowances),
    )
    compiled = compile_charter(careful)
    for request in asked:
        for name in request.facts:
            fewer = {fact: value for fact, value in request.facts.items() if fact != name}
            assert compiled.level(replace(request, facts=fewer)) <= compiled.level(request)
        for name in ("role", "member", "team", "day"):
            assert compiled.level(replace(request, **{name: None})) <= compiled.level(request)


@given(charters_with_requests())
def test_nearest_better_is_better_and_true(made):
    charter, asked = made
    compiled = compile_charter(charter)
    for request in asked:
        verdict = compiled.verdict(request)
        better = verdict.nearest_better
        if better is None:
            continue
        known = replace(request, facts={**request.facts, **dict(better.facts)})
        if not better.facts:
            assert request.given <= better.upto < request.judged
            known = replace(request, amount=better.upto - request.given)
            just_more = replace(request, amount=better.upto + 1 - request.given)
            assert plain.level(charter, just_more) < better.level
        assert plain.level(charter, known) == better.level > verdict.level


@given(charters_with_requests())
def test_a_recorded_request_recomputes_to_the_same_verdict(made):
    charter, asked = made
    compiled = compile_charter(charter)
    loaded = pickle.loads(pickle.dumps(compiled))  # noqa: S301 (made a line ago)
    for request in asked:
        again = Request.from_record(request.as_record())
        assert loaded.verdict(again).as_record() == compiled.verdict(request).as_record()


@given(charters())
def test_stretches_hold_every_day_once(charter):
    parts = stretches(charter)
    assert parts[0].since is None
    assert parts[-1].until is None
    for one, following in pairwise(parts):
        assert one.until + timedelta(days=1) == following.since


def test_a_trial_begins_and_ends_by_itself():
    trial = Grant(
        id="trial",
        why="To see what happens.",
        level=Level.DECIDE,
        since=date(2026, 3, 1),
        until=date(2026, 3, 31),
    )
    compiled = compile_charter(Charter("Trial", "EUR", "To learn.", grants=(trial,)))
    levels = [
        compiled.level(Request(kind="refund", amount=1, day=day))
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1), None)
    ]
    assert [level.word for level in levels] == ["ask", "decide", "decide", "ask", "ask"]


@given(charters(), st.sampled_from(DAYS))
def test_a_compiled_charter_is_named_by_its_document(charter, day):
    compiled = compile_charter(charter)
    compiled.on(day)
    assert compile_charter(replace(charter)).hash == compiled.hash
    assert compile_charter(replace(charter, why="Another why.")).hash != compiled.hash
    assert pickle.loads(pickle.dumps(compiled)).hash == compiled.hash  # noqa: S301 (as above)


def test_threads_share_a_compiled_charter():
    guardrail = Guardrail(id="late", why="Look twice.", above=50, at_most=Level.ASK)
    grants_ = tuple(
        Grant(id=f"g{n}", why="So it is.", who=(), kinds=(kind,), level=Level.DECIDE, upto=n)
        for n, kind in enumerate(["refund", "credit", "comp"] * 30)
    )
    charter = Charter("Shared", "EUR", "To see.", grants=grants_, guardrails=(guardrail,))
    asked = [Request(kind=kind, amount=n) for n in range(90) for kind in ("refund", "credit", "comp")]
    compiled = compile_charter(charter)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: [compiled.level(request) for request in asked], range(16)))
    expected = [plain.level(charter, request) for request in asked]
    assert all(answer == expected for answer in answers)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"facts": {"categorie": "late"}}, "unknown-fact"),
        ({"facts": {"category": 3}}, "not-a-word"),
        ({"facts": {"order_age": "3"}}, "not-whole"),
        ({"facts": {"order_age": True}}, "not-whole"),
        ({"facts": {"order_age": -1}}, "negative-amount"),
        ({"facts": {"vip": 1}}, "not-a-flag"),
        ({"amount": -1}, "negative-amount"),
        ({"amount": 1.5}, "not-whole"),
        ({"given": -1}, "negative-amount"),
        ({"used": {"weekly": 1}}, "unknown-allowance"),
        ({"amount": 10**18}, "too-large"),
        ({"kind": None}, "not-a-word"),
        ({"kind": ["refund"]}, "not-a-word"),
        ({"role": ["member"]}, "not-a-word"),
        ({"day": "2026-03-01"}, "not-a-day"),
        ({"facts": None}, "not-a-mapping"),
        ({"used": [1]}, "not-a-mapping"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_every_form(change, code):
    charter = Charter("Harbour", "EUR", "To care.", facts=FACTS, kinds=KINDS)
    request = replace(Request(kind="refund", amount=1), **change)
    for answer in (compile_charter(charter).level, compile_charter(charter).ladder):
        with pytest.raises(InputError) as refused:
            answer(request)
        assert refused.value.code == code
    with pytest.raises(InputError) as refused:
        plain.level(charter, request)
    assert refused.value.code == code


def test_an_internal_error_is_ask_and_an_alarm(caplog):
    charter = Charter(
        "Broken", "EUR", "To see.", grants=(Grant(id="all", why="All may.", level=Level.DECIDE),)
    )
    compiled = compile_charter(charter)
    request = Request(kind="refund", amount=1)
    assert compiled.level(request) is Level.DECIDE
    in_force = compiled.on(None)
    prepared = in_force.prepare(request)
    del prepared.values["second_person"]
    with caplog.at_level("CRITICAL", logger="remit_engine.alarm"):
        assert in_force.level(prepared) is Level.ASK
        verdict = judge(in_force, prepared)
        assert (verdict.level, verdict.failed) == (Level.ASK, True)
        assert (verdict.cap, verdict.caps, verdict.grants, verdict.nearest_better) == (None, (), (), None)
        assert verdict.why
        del prepared.values["foreign"]
        assert [rung.level for rung in in_force.ladder(prepared).rungs] == [Level.ASK]
    assert "'Broken'" in caplog.text
