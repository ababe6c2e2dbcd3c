"""The map of structure and room, drawn on the server: where a team is, and the trail of its weeks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from remit.insight.balance.queries import Point
from remit.insight.balance.words import shown
from remit_engine.evidence.balance import FULL

_LEFT: Final = 34.0
_TOP: Final = 10.0
_LONG: Final = 376.0
_SIZE: Final = 420
_MARKS: Final = ((0, "start"), (50, "middle"), (FULL, "end"))
_QUARTERS: Final = (
    ("Improvised", _LEFT + 12, _TOP + 22, "start", ""),
    ("In balance", _LEFT + _LONG - 12, _TOP + 22, "end", "good"),
    ("Adrift", _LEFT + 12, _TOP + _LONG - 12, "start", ""),
    ("Held tight", _LEFT + _LONG - 12, _TOP + _LONG - 12, "end", ""),
)


def map_of(points: Sequence[Point], words: str, *, is_small: bool = False) -> SafeString:
    """The map with the trail of some weeks, the oldest first.

    Args:
        points: of the weeks; one without both sides is left out, and the trail goes on at the next.
        words: what there is to see.
        is_small: drawn for a tile: without the words on it.
    """
    drawn = [each for each in points if each.is_whole]
    return format_html(
        '<svg class="balance-map{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        " small" if is_small else "",
        _SIZE,
        _SIZE,
        words,
        _ground(),
        "" if is_small else _names(),
        _trail(drawn),
    )


def _ground() -> SafeString:
    middle_x, middle_y = _x(FULL / 2), _y(FULL / 2)
    return format_html(
        '<rect class="ground" x="{}" y="{}" width="{}" height="{}"/>'
        '<rect class="both" x="{}" y="{}" width="{}" height="{}"/>'
        '<path class="middle" d="M{} {}V{}M{} {}H{}"/>',
        _LEFT, _TOP, _LONG, _LONG, middle_x, _TOP, _LONG / 2, _LONG / 2,
        middle_x, _TOP, _TOP + _LONG, _LEFT, middle_y, _LEFT + _LONG,
    )  # fmt: skip


def _names() -> SafeString:
    quarters = format_html_join(
        "",
        '<text class="quarter {4}" x="{1}" y="{2}" text-anchor="{3}">{0}</text>',
        _QUARTERS,
    )
    across = format_html_join(
        "",
        '<text class="tick" x="{}" y="{}" text-anchor="{}">{}</text>',
        ((_x(each), _TOP + _LONG + 14, anchor, each) for each, anchor in _MARKS),
    )
    upwards = format_html_join(
        "",
        '<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>',
        ((_LEFT - 6, _y(each) + 4, each) for each, _ in _MARKS),
    )
    axes = format_html(
        '<text class="axis" x="{}" y="{}" text-anchor="middle">structure →</text>'
        '<text class="axis" x="12" y="{}" transform="rotate(-90 12 {})" text-anchor="middle">room →</text>',
        _x(FULL * 0.75), _TOP + _LONG + 16, _y(FULL * 0.75), _y(FULL * 0.75),
    )  # fmt: skip
    return format_html("{}{}{}{}", quarters, across, upwards, axes)


def _trail(drawn: Sequence[Point]) -> SafeString:
    if not drawn:
        return format_html("{}", "")
    at = [(_x(each.structure or 0.0), _y(each.room or 0.0)) for each in drawn]
    path = "M" + "L".join(f"{x} {y}" for x, y in at)
    weeks = format_html_join(
        "",
        '<circle class="at-week" cx="{}" cy="{}" r="3"><title>{}</title></circle>',
        ((x, y, _said(each)) for (x, y), each in zip(at[1:-1], drawn[1:-1], strict=True)),
    )
    first = format_html(
        '<circle class="at-first" cx="{}" cy="{}" r="5"><title>{}</title></circle>', *at[0], _said(drawn[0])
    )
    now = format_html(
        '<circle class="at-now" cx="{}" cy="{}" r="9"><title>{}</title></circle>', *at[-1], _said(drawn[-1])
    )
    return format_html(
        '<path class="trail" d="{}"/>{}{}{}', path, weeks, first if len(drawn) > 1 else "", now
    )


def _said(point: Point) -> str:
    return f"Week to {point.last_day:%-d %B %Y}: structure {shown(point.structure)}, room {shown(point.room)}"


def _x(value: float) -> float:
    return round(_LEFT + value * _LONG / FULL, 1)


def _y(value: float) -> float:
    return round(_TOP + (FULL - value) * _LONG / FULL, 1)
