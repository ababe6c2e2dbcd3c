"""How tasks came to those who have them: taken up, given, handed over. Of a team, and of oneself alone.

Of others nothing is counted one by one, and of a team nothing is said where too few had tasks: by what is
known of oneself, the rest would be somebody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Q

from remit.core.clock import now
from remit.people.access import teams_for
from remit.people.models import Member, Team
from remit.work.models import Turn
from remit.work.vocabulary import Move

WEEKS: Final = 13
SMALLEST_GROUP: Final = 5
"""People to whom tasks came; of fewer nothing is said of the team."""
_CAME: Final = (Move.TAKEN, Move.GIVEN, Move.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Came:
    """How often tasks came to somebody.

    Attributes:
        taken: taken up.
        given: given by a lead.
        handed: handed over by a colleague.
    """

    taken: int
    given: int
    handed: int

    @property
    def all(self) -> int:
        """How often in all."""
        return self.taken + self.given + self.handed

    @property
    def taken_percent(self) -> int:
        """Of all times, those that they were taken up, in percent; 0 without any."""
        return round(100 * self.taken / self.all) if self.all else 0


@dataclass(frozen=True, slots=True)
class Balance:
    """How tasks came to people in a team.

    Attributes:
        of_team: of all of them; None where too few people had tasks.
        of_me: of whoever looks.
    """

    team: Team
    of_team: Came | None
    of_me: Came


def balance_of(member: Member) -> list[Balance]:
    """How tasks came to people in the teams that somebody sees, within thirteen weeks, in two queries."""
    teams: Sequence[Team] = list(teams_for(member))
    came = Turn.objects.filter(
        task__team__in=[team.pk for team in teams], at__gt=now() - timedelta(weeks=WEEKS), move__in=_CAME
    )
    counted = {
        f"{whose}_{move.name.lower()}": Count("pk", filter=Q(move=move) & of)
        for whose, of in (("team", Q()), ("me", Q(to=member)))
        for move in _CAME
    }
    rows = came.order_by().values("task__team").annotate(people=Count("to", distinct=True), **counted)
    found: dict[int, dict[str, Any]] = {row["task__team"]: {**row} for row in rows}
    return [_balance(team, found.get(team.pk, {})) for team in teams]


def _balance(team: Team, row: dict[str, Any]) -> Balance:
    def came(whose: str) -> Came:
        return Came(*(row.get(f"{whose}_{move.name.lower()}", 0) for move in _CAME))

    return Balance(team, came("team") if row.get("people", 0) >= SMALLEST_GROUP else None, came("me"))
