"""What was given in complaints like this one, and how the customers rated it; never who gave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import mean, median
from typing import Final

from remit.complaints.models import Complaint
from remit.core.clock import now
from remit.remedies.vocabulary import KIND_WORDS, WAS_GIVEN

AT_LEAST: Final = 5
"""Fewer than these say nothing about what is usual, and may say something about one person."""
LOOKED_AT: Final = 2000
_A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Usual:
    """What was usually given of one kind.

    Attributes:
        words: the kind, as people read it.
        count: complaints in which it was given.
        middle: the median, in minor units.
        low, high: the middle half lies between them.
    """

    words: str
    count: int
    middle: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Complaints of the same team and category in the year before.

    Attributes:
        count: how many.
        given: in how many of them something was given.
        kinds: what was given, the most frequent first; only kinds given at least five times.
        rated: mean answer to *was it made right?* from 1 to 5, where something was given; None when too few
            said so.
        ratings: how many said so.
        has_enough: at least five complaints; fewer say nothing.
    """

    category: str
    currency: str
    count: int
    given: int
    kinds: Sequence[Usual]
    rated: float | None
    ratings: int

    @property
    def has_enough(self) -> bool:
        """Whether there are enough to say what is usual."""
        return self.count >= AT_LEAST


def complaints_like(complaint: Complaint) -> Alike | None:
    """What was given in complaints like this one, in one query; None without a category.

    Args:
        complaint: with its team and order at hand.
    """
    if not complaint.category:
        return None
    currency = complaint.order.currency if complaint.order else complaint.team.currency
    rows = (
        Complaint.objects.filter(
            team=complaint.team,
            category=complaint.category,
            opened_at__gte=now() - _A_YEAR,
            merged_into=None,
        )
        .exclude(pk=complaint.pk)
        .order_by("-opened_at", "-id")
        .values_list(
            "pk",
            "decisions__pk",
            "decisions__kind",
            "decisions__currency",
            "decisions__remedy__state",
            "decisions__remedy__value",
            "decisions__remedy__taken_back",
            "ratings__pk",
            "ratings__made_right",
        )[:LOOKED_AT]
    )
    return _counted(complaint.category, currency, list(rows))


def _counted(category: str, currency: str, rows: Sequence[tuple[object, ...]]) -> Alike:
    every: set[object] = set()
    amounts: dict[tuple[object, str], int] = {}
    decisions: set[object] = set()
    ratings: dict[object, dict[object, int]] = {}
    for pk, decision, kind, money, state, value, back, rating, made_right in rows:
        every.add(pk)
        if rating is not None and isinstance(made_right, int):
            ratings.setdefault(pk, {})[rating] = made_right
        if decision in decisions or state not in WAS_GIVEN or money != currency:
            continue
        decisions.add(decision)
        if isinstance(value, int) and isinstance(back, int):
            amounts[pk, str(kind)] = amounts.get((pk, str(kind)), 0) + value - back
    with_something = {pk for pk, _ in amounts}
    said = [score for pk in with_something for score in ratings.get(pk, {}).values()]
    return Alike(
        category,
        currency,
        len(every),
        len(with_something),
        _usual(amounts),
        mean(said) if len(said) >= AT_LEAST else None,
        len(said),
    )


def _usual(amounts: dict[tuple[object, str], int]) -> Sequence[Usual]:
    counts = Counter(kind for _, kind in amounts)
    found = []
    for kind, count in counts.most_common():
        if count < AT_LEAST:
            continue
        values = sorted(value for (_, each), value in amounts.items() if each == kind)
        found.append(
            Usual(
                KIND_WORDS.get(kind, kind),
                count,
                round(median(values)),
                values[(count - 1) // 4],
                values[-1 - (count - 1) // 4],
            )
        )
    return found
