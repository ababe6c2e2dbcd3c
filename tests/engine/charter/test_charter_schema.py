"""What editors are told about charters agrees with what reading says."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from tests.engine.charter.example_charters import EXAMPLE
from tests.engine.charter.made_charters import charters

from remit_engine.charter.findings import CharterError
from remit_engine.charter.form import form
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.reading.rules import ALLOWANCE_FIELDS, GRANT_FIELDS, GUARDRAIL_FIELDS
from remit_engine.charter.reading.whole import SECTIONS
from remit_engine.charter.schema import charter_schema
from remit_engine.charter.writing import write_charter

VALIDATOR = Draft202012Validator(charter_schema())


def as_an_editor(text):
    """The values of a document as YAML 1.2 has them in an editor: days are texts there."""

    def plain(value):
        if isinstance(value, dict):
            return {str(name): plain(held) for name, held in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(YAML(typ="safe").load(text))


def test_the_schema_is_one():
    Draft202012Validator.check_schema(charter_schema())


def test_it_knows_every_name():
    schema = charter_schema()
    assert set(schema["properties"]) == set(SECTIONS)
    for name, fields in (
        ("grant", GRANT_FIELDS),
        ("guardrail", GUARDRAIL_FIELDS),
        ("allowance", ALLOWANCE_FIELDS),
    ):
        assert set(schema["$defs"][name]["properties"]) == set(fields)


def test_the_example_is_valid():
    VALIDATOR.validate(as_an_editor(EXAMPLE))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(charters())
def test_what_is_written_is_valid(charter):
    VALIDATOR.validate(as_an_editor(write_charter(charter)))
    VALIDATOR.validate(form(charter))


CHARTER = "charter: x\ncurrency: EUR\nwhy: y\n"
GRANT = "grants: [{{id: a, level: decide, why: z, {}}}]\n"
GUARDRAIL = "guardrails: [{{id: a, at_most: ask, why: z, {}}}]\n"
ALLOWANCE = "allowances: [{{id: a, per: member, period: week, most: 3, why: z, {}}}]\n"
VALID = [
    "grants: []",
    "kinds: [a]\nroles: [b]",
    "facts: {a: days, b: flag, c: [x, 'no']}",
    "steps: {first: 34 fair reviews at 10 %}",
    "facts: {paid: money}\nalways: [amount <= paid]",
    GRANT.format("upto: 49.50"),
    GRANT.format("upto: '49.50', from: 2026-01-01, until: 2026-12-31, objections: 2 working days"),
    GRANT.format("who: {}, kind: refund"),
    GRANT.format("when: {about_me: false}"),
    "facts: {age: days}\n" + GRANT.format("when: {age: 3..10}"),
    "facts: {age: days}\n" + GRANT.format('when: {age: [">= 3", "< 10"]}'),
    GUARDRAIL.format("above: 5, if_missing: holds"),
    "guardrails: [{id: a, at_most: never, why: z, hand_to: [a, b]}]",
    ALLOWANCE.format("beyond: inform, if_missing: ignore"),
    "allowances: [{id: a, per: order, period: rolling 30 days, most: {count: 3}, why: z}]",
]


@pytest.mark.parametrize("added", VALID)
def test_both_take_it(added):
    read_charter_text(CHARTER + added)
    VALIDATOR.validate(as_an_editor(CHARTER + added))


INVALID = [
    "grantz: []",
    "grants: {}",
    "facts: {a: dais}",
    "facts: {A: days}",
    "facts: {role: [a]}",
    "facts: {a: [b, other]}",
    "facts: {a: []}",
    "kinds: [a, a]",
    "steps: {none: 34 fair reviews at 10 %}",
    "steps: {first: many}",
    "always: [amount]",
    GRANT.format("upto: -5"),
    GRANT.format("upto: 1e3x"),
    GRANT.format("upto: '1,000'"),
    GRANT.format("above: 5"),
    GRANT.format("from: tomorrow"),
    GRANT.format("who: {rule: x}"),
    GRANT.format("who: lead"),
    GRANT.format("objections: soon"),
    GRANT.format("say: ' '"),
    GRANT.replace("level: decide", "level: never").format("upto: 5"),
    GRANT.replace("level: decide", "level: decde").format("upto: 5"),
    GRANT.replace("level: decide, ", "").format("upto: 5"),
    GRANT.replace("why: z, ", "").format("upto: 5"),
    GRANT.replace("why: z", "why: ''").format("upto: 5"),
    GRANT.replace("id: a", "id: A").format("upto: 5"),
    GRANT.replace("id: a", "id: about-me").format("upto: 5"),
    GUARDRAIL.format("upto: 5"),
    GUARDRAIL.format("hand_to: lead"),
    GUARDRAIL.replace("at_most: ask", "at_most: decide").format("above: 5"),
    ALLOWANCE.format("beyond: never"),
    ALLOWANCE.format("beyond: decide"),
    ALLOWANCE.replace("period: week", "period: year").format("beyond: ask"),
    ALLOWANCE.replace("per: member", "per: guest").format("beyond: ask"),
    ALLOWANCE.replace("most: 3", "most: {{cuont: 3}}").format("beyond: ask"),
]


@pytest.mark.parametrize("added", INVALID)
def test_both_refuse_it(added):
    with pytest.raises(CharterError):
        read_charter_text(CHARTER + added)
    assert not VALIDATOR.is_valid(as_an_editor(CHARTER + added))


@pytest.mark.parametrize("missing", ["charter: x\n", "currency: EUR\n", "why: y\n"])
def test_what_is_required(missing):
    assert not VALIDATOR.is_valid(as_an_editor(CHARTER.replace(missing, "")))


def test_the_currency_may_come_from_what_is_extended():
    VALIDATOR.validate(as_an_editor("charter: x\nwhy: y\nextend: organisation.yaml\n"))
