"""Complaints of whole weeks, counted by what might cause them; by the wall clock of each team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from django.db import models
from django.db.models import F, Q, QuerySet

from remit.complaints.models import Complaint, Tag
from remit.people.models import Team
from remit.procedures.models import Tag as ProcedureTag

WEEKS: Final = 52
"""That are looked at, at most; the running week isn't whole and left out."""
_WEEK: Final = 7
_QUARTER: Final = 15 * 60
_What = TypeVar("_What", bound=Hashable)


class Sort(models.TextChoices):
    """By what complaints are told apart, with the question it answers."""

    CATEGORY = "about", "What it was about"
    TAG = "tag", "What it was marked with"
    FACT = "fact", "What was known about it"
    PROCEDURE = "procedure", "Which procedure is there for it"
    TEAM = "where", "Where"
    CHANNEL = "channel", "How it reached us"
    PART = "part", "At what time of the day"
    WEEKDAY = "weekday", "On which day of the week"


class Part(models.IntegerChoices):
    """Parts of the day, named by the hour at which they begin."""

    NIGHT = 0, "at night"
    MORNING = 5, "in the morning"
    MIDDAY = 11, "at midday"
    AFTERNOON = 14, "in the afternoon"
    EVENING = 18, "in the evening"


class Cause(NamedTuple):
    """Something by which complaints are told apart.

    Attributes:
        sort: by what.
        value: which: a category, a tag, a fact of the charter with its word (`product: bread`) or alone where
            it is a yes, the number of a procedure, the word of a team, a channel, the hour at which a part of
            the day begins, a day of the week from 0 (Monday).
    """

    sort: str
    value: str


class Came(NamedTuple):
    """When a complaint came in: number of the week, from the oldest; day of the week; hour of the day."""

    week: int
    weekday: int
    hour: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Complaints by week.

    Attributes:
        mondays: the first day of each week, oldest first.
        causes: of each cause how many in each week.
        all: how many in each week in all.
        titles: of the procedures among the causes, by their numbers.
    """

    mondays: tuple[date, ...]
    causes: dict[Cause, npt.NDArray[np.int64]]
    all: npt.NDArray[np.int64]
    titles: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nobody complained in any of these weeks."""
        return not self.all.any()

    def row(self, cause: Cause) -> npt.NDArray[np.int64]:
        """How many of a cause in each week; none where nobody complained of it."""
        return self.causes.get(cause, np.zeros(len(self.all), dtype=np.int64))


def mondays_before(today: date, weeks: int = WEEKS) -> tuple[date, ...]:
    """The first days of the whole weeks before a day, oldest first."""
    this = today - timedelta(days=today.weekday())
    return tuple(this - timedelta(weeks=back) for back in range(weeks, 0, -1))


def counted(teams: Sequence[Team], today: date) -> Counted:
    """Complaints of the whole weeks before a day, since the first one of these teams; merged ones count once.

    Args:
        teams: whose complaints.
        today: the running week is that of this day, by the wall clock of each team.
    """
    mondays = mondays_before(today)
    came_in = _Clocks(teams, mondays[0])
    rows = within(teams, mondays[0], mondays[-1])
    found: Counter[tuple[Cause, int]] = Counter()
    about: Counter[tuple[tuple[int, str], int]] = Counter()
    times: Counter[Came] = Counter()
    values = rows.values_list("team", "opened_at", "category", "channel")
    for key, opened_at, category, channel in values.iterator(chunk_size=2_000):
        came = came_in(key, opened_at)
        about[(key, category), came.week] += 1
        found[Cause(Sort.CHANNEL, channel), came.week] += 1
        times[came] += 1
    for came, count in times.items():
        found[Cause(Sort.PART, str(part_of(came.hour))), came.week] += count
        found[Cause(Sort.WEEKDAY, str(came.weekday)), came.week] += count
    for key, opened_at, facts in rows.exclude(facts={}).values_list("team", "opened_at", "facts"):
        for cause in _told(facts):
            found[cause, came_in(key, opened_at).week] += 1
    marked = Tag.complaints.through.objects.filter(complaint__in=rows.values("pk"))
    tags = marked.filter(tag__team=F("complaint__team"))
    for key, word, opened_at in tags.values_list("tag__team", "tag__word", "complaint__opened_at"):
        found[Cause(Sort.TAG, word), came_in(key, opened_at).week] += 1
    causes, there_for, titles = _in_weeks(found), *_procedures(teams)
    words, every = {team.pk: team.word for team in teams}, np.zeros(WEEKS, dtype=np.int64)
    for (key, category), row in _in_weeks(about).items():
        every += row
        of_it = [Cause(Sort.TEAM, words[key]), *there_for.get((key, category.lower()), ())]
        for cause in [*of_it, Cause(Sort.CATEGORY, category)] if category else of_it:
            causes[cause] = causes[cause] + row if cause in causes else row
    first = int(np.argmax(every > 0))
    return Counted(
        mondays[first:], {cause: row[first:] for cause, row in causes.items()}, every[first:], titles
    )


