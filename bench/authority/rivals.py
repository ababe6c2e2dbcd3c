"""Other engines with the same charter, each in its own form and asked as its own users would ask it.

A rival is built from rows: caps of `never`, caps of `ask`, then grants from the highest level down, so that
the level of the first row that holds is the formula's (the bench's caps are never above `ask`). Engines that
report every row that holds are read for the first of them. Building and preparing aren't counted in the time
of an answer; what the engine does in a call with a Python value is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bench.authority.rows import NUMBERS, WORDS, Flat, Row
from remit_engine.charter.levels import Level

Answer = Callable[[Any], Level]
"""Takes what the `prepare` of the same rival makes."""


@dataclass(frozen=True, slots=True)
class Rival:
    """One engine.

    Attributes:
        name: as the table calls it.
        package: on the index of packages; its version is noted.
        build: makes of rows what answers one prepared request.
        prepare: makes of a flat request what the engine takes.
    """

    name: str
    package: str
    build: Callable[[Sequence[Row]], Answer]
    prepare: Callable[[Flat], Any]


# -------------------------------------------------------------------------------------------- Cedar


def _cedar(rows: Sequence[Row]) -> Answer:
    """Every row permits, with role and kind in the scope where one alone is named; the first reason is it."""
    import cedarpy  # noqa: PLC0415 (a rival that isn't installed is left out)

    policies = cedarpy.PolicySet.from_str("\n".join(_cedar_policy(row) for row in rows))
    entities = cedarpy.Entities.from_json_str("[]")
    levels = [row.level for row in rows]

    def answer(request: dict[str, object]) -> Level:
        reasons = cedarpy.is_authorized(request, policies, entities).diagnostics.reasons
        return levels[min(int(reason[len("policy") :]) for reason in reasons)] if reasons else Level.ASK

    return answer


def _cedar_policy(row: Row) -> str:
    roles = [f'Role::"{word}"' for word in row.words.get("role", ())]
    kinds = [f'Action::"{word}"' for word in row.words.get("kind", ())]
    tests = []
    principal = f"principal == {roles[0]}" if len(roles) == 1 else "principal"
    if len(roles) > 1:
        tests.append(f"[{', '.join(roles)}].contains(principal)")
    for name, words in row.words.items():
        if name not in {"role", "kind"}:
            tests.append(f"{_listed(words)}.contains(context.{name})")
    for name, (low, high) in row.numbers.items():
        tests += [f"context.{name} >= {low}"] if low else []
        tests += [f"context.{name} <= {high}"] if high is not None else []
    action = f"action in [{', '.join(kinds)}]" if kinds else "action"
    return f"permit({principal}, {action}, resource) when {{ {' && '.join(tests) or 'true'} }};"


def _cedar_request(flat: Flat) -> dict[str, object]:
    return {
        "principal": {"type": "Role", "id": flat["role"]},
        "action": {"type": "Action", "id": flat["kind"]},
        "resource": {"type": "Complaint", "id": "this"},
        "context": {name: value for name, value in flat.items() if name not in {"role", "kind"}},
    }


# -------------------------------------------------------------------------------------- GoRules ZEN


def _zen(rows: Sequence[Row]) -> Answer:
    """One decision table; the first row that holds answers."""
    import zen  # noqa: PLC0415

    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(_zen_document(rows)))
    levels = list(Level)

    def answer(flat: Flat) -> Level:
        result = decision.evaluate(flat)["result"]
        return levels[result["level"]] if result else Level.ASK

    return answer


def _zen_document(rows: Sequence[Row]) -> str:
    inputs = [{"id": name, "name": name, "field": name} for name in (*WORDS, *NUMBERS)]
    table = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "level", "name": "level", "field": "level"}],
        "rules": [{"_id": f"row-{place}", **_zen_row(row)} for place, row in enumerate(rows)],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "request"},
        {"id": "table", "type": "decisionTableNode", "name": "charter", "content": table},
        {"id": "out", "type": "outputNode", "name": "level"},
    ]
    edges = [
        {"id": "first", "sourceId": "in", "targetId": "table"},
        {"id": "second", "sourceId": "table", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def _zen_row(row: Row) -> dict[str, str]:
    cells = {name: ", ".join(f"'{word}'" for word in row.words.get(name, ())) for name in WORDS}
    for name in NUMBERS:
        low, high = row.numbers.get(name, (0, None))
        if high is None:
            cells[name] = f">= {low}" if low else ""
        else:
            cells[name] = f"[{low}..{high}]" if low else f"<= {high}"
    return {**cells, "level": str(row.level.value)}


# ---------------------------------------------------------------------------------------------- CEL


def _cel(rows: Sequence[Row]) -> Answer:
    """One compiled expression a row, asked in their order until one is true."""
    import cel  # noqa: PLC0415

    programs = [(row.level, cel.compile(_cel_text(row))) for row in rows]

    def answer(flat: Flat) -> Level:
        context = cel.Context(variables=flat)
        for level, program in programs:
            if program.execute(context):
                return level
        return Level.ASK

    return answer


def _cel_by_role_and_kind(rows: Sequence[Row]) -> Answer:
    """The same, told which rows there are for a role and a kind: an index that CEL itself doesn't have."""
    import cel  # noqa: PLC0415

    programs = [(row, cel.compile(_cel_text(row))) for row in rows]

    @cache
    def of_pair(role: str, kind: str) -> list[tuple[Level, Any]]:
        pair = {"role": role, "kind": kind}
        return [
            (row.level, program)
            for row, program in programs
            if all(word in row.words.get(name, (word,)) for name, word in pair.items())
        ]

    def answer(flat: Flat) -> Level:
        context = cel.Context(variables=flat)
        for level, program in of_pair(flat["role"], flat["kind"]):
            if program.execute(context):
                return level
        return Level.ASK

    return answer


