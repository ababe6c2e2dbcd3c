"""Writing down on which days a team is closed, and taking that back; what comes back follows at once."""

from __future__ import annotations

from datetime import date

from remit.core.clock import now, today
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit.work.access import closed_days_of
from remit.work.actions.rounds import reckon_anew
from remit.work.models import ClosedDays
from remit.work.vocabulary import LONGEST_CLOSED, MOST_CLOSED

_TO_DO = "say when the team is closed"
_YEARS = 10


def close_days(place: Place, first: date, last: date, *, is_yearly: bool, why: str) -> ClosedDays:
    """A lead writes down that the team is closed; the same days once more change nothing.

    What has come already stays; what was still to come moves, or is left out, as each checklist says.

    Args:
        place: of the lead.
        first: on the wall clock of the team.
        last: the same day, or a later one.
        is_yearly: whether the same days come back each year after.
        why: never empty.

    Raises:
        NotAllowed: by somebody below a lead.
        Refusal: the days are wrong, the why is missing, or there are too many entries.
    """
    need_rank(place, Rank.LEAD, _TO_DO)
    _need_days(place, first, last)
    words = why.strip()
    if not words:
        raise Refusal("no-why", "A word why is needed.", "Say it in a sentence.", field="why")
    with write():
        rows = closed_days_of(place)
        if before := rows.filter(first=first, last=last).first():
            return before
        if rows.count() >= MOST_CLOSED:
            raise Refusal("too-many-days", f"There are {MOST_CLOSED} entries.", "Remove those that are over.")
        row = ClosedDays.objects.create(
            team=place.team, first=first, last=last, is_yearly=is_yearly, why=words,
            made_by=place.member, made_at=now(),
        )  # fmt: skip
        _follow("closed-days-added", place, row)
        return row


def open_days(place: Place, number: int) -> None:
    """A lead takes back that the team is closed; nothing happens where it is gone.

    Raises:
        NotAllowed: by somebody below a lead.
    """
    need_rank(place, Rank.LEAD, _TO_DO)
    with write():
        row = closed_days_of(place).filter(pk=number).first()
        if row is not None:
            row.delete()
            _follow("closed-days-removed", place, row)


def _follow(act: str, place: Place, row: ClosedDays) -> None:
    team = place.team
    record(act, f"team:{team.word}", by=place.member, team=team, first=str(row.first), last=str(row.last))
    reckon_anew(team)


def _need_days(place: Place, first: date, last: date) -> None:
    if last < first:
        raise Refusal("ends-before", "It ends before it begins.", "Look at both days again.", field="last")
    if last - first > LONGEST_CLOSED:
        raise Refusal("closed-too-long", "That is more than a year.", "Look at the year again.", field="last")
    if abs(first.year - today(place.team.time_zone).year) > _YEARS:
        raise Refusal("day-too-far", "That is ten years away.", "Look at the year again.", field="first")
