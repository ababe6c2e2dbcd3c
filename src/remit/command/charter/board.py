"""The ladders of several roles and kinds, all on one scale; kinds with the same ladder stand together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, zip_longest
from textwrap import wrap

from rich.text import Text

from remit.command.charter.bars import bar
from remit.command.charter.one_ladder import say_missing
from remit.command.charter.said import heading, known_in_words
from remit.command.charter.sheet import Sheet
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.levels import Level
from remit_engine.charter.on_a_line import largest_end
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import capital, listed, plural, readable

_LABEL = 20
_FROM_WIDE = 60
"""In narrower terminals the kinds stand above their ladder."""

Rungs = tuple[tuple[Level, int | None], ...]


def show_board(sheet: Sheet, compiled: CompiledCharter, requests: Sequence[Request]) -> None:
    """Print one ladder for each role and kind.

    Args:
        sheet: where.
        compiled: the charter.
        requests: alike but for role and kind; those of one role stand together.
    """
    charter = compiled.charter
    sheet.line(heading(charter, requests[0]))
    known = known_in_words(charter, requests[0])
    if known:
        sheet.say(f"{capital(known)}.")
    ladders = [(request, compiled.ladder(request)) for request in requests]
    largest = max(largest_end(ladder) for _, ladder in ladders)
    for role, of_role in groupby(ladders, lambda pair: pair[0].role):
        sheet.space()
        sheet.say(capital(plural(readable(role))) if role else "Everybody")
        every = list(of_role)
        for kinds, ladder in _together(every):
            everything = len(kinds) == len(every) > 1
            label = "everything" if everything else listed(readable(kind) for kind in kinds)
            _show(sheet, label, ladder, charter.currency, largest)
    sheet.space()
    missing = {name for request in requests for name in compiled.verdict(request).missing}
    say_missing(sheet, [name for name in charter.all_facts if name in missing])


def _together(every: Sequence[tuple[Request, Ladder]]) -> list[tuple[list[str], Ladder]]:
    found: dict[Rungs, tuple[list[str], Ladder]] = {}
    for request, ladder in every:
        rungs = tuple((rung.level, rung.upto) for rung in ladder.rungs)
        found.setdefault(rungs, ([], ladder))[0].append(request.kind)
    return list(found.values())


def _show(sheet: Sheet, label: str, ladder: Ladder, currency: str, largest: int) -> None:
    if sheet.width < _FROM_WIDE:
        sheet.say(label, indent=2)
        for line in bar(ladder, currency, sheet.width - 2, largest=largest):
            sheet.line(Text("  ") + line)
        return
    labels = [Text(line) for line in wrap(label, _LABEL)]
    lines = bar(ladder, currency, sheet.width - _LABEL - 4, largest=largest)
    for left, right in zip_longest(labels, lines, fillvalue=Text()):
        padding = Text(" " * (_LABEL + 2 - len(left)))
        sheet.line(Text("  ") + left + padding + right)
