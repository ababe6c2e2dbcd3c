"""Compares two charters and says who gains or loses what."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from remit.command.files import Outputs
from remit.command.screen import answer_console
from remit_engine.charter.difference import ChangedRegion, Difference, difference
from remit_engine.charter.naming import charter_hash
from remit_engine.charter.reading import ReadCharter, read_charter


def compare(old: str, new: str, *, html: str | None, as_json: bool, force: bool) -> None:
    """Compare two files; the page is written last.

    Raises:
        InputError: a charter can't be used, or the page can't be written; then nothing was written.
    """
    with Outputs(force=force, inputs=(Path(old), Path(new))) as outputs:
        page = outputs.plan(Path(html)) if html is not None else None
        before, after = read_charter(old), read_charter(new)
        changes = difference(before.charter, after.charter)
        if page is not None:
            from remit_engine.report.comparison import comparison_page  # noqa: PLC0415 (only a page needs it)

            page.write(comparison_page(before.charter, after.charter, changes).encode())
        outputs.publish()
    if as_json:
        click.echo(json.dumps(_as_data(before, after, changes), indent=2))
    else:
        _show(answer_console(), changes)
    for path in outputs.paths:
        click.echo(f"Written: {path}", err=as_json)


def _show(console: Console, changes: Difference) -> None:
    for region in changes.regions:
        console.print(_sentence(region))
    if not changes.regions or not (changes.gains and changes.losses):
        console.print(Text(changes.sentences[-1], style="bold"))
    for region in changes.day_unknown:
        console.print(Text(region.sentence, style="dim"))
    if changes.document:
        console.print()
        console.print(Text("What the document says differently", style="bold"))
        for each in changes.document:
            console.print(Padding(Text(each.sentence), (0, 0, 0, 2), expand=False))
    console.print()
    console.print(Text("Compared exactly, over every possible request.", style="dim"))


def _sentence(region: ChangedRegion) -> Text:
    sign, style = ("▲", "green") if region.gains else ("▼", "magenta")
    return Text(f"{sign} ", style=style) + Text(region.sentence)


def _as_data(before: ReadCharter, after: ReadCharter, changes: Difference) -> dict[str, object]:
    return {
        "old": {"charter": before.charter.name, "version": charter_hash(before.charter)},
        "new": {"charter": after.charter.name, "version": charter_hash(after.charter)},
        "gains": [_region_as_data(region) for region in changes.gains],
        "losses": [_region_as_data(region) for region in changes.losses],
        "document": [
            {"code": each.code, "rule": each.rule, "sentence": each.sentence} for each in changes.document
        ],
    }


def _region_as_data(region: ChangedRegion) -> dict[str, object]:
    return {
        "sentence": region.sentence,
        "since": str(region.days.since) if region.days and region.days.since else None,
        "until": str(region.days.until) if region.days and region.days.until else None,
        "amounts": [
            {"above": shift.above, "upto": shift.upto, "old": shift.old.word, "new": shift.new.word}
            for shift in region.change.shifts
        ],
    }
