"""One segment as the templates need it: words, figures, charts and their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from remit_engine.evidence.letgo.values import Cost, LetGo, Promise, Saved, Segment, Settings, ThinSegment
from remit_engine.money import written
from remit_engine.report.chart.bands import bands, rate
from remit_engine.report.chart.curve import curve
from remit_engine.report.chart.ladder import ladder
from remit_engine.report.words import figures, names, verdicts

_WIDE: Final = 640
_NARROW: Final = 340


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a chart: the words of its head, and rows of cells."""

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart for wide and one for narrow screens, with their table."""

    wide: Markup
    narrow: Markup
    table: Table


@dataclass(frozen=True, slots=True)
class Row:
    """A segment in a list: name, verdict, why, and the chart behind it."""

    anchor: str
    verdict: str
    name: str
    full_name: str
    counted: str
    sentence: str
    bands: Drawing
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Card(Row):
    """A segment that can be let go, in full."""

    limit: str
    figures: list[tuple[str, str, str]]
    facts: list[tuple[str, str]]
    curve: Drawing
    today: Markup
    proposed: Markup


def card(segment: Segment, letgo: LetGo, place: int) -> Card:
    """The card of a segment that is let go; `place` makes its anchor unique."""
    currency = letgo.currency
    simple = row(segment, letgo, place)
    money = verdicts.money_promise(segment, letgo.settings, currency)
    return Card(
        anchor=simple.anchor,
        verdict=simple.verdict,
        name=simple.name,
        full_name=simple.full_name,
        counted=simple.counted,
        sentence=simple.sentence,
        bands=simple.bands,
        notes=simple.notes,
        limit=written(segment.limit or 0, currency),
        figures=_figures(segment, letgo.settings),
        facts=facts(segment.saved, segment.cost, money, currency),
        curve=_curve(segment, letgo),
        today=ladder(segment, currency, proposed=False),
        proposed=ladder(segment, currency, proposed=True),
    )


def row(segment: Segment, letgo: LetGo, place: int) -> Row:
    """A segment in a list, with what speaks for its verdict."""
    name, full = names.title(segment), names.full_title(segment)
    counted = verdicts.counted(segment.counts)
    if segment.saved is not None and segment.saved.waiting is not None:
        counted += f" · median wait {figures.hours(segment.saved.waiting.median)}"
    return Row(
        anchor=f"segment-{place}",
        verdict=segment.verdict.name,
        name=name,
        full_name="" if full == name else full,
        counted=counted,
        sentence=verdicts.sentence(segment, letgo.settings, letgo.currency),
        bands=_bands(segment, letgo),
        notes=_notes(segment, letgo),
    )


def thin_row(group: ThinSegment) -> tuple[str, str]:
    """Name and words of a group too small to be looked at."""
    return names.title(group), verdicts.thin(group)


def overview(
    going: Sequence[Segment], letgo: LetGo, places: Mapping[str, int]
) -> list[tuple[str, str, str, str, str, str, str]]:
    """A line for each segment let go: anchor, name, limit, approvals fewer, waiting, declined, at most."""
    return [
        (
            f"segment-{places[segment.key]}",
            names.title(segment),
            written(segment.limit or 0, letgo.currency),
            figures.count(segment.saved.approvals) if segment.saved else "–",
            figures.hours(segment.saved.waiting.total) if segment.saved and segment.saved.waiting else "–",
            figures.count(segment.cost.declined) if segment.cost else "–",
            figures.bound(segment.bound.rate_at_most) if segment.bound else "–",
        )
        for segment in going
    ]


def _figures(segment: Segment, settings: Settings) -> list[tuple[str, str, str]]:
    """The figures beside the chart: (before, figure, what it is)."""
    shown: list[tuple[str, str, str]] = []
    saved = segment.saved
    if saved is not None and saved.a_quarter is not None:
        quarter = f"approvals fewer a quarter ({figures.between(saved.a_quarter)})"
        shown.append(("about", figures.count(saved.a_quarter.value), quarter))
    elif saved is not None:
        shown.append(
            (
                "",
                figures.count(saved.approvals),
                f"approvals fewer, {figures.share(saved.share)} of all asked",
            )
        )
    if segment.bound is not None:
        shown.append(
            (
                "at most",
                figures.bound(segment.bound.rate_at_most),
                verdicts.bound_label(settings),
            )
        )
    return shown


def facts(saved: Saved | None, cost: Cost | None, money: str, currency: str) -> list[tuple[str, str]]:
    """What letting go would have meant: (name, sentence)."""
    shown: list[tuple[str, str]] = []
    if saved is not None:
        shown.append(("It would have saved", verdicts.saving(saved)))
        if saved.waiting is not None:
            shown.append(("Waiting", verdicts.waiting(saved.waiting, saved.approvals)))
    if cost is not None:
        shown.append(("It would have cost", verdicts.costing(cost, currency)))
    if money:
        shown.append(("The money", money))
    return shown


def _notes(segment: Segment, letgo: LetGo) -> list[str]:
    notes: list[str] = []
    if segment.recent is not None:
        notes.append(verdicts.recently(segment.recent))
    if segment.tested_on == "newer half" and letgo.settings.promise is Promise.SEGMENTS:
        notes.append(verdicts.newer_half(segment))
    if segment.second_reading is not None:
        notes.append(verdicts.second_reading(segment.second_reading, segment, letgo.currency))
    return notes


def _curve(segment: Segment, letgo: LetGo) -> Drawing:
    tolerance, currency = letgo.settings.tolerance, letgo.currency
    certified = letgo.settings.promise is Promise.SEGMENTS
    head = ("up to", "asked", "declined", "questions avoided", "declined around it", "at most")
    rows = [
        (
            written(point.limit, currency),
            figures.count(point.asked),
            figures.count(point.declined),
            figures.share(point.avoided),
            figures.share(point.rate_here),
            figures.bound(point.rate_at_most),
            *((("yes" if point.certified else "no"),) if certified else ()),
        )
        for point in segment.curve
    ]
    holds = (f"at most {figures.setting(tolerance)}?",) if certified else ()
    return Drawing(
        curve(segment, tolerance, currency, width=_WIDE),
        curve(segment, tolerance, currency, width=_NARROW),
        Table((*head, *holds), rows),
    )


def _bands(segment: Segment, letgo: LetGo) -> Drawing:
    tolerance, currency = letgo.settings.tolerance, letgo.currency
    rows = [
        (
            written(band.above, currency),
            written(band.upto, currency),
            figures.count(band.asked),
            figures.count(band.declined),
            figures.share(rate(band)),
        )
        for band in segment.bands
    ]
    return Drawing(
        bands(segment, tolerance, currency, width=_WIDE),
        bands(segment, tolerance, currency, width=_NARROW),
        Table(("above", "up to", "asked", "declined", "share declined"), rows),
    )
