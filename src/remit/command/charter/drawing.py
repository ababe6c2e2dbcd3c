"""Draws ladders: one for each role and kind that was not named."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from remit.command.charter.board import show_board
from remit.command.charter.one_ladder import applying, show_one
from remit.command.charter.sheet import Sheet
from remit.command.charter.typed_request import Typed, known_word, typed_request
from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.reading import read_charter
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import listed


def draw(file: str, known: tuple[str, ...], *, role: str | None, kind: str | None, as_json: bool) -> None:
    """Draw the ladders that were asked for.

    Raises:
        InputError: the charter or what was typed can't be used.
    """
    charter = read_charter(file).charter
    typed = typed_request(charter, known)
    roles = charter.all_roles or (None,) if role is None else (known_word(role, charter.all_roles, "role"),)
    kinds = charter.all_kinds if kind is None else (known_word(kind, charter.all_kinds, "kind"),)
    requests = [_request(typed, who, what) for who in roles for what in kinds]
    compiled = compile_charter(charter)
    if as_json:
        click.echo(json.dumps([_as_data(compiled, request) for request in requests], indent=2))
        return
    sheet = Sheet.of_answer()
    if len(requests) == 1:
        show_one(sheet, compiled, requests[0])
    else:
        show_board(sheet, compiled, requests)
    _say_assumed(sheet, compiled, requests, typed)


def _request(typed: Typed, role: str | None, kind: str) -> Request:
    return Request(role=role, kind=kind, facts=typed.facts, used=typed.used, **typed.fields)  # type: ignore[arg-type]


def _say_assumed(sheet: Sheet, compiled: CompiledCharter, requests: Sequence[Request], typed: Typed) -> None:
    """Which allowances were taken as unused without being said, of those that would be used."""
    used = applying(compiled, requests)
    assumed = [name for name in typed.assumed if name in used]
    if assumed:
        example = f"used.{assumed[0]}=…"
        sheet.say(f"Taken as unused: {listed(assumed)}. Say {example} where it is known.", "dim", indent=2)


def _as_data(compiled: CompiledCharter, request: Request) -> dict[str, object]:
    verdict = compiled.verdict(request)
    data: dict[str, object] = {
        "charter": compiled.charter.name,
        "version": compiled.hash,
        "currency": compiled.charter.currency,
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
