"""The checks of `remit verify`, `remit reconcile` and `remit trail verify`, together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from remit.complaints.verifying import Verified, verify_decisions
from remit.remedies.reconciling import differences
from remit.trail.verifying import verify_trail

_MOST: Final = 20
"""Differences that are put into words; all are counted."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found.

    Attributes:
        decisions: that were recomputed.
        entries: of the trail, that are sound.
        end: of the trail, to note down.
        wrong: what isn't right, in words; the first of them where there are many.
        count: how many aren't.
    """

    decisions: int
    entries: int
    end: str
    wrong: tuple[str, ...]
    count: int


def check_everything(told: Callable[[str, float], None]) -> Checked:
    """Recompute every decision, prove the books, and reckon the trail again.

    Args:
        told: hears what is being done, and how far it is.
    """
    found = _Found()
    verified = Verified()
    told("Recomputing decisions", 0.0)
    differing = verify_decisions(
        verified, lambda done, total: told("Recomputing decisions", done / max(total, 1))
    )
    for each in differing:
        found.add(f"Decision {each.decision} on C-{each.complaint}: {each.why}")
    told("Proving the books", 0.0)
    for apart in differences():
        found.add(f"{apart.where}: {apart.wrong}")
    told("Reckoning the trail again", 0.0)
    trail = verify_trail()
    if trail.broken is not None:
        found.add(f"Entry {trail.broken.number} of the trail: {trail.broken.wrong}")
    end = f"{trail.end.number}:{trail.end.hash}"
    return Checked(verified.decisions, trail.sound, end, tuple(found.first), found.count)


@dataclass(slots=True)
class _Found:
    """What isn't right: the first of it in words, and how much there is."""

    first: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, words: str) -> None:
        if self.count < _MOST:
            self.first.append(words)
        self.count += 1
