"""The JSON Schema of charters, for editors: they complete names, and mark at once what can't be meant.

It says what a document looks like. What its words mean together (declared facts, ids that stand twice, empty
ranges, decimals of the currency) is told by reading it.
"""

from __future__ import annotations

from typing import Any, Final

from remit_engine.charter.document import Per
from remit_engine.charter.facts import RESERVED, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.reading.rules import RESERVED_IDS
from remit_engine.limits import (
    CHARTER_FACTS,
    CHARTER_RULES,
    CHARTER_STEPS,
    CHARTER_TEXT_CHARACTERS,
    CHARTER_WORD_CHARACTERS,
    CHARTER_WORDS,
)

Schema = dict[str, Any]
"""A schema, or a part of one: what JSON can hold."""

IDENTITY: Final = "https://remit.invalid/schema/charter-1.json"
"""The name of the schema. It is a name only: nothing is found there."""

_WHOLE: Final = "(0|[1-9][0-9]*)"
_SUM: Final = rf"{_WHOLE}(\.[0-9]+)?"
_LEVELS: Final = [level.word for level in reversed(Level)]


def charter_schema() -> Schema:
    """The schema of a charter (JSON Schema 2020-12)."""
    properties = {
        "charter": _described(_ref("word"), "What the charter is called."),
        "extend": _described(_ref("word"), "A charter whose rules hold too: a path beside this file."),
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "Of every amount: EUR."},
        "why": _described(_ref("text"), "What the charter is for."),
        **_declarations(),
        "grants": _rules("grant", "Grants raise the level."),
        "guardrails": _rules("guardrail", "Guardrails cap the level."),
        "allowances": _rules("allowance", "Allowances cap what goes beyond a sum in a period."),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDENTITY,
        "title": "Charter",
        "description": "Who may decide what alone.",
        **_closed(properties, ["charter", "why"]),
        "anyOf": [{"required": ["currency"]}, {"required": ["extend"]}],
        "$defs": {**_values(), **_conditions(), **_rule_kinds()},
    }


def _declarations() -> Schema:
    names = {"pattern": "^[a-z][a-z0-9_]*$", "maxLength": 60, "not": {"enum": sorted(RESERVED)}}
    units = {"enum": [*(unit.value for unit in Unit), "flag"]}
    bar = {"type": "string", "pattern": r"^\s*[1-9][0-9]{0,5}\s+fair\s+reviews?\s+at\s+[1-9][0-9]?\s?%\s*$"}
    return {
        "facts": {
            "type": "object",
            "description": "What may be known about a request, beside what always is.",
            "propertyNames": names,
            "additionalProperties": {"anyOf": [units, _ref("declared")]},
            "maxProperties": CHARTER_FACTS,
        },
        "kinds": _described(_ref("declared"), "Kinds of remedy, in place of the usual six."),
        "roles": _described(_ref("declared"), "Every role, the lowest rank first."),
        "steps": {
            "type": "object",
            "description": "What growth reaches, from the first up: 34 fair reviews at 10 %.",
            "propertyNames": {"not": {"enum": ["none", "other"]}},
            "additionalProperties": bar,
            "maxProperties": CHARTER_STEPS,
        },
        "always": {
            "description": "Numbers that never fall: amount <= given_today <= given_week.",
            "anyOf": [_ref("chain"), {"type": "array", "items": _ref("chain"), "minItems": 1}],
        },
    }


def _values() -> Schema:
    """Words, texts and numbers."""
    text = {"type": "string", "pattern": r"\S", "maxLength": CHARTER_TEXT_CHARACTERS}
    word = {
        "type": ["string", "number"],
        "pattern": r"^\S([^\n\r\t]*\S)?$",
        "maxLength": CHARTER_WORD_CHARACTERS,
    }
    listed = {"type": "array", "minItems": 1, "maxItems": CHARTER_WORDS, "uniqueItems": True}
    day = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    written_sum = {"type": "string", "pattern": rf"^\s*{_SUM}\s*$"}
    chain = {"type": "string", "pattern": "^[^<=]+(<=[^<=]+)+$"}
    return {
        "text": text,
        "word": word,
        "words": {"anyOf": [_ref("word"), {**listed, "items": _ref("word")}]},
        "declared": {**listed, "items": {"allOf": [_ref("word"), {"not": {"const": "other"}}]}},
        "sum": {"anyOf": [{"type": "number", "minimum": 0}, written_sum]},
        "day": day,
        "chain": chain,
        "level": {"enum": _LEVELS},
        "missing": {"enum": ["ignore", "holds"], "description": "What a fact that is missing does."},
    }


