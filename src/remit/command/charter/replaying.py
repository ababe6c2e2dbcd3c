"""Replays charters over a log and says what would have been answered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click
from rich.text import Text

from remit.command.charter.bars import COLOURS
from remit.command.charter.said import counted, printable
from remit.command.charter.sheet import Sheet
from remit.command.files import readable_file
from remit.command.logs import mapping_of
from remit.command.screen import Waiting
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.charter.naming import charter_hash
from remit_engine.charter.reading import read_charter
from remit_engine.errors import InputError
from remit_engine.history import read_history
from remit_engine.history.account import Account, Reading
from remit_engine.history.replay import Replay, Tally, compare, replay
from remit_engine.history.requests.of_history import from_history
from remit_engine.history.table import Answer
from remit_engine.modes import Mode
from remit_engine.money import written

_ANSWERS = {
    Answer.APPROVED: "approved",
    Answer.DECLINED: "declined",
    Answer.GRANTED_LESS: "granted less",
    Answer.EXPIRED: "expired",
    Answer.WITHDRAWN: "withdrawn",
}
_FROM_WIDE = 60
_NAMES, _CELL = 18, 9
"""Widths of the columns of the table: answers, and counts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed after `remit charter replay FILE`.

    Attributes:
        log: file of the log.
        mapping: `use=column` pairs and at most one mapping file.
        zone: IANA name, or None.
        mode: words of `Mode`.
        against: file of another charter, or None.
    """

    log: str
    mapping: tuple[str, ...]
    zone: str | None
    mode: str
    against: str | None


def replay_log(file: str, asked: Asked, *, as_json: bool) -> None:
    """Replay a charter, and another one to compare with if asked.

    Raises:
        InputError: a charter, the log or an option can't be used.
    """
    charter = read_charter(file).charter
    other = _other(asked.against, charter) if asked.against is not None else None
    source = readable_file(asked.log)
    mode = Mode(asked.mode)
    with Waiting() as waiting:
        waiting.doing(f"Reading {source.name}")
        reading = _read(source, asked, charter, waiting)
        waiting.doing(f"Replaying {charter.name}")
        columns = from_history(charter, reading.history)
        found = replay(charter, columns, mode, progress=waiting.progress)
        before = None
        if other is not None:
            waiting.doing(f"Replaying {other.name}")
            before = replay(other, from_history(other, reading.history), mode, progress=waiting.progress)
    if as_json:
        click.echo(json.dumps(_as_data(charter, reading.account, found, before), indent=2))
    else:
        _show(Sheet.of_answer(), charter, reading.account, found, before)


def _other(file: str, charter: Charter) -> Charter:
    other = read_charter(file).charter
    if other.currency != charter.currency:
        raise InputError(
            "two-currencies",
            f"The charters count in {charter.currency} and {other.currency}.",
            "Compare charters of one currency.",
        )
    return other


def _read(source: Path, asked: Asked, charter: Charter, waiting: Waiting) -> Reading:
    mapping = mapping_of(asked.mapping, currency=charter.currency, zone=asked.zone)
    try:
        return read_history(source, mapping=mapping, progress=waiting.progress)
    except InputError as error:
        if error.code != "no-such-currency":
            raise
        raise InputError(
            "two-currencies",
            f"The charter {charter.name!r} counts in {charter.currency}. {error.wrong}",
            "Replay a charter in the currency of the log.",
        ) from None


def _show(sheet: Sheet, charter: Charter, account: Account, found: Replay, before: Replay | None) -> None:
    log = f"  {counted(len(found), 'request')} of {printable(account.source)}, {found.mode.value}"
    sheet.say(Text.assemble((charter.name, "bold"), (log, "dim")))
    sheet.space()
    _show_answers(sheet, found)
    sheet.space()
    for sentence in sentences(found, charter.currency):
        sheet.say(sentence)
    if before is not None:
        sheet.space()
        _show_moves(sheet, before, found, charter.currency)
    sheet.space()
    for told in found.told:
        sheet.say(told, "dim")
    for part in account.left_out:
        sheet.say(f"{counted(part.rows, 'row')} left out: {part.reason}.", "dim")


def sentences(found: Replay, currency: str) -> list[str]:
    """What the replay comes to."""
    fewer, through, never = found.no_yes_needed, found.gone_through, found.approved_that_would_be_never
    amount = written(fewer.amount, currency)
    said = [f"{counted(fewer.rows, 'approval')} fewer: they would have needed no yes ({amount} in all)."]
    if through.rows:
        said.append(
            f"{counted(through.rows, 'request')} that the log didn't plainly approve would have gone through "
            f"({written(through.amount, currency)} in all)."
        )
    else:
        said.append("Nothing that the log didn't plainly approve would have gone through.")
    if never.rows:
        said.append(f"{counted(never.rows, 'request')} that the log approved nobody could have given.")
    return said


def _show_answers(sheet: Sheet, found: Replay) -> None:
    """How many requests of each answer have which level: a table, or in a narrow terminal a list."""
    levels = list(reversed(Level))
    rows = [(_ANSWERS[answer], [found.by_answer[answer, level] for level in levels]) for answer in Answer]
    rows = [row for row in rows if any(tally.rows for tally in row[1])]
    rows.append(("all", [found.by_level[level] for level in levels]))
    if sheet.width < _FROM_WIDE:
        for name, tallies in rows:
            cells = zip(levels, tallies, strict=True)
            said = [f"{level.word} {tally.rows:,}" for level, tally in cells if tally.rows]
            sheet.say(f"{name}: {', '.join(said) or 'none'}", hanging=2)
        return
    heads = [Text(f"{level.word:>{_CELL}}", style=COLOURS[level]) for level in levels]
    sheet.line(Text(f"{'answer of the log':<{_NAMES}}").append_text(Text().join(heads)))
    sheet.line(Text("─" * (_NAMES + _CELL * len(levels)), style="dim"))
    for name, tallies in rows:
        line = "".join(f"{f'{tally.rows:,}' if tally.rows else '–':>{_CELL}}" for tally in tallies)
        sheet.line(Text(f"{name:<{_NAMES}}{line}"))


def _show_moves(sheet: Sheet, before: Replay, after: Replay, currency: str) -> None:
    moves = {
        pair: tally for pair, tally in compare(before, after).items() if pair[0] != pair[1] and tally.rows
    }
    if not moves:
        sheet.say("No request of the log changes its level.")
    for (old, new), tally in sorted(moves.items(), key=lambda move: -move[1].rows):
        sign, style = ("▲", "green") if new > old else ("▼", "magenta")
        amount = written(tally.amount, currency)
        words = f"{counted(tally.rows, 'request')} from {old.word} to {new.word} ({amount})."
        sheet.say(Text.assemble((f"{sign} ", style), words), hanging=2)


def _as_data(charter: Charter, account: Account, found: Replay, before: Replay | None) -> dict[str, object]:
    data: dict[str, object] = {
        "charter": charter.name,
        "version": charter_hash(charter),
        "currency": charter.currency,
        "mode": found.mode.value,
        "requests": len(found),
        "by_level": {level.word: _tally(found.by_level[level]) for level in Level},
        "by_answer": {
            answer.name.lower(): {level.word: _tally(found.by_answer[answer, level]) for level in Level}
            for answer in Answer
        },
        "no_yes_needed": _tally(found.no_yes_needed),
        "gone_through": _tally(found.gone_through),
        "approved_that_would_be_never": _tally(found.approved_that_would_be_never),
        "told": list(found.told),
        "left_out": [{"reason": part.reason, "rows": part.rows} for part in account.left_out],
    }
    if before is not None:
        data["moves"] = [
            {"old": old.word, "new": new.word, **_tally(tally)}
            for (old, new), tally in compare(before, found).items()
            if tally.rows
        ]
    return data


def _tally(tally: Tally) -> dict[str, int]:
    return {"requests": tally.rows, "amount": tally.amount}
