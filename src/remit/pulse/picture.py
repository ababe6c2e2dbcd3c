"""A figure on its scale, drawn on the server: where the mean is, how sure that is, and the worst case.

It carries no words: what it shows stands beside it, and a screen reader hears it in one sentence.
"""

from __future__ import annotations

from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from remit.pulse.models import Figure

_LOWEST, _HIGHEST = 10, 50
_WIDE: Final = 400
_HIGH: Final = 32
_MARGIN: Final = 8
_CAPPED: Final = {12: "1.2 or less", 48: "4.8 or more"}


def figure_words(figure: Figure) -> str:
    """`3.7`, `4.8 or more`, `between 3.5 and 4`."""
    if figure.low == figure.high:
        return _CAPPED.get(figure.low, _points(figure.low))
    return f"between {_points(figure.low)} and {_points(figure.high)}"


def sure_words(figure: Figure) -> str:
    """How sure it is, in one sentence."""
    sure = f"Counting those who said nothing: {_points(figure.sure_low)} to {_points(figure.sure_high)}"
    if figure.worst_low is None or figure.worst_high is None:
        return f"{sure}."
    worst = f"{_points(figure.worst_low)} to {_points(figure.worst_high)}"
    return f"{sure} if they think alike; {worst} whatever they think."


def figure_picture(figure: Figure) -> SafeString:
    """The drawing; it fills the width of its place, and the height that the style sheet gives it."""
    marks = format_html_join(
        "", '<path class="mark" d="M{} 4V28"/>', ((_at(each),) for each in range(_LOWEST, _HIGHEST + 1, 10))
    )
    worst = ""
    if figure.worst_low is not None and figure.worst_high is not None:
        worst = _bar("worst", figure.worst_low, figure.worst_high, 2)
    sure = _bar("sure", figure.sure_low, figure.sure_high, 8)
    if figure.low == figure.high:
        mean = format_html('<path class="mean" d="M{} 16h.01"/>', _at(figure.low))
    else:
        mean = _bar("half-band", figure.low, figure.high, 14)
    return format_html(
        '<svg class="pulse-scale" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">'
        "{}{}{}{}</svg>",
        _WIDE,
        _HIGH,
        f"{figure_words(figure)} on a scale from 1 to 5",
        marks,
        worst,
        sure,
        mean,
    )


def _bar(name: str, low: int, high: int, high_up: int) -> SafeString:
    wide = max(_at(high) - _at(low), 1)
    size = _HIGH - 2 * high_up
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', name, _at(low), high_up, wide, size
    )


def _at(tenths: int) -> int:
    return round(_MARGIN + (tenths - _LOWEST) * (_WIDE - 2 * _MARGIN) / (_HIGHEST - _LOWEST))


def _points(tenths: int) -> str:
    return f"{tenths / 10:g}"
