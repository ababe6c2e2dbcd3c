"""What is said about why people complain, in sentences."""

from __future__ import annotations

from typing import Final

from remit.insight.causes.looking import SURE_OF_ALL, Line, Look, times_words
from remit_engine.evidence.afterwards import Afterwards, Since
from remit_engine.evidence.rising import FEWEST_BEFORE, RECENT, Change


def about_all(look: Look) -> str:
    """What there is to say about all complaints together."""
    weeks = len(look.counted.all)
    if look.counted.is_empty:
        return "Week by week: what complaints are about, and what of it rises."
    if look.all is None:
        return (
            f"Complaints of {weeks} whole {'week' if weeks == 1 else 'weeks'} so far: too few to say what is "
            f"usual. From {RECENT + FEWEST_BEFORE} on it is said what rises."
        )
    change = look.all
    said = f"{change.recent} complaints in the newest {RECENT} weeks, where {usual(change)} would be usual"
    if min(change.chance, change.chance_of_fewer) > SURE_OF_ALL:
        return f"{said}: no more and no fewer than noise explains."
    way = "more" if change.chance <= SURE_OF_ALL else "fewer"
    often = f"{times_words(change)} as often as before"
    return f"{said}: {often}, {way} than noise explains. A season may explain it, though."


def usual(change: Change) -> str:
    """How many would be usual: `5`, `0.4`."""
    return f"{change.usual:.0f}" if round(change.usual, 1) >= 1 else f"{change.usual:.1f}"


def why_undertaken(line: Line) -> str:
    """A why to begin with, of what is undertaken about a cause: its figures alone; people say more."""
    said = f"“{line.words}”: {_complaints(line.recent)} in the newest {RECENT} weeks"
    return f"{said}, where {usual(line.change)} would be usual." if line.change else f"{said}."


def _complaints(count: int) -> str:
    return f"{count} complaint{'' if count == 1 else 's'}"


_SINCE: Final = {
    Since.TOO_EARLY: f"Too early to say more: from {RECENT} whole weeks on it is said whether it went down.",
    Since.TOO_FEW_BEFORE: f"Fewer than {FEWEST_BEFORE} weeks before are counted: too few to say more.",
    Since.TOO_RARE: "It is so rare that even none at all since then would say nothing.",
    Since.FEWER: "It went down: beside all complaints these are fewer than noise explains.",
    Since.MORE: "It went up: beside all complaints these are more than noise explains.",
    Since.NOISE: "Beside all complaints noise may well explain the difference.",
}


def since_words(after: Afterwards) -> tuple[str, str]:
    """What became of a cause since something was done: the figures, and what they say."""
    since = f"{_a_week(after.since, after.weeks_since)} in the {_weeks(after.weeks_since)} since"
    before = f"{_a_week(after.before, after.weeks_before)} in the {_weeks(after.weeks_before)} before"
    if not after.weeks_since:
        return "No whole week has passed since.", _SINCE[after.says]
    return (f"{since}, {before}." if after.weeks_before else f"{since}."), _SINCE[after.says]


def _a_week(count: int, weeks: int) -> str:
    each = count / weeks if weeks else 0.0
    return f"{each:.0f} a week" if each == round(each) else f"{each:.1f} a week"


def _weeks(count: int) -> str:
    return f"{count} whole week{'' if count == 1 else 's'}"
