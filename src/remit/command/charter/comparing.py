"""Compares two charters and says who gains or loses what."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.text import Text

from remit.command.charter.said import counted
from remit.command.charter.sheet import Sheet
from remit.command.files import Outputs
from remit_engine.charter.difference import ChangedRegion, Difference, difference
from remit_engine.charter.difference.in_short import in_short
from remit_engine.charter.naming import charter_hash
from remit_engine.charter.reading import ReadCharter, read_charter

_FIRST = 12
"""Cases that are shown without being asked for all of them."""
_FIRST_UNKNOWN = 3


def compare(old: str, new: str, *, html: str | None, every: bool, as_json: bool, force: bool) -> None:
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
        _show(Sheet.of_answer(), changes, before.charter.currency, every=every)
    for path in outputs.paths:
        click.echo(f"Written: {path}", err=as_json)


def _show(sheet: Sheet, changes: Difference, currency: str, *, every: bool) -> None:
    if len(changes.regions) > _FIRST:
        sheet.say("In short", "bold")
        for line in in_short(changes.regions, currency):
            _say_change(sheet, line.sentence, gains=line.gains)
        sheet.space()
        sheet.say("Case by case", "bold")
    shown = changes.regions if every else changes.regions[:_FIRST]
    for region in shown:
        _say_change(sheet, region.sentence, gains=region.gains)
    _say_more(sheet, len(changes.regions) - len(shown))
    if not (changes.gains and changes.losses):
        sheet.say(changes.sentences[-1], "bold")
    _show_day_unknown(sheet, changes, every=every)
    if changes.document:
        sheet.space()
        sheet.say("What the document says differently", "bold")
        for each in changes.document:
            sheet.say(each.sentence, indent=2, hanging=2)
    sheet.space()
    sheet.say("Compared exactly, over every possible request.", "dim")


def _say_change(sheet: Sheet, sentence: str, *, gains: bool) -> None:
    sign, style = ("▲", "green") if gains else ("▼", "magenta")
    sheet.say(Text.assemble((f"{sign} ", style), sentence), hanging=2)


def _say_more(sheet: Sheet, more: int) -> None:
    if more:
        sheet.say(f"And {counted(more, 'more case')}; --all names every one.", "dim", indent=2)


def _show_day_unknown(sheet: Sheet, changes: Difference, *, every: bool) -> None:
    if not changes.day_unknown:
        return
    sheet.space()
    sheet.say("When the day isn't known", "bold")
    shown = changes.day_unknown if every else changes.day_unknown[:_FIRST_UNKNOWN]
    for region in shown:
        _say_change(sheet, _without_day(region), gains=region.gains)
    _say_more(sheet, len(changes.day_unknown) - len(shown))


def _without_day(region: ChangedRegion) -> str:
    """The sentence of a region whose heading says already that the day isn't known."""
    subject = f"{region.who}, {region.what}" if region.what else region.who
    return f"{subject}: {region.how}."


def _as_data(before: ReadCharter, after: ReadCharter, changes: Difference) -> dict[str, object]:
    return {
        "currency": before.charter.currency,
        "old": {"charter": before.charter.name, "version": charter_hash(before.charter)},
        "new": {"charter": after.charter.name, "version": charter_hash(after.charter)},
        "gains": [_region_as_data(region) for region in changes.gains],
        "losses": [_region_as_data(region) for region in changes.losses],
        "day_unknown": [{"gains": region.gains, **_region_as_data(region)} for region in changes.day_unknown],
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