def _cel_text(row: Row) -> str:
    tests = []
    for name, words in row.words.items():
        tests.append(f'{name} == "{words[0]}"' if len(words) == 1 else f"{name} in {_listed(words)}")
    for name, (low, high) in row.numbers.items():
        tests += [f"{name} >= {low}"] if low else []
        tests += [f"{name} <= {high}"] if high is not None else []
    return " && ".join(tests) or "true"


# ------------------------------------------------------------------------------------ durable-rules


def _durable(rows: Sequence[Row]) -> Answer:
    """A Rete network with the place of the row as priority; a request is an event that one rule consumes."""
    from durable.engine import Host, MessageNotHandledException  # noqa: PLC0415

    found: list[Level] = []
    rules = {}
    for place, row in enumerate(rows):
        tests = _durable_tests(row)
        whole = {"$and": tests} if len(tests) > 1 else tests[0]
        rules[f"row-{place}"] = {"all": [{"m": whole}], "pri": place, "run": _noting(found, row.level)}
    host = Host()
    host.set_rulesets({"charter": rules})
    asked = 0

    def answer(flat: Flat) -> Level:
        nonlocal asked
        asked += 1
        found.clear()
        try:
            host.post("charter", {**flat, "id": asked, "sid": "0"})
        except MessageNotHandledException:
            return Level.ASK
        return found[0]

    return answer


def _durable_tests(row: Row) -> list[dict[str, Any]]:
    tests: list[dict[str, Any]] = []
    for name, words in row.words.items():
        each = [{name: word} for word in words]
        tests.append(each[0] if len(each) == 1 else {"$or": each})
    for name, (low, high) in row.numbers.items():
        tests += [{"$gte": {name: low}}] if low else []
        tests += [{"$lte": {name: high}}] if high is not None else []
    return tests


def _noting(found: list[Level], level: Level) -> Callable[[Any], None]:
    return lambda _: found.append(level)


# ------------------------------------------------------------------------------------------- Casbin

_CASBIN_MODEL: Final = f"""
[request_definition]
r = {", ".join((*WORDS, *NUMBERS))}
[policy_definition]
p = {", ".join((*WORDS, *NUMBERS))}, level, eft
[policy_effect]
e = priority(p.eft) || deny
[matchers]
m = {" && ".join([f"one_of(r.{n}, p.{n})" for n in WORDS] + [f"within(r.{n}, p.{n})" for n in NUMBERS])}
"""


def _ends(cell: str) -> tuple[int, int | None]:
    """The smallest and the largest number of a cell; None without an end."""
    low, high = cell.split("-")
    return int(low), int(high) if high else None


def _casbin(rows: Sequence[Row]) -> Answer:
    """Policies in their order, the first that holds answers; two functions read a cell of a policy."""
    import casbin  # noqa: PLC0415

    model = casbin.Model()
    model.load_model_from_text(_CASBIN_MODEL)
    enforcer = casbin.Enforcer(model)
    enforcer.add_policies([_casbin_policy(row) for row in rows])
    words = cache(lambda cell: frozenset(cell.split("|")))
    ends = cache(_ends)

    def within(number: int, cell: str) -> bool:
        low, high = ends(cell)
        return low <= number and (high is None or number <= high)

    enforcer.add_function("one_of", lambda word, cell: cell == "*" or word in words(cell))
    enforcer.add_function("within", lambda number, cell: cell == "*" or within(number, cell))
    place, levels = len(WORDS) + len(NUMBERS), {level.word: level for level in Level}

    def answer(values: tuple[str | int, ...]) -> Level:
        holds, policy = enforcer.enforce_ex(*values)
        return levels[policy[place]] if holds else Level.ASK

    return answer


def _casbin_policy(row: Row) -> list[str]:
    words = ["|".join(row.words[name]) if name in row.words else "*" for name in WORDS]
    numbers = []
    for name in NUMBERS:
        low, high = row.numbers.get(name, (0, None))
        numbers.append(f"{low}-{'' if high is None else high}" if name in row.numbers else "*")
    return [*words, *numbers, row.level.word, "allow"]


def _in_order(flat: Flat) -> tuple[str | int, ...]:
    return tuple(flat[name] for name in (*WORDS, *NUMBERS))


def _as_it_is(flat: Flat) -> Flat:
    return flat


def _listed(words: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


RIVALS: Final = (
    Rival("GoRules ZEN, decision table", "zen-engine", _zen, _as_it_is),
    Rival("durable-rules (Rete, in C)", "durable-rules", _durable, _as_it_is),
    Rival("CEL (in Rust), a program a rule", "common-expression-language", _cel, _as_it_is),
    Rival("Cedar, parsed once", "cedarpy", _cedar, _cedar_request),
    Rival("Casbin, by priority", "casbin", _casbin, _in_order),
)
"""As they come."""
INDEXED: Final = Rival(
    "CEL, given an index by role and kind", "common-expression-language", _cel_by_role_and_kind, _as_it_is
)
"""A rival helped by an index that Remit makes by itself; named apart."""
