"""Rules of a charter that hang on an objective, and what those are for that made a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse

from remit.charters.sentences import rule_name
from remit.people.models import Member, Team
from remit.purpose.access import rules_hung_for, vision_of
from remit.purpose.hanging import MOST_SHOWN, Hanging
from remit.purpose.line_of_sight import LineOfSight, line_of_sight
from remit.purpose.models import Objective


def rules_on(member: Member, objective: Objective) -> Iterator[Hanging]:
    """The rules that hang on an objective; the page of one that is in force no more says so."""
    for row in rules_hung_for(member, objective.team).filter(objective=objective)[: MOST_SHOWN + 1]:
        address = reverse("charters:rule", args=[objective.team.word, row.rule])
        yield Hanging(rule_name(row.rule), address)


def rules_that_made(verdict: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the rules that made a level: the caps that held it down, or else the grants that reached it.

    Args:
        verdict: record of the engine, as a decision keeps it; see `Verdict.whys`.
    """
    return tuple(verdict.get("caps") or verdict.get("grants") or ())


def sights_behind(member: Member, team: Team, verdict: Mapping[str, Any]) -> list[LineOfSight]:
    """What the rules that made a verdict are for, up to the vision; in one query, and one for that.

    Args:
        member: who looks.
        team: whose charter it was.
        verdict: record of the engine.

    Returns:
        those that hang on an objective, in the order of the verdict.
    """
    names = rules_that_made(verdict)
    hung = {row.rule: row for row in rules_hung_for(member, team).filter(rule__in=names)} if names else {}
    vision = vision_of(team) if hung else None
    sights = []
    for name in (name for name in names if name in hung):
        sight = line_of_sight(hung[name].objective, doing=f"“{rule_name(name)}” is there", vision=vision)
        sights.append(replace(sight, address=reverse("charters:rule", args=[team.word, name])))
    return sights
