"""What reviews said of decisions, as letting go and holding on need it: *the same*, or *different*."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Said = Mapping[int, bool]
"""For each decision that was reviewed: whether a review said *different*."""

_sources: list[Callable[[Sequence[int]], Said]] = []


def reviews_come_from(source: Callable[[Sequence[int]], Said]) -> None:
    """Whoever keeps reviews says so once, when the application starts.

    Only reviews of the fair draw may be given: those of the risk draw look where more is at stake, and would
    make whoever decides about it look worse. Where two looked at a decision, the first one counts.

    Args:
        source: gives for numbers of decisions what their reviews said; decisions without one are left out.
    """
    _sources.append(source)


def said_of(decisions: Sequence[int]) -> Said:
    """What reviews said of these decisions, from everybody who keeps some."""
    found: dict[int, bool] = {}
    for source in _sources:
        for decision, differently in source(decisions).items():
            found[decision] = found.get(decision, False) or differently
    return found
