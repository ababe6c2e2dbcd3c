"""The answer in a terminal: short enough for one screen, whole without colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from remit_engine.evidence.letgo.values import LetGo, Reason, Segment, Verdict
from remit_engine.history.account import Account
from remit_engine.money import written
from remit_engine.report.words import figures, names, source, verdicts, whole

_WIDEST: Final = 110
_FROM_WIDE: Final = 76
_MOST_LET_GO: Final = 8
_MOST_OTHERS: Final = 4
_STYLES: Final = {Verdict.LET_GO: "bold green", Verdict.NOT_YET: "bold yellow", Verdict.NO: "bold magenta"}
_SPELT: Final = str.maketrans({"–": "-", "…": "...", "·": "-", "\u00a0": " "})


def terminal(letgo: LetGo, account: Account, *, console: Console) -> None:
    """Print the answer.

    Args:
        letgo: the answer.
        account: how the source was read.
        console: where to print; its width, colours and encoding are respected.
    """
    page = _Page(console)
    page.say(whole.headline(letgo), "bold")
    page.say(whole.origin(letgo), "dim")
    page.space()
    page.say(_summary(letgo))
    going = whole.going(letgo)
    if going:
        page.space()
        page.table(going, letgo)
        page.say(whole.promise(letgo))
    _others(page, letgo)
    _warnings(page, letgo)
    _read(page, letgo, account)


def _summary(letgo: LetGo) -> str:
    shown = whole.figures(letgo)[:2]
    parts = [" ".join(part for part in (before, value, what) if part) for before, value, what in shown]
    return " ".join([whole.summary(letgo), *(f"{part[0].upper()}{part[1:]}." for part in parts)])


def _others(page: _Page, letgo: LetGo) -> None:
    for verdict in (Verdict.NOT_YET, Verdict.NO):
        segments = [segment for segment in letgo.segments if segment.verdict is verdict]
        if segments:
            page.space()
        for segment in segments[:_MOST_OTHERS]:
            sentence = f"{names.title(segment)}: {verdicts.why_not(segment, letgo.settings)}"
            page.item(verdicts.BADGES[verdict], sentence, _STYLES[verdict])
        page.more(len(segments) - _MOST_OTHERS)
        hint = whole.together_hint(letgo)
        if verdict is Verdict.NOT_YET and hint is not None:
            page.item("", hint, "dim")
    if letgo.thin:
        groups = figures.things(len(letgo.thin), "group has", "groups have")
        page.item("too few", f"{groups} too few answers to be looked at.", "dim")


def _warnings(page: _Page, letgo: LetGo) -> None:
    warnings = [whole.NO_DECLINES] if letgo.no_declines else []
    split = letgo.time_split
    if split is not None and split.segments:
        tried = whole.time_split(split, letgo.settings.tolerance)
        if split.kept:
            page.space()
            page.say(tried, "dim")
        else:
            warnings.append(tried)
    if letgo.standards is not None and letgo.standards.differ:
        warnings.append(whole.standards(letgo.standards))
    if warnings:
        page.space()
    for warning in warnings:
        page.item("careful", warning, "bold yellow")


def _read(page: _Page, letgo: LetGo, account: Account) -> None:
    page.space()
    page.say(source.kept(account), "dim")
    if account.left_out:
        page.say(f"Left out: {source.left_out(account)}.", "dim")
    if letgo.automatic_approved:
        page.say(source.automatic(letgo, account), "dim")


class _Page:
    """Prints words that the console can show, no wider than reads well."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = min(console.width, _WIDEST)

    def say(self, words: str, style: str = "") -> None:
        self._console.print(self._text(words, style), width=self._width)

    def space(self) -> None:
        self._console.print()

    def item(self, label: str, words: str, style: str) -> None:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=7, no_wrap=True)
        grid.add_column(ratio=1)
        grid.add_row(self._text(label, style), self._text(words))
        self._console.print(grid, width=self._width)

    def more(self, number: int) -> None:
        if number > 0:
            self._console.print(Padding(self._text(f"and {number} more", "dim"), (0, 0, 0, 9)))

    def table(self, going: Sequence[Segment], letgo: LetGo) -> None:
        wide = self._width >= _FROM_WIDE
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, width=self._width)
        table.add_column("Let go", header_style="bold green", ratio=1, overflow="fold")
        for head in (
            "up to",
            "fewer",
            *(("waiting", "declined") if wide else ()),
            verdicts.bound_head(letgo.settings),
        ):
            table.add_column(head, justify="right", header_style="dim", no_wrap=True)
        for segment in going[:_MOST_LET_GO]:
            table.add_row(*(self._text(cell) for cell in _cells(segment, letgo.currency, wide=wide)))
        self._console.print(table)
        self.more(len(going) - _MOST_LET_GO)
        self.space()

    def _text(self, words: str, style: str = "") -> Text:
        tidy = names.printable(words)
        encoding = self._console.encoding
        if not _can_show(tidy, encoding):
            tidy = tidy.translate(_SPELT).encode(encoding, errors="replace").decode(encoding)
        return Text(tidy, style=style)


def _cells(segment: Segment, currency: str, *, wide: bool) -> list[str]:
    saved, cost, bound = segment.saved, segment.cost, segment.bound
    waited = figures.hours(saved.waiting.total) if saved and saved.waiting else "-"
    unlimited = f" ({verdicts.NO_LIMIT})" if segment.reason is Reason.NO_LIMIT_SEEN else ""
    return [
        f"{names.title(segment)}{unlimited}",
        written(segment.limit or 0, currency),
        figures.count(saved.approvals) if saved else "-",
        *((waited, figures.count(cost.declined) if cost else "-") if wide else ()),
        figures.bound(bound.rate_at_most) if bound else "-",
    ]


def _can_show(words: str, encoding: str) -> bool:
    try:
        words.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
