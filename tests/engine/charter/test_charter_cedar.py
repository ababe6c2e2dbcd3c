"""An oracle from outside: on every request Cedar, an engine that others wrote, gives the same level."""

from dataclasses import replace
from datetime import date

import pytest
from cedar_policies import level_of, policies_of, questions_about
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_charters import charters, requests
from tests.examples import examples

from remit_engine.charter import plain
from remit_engine.charter.document import Charter, Grant, Guardrail
from remit_engine.charter.facts import OTHER, Between, ChoiceFact, NumberFact, OneOf, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request

cedarpy = pytest.importorskip("cedarpy", reason="cedarpy is not installed: no wheel of it for this Python")

RELAXED = settings(deadline=None, suppress_health_check=list(HealthCheck))


def levels_in_cedar(charter, requests):
    """The level of every request; the policies are parsed once, all questions asked at once."""
    policies = cedarpy.PolicySet.from_str(policies_of(charter))
    entities = cedarpy.Entities.from_json_str("[]")
    questions = [question for request in requests for question in questions_about(request)]
    answers = cedarpy.is_authorized_batch(questions, policies, entities)
    assert [error for answer in answers for error in answer.diagnostics.errors] == []
    allowed = [answer.allowed for answer in answers]
    return [level_of(allowed[start : start + 4]) for start in range(0, len(allowed), 4)]


@st.composite
def charters_and_requests(draw, most_requests=6):
    """A charter, now and then an extended one, and some requests for it."""
    charter = draw(charters())
    if draw(st.integers(0, 3)) == 0:
        above = draw(charters(most_grants=2, most_guardrails=2, most_allowances=1))
        rules = {
            kind: tuple(replace(rule, id=f"above-{rule.id}") for rule in getattr(above, kind))
            for kind in ("grants", "guardrails", "allowances")
        }
        charter = replace(charter, facts=(), kinds=(), roles=(), steps=(), extends=replace(above, **rules))
    asked = draw(
        st.lists(requests(charter, amount=draw(st.integers(0, 7)) > 0), min_size=1, max_size=most_requests)
    )
    return charter, asked


def _agree(charter, asked):
    expected = [plain.level(charter, request) for request in asked]
    assert levels_in_cedar(charter, asked) == expected


@settings(RELAXED, max_examples=examples(400))
@given(charters_and_requests())
def test_cedar_gives_the_same_level(made):
    _agree(*made)


@pytest.mark.full
@settings(RELAXED, max_examples=2000)
@given(charters_and_requests(most_requests=12))
def test_cedar_gives_the_same_level_on_many_charters(made):
    _agree(*made)


HARBOUR_STREET = Charter(
    name="Harbour Street",
    currency="EUR",
    why="Every guest leaves wanting to come back.",
    facts=(ChoiceFact("category", ("late", "cold", "rude")), NumberFact("order_age", Unit.DAYS)),
    grants=(
        Grant(
            id="late-is-ours",
            why="Lateness is our fault.",
            who=(("role", OneOf(("member",))),),
            kinds=("refund",),
            when=(("category", OneOf(("late", OTHER))), ("order_age", Between(0, 2))),
            upto=80_00,
            level=Level.INFORM,
            until=date(2026, 3, 31),
        ),
    ),
    guardrails=(
        Guardrail(
            id="old-orders",
            why="Old orders need a second look.",
            when=(("order_age", Between(61, None)),),
            at_most=Level.NEVER,
        ),
    ),
)
ASKED = Request(
    kind="refund",
    role="member",
    amount=80_00,
    day=date(2026, 3, 31),
    facts={"category": "late", "order_age": 2},
)


@pytest.mark.parametrize(
    ("request_", "level"),
    [
        (ASKED, Level.INFORM),
        (replace(ASKED, given=1), Level.ASK),
        (replace(ASKED, day=date(2026, 4, 1)), Level.ASK),
        (replace(ASKED, day=None), Level.ASK),
        (replace(ASKED, currency="USD"), Level.ASK),
        (replace(ASKED, about_me=True), Level.ASK),
        (replace(ASKED, role=None), Level.ASK),
        (replace(ASKED, facts={"category": "a word of no list", "order_age": 2}), Level.INFORM),
        (replace(ASKED, facts={"category": "cold", "order_age": 2}), Level.ASK),
        (replace(ASKED, facts={"order_age": 2}), Level.ASK),
        (replace(ASKED, facts={"category": "late"}), Level.NEVER),
        (replace(ASKED, facts={"category": "late", "order_age": 61}), Level.NEVER),
    ],
)
def test_both_say_what_is_expected(request_, level):
    assert levels_in_cedar(HARBOUR_STREET, [request_]) == [level] == [plain.level(HARBOUR_STREET, request_)]


def test_a_charter_that_is_not_the_same_is_found():
    """The oracle can say no: a limit that is one cent off is another answer."""
    (grant,) = HARBOUR_STREET.grants
    wrong = replace(HARBOUR_STREET, grants=(replace(grant, upto=79_99),))
    assert levels_in_cedar(wrong, [ASKED]) != [plain.level(HARBOUR_STREET, ASKED)]
