"""A change along the amount in words: `decide up to 80 instead of 50`."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from remit_engine.charter.difference.changes import Change, Shift
from remit_engine.charter.levels import Level
from remit_engine.charter.sentences import amount


def change_in_words(change: Change, currency: str) -> str:
    """What changes, as somebody would say it.

    Args:
        change: gains or losses of one region.
        currency: of the amounts.
    """
    if not change.shifts:
        return _without_amount(change)
    if change.gains and _is_one_level_further(change.shifts):
        first, last = change.shifts[0], change.shifts[-1]
        return _shift(replace(first, upto=last.upto), None, currency, gains=True)
    if len(change.shifts) > 1 and _is_one_ladder(change.shifts):
        return _ladder(change.shifts, currency)
    parts: list[str] = []
    for before, shift in zip((None, *change.shifts), change.shifts, strict=False):
        parts.append(_shift(shift, before, currency, gains=change.gains))
    return ", ".join(parts)


def _is_one_level_further(shifts: tuple[Shift, ...]) -> bool:
    """Whether one level reaches on from where it ended, over amounts that had several levels before."""
    pairs = list(pairwise(shifts))
    joined = all(shift.upto == following.above and shift.new == following.new for shift, following in pairs)
    return bool(pairs) and joined and shifts[0].above >= 0


def _is_one_ladder(shifts: tuple[Shift, ...]) -> bool:
    """Whether they follow one another and were all the same level before."""
    return all(
        shift.upto == following.above and shift.old == following.old for shift, following in pairwise(shifts)
    )


def _ladder(shifts: tuple[Shift, ...], currency: str) -> str:
    first = shifts[0]
    new = [f"{shift.new.word} {_upto(shift.upto, currency)}".rstrip() for shift in shifts]
    above = f" above {amount(first.above, currency)}" if first.above >= 0 else ""
    return f"{', '.join(new)} instead of {first.old.word}{above}"


def _shift(shift: Shift, before: Shift | None, currency: str, *, gains: bool) -> str:
    """One shift.

    Where the amounts below have the level already (or still), only its end moves: `decide up to 80 instead
    of 50`. They have if nothing changes just below, or if what is there was as high before.
    """
    old, new = shift.old.word, shift.new.word
    starts = amount(shift.above, currency) if shift.above >= 0 else ""
    if not starts:
        end = "" if shift.upto is None else f" {_upto(shift.upto, currency)}"
        return f"{new}{end} instead of {old}" if gains else f"{new} instead of {old}{end}"
    reached = before is None or before.upto != shift.above or before.old >= shift.new
    if gains and reached and shift.new > Level.ASK:
        if shift.upto is None:
            return f"{new} without a limit instead of up to {starts}"
        return f"{new} {_upto(shift.upto, currency)} instead of {starts}"
    kept = before is None or before.upto != shift.above or before.new >= shift.old
    if not gains and kept and shift.upto is not None and shift.old > Level.ASK:
        return f"{old} up to {starts} instead of {amount(shift.upto, currency)}"
    end = "" if shift.upto is None else f" {_upto(shift.upto, currency)}"
    return f"{new} instead of {old} above {starts}{end}"


def _upto(upto: int | None, currency: str) -> str:
    return "" if upto is None else f"up to {amount(upto, currency)}"


def _without_amount(change: Change) -> str:
    old, new = change.missing or (Level.ASK, Level.ASK)
    foreign = "" if min(old, new) >= Level.ASK else " or in another currency"
    return f"{new.word} instead of {old.word} when the amount isn't known{foreign}"