def _conditions() -> Schema:
    number = {"type": "integer", "minimum": 0}
    comparison = {"type": "string", "pattern": rf"^\s*((<=|>=|<|>|=)?\s*{_SUM}|{_SUM}\s*\.\.\s*{_SUM})\s*$"}
    flag = {"type": "boolean"}
    who = {name: _ref("words") for name in ("role", "member", "team", "step")}
    return {
        "who": _closed(who, []),
        "condition": {
            "description": 'A word or several, a number such as "<= 2", or yes and no.',
            "anyOf": [flag, number, comparison, _ref("words")],
        },
        "when": {"type": "object", "additionalProperties": _ref("condition")},
    }


def _rule_kinds() -> Schema:
    """Grants, guardrails and allowances."""
    missing = {"if_missing": _ref("missing")}
    grant = {
        "upto": _described(_ref("sum"), "Largest amount judged, in units of the currency."),
        "level": {"enum": [word for word in _LEVELS if word != "never"]},
        "say": _described(_ref("text"), "What a customer may be told."),
        "tell": _described(_ref("words"), "Roles that are told, for inform."),
        "objections": {
            "type": "string",
            "pattern": r"^\s*[1-9][0-9]{0,4}\s+working\s+(minute|hour|day)s?\s*$",
            "description": "How long objections may come, for propose: 4 working hours.",
        },
    }
    guardrail = {
        "above": _described(_ref("sum"), "Caps only amounts judged above this one."),
        "at_most": {"enum": [word for word in _LEVELS if word != "decide"]},
        "hand_to": _described(_ref("words"), "Roles that take the complaint over, for never."),
        **missing,
    }
    never_alone = {
        "if": {"required": ["hand_to"]},
        "then": {"properties": {"at_most": {"const": "never"}}},
    }
    return {
        "grant": _rule(grant, ["level"]),
        "guardrail": {**_rule(guardrail, ["at_most"]), **never_alone},
        "allowance": _rule({**_allowance_fields(), **missing}, ["per", "period", "most"]),
    }


def _allowance_fields() -> Schema:
    count = {"type": ["integer", "string"], "minimum": 0, "pattern": f"^{_WHOLE}$"}
    counted = _closed({"count": count}, ["count"])
    return {
        "per": {"enum": [per.value for per in Per]},
        "period": {
            "description": "day, week, month, ever, or rolling 30 days.",
            "anyOf": [
                {"enum": ["day", "week", "month", "ever"]},
                {"type": "string", "pattern": r"^\s*rolling\s+[0-9]{1,6}\s+days?\s*$"},
            ],
        },
        "most": {"description": "A sum, or {count: 3}.", "anyOf": [_ref("sum"), counted]},
        "beyond": {
            "enum": [word for word in _LEVELS if word not in {"never", "decide"}],
            "description": "The level that is left beyond it; ask when nothing is said.",
        },
    }


def _rule(fields: Schema, required: list[str]) -> Schema:
    identity = {
        "type": ["string", "integer"],
        "pattern": "^[a-z0-9][a-z0-9-]*$",
        "maxLength": 100,
        "not": {"enum": sorted(RESERVED_IDS)},
    }
    common = {
        "id": identity,
        "why": _described(_ref("text"), "What the rule is for, in one or two sentences."),
        "who": _described(_ref("who"), "Whom it is for; nothing for everybody."),
        "kind": _described(_ref("words"), "Kinds of remedy; nothing for all."),
        "when": _described(_ref("when"), "What has to be known about the request."),
        "from": _described(_ref("day"), "First day on which it holds: 2026-12-24."),
        "until": _described(_ref("day"), "Last day on which it holds: 2026-12-24."),
    }
    return _closed({**common, **fields}, ["id", *required, "why"])


def _rules(name: str, description: str) -> Schema:
    return {
        "type": "array",
        "items": _ref(name),
        "maxItems": CHARTER_RULES,
        "description": description,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _described(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _closed(properties: Schema, required: list[str]) -> Schema:
    """A map of these names and no others."""
    closed: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**closed, "required": required} if required else closed
