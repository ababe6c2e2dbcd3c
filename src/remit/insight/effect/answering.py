"""Looking whether something worked: rows are counted, the engine is asked, and what it says is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Min

from remit.complaints.models import Complaint
from remit.core.clock import now, today
from remit.core.writing import write
from remit.insight.effect.counting import Counted, Stretch, counted, usual_limit
from remit.insight.effect.recording import absent, as_record, weeks_as_record
from remit.notices.actions import tell
from remit.people.models import Team
from remit.rollouts.access import starts_of
from remit.rollouts.actions.asking import open_answer
from remit.rollouts.models import Answer, Change, Draw, monday_of
from remit.rollouts.notices import answer_there
from remit.rollouts.vocabulary import FEWEST_TEAMS
from remit_engine.evidence.effect import Effect, Rollout, effects_of

_WEEK: Final = timedelta(days=7)
_BEFORE_OF_TEAMS: Final = 26
"""Weeks before the first start that are looked at where several teams are compared."""
_BEFORE_OF_FEW: Final = 104
"""And for one team: a season takes a year to be seen."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is looked at.

    Attributes:
        stretch: weeks of teams, in order of their names.
        starts: week of each, counted from 0; None for one that hasn't begun.
        by_lot: whether the order was drawn.
        primary: the outcome that was fixed before; None where there is none.
        limit: of what is given for a complaint, in minor units.
    """

    stretch: Stretch
    starts: tuple[int | None, ...]
    by_lot: bool
    primary: str | None
    limit: int | None

    @property
    def rollout(self) -> Rollout:
        """For the engine."""
        return Rollout(tuple(team.word for team in self.stretch.teams), self.starts, by_lot=self.by_lot)


def answer(number: int) -> None:
    """Do what was asked; does nothing where it is done, or its change is gone."""
    begun = (
        Answer.objects.select_related("change__by", "change__draw").filter(pk=number, ended_at=None).first()
    )
    if begun is None:
        return
    change = begun.change
    setting = setting_of(change)
    found = counted(setting.stretch, change.currency, setting.limit)
    effects = [*_told(setting, found)]
    with write():
        still = Answer.objects.select_for_update().filter(pk=number, ended_at=None).first()
        if still is None:
            return
        still.first = setting.stretch.first
        still.until = setting.stretch.first + (setting.stretch.weeks - 1) * _WEEK
        still.effects, still.ended_at = effects, now()
        still.weeks = weeks_as_record(setting.stretch, found, setting.starts)
        still.save()
        if setting.by_lot:
            tell([change.by], answer_there(change))


def answers_due() -> list[int]:
    """Rollouts whose end is reached and that nobody looked at yet; each has its look begun.

    Returns:
        the numbers of the looks.
    """
    ended = Draw.objects.filter(
        until__lte=today("UTC") - _WEEK, change__answers=None, change__given_up_at=None
    ).select_related("change")
    with write():
        return [open_answer(draw.change).pk for draw in ended]


def setting_of(change: Change) -> Setting:
    """What is looked at for a change: as it was drawn, or as it began."""
    draw: Draw | None = getattr(change, "draw", None)
    rows = {start.team: start.on for start in starts_of(change)}
    teams = tuple(sorted(rows, key=lambda team: team.word))
    if draw is not None:
        drawn = {pk: date.fromisoformat(day) for pk, day in draw.order}
        stretch = Stretch(teams, draw.first, (draw.until - draw.first).days // 7 + 1)
        weeks = tuple((drawn[team.pk] - draw.first).days // 7 for team in teams)
        return Setting(stretch, weeks, by_lot=True, primary=draw.primary, limit=draw.limit)
    start = min(on for on in rows.values() if on is not None)
    first = _first_of(teams, start)
    last = min(change.last or date.max, monday_of(today("UTC")) - _WEEK)
    stretch = Stretch(teams, first, max((last - first).days // 7 + 1, 1))
    starts = tuple(None if (on := rows[team]) is None else (on - first).days // 7 for team in teams)
    limit = usual_limit(stretch, change.currency, (start - first).days // 7)
    return Setting(stretch, starts, by_lot=False, primary=None, limit=limit)


def effects_in(setting: Setting, found: Sequence[Counted]) -> dict[str, Effect]:
    """What the engine says of each outcome that there is."""
    there = [each.weekly for each in found if each.weekly is not None]
    names = {each.name for each in there}
    primary = setting.primary if setting.primary in names else None
    return {effect.outcome: effect for effect in effects_of(there, setting.rollout, primary)}


def _told(setting: Setting, found: Sequence[Counted]) -> list[dict[str, Any]]:
    """Records, the primary outcome first."""
    effects = effects_in(setting, found)
    records = []
    for each in found:
        is_primary = each.outcome.value == setting.primary
        effect = effects.get(each.outcome.value)
        records.append(
            absent(each.outcome.value, is_primary=is_primary)
            if effect is None
            else as_record(effect, each, is_primary=is_primary)
        )
    return sorted(records, key=lambda record: not record["primary"])


def _first_of(teams: Sequence[Team], start: date) -> date:
    """The Monday of the first week: as far back as is looked at, or the first whole week with a complaint."""
    far = _BEFORE_OF_TEAMS if len(teams) >= FEWEST_TEAMS else _BEFORE_OF_FEW
    since = start - far * _WEEK
    oldest = Complaint.objects.filter(team__in=teams).aggregate(oldest=Min("opened_at"))["oldest"]
    if oldest is None:
        return since
    return min(start, max(since, monday_of(oldest.date()) + _WEEK))
