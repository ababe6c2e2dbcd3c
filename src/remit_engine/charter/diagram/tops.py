"""What rules do along the amount: for every level the largest amount at which it is reached.

A ladder never rises with the amount, so four numbers and one level say all of it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from remit_engine.charter.levels import Level

UNLIMITED: Final = 1 << 62
"""More than any amount judged, in minor units."""
NO_AMOUNT: Final = -1
"""The largest amount of a level that is reached at no amount at all."""

_RAISED: Final = (Level.PROPOSE, Level.INFORM, Level.DECIDE)


class Tops(NamedTuple):
    """The largest amount judged at which each level, or a higher one, is reached.

    Attributes:
        ask, propose, inform, decide: minor units, never rising in this order; `UNLIMITED` without an end,
            `NO_AMOUNT` where it is reached nowhere. `ask` is where `never` begins.
        missing: the level (as its number) when the amount isn't known.
    """

    ask: int
    propose: int
    inform: int
    decide: int
    missing: int

    def at(self, judged: int) -> Level:
        """The level at an amount judged, in minor units."""
        for level in (Level.DECIDE, Level.INFORM, Level.PROPOSE, Level.ASK):
            if judged <= self[level - 1]:
                return level
        return Level.NEVER

    def of(self, judged: int | None, *, foreign: bool) -> Level:
        """The level of a request: at its amount, without one, or in another currency (at most `ask`)."""
        if foreign:
            return Level(min(Level.ASK, self.missing))
        return Level(self.missing) if judged is None else self.at(judged)

    def capped(self, caps: Tops) -> Tops:
        """Both together: everywhere the lower level."""
        # Written out: this is called hundreds of thousands of times for one comparison.
        a, b, c, d, e = self
        v, w, x, y, z = caps
        return Tops(min(v, a), min(w, b), min(x, c), min(y, d), min(z, e))

    def raised(self, grants: Tops) -> Tops:
        """Both together: everywhere the higher level."""
        a, b, c, d, e = self
        v, w, x, y, z = grants
        return Tops(max(v, a), max(w, b), max(x, c), max(y, d), max(z, e))


NO_GRANT: Final = Tops(UNLIMITED, NO_AMOUNT, NO_AMOUNT, NO_AMOUNT, Level.ASK)
"""What is left when no grant holds: ask, whatever the amount."""
NO_CAP: Final = Tops(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, Level.DECIDE)
"""What is left when no cap holds: everything."""


def granted(level: int, upto: int) -> Tops:
    """What one grant reaches.

    Args:
        level: of the grant.
        upto: its largest amount in minor units, or `UNLIMITED`.
    """
    propose, inform, decide = (upto if each <= level else NO_AMOUNT for each in _RAISED)
    return Tops(UNLIMITED, propose, inform, decide, level if upto == UNLIMITED else Level.ASK)


def left_by(level: int, above: int, *, holds_missing: bool) -> Tops:
    """What one cap leaves.

    Args:
        level: that it caps to.
        above: the largest amount that it leaves alone, or `NO_AMOUNT`.
        holds_missing: whether it holds when the amount isn't known.
    """
    ask, propose, inform, decide = (above if each > level else UNLIMITED for each in (Level.ASK, *_RAISED))
    return Tops(ask, propose, inform, decide, level if holds_missing else Level.DECIDE)
