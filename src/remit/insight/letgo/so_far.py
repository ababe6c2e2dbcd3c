"""What was let go, and what its reviews say of it by now: the promise goes on after the trial began."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Final

import numpy as np
from django.db.models import Exists, OuterRef, Q

from remit.complaints.models import Decision
from remit.core.clock import now
from remit.findings.actions import HISTORY
from remit.findings.models import Taken
from remit.people.models import Team
from remit.remedies.models import Event
from remit.reviews.queries.fair import said_differently_in
from remit_engine.evidence.bounds import rate_at_most

_ALONE: Final = ("decide", "inform", "propose")


def so_far(team: Team, confidence: float) -> dict[str, Any]:
    """What was decided in the last year by what was taken up here alone, and what its fair reviews said.

    The bound is right whenever one looks, as it comes from evidence in the order of time; it is about
    decisions like those, by the people who took them.

    Args:
        team: where.
        confidence: of the bound.

    Returns:
        plain values: how many decisions; how many of them were reviewed by lot; of how many of these a review
        said different, or somebody else took them back; and `at_most`, the share of all of them that would be
        answered otherwise, 1 where nothing can be said. {} where nothing was decided by it.
    """
    rules = sorted(set(Taken.objects.filter(finding__team=team).values_list("rule", flat=True)))
    if not rules:
        return {}
    by_another = Event.objects.filter(remedy=OuterRef("remedy"), what="taken-back", by__isnull=False).exclude(
        by=OuterRef("member")
    )
    decided = (
        Decision.objects.filter(team=team, at__gte=now() - HISTORY, level__in=_ALONE)
        .filter(reduce(or_, (Q(verdict__grants=[rule]) for rule in rules)))
        .annotate(was_taken_back=Exists(by_another))
        .values_list("pk", "was_taken_back")
    )
    rows, said = dict(decided), said_differently_in(team)
    if not rows:
        return {}
    reviewed = [number for number in rows if number in said]
    bad = sum(said[number] or rows[number] for number in reviewed)
    at_most = rate_at_most(np.array(bad), np.array(len(reviewed)), 1 - confidence)
    return {
        "decisions": len(rows),
        "reviewed": len(reviewed),
        "bad": bad,
        "at_most": float(at_most),
    }
