"""Checks a charter: mistakes, findings, and what it gives at most."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from remit.command.screen import answer_console
from remit_engine.charter.analysis import Analysis, analyse
from remit_engine.charter.diagram.regions import Days
from remit_engine.charter.document import Charter
from remit_engine.charter.findings import CharterError, Finding, Place, Severity
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
_IDLE = "Take it out, or say what it was meant for."
_GROWING = "A step should never take anything away."
_ENDED = "It is kept for the record only as long as you want."


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
    analysis = analyse(read.charter, day=datetime.now(UTC).astimezone().date())
    findings = _in_order([*read.findings, *_with_places(analysis, read.lines, file)])
    if as_json:
        click.echo(json.dumps(_as_data(read, findings, analysis), indent=2))
    else:
        _show(answer_console(), read, findings, analysis)
    if strict and findings:
        raise click.exceptions.Exit(_UNUSABLE)


def _refuse(error: CharterError, *, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps(
                {"usable": False, "findings": [_finding_as_data(each) for each in error.findings]}, indent=2
            )
        )
        return
    count = len(error.findings)
    console = answer_console()
    for finding in error.findings:
        _show_finding(console, finding, "red")
    console.print(
        Text(f"{count} {'mistake' if count == 1 else 'mistakes'}: nobody can use it as it is.", style="bold")
    )


def _with_places(analysis: Analysis, lines: Mapping[str, Place], file: str) -> list[Finding]:
    """What the analysis found about single rules, each with its line."""
    about = [(each.rule, each.why_idle.replace(" ", "-"), each.sentence, _IDLE) for each in analysis.idle]
    about += [(each.grant, "lost-by-growing", each.sentence, _GROWING) for _, each in analysis.growth]
    about += [(each.rule, "ended", each.sentence, _ENDED) for each in analysis.ended]
    return [
        Finding(code, Severity.WARNING, lines.get(rule, Place(file)), sentence, next_step, rule)
        for rule, code, sentence, next_step in dict.fromkeys(about)
    ]


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.place.line, each.place.column))


def _show(console: Console, read: ReadCharter, findings: Sequence[Finding], analysis: Analysis) -> None:
    charter = read.charter
    for finding in findings:
        _show_finding(console, finding, "yellow")
    console.print(
        Text(charter.name, style="bold"),
        Text(f"  {charter.currency}, version {charter_hash(charter)[:12]}", style="dim"),
        sep="",
    )
    console.print(Text(f"No mistake in {_counted(charter)}.", style="green"))
    if findings:
        count = len(findings)
        console.print(Text(f"{count} {'finding' if count == 1 else 'findings'} to look at.", style="yellow"))
    _show_dead_ends(console, analysis)
    _show_most(console, charter, analysis)


def _show_dead_ends(console: Console, analysis: Analysis) -> None:
    if not analysis.dead_ends:
        return
    console.print()
    console.print(Text("Where nobody may say yes, and the owner answers alone", style="bold"))
    for sentence in _dead_ends(analysis):
        console.print(Padding(Text(sentence), (0, 0, 0, 2), expand=False))


def _dead_ends(analysis: Analysis) -> list[str]:
    return [_on(days, each.sentence) for days, each in analysis.dead_ends]


def _on(days: Days, sentence: str) -> str:
    when = days_in_words(days)
    return f"{capital(when)}: {sentence}" if when else sentence


def _show_most(console: Console, charter: Charter, analysis: Analysis) -> None:
    for role, lines in most_in_words(charter, analysis).items():
        console.print()
        console.print(Text(f"{capital(readable(role))}, at most", style="bold"))
        for words in lines:
            console.print(Padding(Text(words), (0, 0, 0, 2), expand=False))


def most_in_words(charter: Charter, analysis: Analysis) -> dict[str, list[str]]:
    """The most that each role may do; kinds with one ladder stand together.

    Returns:
        by role lines like `refund and credit: decide up to 50, ask above`.
    """
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for days, each in analysis.most:
        steps = [(reached.level, reached.upto) for reached in each.reached]
        if not steps or steps[-1][1] is not None:
            steps.append((Level.ASK, None))
        ladder = days_in_words(days), ladder_in_words(steps, charter.currency)
        found.setdefault(each.role, {}).setdefault(ladder, []).append(readable(each.kind))
    return {role: [_most(kinds, *ladder) for ladder, kinds in each.items()] for role, each in found.items()}


def _most(kinds: Sequence[str], days: str, ladder: str) -> str:
    return f"{listed(kinds)}{f', {days}' if days else ''}: {ladder}"


def _show_finding(console: Console, finding: Finding, style: str) -> None:
    console.print(
        Text(str(finding.place), style=style), Text(f"  {finding.code}", style="dim"), sep="", soft_wrap=True
    )
    console.print(Padding(Text(finding.wrong), (0, 0, 0, 2), expand=False))
    console.print(Padding(Text(finding.next_step, style="dim"), (0, 0, 1, 2), expand=False))


def _counted(charter: Charter) -> str:
    counts = [
        (len(charter.all_grants), "grant"),
        (len(charter.all_guardrails), "guardrail"),
        (len(charter.all_allowances), "allowance"),
    ]
    return listed(f"{count} {name if count == 1 else f'{name}s'}" for count, name in counts)


def _as_data(read: ReadCharter, findings: Sequence[Finding], analysis: Analysis) -> dict[str, object]:
    return {
        "usable": True,
        "charter": read.charter.name,
        "version": charter_hash(read.charter),
        "findings": [_finding_as_data(each) for each in findings],
        "dead_ends": _dead_ends(analysis),
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
