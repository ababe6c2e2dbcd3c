"""How a ladder stands in a board: small in a table, and larger where a phone shows it alone."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from remit.charters.queries.board import Board, Cell
from remit_engine.report.chart.rungs import rungs

register = template.Library()

_IN_A_TABLE: Final = {1: 420, 2: 400, 3: 290, 4: 215}
"""Width of a drawing by the number of columns; where there are more, the narrowest."""
_NARROWEST: Final = 185
_ALONE: Final = 320


@register.simple_tag
def board_ladder(cell: Cell, board: Board) -> SafeString:
    """One ladder of a board, on the scale that all of them share."""
    drawn = [
        rungs(cell.ladder, board.currency, board.largest, title=cell.column.title, width=width)
        for width in (_IN_A_TABLE.get(len(board.columns), _NARROWEST), _ALONE)
    ]
    return format_html('<div class="in-table">{}</div><div class="in-card">{}</div>', *drawn)
