"""Draws ladders: one for each role and kind that was not named."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from remit.command.charter.bars import COLOURS, bar, period_in_words
from remit.command.charter.typed_request import Typed, typed_request
from remit.command.screen import answer_console
from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.document import Allowance, Charter
from remit_engine.charter.ladder import Ladder, Rung
from remit_engine.charter.reading import read_charter
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import capital, listed, plural, readable
from remit_engine.charter.verdict import NOTHING_RAISES, Better, Verdict
from remit_engine.errors import InputError
from remit_engine.money import written
from remit_engine.nearest import nearest


def draw(file: str, known: tuple[str, ...], *, role: str | None, kind: str | None, as_json: bool) -> None:
    """Draw the ladders that were asked for.

    Raises:
        InputError: the charter or what was typed can't be used.
    """
    charter = read_charter(file).charter
    compiled = compile_charter(charter)
    typed = typed_request(charter, known)
    roles = charter.all_roles or (None,) if role is None else (_known(role, charter.all_roles, "role"),)
    kinds = charter.all_kinds if kind is None else (_known(kind, charter.all_kinds, "kind"),)
    requests = [_request(typed, who, what) for who in roles for what in kinds]
    if as_json:
        click.echo(json.dumps([_as_data(compiled, request) for request in requests], indent=2))
        return
    console = answer_console()
    alone = len(requests) == 1
    console.print(Text(charter.name, style="bold"), Text(f"  {_when(typed, charter)}", style="dim"), sep="")
    if alone:
        _show_one(console, compiled, requests[0])
    else:
        _show_board(console, compiled, requests, several_roles=len(roles) > 1)
    if typed.assumed:
        names = listed(typed.assumed)
        example = f"used.{typed.assumed[0]}=…"
        _quiet(console, f"Taken as unused: {names}. Say {example} to see what is left.")


def _known(word: str, words: tuple[str, ...], what: str) -> str:
    if words and word not in words:
        near = nearest(word, words)
        raise InputError(
            f"unknown-{what}",
            f"The charter knows no {what} {word!r}.",
            f"Did you mean {near}?" if near else f"It knows: {', '.join(words)}.",
        )
    return word


def _request(typed: Typed, role: str | None, kind: str) -> Request:
    return Request(role=role, kind=kind, facts=typed.facts, used=typed.used, **typed.fields)  # type: ignore[arg-type]


def _when(typed: Typed, charter: Charter) -> str:
    dated = any(rule.is_dated for rule in charter.all_rules)
    return f"{charter.currency}, on {typed.fields['day']}" if dated else charter.currency


def _show_board(
    console: Console, compiled: CompiledCharter, requests: list[Request], *, several_roles: bool
) -> None:
    """One bar for each role and kind, all to one scale of their own."""
    role: str | None = None
    for request in requests:
        if several_roles and request.role != role:
            role = request.role
            console.print()
            console.print(Text(capital(plural(readable(role or "anybody")))))
        ladder = compiled.ladder(request)
        lines = bar(ladder, compiled.charter.currency, console.width - 18)
        label = Text(f"  {readable(request.kind):<14}  ", style="")
        console.print(label + lines[0])
        console.print(Text(" " * 18) + lines[1])
    console.print()


def _show_one(console: Console, compiled: CompiledCharter, request: Request) -> None:
    verdict = compiled.verdict(request)
    currency = compiled.charter.currency
    ladder = verdict.ladder
    who = readable(request.role or "anybody")
    facts = "".join(
        f", {readable(name)} {_value(compiled.charter, name, value)}" for name, value in request.facts.items()
    )
    console.print(Text(f"{capital(who)}, {readable(request.kind)}{facts}"))
    console.print()
    for line in bar(ladder, currency, console.width - 4, mark=request.judged):
        console.print(Text("  ") + line)
    console.print()
    if request.amount is None:
        for rung, below in zip(ladder.rungs, (None, *ladder.rungs), strict=False):
            _show_rung(console, rung, below, currency)
    else:
        _show_verdict(console, verdict, currency)
    _show_rest(console, verdict, currency)


def _show_rung(console: Console, rung: Rung, below: Rung | None, currency: str) -> None:
    start = "" if below is None else f"above {written(below.upto or 0, currency, sign=False)}"
    end = "" if rung.upto is None else f"up to {written(rung.upto, currency, sign=False)}"
    amounts = end or start or "any amount"
    console.print(Text("  ") + Text(f"{rung.level.word:<8}", style=COLOURS[rung.level]) + Text(f" {amounts}"))
    rules = rung.caps or rung.grants
    for rule in rules:
        _quiet(console, f"{rule.id}: {rule.why}", indent=11)
    if not rules:
        _quiet(console, NOTHING_RAISES, indent=11)


def _show_verdict(console: Console, verdict: Verdict, currency: str) -> None:
    judged = written(verdict.request.judged or 0, currency, sign=False)
    console.print(Text(f"  {judged}: ") + Text(verdict.level.word, style=COLOURS[verdict.level]))
    for rule, why in verdict.whys or (("", verdict.why),):
        _quiet(console, f"{rule}: {why}" if rule else why, indent=4)
    for better in dict.fromkeys((verdict.nearest_better, verdict.if_known)):
        if better is not None:
            console.print(Padding(Text(_better(better, currency)), (0, 0, 0, 4), expand=False))


def _show_rest(console: Console, verdict: Verdict, currency: str) -> None:
    for each in verdict.left:
        console.print(Padding(Text(_left(each.allowance, each.left, currency)), (0, 0, 0, 2), expand=False))
    if verdict.missing:
        names = listed((readable(name) for name in verdict.missing), "or")
        _quiet(console, f"Not said, and so never a help: {names}.")
    known = verdict.if_known
    if verdict.request.amount is None and known is not None:
        console.print(Padding(Text(_better(known, currency)), (0, 0, 0, 2), expand=False))


def _better(better: Better, currency: str) -> str:
    upto = "any amount" if better.upto is None else f"up to {written(better.upto, currency, sign=False)}"
    if not better.facts:
        return f"Nearest better: {better.level.word} {upto}."
    said = listed(f"the {readable(name)} (for one: {_plain(value)})" for name, value in better.facts)
    return f"Say {said}, and it may be: {better.level.word} {upto}."


def _left(allowance: Allowance, left: int | None, currency: str) -> str:
    if left is None:
        return f"{allowance.id}: it isn't known what was used, so it counts as used up."
    have, most = (
        str(each) if allowance.counts else written(each, currency, sign=False)
        for each in (left, allowance.most)
    )
    period = period_in_words(allowance.period)
    return f"{allowance.id}: {have} of {most} left for this {allowance.per.value}{period}."


def _value(charter: Charter, name: str, value: object) -> str:
    fact = charter.all_facts[name]
    money = getattr(fact, "unit", None) == "money" and isinstance(value, int)
    return written(value, charter.currency, sign=False) if money else _plain(value)  # type: ignore[arg-type]


def _plain(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _quiet(console: Console, words: str, indent: int = 2) -> None:
    console.print(Padding(Text(words, style="dim"), (0, 0, 0, indent), expand=False))


def _as_data(compiled: CompiledCharter, request: Request) -> dict[str, object]:
    verdict = compiled.verdict(request)
    data: dict[str, object] = {
        "charter": compiled.charter.name,
        "version": compiled.hash,
        "request": request.as_record(),
        "ladder": _ladder_as_data(verdict.ladder),
        "missing": list(verdict.missing),
    }
    if request.amount is not None:
        data["verdict"] = {**verdict.as_record(), "whys": dict(verdict.whys)}
    return data


def _ladder_as_data(ladder: Ladder) -> list[dict[str, object]]:
    return [
        {
            "level": rung.level.word,
            "upto": rung.upto,
            "grants": [grant.id for grant in rung.grants],
            "caps": [cap.id for cap in rung.caps],
        }
        for rung in ladder.rungs
    ]
