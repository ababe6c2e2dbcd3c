"""What the pages of purpose show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from remit.core.clock import today
from remit.core.errors import NotThere
from remit.core.paging import Paged, paged
from remit.people.access import Place
from remit.purpose.access import get_objective_for, objectives_for, vision_of, visions_for
from remit.purpose.actions.measuring import may_measure
from remit.purpose.actions.objectives import NAMED
from remit.purpose.clauses import capital
from remit.purpose.hanging import Hung, hung_on
from remit.purpose.measures import Measure, Reading, Row, Stretch, measure_of, stretch_of
from remit.purpose.models import Measurement, Objective, Revision, Vision
from remit.purpose.queries.difference import Piece, pieces
from remit.purpose.queries.progress import Point, Progress, progress_of, progress_of_all
from remit.purpose.vocabulary import BY_HAND, YEARS

_MOST_SHOWN: Final = 20
"""Objectives on a page, each with its line; whoever works at more works at none."""
_MOST_VALUES: Final = 1000
_MOST_CHANGES: Final = 50


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The purpose of a team.

    Attributes:
        vision: that holds; None where nobody wrote one.
        listed: the page of open objectives, and how far each has come.
        closed: a page of those that ended.
    """

    vision: Vision | None
    listed: Paged[Objective]
    progress: list[Progress]
    closed: Paged[Objective]


def team_page(place: Place, page: str | None, closed: str | None) -> TeamPage:
    """The purpose of a team.

    Args:
        place: of whoever looks.
        page: of open ones that is wanted, as it stands in the address.
        closed: the same of those that ended.
    """
    every = objectives_for(place.member, place.team)
    listed = paged(every.filter(closing=None), page, _MOST_SHOWN)
    ended = every.filter(closing__isnull=False).order_by("-closing__at", "-pk")
    return TeamPage(
        vision=vision_of(place.team),
        listed=listed,
        progress=progress_of_all(listed, today(place.team.time_zone)),
        closed=paged(ended, closed, _MOST_SHOWN),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an objective, as people read it: what each field said before, and says since."""

    revision: Revision
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """One objective.

    Attributes:
        objective: with the clause of its team's vision.
        values: what was measured, the newest first.
        changes: the newest first.
        hung: what hangs on it.
        may_type: whether whoever looks may type where it stands.
    """

    objective: Objective
    progress: Progress
    values: list[Measurement]
    changes: list[Change]
    hung: list[Hung]
    may_type: bool


def objective_page(place: Place, key: str) -> ObjectivePage:
    """One objective of a team.

    Raises:
        NotThere: there is none of that key.
    """
    objective = get_objective_for(place.member, f"{place.team.word}/{key}")
    rows = objective.measurements.select_related("by").order_by("-day")
    values = list(rows[:_MOST_VALUES])
    points = [Point(each.day, each.value) for each in reversed(values)]
    # Not asked for where its number says that nothing was changed yet.
    changed = objective.revisions.select_related("by")[:_MOST_CHANGES] if objective.revision > 1 else ()
    return ObjectivePage(
        objective=objective,
        progress=progress_of(objective, points, today(place.team.time_zone)),
        values=values,
        changes=[Change(each, _told(each.before, each.after)) for each in changed],
        hung=hung_on(place.member, objective),
        may_type=objective.is_open and objective.measure == BY_HAND and may_measure(place, objective),
    )


def _told(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [(NAMED[name], _said(name, before[name]), _said(name, after[name])) for name in before]


def _said(name: str, text: str) -> str:
    """A field as it was kept, as people read it."""
    if name == "measure":
        measure = measure_of(text)
        return measure.label if measure else "a figure that we type"
    if name in {"begins", "until"}:
        return f"{date.fromisoformat(text):%d %B %Y}"
    if name == "title":
        return capital(text)
    return text.removesuffix(".00") or "nothing"


@dataclass(frozen=True, slots=True)
class VisionThen:
    """A version of the vision, and what it changed.

    Attributes:
        clause, text: marked against the version before; of the first one all is the same.
    """

    vision: Vision
    clause: list[Piece]
    text: list[Piece]


def visions_page(place: Place, page: str | None) -> tuple[Paged[Vision], list[VisionThen]]:
    """The versions of a team's vision, the newest first, each against the one before."""
    shown = paged(visions_for(place), page, _MOST_SHOWN)
    rows = list(shown)
    first = rows[-1].number - 1 if rows else 0
    rest = list(visions_for(place).filter(number=first)) if first else []
    told = []
    for vision, before in zip(rows, [*rows[1:], *(rest or rows[-1:])], strict=False):
        told.append(
            VisionThen(vision, pieces(before.so_that, vision.so_that), pieces(before.text, vision.text))
        )
    return shown, told


@dataclass(frozen=True, slots=True)
class RowsPage:
    """The rows behind a value of an objective.

    Attributes:
        stretch: first and last day.
        day: whose value it is.
        reading: what the rows say together, looked up now.
        shown: a page of them, and each as it is told.
    """

    objective: Objective
    measure: Measure
    day: date
    stretch: Stretch
    reading: Reading
    shown: Paged[Any]
    rows: list[Row]


def rows_page(place: Place, key: str, day: str, page: str | None) -> RowsPage:
    """The rows behind a value of an objective.

    Args:
        place: of whoever looks.
        key: of the objective.
        day: whose value, as it stands in the address; today for anything else.
        page: that is wanted.

    Raises:
        NotThere: there is no such objective, or no single rows stand behind it.
    """
    objective = get_objective_for(place.member, f"{place.team.word}/{key}")
    measure = measure_of(objective.measure)
    if measure is None or measure.behind is None:
        raise NotThere
    at = min(_day_in(day) or date.max, today(place.team.time_zone))
    stretch = stretch_of(measure, at)
    shown = paged(measure.behind.rows(place.member, place.team, stretch), page)
    told = [measure.behind.told(row) for row in shown]
    return RowsPage(objective, measure, at, stretch, measure.look(place.team, stretch), shown, told)


def _day_in(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
