"""How often requests were declined, by amount: bars with their counts."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from remit_engine.evidence.letgo.values import AmountBand, Segment
from remit_engine.money import in_units
from remit_engine.report.chart import svg
from remit_engine.report.chart.scale import Scale, compact, nice
from remit_engine.report.words import figures

_ROW: Final = 24
_BAR: Final = 14
_TOP: Final = 22
_COUNTS: Final = 74


def bands(segment: Segment, tolerance: float, currency: str, *, width: float) -> Markup:
    """Draw one bar per band of amounts, each with its count; nothing without bands.

    Args:
        segment: its `bands` are drawn.
        tolerance: marked across the bars.
        currency: of the amounts.
        width: of the drawing in its own units.
    """
    if not segment.bands:
        return Markup()
    names = [band_name(band, currency) for band in segment.bands]
    left = max(svg.width_of(name) for name in names) + 10
    highest = max(rate(band) for band in segment.bands)
    scale = Scale(0, min(1.0, nice(max(highest, 2 * tolerance) * 1.05)), left, width - _COUNTS)
    height = _TOP + _ROW * len(names) + 4
    at = scale.at(tolerance)
    tops = [_TOP + place * _ROW for place in range(len(names))]
    named = list(zip(segment.bands, names, tops, strict=True))
    parts = [
        svg.line((left, _TOP - 4), (left, height - 4), "axis"),
        *(_bar(band, scale, top) for band, _, top in named),
        svg.line((at, _TOP - 6), (at, height - 4), "tolerance"),
        *(words for band, name, top in named for words in _words(band, name, scale, top)),
        svg.text(figures.setting(tolerance), at, _TOP - 10, "tick strong", "middle"),
    ]
    return svg.picture(
        (width, height),
        title="Declined by amount",
        about=_described(segment, currency, tolerance),
        parts=parts,
        kind="bands",
    )


def rate(band: AmountBand) -> float:
    """The declined share of a band."""
    return band.declined / band.asked if band.asked else 0.0


def band_name(band: AmountBand, currency: str) -> str:
    """The amounts of a band: `up to 50`, `50 to 80`."""
    upto = compact(in_units(band.upto, currency))
    return f"{compact(in_units(band.above, currency))} to {upto}" if band.above else f"up to {upto}"


def _bar(band: AmountBand, scale: Scale, top: float) -> Markup:
    return svg.rectangle(scale.start, top, scale.at(rate(band)) - scale.start, _BAR, "bar")


def _words(band: AmountBand, name: str, scale: Scale, top: float) -> list[Markup]:
    counts = f"{figures.count(band.declined)} of {figures.count(band.asked)}"
    middle = top + _BAR / 2 + 4
    return [
        svg.text(name, scale.start - 8, middle, "tick", "end"),
        svg.text(counts, scale.at(rate(band)) + 6, middle, "tick"),
    ]


def _described(segment: Segment, currency: str, tolerance: float) -> str:
    worst = max(segment.bands, key=rate)
    return (
        f"{len(segment.bands)} bands of amounts; declined most often: {band_name(worst, currency)}, "
        f"{figures.count(worst.declined)} of {figures.count(worst.asked)}. {figures.setting(tolerance)} are "
        "tolerated."
    )
