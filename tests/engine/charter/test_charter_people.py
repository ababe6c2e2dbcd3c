"""Who may say yes, what may be lent, what giving leaves: the laws about other people and other days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_charters import DAYS, KINDS, STEPS, charters, people, requests

from remit_engine.charter import plain
from remit_engine.charter.allowances import Given, used
from remit_engine.charter.approval import consequences, may_say_yes, who_may_say_yes
from remit_engine.charter.compiled import compile_charter
from remit_engine.charter.delegation import Delegation, check_delegation
from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail, Per
from remit_engine.charter.facts import OneOf
from remit_engine.charter.levels import Level
from remit_engine.charter.on_behalf import Lent, authority
from remit_engine.charter.periods import Period, Span
from remit_engine.charter.request import Person, Request
from remit_engine.errors import InputError

ALL_DAYS = (date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def asked_among_people(draw):
    charter = draw(charters())
    everybody = draw(people())
    request = draw(requests(charter))
    asker = draw(st.sampled_from(everybody))
    request = replace(
        request.of(asker), about=draw(st.sampled_from((None, *(each.member for each in everybody))))
    )
    return charter, request.of(asker), everybody


@st.composite
def delegations(draw, giver, to):
    since, until = sorted(draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
    return Delegation(
        giver=giver,
        to=to.member,
        why="I am away.",
        since=since,
        until=until,
        kinds=draw(st.sampled_from([(), KINDS[:1], KINDS[:2]])),
        upto=draw(st.sampled_from([None, 50_00, 80_00])),
        when=draw(st.sampled_from([(), (("category", OneOf(("late", "cold"))),)])),
        highest=draw(st.sampled_from([Level.PROPOSE, Level.INFORM, Level.DECIDE])),
    )


@given(asked_among_people())
def test_may_say_yes_is_the_formula(made):
    charter, request, everybody = made
    compiled = compile_charter(charter)
    for person in everybody:
        assert may_say_yes(compiled, request, person) == plain.may_say_yes(charter, request, person)


@given(asked_among_people())
def test_nobody_approves_their_own_nor_beyond_their_grants(made):
    charter, request, everybody = made
    approvers = who_may_say_yes(compile_charter(charter), request, everybody)
    for approver in approvers.everybody:
        assert approver.person.member not in {request.member, request.about, request.account_of}
        theirs = request.of(approver.person)
        reaching = [grant for grant in plain.grants_that_hold(charter, theirs) if grant.level >= Level.INFORM]
        assert reaching
    if not approvers.circles:
        assert approvers.alone is everybody[0]


@given(asked_among_people())
def test_the_nearest_are_asked_first(made):
    charter, request, everybody = made
    approvers = who_may_say_yes(compile_charter(charter), request, everybody)
    order = [
        (not each.person.on_duty, each.person.team != request.team, each.person.rank)
        for each in approvers.everybody
    ]
    assert order == sorted(order)
    assert {len({order[0]}) for _ in approvers.circles} <= {1}


@given(asked_among_people())
def test_a_proposal_that_nobody_could_stop_is_asked(made):
    charter, request, everybody = made
    compiled = compile_charter(charter)
    verdict = compiled.verdict(request)
    after = consequences(compiled, verdict, everybody)
    assert after.level <= verdict.level
    if verdict.level is Level.PROPOSE:
        somebody = any(plain.may_say_yes(charter, request, person) for person in everybody)
        assert after.level is (Level.PROPOSE if somebody else Level.ASK)
        assert (after.objections > 0) == somebody == bool(after.may_object)
    else:
        assert after.level is verdict.level
    assert request.member not in {person.member for person in (*after.told, *after.may_object)}


@given(st.data(), asked_among_people())
def test_a_delegation_is_the_formula_and_never_gives_more_than_its_giver_has(data, made):
    charter, request, everybody = made
    asker = next(person for person in everybody if person.member == request.member)
    others = [person for person in everybody if person is not asker]
    assume(others)
    delegation = data.draw(delegations(data.draw(st.sampled_from(others)), asker))
    givers_use = data.draw(requests(charter)).used
    compiled = compile_charter(charter)
    best = authority(compiled, request, [Lent(delegation, givers_use)])
    lent = plain.level_on_behalf(charter, request, delegation, givers_use)
    own = plain.level(charter, request)
    assert best.level == max(own, own if lent is None else lent)
    if best.lent is not None:
        givers = replace(request.of(delegation.giver), used=givers_use)
        assert best.level <= min(plain.level(charter, givers), delegation.highest)
        for guardrail in plain.guardrails_that_hold(charter, request):
            assert best.level <= guardrail.at_most


@given(st.data(), asked_among_people())
def test_a_delegate_never_answers_the_givers_own_request(data, made):
    charter, request, everybody = made
    asker = next(person for person in everybody if person.member == request.member)
    others = [person for person in everybody if person is not asker]
    assume(others)
    lent = [data.draw(delegations(asker, person)) for person in others]
    compiled = compile_charter(charter)
    assert who_may_say_yes(compiled, request, everybody, lent) == who_may_say_yes(
        compiled, request, everybody
    )


@given(st.data(), asked_among_people())
def test_splitting_never_gives_more_than_one_remedy(data, made):
    charter, request, _ = made
    assume(request.amount and request.currency != "USD")
    compiled = compile_charter(charter)
    book = [Given(request=each) for each in data.draw(st.lists(requests(charter), max_size=3))]
    book = [each for each in book if each.request.day is not None]
    request = replace(request, used=used(charter, request, book))
    first = replace(request, amount=data.draw(st.integers(0, request.amount)))
    rest = replace(request, amount=request.amount - first.amount, given=request.given + first.amount)
    rest = replace(rest, used=used(charter, rest, [*book, Given(request=first)]))
    assert min(compiled.level(first), compiled.level(rest)) <= compiled.level(request)


@given(st.data())
def test_what_is_taken_back_restores_what_was_left(data):
    charter = data.draw(charters())
    request = data.draw(requests(charter))
    gave = data.draw(requests(charter).filter(lambda each: each.amount))
    book = [Given(request=each) for each in data.draw(st.lists(requests(charter), max_size=3))]
    before = used(charter, request, book)
    after = used(charter, request, [*book, Given(request=gave)])
    taken_back = used(charter, request, [*book, Given(request=gave, taken_back=gave.amount)])
    assert taken_back == before
    assert all(after[name] >= before[name] for name in before)


def _weekly(**change) -> Charter:
    weekly = Allowance(
        id="weekly",
        why="A bad week should be seen while it can still be helped.",
        who=(("role", OneOf(("member",))),),
        per=Per.MEMBER,
        period=Period(Span.WEEK),
        most=300_00,
    )
    all_may = Grant(id="all", why="Nobody waits.", level=Level.DECIDE)
    return Charter("Harbour", "EUR", "To care.", grants=(all_may,), allowances=(replace(weekly, **change),))


ANA = Person(member="ana", role="member", team="harbour")
SAM = Person(member="sam", role="manager", team="harbour", rank=2, owner=True)
MONDAY = date(2026, 3, 2)


def _gave(amount, day=MONDAY, person=ANA, **more) -> Given:
    return Given(request=Request(kind="refund", amount=amount, day=day).of(person), **more)


@pytest.mark.parametrize(
    ("amount", "book", "level"),
    [
        (300_00, [], Level.DECIDE),
        (300_01, [], Level.ASK),
        (100_00, [_gave(200_00)], Level.DECIDE),
        (100_01, [_gave(200_00)], Level.ASK),
        (300_00, [_gave(200_00, MONDAY - timedelta(days=1))], Level.DECIDE),
        (100_01, [_gave(200_00, MONDAY + timedelta(days=6))], Level.ASK),
        (300_00, [_gave(200_00, authority=SAM)], Level.DECIDE),
        (300_00, [_gave(200_00, person=SAM)], Level.DECIDE),
        (250_00, [_gave(200_00, taken_back=150_00)], Level.DECIDE),
        (250_01, [_gave(200_00, taken_back=150_00)], Level.ASK),
    ],
)
def test_an_allowance_at_its_edges(amount, book, level):
    charter = _weekly()
    request = Request(kind="refund", amount=amount, day=MONDAY).of(ANA)
    request = replace(request, used=used(charter, request, book))
    assert compile_charter(charter).level(request) == level == plain.level(charter, request)


def test_what_is_left_is_told_before_this_remedy():
    charter = _weekly()
    request = Request(kind="refund", amount=42_00, day=MONDAY, used={"weekly": 112_00}).of(ANA)
    [left] = compile_charter(charter).verdict(request).left
    assert (left.allowance.id, left.left) == ("weekly", 188_00)
    unknown = replace(request, used={})
    verdict = compile_charter(charter).verdict(unknown)
    assert verdict.level is Level.ASK
    assert verdict.left[0].left is None


def test_a_count_is_used_up_by_its_last_remedy():
    charter = _weekly(most=3, counts=True)
    compiled = compile_charter(charter)
    asked = Request(kind="apology", amount=0, day=MONDAY).of(ANA)
    levels = [compiled.level(replace(asked, used={"weekly": count})) for count in range(5)]
    assert [level.word for level in levels] == ["decide", "decide", "decide", "ask", "ask"]


def test_the_charter_of_the_reference_answers_as_the_reference_says():
    fix = Grant(
        id="fix",
        why="A small refund costs less than a lost guest.",
        who=(("role", OneOf(("member", "lead"))),),
        kinds=("refund",),
        upto=50_00,
        level=Level.DECIDE,
    )
    manager = Grant(
        id="manager",
        why="Somebody must.",
        who=(("role", OneOf(("manager",))),),
        upto=2000_00,
        level=Level.DECIDE,
    )
    charter = compile_charter(Charter("Harbour", "EUR", "To care.", grants=(fix, manager), steps=STEPS))
    request = Request(kind="refund", amount=80_00).of(ANA)
    verdict = charter.verdict(request)
    assert verdict.level is Level.ASK
    assert (verdict.nearest_better.level, verdict.nearest_better.upto) == (Level.DECIDE, 50_00)
    [approver] = who_may_say_yes(charter, request, [ANA, SAM]).everybody
    assert approver.person is SAM
    alone = who_may_say_yes(charter, replace(request, amount=2000_01), [ANA, SAM])
    assert alone.circles == ()
    assert alone.alone is SAM
    other_currency = replace(request, currency="USD", amount=1)
    assert charter.level(other_currency) is Level.ASK
    assert charter.verdict(other_currency.of(SAM)).cap.id == "other-currency"
    assert not may_say_yes(charter, other_currency, SAM)


def test_a_guardrail_of_never_holds_for_the_approver_too():
    rail = Guardrail(
        id="gift-cards",
        why="Gift cards are as good as cash.",
        kinds=("credit",),
        at_most=Level.NEVER,
        hand_to=("manager",),
    )
    everybody = Grant(id="all", why="Nobody waits.", level=Level.DECIDE)
    charter = compile_charter(Charter("Harbour", "EUR", "To care.", grants=(everybody,), guardrails=(rail,)))
    request = Request(kind="credit", amount=1).of(ANA)
    verdict = charter.verdict(request)
    assert verdict.level is Level.NEVER
    assert consequences(charter, verdict, [ANA, SAM]).hand_to == (SAM,)
    assert not may_say_yes(charter, request, SAM)


def test_nobody_can_be_told_apart_from_an_unknown_asker():
    with pytest.raises(InputError) as refused:
        may_say_yes(compile_charter(_weekly()), Request(kind="refund", amount=1), SAM)
    assert refused.value.code == "asker-unknown"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": "sam"}, "to-oneself"),
        ({"why": "  "}, "empty-why"),
        ({"until": ALL_DAYS[0] - timedelta(days=1)}, "ends-before-it-begins"),
        ({"highest": Level.ASK}, "lends-nothing"),
        ({"kinds": ("refnud",)}, "unknown-part"),
        ({"when": (("weather", OneOf(("rain",))),)}, "unknown-part"),
    ],
)
def test_a_delegation_that_cannot_be_meant_is_refused(change, code):
    right = Delegation(giver=SAM, to="ana", why="I am away.", since=ALL_DAYS[0], until=ALL_DAYS[1])
    check_delegation(_weekly(), right)
    with pytest.raises(InputError) as refused:
        check_delegation(_weekly(), replace(right, **change))
    assert refused.value.code == code