class _Clocks:
    """When complaints came in; within a quarter of an hour no clock is put to another time."""

    def __init__(self, teams: Iterable[Team], first: date) -> None:
        self._teams = {team.pk: team for team in teams}
        self._first = first
        self._known: dict[tuple[str, int], Came] = {}

    def __call__(self, key: int, moment: datetime) -> Came:
        team = self._teams[key]
        quarter = team.time_zone, int(moment.timestamp()) // _QUARTER
        if quarter not in self._known:
            self._known[quarter] = came_at(team, moment, self._first)
        return self._known[quarter]


def _in_weeks(found: Mapping[tuple[_What, int], int]) -> dict[_What, npt.NDArray[np.int64]]:
    """Of each thing how many in each week."""
    rows: dict[_What, npt.NDArray[np.int64]] = {}
    for (what, week), count in found.items():
        if what not in rows:
            rows[what] = np.zeros(WEEKS, dtype=np.int64)
        rows[what][week] = count
    return rows


def _procedures(teams: Sequence[Team]) -> tuple[dict[tuple[int, str], list[Cause]], dict[str, str]]:
    """The procedures that are there for a category in a team, as causes; and their titles, by number."""
    tags = ProcedureTag.objects.filter(procedure__team__in=teams, procedure__retired_at=None).order_by()
    there_for: dict[tuple[int, str], list[Cause]] = {}
    titles = {}
    for team, word, number, title in tags.values_list(
        "procedure__team", "word", "procedure", "procedure__title"
    ):
        there_for.setdefault((team, word), []).append(Cause(Sort.PROCEDURE, str(number)))
        titles[str(number)] = title
    return there_for, titles


def _told(facts: Mapping[str, object]) -> Iterator[Cause]:
    """Facts that are words, or a yes; numbers tell complaints apart by too much."""
    for name, value in facts.items():
        if value is True:
            yield Cause(Sort.FACT, name)
        elif isinstance(value, str):
            yield Cause(Sort.FACT, f"{name}: {value}")


def within(teams: Iterable[Team], first: date, last_monday: date) -> QuerySet[Complaint]:
    """Complaints of whole weeks, by the wall clock of each team; what was told twice counts once."""
    found = Q(pk__in=())
    for zone, there in by_zone(teams).items():
        since = datetime.combine(first, time(), tzinfo=zone)
        until = datetime.combine(last_monday + timedelta(days=_WEEK), time(), tzinfo=zone)
        # Nothing was said last before it was opened: so the index over the newest ones serves here, too.
        found |= Q(team__in=there, last_at__gte=since, opened_at__gte=since, opened_at__lt=until)
    return Complaint.objects.filter(found, merged_into=None).order_by()


def by_zone(teams: Iterable[Team]) -> dict[ZoneInfo, list[int]]:
    """Keys of teams by their time zone."""
    found: dict[ZoneInfo, list[int]] = {}
    for team in teams:
        found.setdefault(team.zone, []).append(team.pk)
    return found


def came_at(team: Team, moment: datetime, first: date) -> Came:
    """When a complaint came in, by the wall clock of its team, counted from a Monday."""
    there = moment.astimezone(team.zone)
    return Came(week_of(team, moment, first), there.weekday(), there.hour)


def week_of(team: Team, moment: datetime, first: date) -> int:
    """The number of a week by the wall clock of a team, counted from a Monday; negative before it."""
    return (moment.astimezone(team.zone).date() - first).days // _WEEK


def part_of(hour: int) -> Part:
    """The part of the day to which an hour belongs, 0 to 23."""
    return max((part for part in Part if part <= hour), key=int)
