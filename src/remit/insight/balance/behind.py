"""The rows that a figure was counted from, for a page: what each is, and how it counted. Nobody is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from remit.complaints.access import complaints_for
from remit.complaints.models import Decision
from remit.core.paging import Paged, paged
from remit.events.access import events_for
from remit.insight.balance.counting import LOOKS
from remit.insight.balance.marks import Mark, Weeks
from remit.insight.balance.vocabulary import EXPLAINED, Word
from remit.people.access import Place
from remit.procedures.access import procedures_for
from remit.pulse.access import closed_waves_for
from remit.voice.access import ideas_for
from remit.work.access import rounds_for, tasks_for
from remit_engine.evidence.balance import FULL

Titles = Mapping[int, tuple[str, str]]
"""By number of a row: its title, and the address of its page."""

_WORDS: Final = {
    Word.CURRENT: {FULL: "current", 0: "to be looked at again"},
    Word.ON_TIME: {FULL: "on time", 0: "not on time"},
    Word.ALIKE: {FULL: "like the one before", 0: "not like the one before"},
    Word.RECORD: {FULL: "complete", 0: "something is missing"},
    Word.ALONE: {FULL: "decided", 0: "asked or proposed first"},
    Word.ANSWERS: {
        FULL: "within a quarter of an hour",
        75: "within an hour",
        50: "within four hours",
        25: "within a day",
        0: "later, or never",
    },
    Word.TAKEN_UP: {FULL: "taken up", 0: "given or handed over"},
    Word.IDEAS: {FULL: "taken up or tried", 50: "answered in time", 0: "not answered in time"},
    Word.FLOOR: {FULL: "not a manager's floor", 0: "a manager's floor"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row behind a figure.

    Attributes:
        title, address: what it is, and its page; "" where there is none for whoever looks.
        words: how it counted.
        at: when it happened; None for a state, and where the time would say who it was.
    """

    title: str
    address: str
    words: str
    at: datetime | None


def rows_behind(place: Place, word: Word, week: date, page: str | None) -> Paged[Row] | None:
    """A page of the rows behind a part's value of a week, the newest first.

    Of readings it says which procedures were read and how often, never what one reader said; of steps held,
    nothing at all: None.

    Args:
        place: of whoever looks.
        word: the part.
        week: its Monday.
        page: that is wanted.
    """
    if word == Word.WIDENED:
        return None
    weeks = Weeks.until(place.team, week, EXPLAINED[word].weeks)
    marks = [mark for _, mark in LOOKS[word](weeks)]
    if word == Word.UNDERSTOOD:
        return paged(_readings(place, marks), page)
    shown = paged(sorted(marks, key=lambda each: (each.at, each.row), reverse=True), page)
    titles = {
        sort: _TITLES[sort](place, [each.row for each in shown if each.sort == sort])
        for sort in {each.sort for each in shown}
    }
    return Paged([_row(word, each, titles[each.sort]) for each in shown], shown.number, shown.has_more)


def _row(word: Word, mark: Mark, titles: Titles) -> Row:
    title, address = titles.get(mark.row, ("Something that you don't see", ""))
    words = _WORDS[word][mark.points] if word in _WORDS else f"{mark.points} of 100"
    return Row(title, address, words, None if EXPLAINED[word].is_state else mark.at)


def _readings(place: Place, marks: Sequence[Mark]) -> list[Row]:
    times = Counter(each.row for each in marks)
    titles = _procedures(place, list(times))
    return [
        Row(title, address, f"{times[number]} reading{'s' * (times[number] > 1)}", None)
        for number, (title, address) in sorted(titles.items(), key=lambda each: (each[1][0], each[0]))
    ]


def _complaints_of(place: Place, rows: QuerySet[Decision], key: str, numbers: Sequence[int]) -> Titles:
    seen = complaints_for(place.member).order_by().values("pk")
    found = rows.filter(**{f"{key}__in": numbers}, team=place.team, complaint__in=seen)
    return {
        number: _complaint(said, title)
        for number, said, title in found.values_list(key, "complaint__number", "complaint__title")
    }


def _complaint(number: int, title: str) -> tuple[str, str]:
    return f"C-{number} {title}", reverse("complaints:complaint", args=[number])


def _decisions(place: Place, numbers: Sequence[int]) -> Titles:
    return _complaints_of(place, Decision.objects.all(), "pk", numbers)


def _approvals(place: Place, numbers: Sequence[int]) -> Titles:
    return _complaints_of(place, Decision.objects.all(), "approval", numbers)


def _complaints(place: Place, numbers: Sequence[int]) -> Titles:
    rows = complaints_for(place.member).filter(team=place.team, pk__in=numbers)
    return {
        key: _complaint(number, title) for key, number, title in rows.values_list("pk", "number", "title")
    }


def _procedures(place: Place, numbers: Sequence[int]) -> Titles:
    return _titled(procedures_for(place.member), "title", "procedures:procedure", numbers)


def _tasks(place: Place, numbers: Sequence[int]) -> Titles:
    return _titled(tasks_for(place.member), "title", "work:task", numbers)


def _rounds(place: Place, numbers: Sequence[int]) -> Titles:
    return _titled(rounds_for(place.member), "checklist__title", "work:round", numbers)


def _ideas(place: Place, numbers: Sequence[int]) -> Titles:
    return _titled(ideas_for(place.member), "text", "voice:idea", numbers)


def _events(place: Place, numbers: Sequence[int]) -> Titles:
    return _titled(events_for(place.member), "title", "events:briefing", numbers)


def _waves(place: Place, numbers: Sequence[int]) -> Titles:
    return {
        row.number: (f"Wave {row.number} of the pulse", row.address)
        for row in closed_waves_for(place).filter(number__in=numbers)
    }


def _titled(rows: QuerySet[Any, Any], title: str, page: str, numbers: Sequence[int]) -> Titles:
    found = rows.filter(pk__in=numbers).order_by().values_list("pk", title)
    return {number: (said, reverse(page, args=[number])) for number, said in found}


_TITLES: Final[dict[str, Callable[[Place, Sequence[int]], Titles]]] = {
    "procedure": _procedures,
    "task": _tasks,
    "round": _rounds,
    "decision": _decisions,
    "complaint": _complaints,
    "approval": _approvals,
    "turn": _tasks,
    "idea": _ideas,
    "event": _events,
    "wave": _waves,
}
