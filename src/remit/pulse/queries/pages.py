"""What the pages of the pulse show: where it stands, and results with what was done since the last one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, OuterRef

from remit.core.paging import Paged, paged
from remit.people.access import Place
from remit.people.models import Role
from remit.pulse.access import (
    asked_in,
    closed_waves_for,
    open_wave_of,
    rhythm_of,
    words_in,
)
from remit.pulse.models import Asked, Figure, Rhythm, Wave, Words
from remit.pulse.vocabulary import Form
from remit_engine.evidence import pulse
from remit_engine.evidence.pulse import LEAST

_WAVES_BACK = 24
"""Waves back to which a figure is compared with one before."""
_OTHERS = "all other roles"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence in a result.

    Attributes:
        text: the sentence.
        figure: what was published of it; None where nothing may be.
        moved: whether it rose (1), fell (-1), or can't be told from noise (0) since the last comparable one.
        is_compared: whether there is such a one.
        parts: figures of large roles, with their titles.
    """

    text: str
    figure: Figure | None
    moved: int
    is_compared: bool
    parts: Sequence[tuple[str, Figure]]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a wave.

    Attributes:
        lines: its sentences.
        done_before: the last wave before it with a reply: what was done since.
        smallest: the smallest change that is more than noise, in points; None where nothing is shown.
    """

    wave: Wave
    lines: Sequence[Line]
    done_before: Wave | None
    smallest: float | None

    @property
    def has_figures(self) -> bool:
        """Whether anything is shown."""
        return any(line.figure for line in self.lines)

    @property
    def is_together(self) -> bool:
        """Whether some of it is the mean of three waves."""
        return any(line.figure and line.figure.form == Form.TOGETHER for line in self.lines)


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The pulse of a team.

    Attributes:
        rhythm: None where nobody chose one.
        is_held_up: whether the next wave waits for a reply to the last result.
        open: the wave that can be answered.
        is_asked, waits: whether it asks whoever looks, and whether they still have to answer.
        would_ask: how many people the next one asks; looked up only while none is open.
        result: the last one with figures, or the last wave.
        waves: all that are over.
    """

    rhythm: Rhythm | None
    is_held_up: bool
    open: Wave | None
    is_asked: bool
    waits: bool
    would_ask: int
    result: Result | None
    waves: Paged[Wave]

    @property
    def is_too_small(self) -> bool:
        """Whether too few would be asked for anything to be shown, ever."""
        return self.open is None and self.would_ask < LEAST


def team_page(place: Place, page: str | None) -> TeamPage:
    """The pulse of a team, for somebody in it."""
    is_open = open_wave_of(place.team)
    has_figures = Exists(Figure.objects.filter(wave=OuterRef("pk")))
    rows = closed_waves_for(place).annotate(has_figures=has_figures)
    waves = paged(rows, page, 20)
    last = rows.order_by("-has_figures", "-number").first()
    return TeamPage(
        rhythm=rhythm_of(place.team),
        is_held_up=last is not None and last.has_figures and not hasattr(last, "reply"),
        open=is_open,
        is_asked=is_open is not None and Asked.objects.filter(wave=is_open, member=place.member).exists(),
        waits=is_open is not None and place.member.pk in is_open.waiting.members,
        would_ask=0 if is_open else asked_in(place.team).count(),
        result=result_of(place, last) if last else None,
        waves=cast("Paged[Wave]", waves),
    )


def result_of(place: Place, wave: Wave) -> Result:
    """What came of a wave that is over."""
    lines = lines_of(wave)
    shown = [line.figure.answers for line in lines if line.figure]
    before = closed_waves_for(place).filter(number__lt=wave.number).exclude(reply=None).first()
    return Result(wave, lines, before, _smallest(min(shown)) if shown else None)


def lines_of(wave: Wave) -> list[Line]:
    """The sentences of a wave that is over, each with what was published of it and how it moved."""
    back = wave.number - _WAVES_BACK
    rows = Figure.objects.filter(wave__team=wave.team_id, wave__number__lte=wave.number)
    by_item: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in rows.filter(wave__number__gt=back).order_by("-wave__number", "id"):
        by_item[figure.item].append(figure)
    has_parts = any(figure.part for figures in by_item.values() for figure in figures)
    titles = dict(Role.objects.values_list("word", "title")) if has_parts else {}
    return [_line(wave, text, by_item[item], titles) for item, text in wave.items]


def _smallest(answers: int) -> float:
    return pulse.smallest_change(answers, is_same=True)


def _line(wave: Wave, text: str, figures: Sequence[Figure], titles: dict[str, str]) -> Line:
    here = [each for each in figures if each.wave_id == wave.pk]
    whole = next((each for each in here if not each.part), None)
    before = _compared_with(whole, figures) if whole else None
    parts = [(titles.get(each.part, _OTHERS), each) for each in here if each.part]
    moved = 0
    if whole and before:
        moved = pulse.moved(_read(before), _read(whole), is_same=before.people == whole.people)
    return Line(text, whole, moved, before is not None, parts)


def _compared_with(figure: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The last one of its form before it; of three waves together the last that shares none of them."""
    same = [
        each
        for each in figures
        if not each.part and each.form == figure.form and each.wave_id != figure.wave_id
    ]
    step = pulse.TOGETHER if figure.form == Form.TOGETHER else 1
    return same[step - 1] if len(same) >= step else None


def _read(figure: Figure) -> pulse.Figure:
    worst = None
    if figure.worst_low is not None and figure.worst_high is not None:
        worst = (figure.worst_low, figure.worst_high)
    return pulse.Figure(
        pulse.Form(figure.form),
        figure.low,
        figure.high,
        figure.sure_low,
        figure.sure_high,
        worst,
        figure.answers,
    )


def words_page(wave: Wave, page: str | None) -> Paged[Words]:
    """What was written in a wave, a page at a time; nothing before it may be read."""
    return paged(words_in(wave), page)
