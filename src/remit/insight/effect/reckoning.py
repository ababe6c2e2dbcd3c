"""Before anything starts: how small an effect a planned rollout would find, from the past of its teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import isfinite
from typing import Final

import numpy as np

from remit.core.clock import today
from remit.core.writing import write
from remit.insight.effect.counting import Stretch, counted, usual_limit
from remit.people.models import Team
from remit.rollouts.models import Plan, monday_of
from remit.rollouts.vocabulary import BEFORE, Outcome
from remit_engine.evidence.effect import Outcome as Weekly
from remit_engine.evidence.effect import beforehand

_WEEK: Final = timedelta(days=7)
_PAST: Final = 52


def reckon(number: int) -> None:
    """Reckon what a plan would find, and keep it with the plan; does nothing once the order is drawn."""
    plan = Plan.objects.select_related("change").filter(change=number, change__draw=None).first()
    if plan is None or plan.is_reckoned:
        return
    teams = [start.team for start in plan.change.starts.select_related("team")]
    found = reckoned(plan, teams)
    with write():
        Plan.objects.filter(pk=plan.pk, revision=plan.revision, change__draw=None).update(
            limit=found.limit, smallest=found.smallest, past=found.past, reckoned=plan.revision
        )


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a plan would find; see `remit.rollouts.models.Plan`."""

    limit: int | None
    smallest: float | None
    past: int


def reckoned(plan: Plan, teams: Sequence[Team]) -> Reckoned:
    """What a plan would find in these teams, from their past until now."""
    until = monday_of(today("UTC"))
    stretch = Stretch(tuple(sorted(teams, key=lambda team: team.word)), until - _PAST * _WEEK, _PAST)
    limit = usual_limit(stretch, plan.change.currency, _PAST)
    found = {each.outcome: each.weekly for each in counted(stretch, plan.change.currency, limit)}
    past = _known_part(found[Outcome(plan.primary)])
    starts = [BEFORE + plan.apart * (place // plan.each) for place in range(len(teams))]
    weeks = BEFORE + (plan.until - plan.first_on).days // 7 + 1
    said = beforehand(past, starts, weeks) if past is not None else None
    smallest = said.smallest if said is not None and isfinite(said.smallest) else None
    return Reckoned(limit, smallest, said.past if said else 0)


def _known_part(past: Weekly | None) -> Weekly | None:
    """The past from the first week on in which half of the teams had a figure; None where there is none."""
    if past is None:
        return None
    known = np.isnan(past.values).sum(axis=0) * 2 <= len(past.values)
    if not known.any():
        return None
    first = int(known.argmax())
    counts = None if past.counts is None else past.counts[:, first:]
    return Weekly(past.name, past.values[:, first:], counts, more_is_better=past.more_is_better)
