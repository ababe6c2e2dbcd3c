"""Replays charters over a log and says what would have been answered."""

from __future__ import annotations

import json
from dataclasses import dataclass

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from remit.command.charter.bars import COLOURS
from remit.command.files import readable_file
from remit.command.logs import mapping_of
from remit.command.screen import Waiting, answer_console
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.charter.naming import charter_hash
from remit_engine.charter.reading import read_charter
from remit_engine.history import read_history
from remit_engine.history.replay import Mode, Replay, Tally, compare, replay
from remit_engine.history.requests.of_history import from_history
from remit_engine.history.table import Answer
from remit_engine.money import written
from remit_engine.report.words.figures import count, things

_ANSWERS = {
    Answer.APPROVED: "approved",
    Answer.DECLINED: "declined",
    Answer.GRANTED_LESS: "granted less",
    Answer.EXPIRED: "expired",
    Answer.WITHDRAWN: "withdrawn",
}


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
    other = read_charter(asked.against).charter if asked.against is not None else None
    source = readable_file(asked.log)
    mapping = mapping_of(asked.mapping, currency=charter.currency, zone=asked.zone)
    with Waiting() as waiting:
        waiting.doing(f"Reading {source.name}")
        history = read_history(source, mapping=mapping, progress=waiting.progress).history
        waiting.doing(f"Replaying {charter.name}")
        columns = from_history(charter, history)
        found = replay(charter, columns, Mode(asked.mode), progress=waiting.progress)
        before = None
        if other is not None:
            waiting.doing(f"Replaying {other.name}")
            before = replay(other, from_history(other, history), Mode(asked.mode), progress=waiting.progress)
    if as_json:
        click.echo(json.dumps(_as_data(charter, found, before), indent=2))
    else:
        _show(answer_console(), charter, source.name, found, before)


def _show(console: Console, charter: Charter, log: str, found: Replay, before: Replay | None) -> None:
    requests = things(len(found), "request")
    console.print(
        Text(charter.name, style="bold"),
        Text(f"  {requests} of {log}, {found.mode.value}", style="dim"),
        sep="",
    )
    console.print()
    console.print(_by_answer(found))
    for sentence in sentences(found, charter.currency):
        console.print(Text(sentence))
    if before is not None:
        console.print()
        _show_moves(console, before, found, charter.currency)
    for told in found.told:
        console.print(Text(told, style="dim"))


def sentences(found: Replay, currency: str) -> list[str]:
    """What the replay comes to."""
    fewer, through, never = found.no_yes_needed, found.gone_through, found.approved_that_would_be_never
    amount = written(fewer.amount, currency)
    said = [f"{things(fewer.rows, 'approval')} fewer: they would have needed no yes ({amount} in all)."]
    if through.rows:
        said.append(
            f"{count(through.rows)} that the log didn't plainly approve would have gone through "
            f"({written(through.amount, currency)} in all)."
        )
    else:
        said.append("Nothing that the log didn't approve would have gone through.")
    if never.rows:
        said.append(f"{count(never.rows)} that the log approved nobody could have given.")
    return said


def _by_answer(found: Replay) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, show_edge=False)
    table.add_column("answer of the log")
    for level in reversed(Level):
        table.add_column(level.word, justify="right", header_style=COLOURS[level])
    for answer in Answer:
        row = [found.by_answer[answer, level] for level in reversed(Level)]
        if any(tally.rows for tally in row):
            table.add_row(_ANSWERS[answer], *(_counted(tally) for tally in row))
    table.add_section()
    table.add_row("all", *(_counted(found.by_level[level]) for level in reversed(Level)))
    return table


def _show_moves(console: Console, before: Replay, after: Replay, currency: str) -> None:
    moves = {
        pair: tally for pair, tally in compare(before, after).items() if pair[0] != pair[1] and tally.rows
    }
    if not moves:
        console.print(Text("No request of the log changes its level."))
    for (old, new), tally in sorted(moves.items(), key=lambda move: -move[1].rows):
        sign = "▲" if new > old else "▼"
        amount = written(tally.amount, currency)
        console.print(
            Text(f"{sign} {things(tally.rows, 'request')} from {old.word} to {new.word} ({amount}).")
        )


def _counted(tally: Tally) -> str:
    return count(tally.rows) if tally.rows else "–"


def _as_data(charter: Charter, found: Replay, before: Replay | None) -> dict[str, object]:
    data: dict[str, object] = {
        "charter": charter.name,
        "version": charter_hash(charter),
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
