"""What changes along the amount: from old tops to new ones, gains and losses apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from remit_engine.charter.diagram.chains import Range
from remit_engine.charter.diagram.tops import NO_AMOUNT, UNLIMITED, Tops
from remit_engine.charter.levels import Level


@dataclass(frozen=True, slots=True)
class Shift:
    """Amounts with one old and one new level; the new one may be lower.

    Attributes:
        above: amounts judged above this one, in minor units; -1 from 0 on.
        upto: up to this one; None without an end.
        old, new: the two levels, different.
    """

    above: int
    upto: int | None
    old: Level
    new: Level

    def has(self, judged: int) -> bool:
        """Whether an amount judged is one of them."""
        return self.above < judged and (self.upto is None or judged <= self.upto)


@dataclass(frozen=True, slots=True)
class Change:
    """What changes for the requests of one region, in one direction.

    Attributes:
        shifts: by rising amounts.
        missing: old and new level when the amount isn't known; None when that doesn't change. In another
            currency both are `ask` at most.
    """

    shifts: tuple[Shift, ...]
    missing: tuple[Level, Level] | None = None

    @property
    def gains(self) -> bool:
        """Whether the new levels are higher."""
        old, new = (self.shifts[0].old, self.shifts[0].new) if self.shifts else self.missing or (0, 0)
        return new > old

    def levels(self, judged: int | None, *, foreign: bool) -> tuple[Level, Level] | None:
        """Old and new level at an amount judged; None where nothing changes."""
        if judged is not None and not foreign:
            return next(((shift.old, shift.new) for shift in self.shifts if shift.has(judged)), None)
        if self.missing is None:
            return None
        old, new = (min(Level.ASK, level) if foreign else level for level in self.missing)
        return None if old == new else (old, new)

    def within(self, amounts: Range) -> Change | None:
        """What is left of it when only some amounts are possible; None for nothing."""
        first, last = amounts
        shifts = tuple(
            shift
            for shift in self.shifts
            if shift.above < last and (shift.upto is None or shift.upto >= first)
        )
        return Change(shifts, self.missing) if shifts or self.missing else None


def changes(old: Tops, new: Tops) -> tuple[Change, ...]:
    """What changes from old to new tops: gains, losses, both or nothing."""
    if old == new:
        return ()
    edges = sorted({*old[:4], *new[:4], NO_AMOUNT, UNLIMITED})
    found: dict[bool, list[Shift]] = {True: [], False: []}
    for above, upto in pairwise(edges):
        before, after = old.at(upto), new.at(upto)
        if before != after:
            _add(found[after > before], Shift(above, None if upto == UNLIMITED else upto, before, after))
    missing = (Level(old.missing), Level(new.missing)) if old.missing != new.missing else None
    made = (
        Change(tuple(found[up]), missing if missing and (missing[1] > missing[0]) == up else None)
        for up in (True, False)
    )
    return tuple(change for change in made if change.shifts or change.missing)


def _add(shifts: list[Shift], shift: Shift) -> None:
    """One more, joined to its neighbour where the levels are the same."""
    last = shifts[-1] if shifts else None
    if last and last.upto == shift.above and (last.old, last.new) == (shift.old, shift.new):
        shifts[-1] = Shift(last.above, shift.upto, shift.old, shift.new)
    else:
        shifts.append(shift)
