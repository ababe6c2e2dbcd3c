"""Remit's own lines of the bench: what is asked of the engine, one request at a time."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from bench.authority.charters import DAY
from bench.authority.clock import best_seconds
from remit_engine.charter.approval import consequences
from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.charter.prepared import Prepared
from remit_engine.charter.request import Person, Request
from remit_engine.charter.verdict import Verdict, judge

Ready = tuple[Callable[[Any], Any], Sequence[Any], Callable[[Any], Level] | None]
"""What answers, what it is asked, and how the level is read from the answer (None: it isn't there)."""

FLOOR: Final = "floor: a Python call with seven look-ups"
LEVEL: Final = "**Remit, level**, request prepared"
VERDICT: Final = "**Remit, verdict with rules and what is left**, request prepared"
CHECKED_LEVEL: Final = "Remit, level, request as it comes (checked)"
CHECKED_VERDICT: Final = "Remit, verdict with rules and what is left, request as it comes (checked)"
WHYS: Final = "on demand: every why"
LADDER: Final = "on demand: the ladder"
BETTER: Final = "on demand: nearest better where there is one to look for, nothing missing"
BETTER_IF_KNOWN: Final = "on demand: nearest better where there is one to look for, a fact missing"
PEOPLE: Final = "on demand: the people, out of five, where others have a part in it"
ON_DEMAND: Final = (WHYS, LADDER, BETTER, BETTER_IF_KNOWN, PEOPLE)
"""Each with the verdict that it is asked of."""
REPEATS: Final = 7


def _floor(_: Charter, requests: Sequence[Request]) -> Ready:
    """About the least that Python needs: find the rules of a pair, and look at five facts."""

    def looked_at(values: dict[str, object]) -> Level:
        values["category"]
        values["channel"]
        values["amount"]
        values["order_age"]
        values["given_today"]
        return Level.ASK

    items = [
        {**request.facts, "role": request.role, "kind": request.kind, "amount": 1} for request in requests
    ]
    pairs = {(item["role"], item["kind"]): looked_at for item in items}
    return lambda values: pairs[values["role"], values["kind"]](values), items, None


def _level(charter: Charter, requests: Sequence[Request]) -> Ready:
    in_force = _compiled(charter).on(DAY)
    return in_force.level, [in_force.prepare(request) for request in requests], lambda level: level


def _verdict(charter: Charter, requests: Sequence[Request]) -> Ready:
    in_force = _compiled(charter).on(DAY)

    def answer(prepared: Prepared) -> tuple[object, ...]:
        verdict = judge(in_force, prepared)
        return verdict.level, verdict.grant, verdict.cap, verdict.left

    return answer, [in_force.prepare(request) for request in requests], lambda answered: answered[0]


def _checked_level(charter: Charter, requests: Sequence[Request]) -> Ready:
    return _compiled(charter).level, requests, lambda level: level


def _checked_verdict(charter: Charter, requests: Sequence[Request]) -> Ready:
    compiled = _compiled(charter)

    def answer(request: Request) -> tuple[object, ...]:
        verdict = compiled.verdict(request)
        return verdict.level, verdict.grant, verdict.cap, verdict.left

    return answer, requests, lambda answered: answered[0]


def _part(
    part: Callable[[Verdict], object], *, without: str = "", below_decide: bool = False
) -> Callable[[Charter, Sequence[Request]], Ready]:
    """A line for what is worked out of a verdict when it is asked for, the verdict included.

    Args:
        part: what is worked out.
        without: a fact that is taken out of every request.
        below_decide: leave out requests on which nothing has to be worked out: they may be decided.
    """

    def line(charter: Charter, requests: Sequence[Request]) -> Ready:
        in_force = _compiled(charter).on(DAY)
        items = [in_force.prepare(_without(request, without)) for request in requests]
        if below_decide:
            items = [each for each in items if in_force.level(each) is not Level.DECIDE]
        return lambda each: part(judge(in_force, each)), items, None

    return line


def _without(request: Request, fact: str) -> Request:
    return replace(request, facts={name: value for name, value in request.facts.items() if name != fact})


def _people(charter: Charter, requests: Sequence[Request]) -> Ready:
    compiled = _compiled(charter)
    in_force = compiled.on(DAY)
    people = [
        Person(member=f"member {place}", role=role, rank=place, owner=not place)
        for place, role in enumerate(([*charter.all_roles] * 3)[:5])
    ]
    prepared = [in_force.prepare(request) for request in requests]
    items = [each for each in prepared if in_force.level(each) is not Level.DECIDE]
    return lambda each: consequences(compiled, judge(in_force, each), people), items, None


def _compiled(charter: Charter) -> CompiledCharter:
    """Compiled for every role and kind, so that none is made while the clock runs."""
    compiled = compile_charter(charter)
    for role in charter.all_roles:
        for kind in charter.all_kinds:
            compiled.level(Request(kind=kind, role=role, amount=1, day=DAY))
    return compiled


LINES: Final[dict[str, Callable[[Charter, Sequence[Request]], Ready]]] = {
    FLOOR: _floor,
    LEVEL: _level,
    VERDICT: _verdict,
    CHECKED_LEVEL: _checked_level,
    CHECKED_VERDICT: _checked_verdict,
    WHYS: _part(lambda verdict: verdict.whys),
    LADDER: _part(lambda verdict: verdict.ladder),
    BETTER: _part(lambda verdict: verdict.nearest_better, below_decide=True),
    BETTER_IF_KNOWN: _part(lambda verdict: verdict.nearest_better, without="category", below_decide=True),
    PEOPLE: _people,
}


def once(charter: Charter, requests: Sequence[Request]) -> dict[str, float]:
    """Seconds for what is done once: the best of seven, each time from the values alone."""
    pickled = pickle.dumps(compile_charter(replace(charter)))
    first = requests[0]

    def loaded() -> object:
        return pickle.loads(pickled).verdict(first)  # noqa: S301 (made above)

    return {
        "compile": best_seconds(lambda: _compiled(replace(charter)), REPEATS),
        "compile, first answer": best_seconds(
            lambda: compile_charter(replace(charter)).verdict(first), REPEATS
        ),
        "load, first answer": best_seconds(loaded, REPEATS),
        "bytes": float(len(pickled)),
    }
