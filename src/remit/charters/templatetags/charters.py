"""How a ladder stands in a board: small in a table, and larger where a phone shows it alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from remit.charters.marked import MarkedLine
from remit.charters.queries.board import Board, Cell
from remit.charters.queries.drafting import Case
from remit.charters.vocabulary import REVISION_ACTS
from remit.people.models import Team
from remit_engine.charter.ladder import Ladder, Rung
from remit_engine.charter.levels import LEVELS_BY_WORD
from remit_engine.report.chart.rungs import drawn_ends, rungs

register = template.Library()

_IN_A_TABLE: Final = {1: 420, 2: 400, 3: 290, 4: 215, 5: 160}
"""Width of a drawing by the number of columns; where there are more, the narrowest."""
_NARROWEST: Final = 122
_ALONE: Final = 320
_WIDE: Final = 720


@register.simple_tag
def board_ladder(cell: Cell, board: Board) -> SafeString:
    """One ladder of a board, on the scale that all of them share."""
    ladder = cell.ladder
    steps = tuple((rung.level.word, rung.upto) for rung in ladder.rungs)
    width = _IN_A_TABLE.get(len(board.columns), _NARROWEST)
    return _of_a_board(ladder.start, steps, board.currency, board.largest, cell.column.title, width)


@lru_cache(maxsize=2048)
def _of_a_board(  # noqa: PLR0917 (the key of what was drawn)
    start: int,
    steps: tuple[tuple[str, int | None], ...],
    currency: str,
    largest: int,
    title: str,
    width: int,
) -> SafeString:
    """The drawings of a cell; kept, since a board has the same ladder in many cells, and is opened often."""
    ladder = Ladder(start, tuple(Rung(LEVELS_BY_WORD[word], upto, (), ()) for word, upto in steps))
    drawn = [rungs(ladder, currency, largest, title=title, width=each) for each in (width, _ALONE)]
    return format_html('<div class="in-table">{}</div><div class="in-card">{}</div>', *drawn)


@register.simple_tag
def wide_ladder(ladder: Ladder, currency: str, largest: int, title: str) -> SafeString:
    """One ladder over the width of a card, and as a phone shows it."""
    drawn = [rungs(ladder, currency, largest, title=title, width=width) for width in (_WIDE, _ALONE)]
    return format_html('<div class="ladder-of-card">{}</div><div class="ladder-of-phone">{}</div>', *drawn)


@register.simple_tag
def ladder_to_drag(case: Case, currency: str, largest: int, title: str) -> SafeString:
    """The ladder of a cell, with the places where a script lays handles over it."""
    drawn = []
    for kind, width in (("ladder-of-card", _WIDE), ("ladder-of-phone", _ALONE)):
        ends = drawn_ends(case.ladder, largest, width)
        handles = format_html_join(
            "",
            '<span class="handle" data-rule="{}" data-who="{}" data-place="{}" hidden></span>',
            ((each.rule, each.who, f"{ends[each.rung] / width:.4f}") for each in case.handles),
        )
        picture = rungs(case.ladder, currency, largest, title=title, width=width)
        drawn.append((kind, picture, handles))
    return format_html_join("", '<div class="{}"><div class="ladder-to-drag">{}{}</div></div>', drawn)


@register.simple_tag
def marked_text(lines: Sequence[MarkedLine]) -> SafeString:
    """The lines of a text with what was found about them: of a large charter thousands, so not a loop."""
    return format_html_join("", '<li data-line="{}" class="{}"><code>{}</code>{}</li>', map(_marked, lines))


def _marked(line: MarkedLine) -> tuple[int, str, str, str]:
    remarks = format_html_join(
        "", '<span class="remark {}">{}</span>', ((each.severity, each.wrong) for each in line.findings)
    )
    found = "found" if line.findings else ""
    return line.number, f"{found} skipped".strip() if line.skipped else found, line.text, remarks


@register.simple_tag
def charter_address(name: str, team: Team | None, *numbers: int) -> str:
    """The address of a page about versions: of a team, or (None) of the organisation."""
    if team is None:
        return reverse(f"charters:organisation-{name}", args=numbers)
    return reverse(f"charters:{name}", args=[team.word, *numbers])


@register.filter
def revision_act(word: str) -> str:
    """What was done to a draft, after the name of who did it."""
    return REVISION_ACTS.get(word, "changed it")
