"""What is learned from hats that were left: their kind is worth less in that team for half a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from remit.core.clock import now
from remit.findings.models import Dismissal
from remit.findings.vocabulary import COUNTS_THEN, LEARNED_FOR, LEAST_LEFT, Because, Kind, Sort
from remit.people.models import Team


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned about a kind.

    Attributes:
        kind: which.
        left: how often it was left.
        counts: the part of its worth that it still counts for.
    """

    kind: Kind
    left: int
    counts: float

    @property
    def words(self) -> str:
        """`steps that confuse: left once within half a year, so 50 % of the worth`."""
        times = "once" if self.left == 1 else f"{self.left} times"
        counts = round(100 * self.counts)
        return f"{self.kind.label}: left {times} within half a year, so {counts} % of the worth"


def left_lately(team: Team) -> list[Dismissal]:
    """Hats of a team that were left within half a year, each with what it was about, and by whom; one query.

    What was taken up again before its time was over isn't among them.
    """
    rows = Dismissal.objects.filter(
        finding__team=team, finding__sort=Sort.HAT, at__gt=now() - LEARNED_FOR, until__isnull=False
    )
    found = rows.select_related("finding", "by").order_by("-at", "-pk")
    return [row for row in found if row.ended_at is None or (row.until and row.ended_at >= row.until)]


def learned_from(left: Iterable[Dismissal]) -> Mapping[str, Learned]:
    """For how much each kind counts that was left, by its word.

    Each time it was left multiplies its worth: 1 where somebody is at it already, 0.9 for *later*, 0.6 for
    *not worth the time here*, 0.5 for *it isn't so here*; never below a tenth.
    """
    found: dict[str, Learned] = {}
    for row in left:
        before = found.get(row.finding.reason, Learned(Kind(row.finding.reason), 0, 1.0))
        counts = max(before.counts * COUNTS_THEN[Because(row.because)], LEAST_LEFT)
        found[row.finding.reason] = Learned(before.kind, before.left + 1, counts)
    return found
