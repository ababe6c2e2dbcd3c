"""Teams side by side, in the order of their names: what each could learn from another. Nobody is ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from remit.insight.balance.queries import Balance, Part, balances_of
from remit.insight.balance.vocabulary import APART, SMALLEST_TEAM, Word
from remit.insight.balance.words import shown
from remit.people.models import Team
from remit_engine.evidence.balance import Tally, are_apart

_MOST = 2


@dataclass(frozen=True, slots=True)
class Beside:
    """A team beside others.

    Attributes:
        team: which.
        balance: where it stands; None where it is too small to be set beside others.
        learns: sentences: what it could ask another team about.
    """

    team: Team
    balance: Balance | None
    learns: Sequence[str]


def beside_each_other(teams: Sequence[Team], day: date) -> list[Beside]:
    """Some teams in the order of their names, in three queries."""
    people = Count(
        "memberships",
        filter=Q(
            memberships__until=None, memberships__member__left_at=None, memberships__member__is_software=False
        ),
    )
    sizes = dict(
        Team.objects.filter(pk__in=[team.pk for team in teams])
        .annotate(people=people)
        .values_list("pk", "people")
    )
    large = [team for team in teams if sizes.get(team.pk, 0) >= SMALLEST_TEAM]
    found = {balance.team.pk: balance for balance in balances_of(large, day)}
    shown_ones = sorted(teams, key=lambda team: (team.name, team.pk))
    return [
        Beside(
            team,
            found.get(team.pk),
            _learns(found[team.pk], list(found.values())) if team.pk in found else (),
        )
        for team in shown_ones
    ]


def _learns(balance: Balance, others: Sequence[Balance]) -> list[str]:
    """The parts below their own target of which another team has clearly more."""
    found: list[tuple[float, str]] = []
    for word in Word:
        here = balance.part(word)
        there = [(other.team, part) for other in others if _could_tell(here, part := other.part(word))]
        if there:
            # Whoever has most of it; where two have as much, the first by name.
            team, part = min(there, key=lambda each: (-(each[1].value or 0.0), each[0].name))
            gap = (part.value or 0.0) - (here.value or 0.0)
            found.append((gap, _sentence(team, part, here)))
    return [sentence for _, sentence in sorted(found, key=lambda each: -each[0])[:_MOST]]


def _could_tell(here: Part, there: Part) -> bool:
    """Whether a team is below its own target, and another one clearly farther, by more than chance."""
    if here.value is None or there.value is None or here.is_met or there.value - here.value < APART:
        return False
    return here.explained.is_state or are_apart(
        _tally(here.value, here.rows), _tally(there.value, there.rows)
    )


def _tally(value: float, rows: int) -> Tally:
    return Tally(round(value * rows), rows)


def _sentence(team: Team, there: Part, here: Part) -> str:
    figures = f"{shown(there.value)}, where here it is {shown(here.value)}"
    return f"At {team.name}, {there.explained.learn}: {figures}. Ask how."
