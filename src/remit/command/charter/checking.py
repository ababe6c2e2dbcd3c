"""Checks a charter: mistakes, findings, and what it gives at most."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import click
from rich.text import Text

from remit.command.charter.said import counted, today
from remit.command.charter.sheet import Sheet
from remit_engine.charter.analysis import Analysis, analyse
from remit_engine.charter.analysis.told import DeadEndsInWords, findings_of, from_day
from remit_engine.charter.diagram.regions import Days
from remit_engine.charter.document import Charter
from remit_engine.charter.findings import CharterError, Finding
from remit_engine.charter.levels import Level
from remit_engine.charter.naming import charter_hash
from remit_engine.charter.reading import ReadCharter, read_charter
from remit_engine.charter.sentences import (
    capital,
    days_in_words,
    ladder_in_words,
    listed,
    readable,
)

_UNUSABLE = 2
_HASH_SHOWN = 12
_DEAD_ENDS_SHOWN = 20


def check(file: str, *, strict: bool, as_json: bool) -> None:
    """Check the charter in a file and say what was found.

    Raises:
        Exit: with 2, when there is a mistake, or with `strict` a finding.
    """
    try:
        read = read_charter(file)
    except CharterError as error:
        _refuse(error, as_json=as_json)
        raise click.exceptions.Exit(_UNUSABLE) from None
    day = today()
    analysis = from_day(analyse(read.charter, day=day), day)
    findings = _in_order([*read.findings, *findings_of(analysis, read.lines, file)])
    if as_json:
        click.echo(json.dumps(_as_data(read, findings, analysis), indent=2))
    else:
        _show(Sheet.of_answer(), read, findings, analysis)
    if strict and findings:
        raise click.exceptions.Exit(_UNUSABLE)


def _refuse(error: CharterError, *, as_json: bool) -> None:
    if as_json:
        found = [_finding_as_data(each) for each in error.findings]
        click.echo(json.dumps({"usable": False, "findings": found}, indent=2))
        return
    sheet = Sheet.of_answer()
    for finding in error.findings:
        _show_finding(sheet, finding, "red")
    sheet.say(f"{counted(len(error.findings), 'mistake')}: nobody can use it as it is.", "bold")


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.place.line, each.place.column))


def _show(sheet: Sheet, read: ReadCharter, findings: Sequence[Finding], analysis: Analysis) -> None:
    charter = read.charter
    for finding in findings:
        _show_finding(sheet, finding, "yellow")
    version = f"  {charter.currency}, version {charter_hash(charter)[:_HASH_SHOWN]}"
    sheet.say(Text.assemble((charter.name, "bold"), (version, "dim")))
    sheet.say(f"No mistake in {_rules_counted(charter)}.", "green")
    if findings:
        sheet.say(f"{counted(len(findings), 'finding')} to look at.", "yellow")
    _show_dead_ends(sheet, analysis)
    for role, lines in most_in_words(charter, analysis).items():
        sheet.space()
        sheet.say(f"{capital(readable(role))}, at most", "bold")
        for words in lines:
            sheet.say(words, indent=2, hanging=2)


def _show_dead_ends(sheet: Sheet, analysis: Analysis) -> None:
    sentences = DeadEndsInWords(analysis)
    if not sentences:
        return
    sheet.space()
    sheet.say("Dead ends", "bold")
    for sentence in sentences[:_DEAD_ENDS_SHOWN]:
        sheet.say(sentence, indent=2, hanging=2)
    more = len(sentences) - _DEAD_ENDS_SHOWN
    if more > 0:
        sheet.say(f"And {more:,} more; --json names them all.", "dim", indent=2)
    facts = analysis.dead_ends_complete_to
    if facts is not None:
        sheet.say(f"Those that look at more than {counted(facts, 'fact')} may be missing.", "dim", indent=2)


def most_in_words(charter: Charter, analysis: Analysis) -> dict[str, list[str]]:
    """The most that each role may do; kinds with one ladder stand together.

    Returns:
        by role lines like `refund and credit: decide up to 50, ask above`.
    """
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    kinds = {kind: place for place, kind in enumerate(charter.all_kinds)}
    by_kind = sorted(analysis.most, key=lambda each: (kinds.get(each[1].kind, len(kinds)), _begin(each[0])))
    found |= {role: {} for role in charter.all_roles}
    for days, each in by_kind:
        steps = [(reached.level, reached.upto) for reached in each.reached]
        if not steps or steps[-1][1] is not None:
            steps.append((Level.ASK, None))
        ladder = days_in_words(days), ladder_in_words(steps, charter.currency)
        found.setdefault(each.role, {}).setdefault(ladder, []).append(readable(each.kind))
    return {
        role: [_most(kinds, *ladder) for ladder, kinds in each.items()]
        for role, each in found.items()
        if each
    }


def _begin(days: Days) -> date:
    return days.since or date.min


def _most(kinds: Sequence[str], days: str, ladder: str) -> str:
    return f"{listed(kinds)}{f', {days}' if days else ''}: {ladder}"


def _show_finding(sheet: Sheet, finding: Finding, style: str) -> None:
    # The place stays on one line, so that editors can follow it.
    sheet.line(Text.assemble((str(finding.place), style), (f"  {finding.code}", "dim")))
    sheet.say(finding.wrong, indent=2)
    sheet.say(finding.next_step, "dim", indent=2)
    sheet.space()


def _rules_counted(charter: Charter) -> str:
    rules = {
        "grant": charter.all_grants,
        "guardrail": charter.all_guardrails,
        "allowance": charter.all_allowances,
    }
    return listed([counted(len(each), name) for name, each in rules.items() if each] or ["it, and no rule"])


def _as_data(read: ReadCharter, findings: Sequence[Finding], analysis: Analysis) -> dict[str, object]:
    return {
        "usable": True,
        "charter": read.charter.name,
        "version": charter_hash(read.charter),
        "currency": read.charter.currency,
        "findings": [_finding_as_data(each) for each in findings],
        "dead_ends": list(DeadEndsInWords(analysis)),
        "dead_ends_complete_to": analysis.dead_ends_complete_to,
        "most": most_in_words(read.charter, analysis),
    }


def _finding_as_data(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "rule": finding.rule,
        "wrong": finding.wrong,
        "next_step": finding.next_step,
    }
