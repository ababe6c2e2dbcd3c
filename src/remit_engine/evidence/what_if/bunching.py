"""Gifts squeezed under a limit: more of them just below it than a smooth curve would have.

Kleven, *Bunching*, Annual Review of Economics 8, 2016: a polynomial is fitted to the counts of amounts away
from the limit; what lies above it just below the limit is the excess. It is biased upwards, by about 20 of
3,000 where nothing is squeezed (measured; see docs/explanation/what-if.md), and round amounts attract
gifts by themselves. So it is a scenario, and said only where it is clearly above that noise.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from remit_engine.charter.columns.amounts import Amounts
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request
from remit_engine.evidence.what_if.past import Past
from remit_engine.evidence.what_if.values import Bunching
from remit_engine.history.table import Integers

_BIN: Final = 0.04
"""Width of a bin, as a share of the limit."""
_FROM, _UPTO = 0.2, 2.0
"""The curve is fitted from here to there, in limits."""
_BELOW, _BEYOND = 0.88, 1.68
"""Here counts may be displaced: they are not fitted."""
_DEGREE: Final = 4
_BIAS: Final = 0.01
"""Upward bias where nothing is squeezed, as a share of the gifts that are looked at: measured 20 of 3,000."""
_CLEAR: Final = 4.5
"""The excess has to be above its bias by so many standard deviations of the count expected: of histories in
which nothing is squeezed, fewer than 1 in 100 are told to have some."""
_FEWEST: Final = 1000
_MOST: Final = 3


def bunched(charter: CompiledCharter, past: Past) -> tuple[Bunching, ...]:
    """Limits under which gifts seem to be squeezed, at most three; of most requests none.

    Args:
        charter: in force, whose limits.
        past: what was asked and given under it.
    """
    judged = Amounts.of(charter.charter, past.requests).judged(slice(None))
    unused = {allowance.id: 0 for allowance in charter.charter.all_allowances}
    found = []
    for kind, role, amounts in _cells(past, judged):
        ladder = charter.ladder(Request(kind=kind, role=role, used=unused))
        limit = ladder.largest(Level.PROPOSE)
        if limit is None or limit <= 0:
            continue
        seen, expected = excess(amounts, limit)
        if is_clear(seen, expected, len(amounts)):
            found.append(Bunching(kind, role, limit, seen, expected))
    return tuple(sorted(found, key=lambda each: -each.squeezed)[:_MOST])


def is_clear(seen: int, expected: float, gifts: int) -> bool:
    """Whether an excess is clearly above its noise.

    Args:
        seen: amounts just below the limit.
        expected: of them on a smooth curve.
        gifts: all the amounts that the curve is fitted to, and those that may be displaced.
    """
    return seen - expected > _BIAS * gifts + _CLEAR * math.sqrt(max(expected, 1.0))


def excess(amounts: Integers, limit: int) -> tuple[int, float]:
    """How many amounts lie just below a limit, and how many would on a smooth curve.

    Args:
        amounts: int64, minor units.
        limit: minor units, above zero.
    """
    edges = np.arange(_FROM, _UPTO + _BIN / 2, _BIN)
    shares = np.nextafter(amounts / limit, -np.inf)  # the limit itself belongs below
    counts, _ = np.histogram(shares, bins=edges)
    middle = (edges[:-1] + edges[1:]) / 2
    fitted = (middle < _BELOW) | (middle > _BEYOND)
    curve = np.polynomial.Polynomial.fit(middle[fitted], counts[fitted], _DEGREE)
    window = (middle > _BELOW) & (middle < 1)
    return int(counts[window].sum()), float(np.maximum(curve(middle[window]), 0).sum())


def _cells(past: Past, judged: Integers) -> Iterator[tuple[str, str, Integers]]:
    """Kind and role with the amounts judged, where they are enough."""
    kinds, roles = past.requests.kind, past.requests.role
    for kind_code, kind in enumerate(kinds.names):
        for role_code, role in enumerate(roles.names):
            mask = (kinds.codes == kind_code) & (roles.codes == role_code) & (judged > 0)
            if int(mask.sum()) >= _FEWEST:
                yield kind, role, judged[mask]
