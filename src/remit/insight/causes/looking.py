"""What rises beyond noise, and by how much: the newest four weeks beside up to forty-eight before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from remit.complaints.vocabulary import Channel
from remit.core.clock import now
from remit.core.errors import NotThere
from remit.core.sent import number_in
from remit.insight.causes.counting import Cause, Counted, Part, Sort, counted
from remit.people.models import Team
from remit.procedures.models import Procedure
from remit_engine.evidence.rising import RECENT, Change, beyond_noise, changes

FALSE_NAMES: Final = 0.1
"""Of the causes that are named as rising, the share that is noise, at most, on average."""
SURE_OF_ALL: Final = 0.05
"""Chance with which all of them together are said to be more, or to be fewer, where nothing changed."""
_TIMES: Final = (Sort.PART, Sort.WEEKDAY)
_DAYS: Final = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True, slots=True)
class Line:
    """One cause.

    Attributes:
        cause: which.
        words: as people say it.
        weeks: how many in each week, oldest first.
        recent: how many in the newest four weeks.
        change: beside before; None with too few weeks.
        is_rising: whether it is named as rising beyond noise.
    """

    cause: Cause
    words: str
    weeks: tuple[int, ...]
    recent: int
    change: Change | None
    is_rising: bool

    @property
    def times(self) -> str:
        """How many times as often as before: `1.5 to 4 times`."""
        return times_words(self.change) if self.change else ""


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to say about why people complain.

    Attributes:
        today: the day for which it was counted.
        counted: what was counted.
        all: the sum of all; None with too few weeks.
        lines: of each cause, the most frequent of the newest weeks first.
    """

    today: date
    counted: Counted
    all: Change | None
    lines: Mapping[Cause, Line]

    @property
    def rising(self) -> list[Line]:
        """Those that are named."""
        return [line for line in self.lines.values() if line.is_rising]

    def of_sort(self, sort: Sort) -> list[Line]:
        """Those of one sort; times in their own order, the others as frequent as they are."""
        lines = [line for line in self.lines.values() if line.cause.sort == sort]
        return sorted(lines, key=lambda line: int(line.cause.value)) if sort in _TIMES else lines


def look(teams: Sequence[Team]) -> Look:
    """Look at the complaints of these teams, in two queries."""
    today = today_of(teams)
    weeks = counted(teams, today)
    causes = {cause: row for cause, row in weeks.causes.items() if len(teams) > 1 or cause.sort != Sort.TEAM}
    # Beside all that was complained about, so that a busy time for all is no rise of any. How much weeks vary
    # is read off causes of the same sort: places vary otherwise than times of the day.
    found: dict[Cause, Change] = {}
    for sort in Sort:
        found |= changes({cause: row for cause, row in causes.items() if cause.sort == sort}, weeks.all)
    named = beyond_noise(found, FALSE_NAMES)
    names = {team.word: team.name for team in teams}
    names |= {f"{Sort.PROCEDURE}:{number}": title for number, title in weeks.titles.items()}
    lines = [
        Line(
            cause,
            cause_words(cause, names),
            tuple(row.tolist()),
            int(row[-RECENT:].sum()),
            found.get(cause),
            cause in named,
        )
        for cause, row in causes.items()
    ]
    lines.sort(key=lambda line: (-line.recent, -sum(line.weeks), line.words))
    return Look(today, weeks, changes({"": weeks.all}).get(""), {line.cause: line for line in lines})


def line_of(team: Team, cause: Cause) -> Line:
    """A cause in one team, by itself.

    Raises:
        NotThere: nobody complained of it there in these weeks.
    """
    found = look([team])
    if cause not in found.counted.causes:
        raise NotThere("cause")
    return line_anyway(found, cause, [team])


def line_anyway(found: Look, cause: Cause, teams: Sequence[Team]) -> Line:
    """A cause as it was counted, also one that isn't looked at beside others, or of which nobody complains.

    Args:
        found: what there is to say of these teams.
        cause: one that is or was there.
        teams: whose complaints they are.
    """
    if line := found.lines.get(cause):
        return line
    row = found.counted.row(cause)
    words = cause_words(cause, {team.word: team.name for team in teams})
    return Line(cause, words, tuple(row.tolist()), int(row[-RECENT:].sum()), None, is_rising=False)


def today_of(teams: Sequence[Team]) -> date:
    """The day on which it is earliest, so that the running week is over for none of them."""
    moment = now()
    return min((moment.astimezone(team.zone).date() for team in teams), default=moment.date())


def cause_words(cause: Cause, teams: Mapping[str, str]) -> str:
    """A cause as people say it.

    Args:
        cause: which.
        teams: names by their words; and titles of procedures as `procedure:12`, where they are known.
    """
    match cause.sort:
        case Sort.CHANNEL:
            words = str(dict(Channel.choices).get(cause.value, cause.value))
        case Sort.PART:
            words = Part(int(cause.value)).label
        case Sort.WEEKDAY:
            words = f"on {_DAYS[int(cause.value)]}"
        case Sort.TEAM:
            words = teams.get(cause.value, cause.value)
        case Sort.TAG:
            words = f"#{cause.value}"
        case Sort.FACT:
            words = cause.value.replace("_", " ")
        case Sort.PROCEDURE:
            words = teams.get(f"{Sort.PROCEDURE}:{cause.value}") or _title_of(cause.value)
        case _:
            words = cause.value
    return words


def _title_of(number: str) -> str:
    found = Procedure.objects.filter(pk=number_in(number) or 0).values_list("title", flat=True).first()
    return found or "a procedure that isn't there any more"


def times_words(change: Change) -> str:
    """How many times as often as before: `1.5 to 4 times`, `at least 3 times`."""
    if change.highest == float("inf"):
        return f"at least {_factor(change.lowest)} times"
    low, high = _factor(change.lowest), _factor(change.highest)
    return f"{low} times" if low == high else f"{low} to {high} times"


def _factor(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if value < 10 else f"{value:.0f}"  # noqa: PLR2004
