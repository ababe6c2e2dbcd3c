"""The charters that people start from read well, do what they say, and leave nobody without an answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit_engine.charter import plain
from remit_engine.charter.analysis import analyse
from remit_engine.charter.approval import who_may_say_yes
from remit_engine.charter.compiled import compile_charter
from remit_engine.charter.facts import ChoiceFact, FlagFact, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.reading import read_charter, read_charter_text
from remit_engine.charter.request import Person, Request
from remit_engine.charter.writing import write_charter
from remit_engine.money import decimals

GALLERY = Path(__file__).parents[3] / "examples" / "charters"
NAMES = sorted(path.stem for path in GALLERY.glob("*.yaml"))
PARTS = Path(__file__).with_name("gallery_requests.txt").read_text(encoding="utf-8").split("\n# ")[1:]
REQUESTS = {
    name: [line for line in lines.splitlines() if line]
    for name, _, lines in (part.partition("\n") for part in PARTS)
}
"""By charter, the lines of what is expected; the file says how they are written."""
ROWS = [(name, line) for name, lines in REQUESTS.items() for line in lines]
WORDS = {"yes": True, "no": False}


@cache
def read(name):
    return read_charter(GALLERY / f"{name}.yaml")


@cache
def compiled(name):
    return compile_charter(read(name).charter)


def asked(name, line):
    """The request of a line, with the level and the rule that it expects."""
    charter = read(name).charter
    wish, level, rule, known = (part.strip() for part in line.split("|"))
    role, remedy = wish.split(", ")
    kind, amount = remedy.rsplit(" ", 1)
    facts, used = {}, {allowance.id: 0 for allowance in charter.all_allowances}
    more = {}
    for each in filter(None, known.split(", ")):
        what, value = each.split(": ")
        if what.startswith("used "):
            allowance = next(one for one in charter.all_allowances if one.id == what.removeprefix("used "))
            used[allowance.id] = int(value) if allowance.counts else minor(charter, value)
        elif what in charter.all_facts:
            facts[what] = fact_value(charter, charter.all_facts[what], value)
        else:
            more[what] = field_value(charter, what, value)
    request = Request(role=role, kind=kind, amount=minor(charter, amount), facts=facts, used=used, **more)
    return request, level, rule


def fact_value(charter, fact, written):
    if isinstance(fact, ChoiceFact):
        return written
    if isinstance(fact, FlagFact):
        return WORDS[written]
    return minor(charter, written) if fact.unit is Unit.MONEY else int(written)


def field_value(charter, name, written):
    if name == "given":
        return minor(charter, written)
    return date.fromisoformat(written) if name == "day" else WORDS.get(written, written)


def minor(charter, units):
    return int(Decimal(units) * 10 ** decimals(charter.currency))


def in_parts(name):
    """The lines of a charter in their parts."""
    return [[part.strip() for part in line.split("|")] for line in REQUESTS[name]]


def test_every_charter_has_its_requests():
    assert sorted(REQUESTS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_without_findings(name):
    assert read(name).findings == ()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_reads_the_same(name):
    charter = read(name).charter
    above = charter.extends
    written = write_charter(charter, extend="above.yaml" if above else "")
    again = read_charter_text(written, resolve=lambda *_: write_charter(above))
    assert again.charter == charter
    assert again.findings == ()


@pytest.mark.parametrize(("name", "line"), ROWS)
def test_it_answers_as_a_manager_expects(name, line):
    request, level, rule = asked(name, line)
    verdict = compiled(name).verdict(request)
    decided_by = verdict.cap or verdict.grant
    assert (verdict.level.word, decided_by.id if decided_by else "-") == (level, rule)
    assert verdict.level == compiled(name).level(request) == plain.level(read(name).charter, request)
    assert verdict.ladder.level_at(request.judged) == verdict.level


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_request_that_it_decides(name):
    charter = read(name).charter
    own = {rule.id for rule in (*charter.grants, *charter.guardrails, *charter.allowances)}
    assert own <= {rule for _, _, rule, _ in in_parts(name)}


@pytest.mark.parametrize("name", NAMES)
def test_every_role_may_do_more_than_apologise(name):
    room = [
        wish.split(", ")
        for wish, level, _, _ in in_parts(name)
        if level not in {"ask", "never"} and "apology" not in wish
    ]
    assert {role for role, _ in room} == set(read(name).charter.all_roles)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_it_is_idle_and_nobody_is_left_without_an_answer(name):
    found = analyse(read(name).charter)
    assert (found.dead_ends, found.idle, found.growth) == ((), (), ())


@pytest.mark.parametrize("name", NAMES)
def test_it_shows_what_a_charter_can_hold(name):
    charter = read(name).charter
    assert charter.all_facts
    assert charter.all_steps
    assert 6 <= len(charter.all_grants) <= 12
    assert charter.all_guardrails
    assert charter.all_allowances
    assert any(grant.say for grant in charter.all_grants)
    assert name == "organisation" or any(grant.since and grant.until for grant in charter.grants)


def test_no_two_whys_are_alike():
    charters = [read(name).charter for name in NAMES]
    rules = [
        rule for charter in charters for rule in (*charter.grants, *charter.guardrails, *charter.allowances)
    ]
    whys = [each.why.strip().casefold() for each in (*charters, *rules)]
    assert all(whys)
    assert [why for why in whys if whys.count(why) > 1] == []


def test_the_restaurant_holds_the_example_of_the_reference():
    rules = {rule.id: rule for rule in read("restaurant-with-delivery").charter.all_rules}
    assert {"fix-on-the-spot", "late-is-ours", "manager", "old-orders", "weekly"} <= rules.keys()
    limits = (rules["fix-on-the-spot"].upto, rules["late-is-ours"].upto, rules["weekly"].most)
    assert limits == (50_00, 80_00, 300_00)


def edges(charter, name):
    """Numbers on both sides of every limit that a rule puts on a fact."""
    ranges = [one for rule in charter.all_rules for fact, one in rule.when if fact == name]
    limits = [limit for one in ranges for limit in (one.at_least, one.at_most) if limit is not None]
    return sorted({0, *(max(limit + more, 0) for limit in limits for more in (-1, 0, 1))})


@st.composite
def any_request(draw, charter):
    """A request by anybody below the owner, with any of the facts known."""
    facts = {}
    for fact in charter.all_facts.values():
        if isinstance(fact, ChoiceFact):
            values = st.sampled_from((*fact.values, "something else"))
        elif isinstance(fact, FlagFact):
            values = st.booleans()
        else:
            values = st.sampled_from(edges(charter, fact.name))
        facts[fact.name] = draw(st.none() | values)
    limits = [grant.upto for grant in charter.all_grants if grant.upto is not None]
    limits += [limit + 1 for limit in limits]
    return Request(
        role=draw(st.sampled_from(charter.all_roles[:-1])),
        member="the one who asks",
        step=draw(st.sampled_from(charter.step_names)),
        kind=draw(st.sampled_from((*charter.all_kinds, "something else"))),
        amount=draw(st.sampled_from(limits)),
        currency=draw(st.sampled_from((None, None, charter.currency, "XAU"))),
        day=draw(st.none() | st.dates()),
        facts=facts,
    )


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_nothing_stands_before_an_apology_but_the_wish_for_a_person(name, data):
    charter = read(name).charter
    request = replace(data.draw(any_request(charter)), kind="apology", amount=0, currency=None)
    is_handed_over = request.role == "assistant" and request.facts.get("wants_a_person")
    assert compiled(name).level(request) is (Level.NEVER if is_handed_over else Level.DECIDE)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_for_everything_there_is_somebody_who_may_say_yes(name, data):
    charter = read(name).charter
    request = data.draw(any_request(charter))
    everybody = [
        Person(member=f"the {role}", role=role, rank=rank, owner=role == charter.all_roles[-1])
        for rank, role in enumerate(charter.all_roles)
    ]
    approvers = who_may_say_yes(compiled(name), request, everybody)
    assert approvers.everybody[-1].person.owner
    assert approvers.alone is None
    for approver in approvers.everybody:
        assert plain.may_say_yes(charter, request, approver.person)
    if compiled(name).level(request) is Level.NEVER:
        hand_to = compiled(name).verdict(request).hand_to
        assert hand_to, "a customer is never left without somebody"
        assert all(
            compiled(name).level(replace(request, role=role, member=None)) > Level.NEVER for role in hand_to
        )
