"""Let go: what is always approved, as the nightly look at the answers found it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from remit.charters.in_force import charter_of
from remit.findings.actions import Found
from remit.findings.models import Dismissal, Finding, Taken
from remit.findings.vocabulary import Kind, Sort
from remit.insight.hats.rules.asked_for import HOURS_A_QUESTION, MOST, asked_for
from remit.people.models import Team
from remit_engine.evidence.letgo.live_values import LiveSegment
from remit_engine.evidence.letgo.values import Verdict
from remit_engine.report.words import names

_WEEKS_A_QUARTER: Final = 13
_WEEKS_A_YEAR: Final = 52


def always_approved(team: Team) -> Iterator[Found]:
    """What could be let go, wasn't left, and has no draft that is worked on."""
    rows = Finding.objects.filter(team=team, sort=Sort.LET_GO, ended_at=None, state=Verdict.LET_GO)
    rows = rows.exclude(dismissals__in=Dismissal.objects.filter(ended_at=None))
    rows = rows.exclude(taken__in=Taken.objects.filter(draft__ended_at=None))
    found = sorted(rows, key=lambda row: (-_a_week(row.evidence), row.pk))[:MOST]
    currency = charter_of(team).compiled.charter.currency if found else ""
    for row in found:
        segment = LiveSegment.from_record(row.evidence)
        at, a_week = segment.at_limit, _a_week(row.evidence)
        if at is None:
            continue
        yield asked_for(
            Kind.ALWAYS_APPROVED,
            row.pk,
            a_week * HOURS_A_QUESTION,
            finding=row.pk,
            title=names.title(segment.watched),
            asked=at.asked,
            approved=at.asked - at.declined,
            limit=at.limit,
            currency=currency,
            at_most=at.rate_at_most,
            a_week=round(a_week, 1),
        )


def _a_week(evidence: dict[str, Any]) -> float:
    """Questions a week that nobody would have to ask any more."""
    saved = evidence.get("saved")
    if not saved:
        return 0.0
    quarter = saved["a_quarter"]
    return float(quarter["value"] / _WEEKS_A_QUARTER if quarter else saved["approvals"] / _WEEKS_A_YEAR)
