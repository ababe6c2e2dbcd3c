"""The choice of a limit: what is saved and risked by every limit of one grant, all else as in the charter.

A ladder never rises with the amount, and a grant meets the amount only by its limit. So two replays say what
every limit would do: one in which the grant has none, and one without the grant. With limit L a request has
the first level where its amount judged is at most L, and the second one beyond. As recorded, that is exact.

Where totals are added up anew, another limit changes what is left of an allowance for whatever comes later,
so the charter is replayed with each limit that is drawn. Which requests go through then depends on answers
before them alone, so a bound holds for each limit, and for all of them with an equal share of the error each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from remit_engine.charter.columns import CharterInColumns
from remit_engine.charter.columns.amounts import Amounts
from remit_engine.charter.document import Charter, Grant
from remit_engine.charter.levels import Level
from remit_engine.evidence.bounds import rate_at_most
from remit_engine.evidence.what_if.past import Past
from remit_engine.evidence.what_if.values import Choice, ChoicePoint
from remit_engine.history.replay.result import Levels, amounts_of
from remit_engine.history.requests.columns import RequestColumns
from remit_engine.history.table import Answer, Bools, Integers

_POINTS: Final = 48
_REPLAYED: Final = 12
"""So many limits are drawn where each takes a replay of its own, beside those that are marked."""
_MOST: Final = 3
"""So many grants are drawn, those whose limit changes first."""


def grants_to_draw(before: Charter, after: Charter) -> list[tuple[Grant, int | None]]:
    """Grants whose limit differs between two charters, with the limit before; new ones had 0."""
    known = {grant.id: grant for grant in before.all_grants}
    drawn = []
    for grant in after.all_grants:
        earlier = known.get(grant.id)
        limit = earlier.upto if earlier else 0
        if grant.level >= Level.PROPOSE and grant.upto is not None and limit != grant.upto:
            drawn.append((grant, limit))
    return drawn[:_MOST]


def choice_of(
    charter: Charter,
    grant: Grant,
    past: Past,
    requests: RequestColumns,
    *,
    before: int | None,
    confidence: float,
) -> Choice | None:
    """What every limit of a grant would have meant; None where no request meets it.

    Args:
        charter: looked at.
        grant: one of its grants, with a limit.
        past: what was.
        requests: of the past, with the facts of this charter.
        before: its limit in the charter in force; 0 for a new grant, None for one without a limit.
        confidence: of the upper bound, for all limits at once.
    """
    inside = _Inside.of(charter, grant, past, requests)
    limits = inside.limits([limit for limit in (before, grant.upto) if limit is not None])
    if not limits:
        return None
    points = inside.points(limits, 1 - confidence)
    return Choice(grant=grant.id, before=before, after=grant.upto, points=points)


def choice_replayed(
    charter: Charter,
    grant: Grant,
    past: Past,
    requests: RequestColumns,
    *,
    before: int | None,
    confidence: float,
    levels_of: Callable[[Charter], Levels],
) -> Choice | None:
    """The same where totals are added up anew; None where no request meets the grant.

    Args:
        charter: looked at.
        grant: one of its grants, with a limit.
        past: what was.
        requests: of the past, with the facts of this charter.
        before: its limit in the charter in force, as for `choice_of`.
        confidence: of the upper bound, for all limits that are drawn at once.
        levels_of: the levels of the past under another charter, replayed.
    """
    inside = _Inside.of(charter, grant, past, requests, allowances=False)
    limits = inside.limits([limit for limit in (before, grant.upto) if limit is not None], _REPLAYED)
    if not limits:
        return None
    points = tuple(
        inside.replayed(limit, levels_of(_with(charter, replace(grant, upto=limit))), confidence, len(limits))
        for limit in limits
    )
    return Choice(grant=grant.id, before=before, after=grant.upto, points=points)


@dataclass(frozen=True, slots=True)
class _Inside:
    """Rows that a grant can let go, and those that go without it.

    Attributes:
        judged: int64, the amounts judged; -1 where they say nothing.
        meets: bool, where the grant makes the difference between asking and not.
        goes: bool, where nobody has to ask whatever its limit.
        never: bool, where nobody may give it whatever its limit.
    """

    past: Past
    judged: Integers
    amounts: Integers
    meets: Bools
    goes: Bools
    never: Bools

    @classmethod
    def of(
        cls,
        charter: Charter,
        grant: Grant,
        past: Past,
        requests: RequestColumns,
        *,
        allowances: bool = True,
    ) -> _Inside:
        amounts = Amounts.of(charter, requests)
        unlimited, none = _with(charter, replace(grant, upto=None)), _with(charter, grant, keep=False)
        with_it = CharterInColumns(unlimited).levels(requests, allowances=allowances)
        without = CharterInColumns(none).levels(requests, allowances=allowances)
        goes = without >= Level.PROPOSE
        judged = amounts.judged(slice(None))
        return cls(
            past,
            judged,
            amounts_of(requests, amounts.unknown),
            (with_it >= Level.PROPOSE) & ~goes & (judged >= 0),
            goes,
            without == Level.NEVER,
        )

    def limits(self, marked: Sequence[int], points: int = _POINTS) -> list[int]:
        """Limits that tell the requests apart, evenly over them, and those that are marked."""
        met = np.unique(self.judged[self.meets])
        if not len(met):
            return []
        spread = met[np.unique(np.linspace(0, len(met) - 1, points).round().astype(np.int64))]
        return sorted({int(limit) for limit in spread} | {limit for limit in marked if limit > 0})

    def replayed(self, limit: int, levels: Levels, confidence: float, drawn: int) -> ChoicePoint:
        """What a limit would have meant, by the levels of a replay; one of so many that are drawn."""
        log = self.past.requests.log
        answered = np.zeros(len(levels), np.bool_) if log is None else log.answer >= 0
        avoided = (self.past.levels == Level.ASK) & (levels >= Level.PROPOSE)
        bad = avoided & answered
        if log is not None:
            bad &= log.answer != Answer.APPROVED
        declined, known = int(bad.sum()), int((avoided & answered).sum())
        return ChoicePoint(
            limit=limit,
            avoided=int(avoided.sum()),
            added=int(((self.past.levels >= Level.PROPOSE) & (levels == Level.ASK)).sum()),
            amount=int(self.amounts[avoided].sum()),
            declined=declined,
            rate_at_most=float(rate_at_most(declined, known, (1 - confidence) / drawn)),
        )

    def points(self, limits: Sequence[int], error: float) -> tuple[ChoicePoint, ...]:
        """What each of these limits would have meant."""
        log = self.past.requests.log
        answered = np.zeros(len(self.judged), np.bool_) if log is None else log.answer >= 0
        bad = answered & (log.answer != Answer.APPROVED) if log is not None else answered
        asked = self.past.levels == Level.ASK
        free = (self.past.levels >= Level.PROPOSE) & ~self.never
        by_grant = np.argsort(self.judged[self.meets], kind="stable")
        order = self.judged[self.meets][by_grant]

        def up_to(mask: Bools) -> Integers:
            counted = np.cumsum(mask[self.meets][by_grant])
            found: Integers = np.concatenate([[0], counted])[np.searchsorted(order, limits, side="right")]
            return found

        def money(mask: Bools) -> Integers:
            summed = np.cumsum(np.where(mask, self.amounts, 0)[self.meets][by_grant])
            found: Integers = np.concatenate([[0], summed])[np.searchsorted(order, limits, side="right")]
            return found

        always = asked & self.goes
        kept = up_to(free)
        declined, known = up_to(asked & bad), up_to(asked & answered)
        rates = rate_at_most(declined, known, error)
        rows = zip(limits, up_to(asked), kept, money(asked), declined, rates, strict=True)
        all_free, stays = int(free.sum()), int((free & self.goes).sum())
        return tuple(
            ChoicePoint(
                limit=limit,
                avoided=int(always.sum()) + int(more),
                added=all_free - stays - int(still),
                amount=int(self.amounts[always].sum()) + int(amount),
                declined=int((always & bad).sum()) + int(wrong),
                rate_at_most=float(rate),
            )
            for limit, more, still, amount, wrong, rate in rows
        )


def _with(charter: Charter, grant: Grant, *, keep: bool = True) -> Charter:
    """The same charter with another grant of this id, or without it, wherever in its lineage it stands."""
    grants = tuple(
        grant if each.id == grant.id else each for each in charter.grants if keep or each.id != grant.id
    )
    extends = charter.extends and _with(charter.extends, grant, keep=keep)
    return replace(charter, grants=grants, extends=extends)
