"""The balance in words."""

from __future__ import annotations

from typing import Final

from remit.insight.balance.queries import Balance, Change, Part, SideNow
from remit.insight.balance.vocabulary import Side

_MIDDLE: Final = 50


def shown(value: float | None) -> str:
    """A value as pages show it: a whole number, halves up; a dash where there is none."""
    return "–" if value is None else str(int(value + 0.5))


def change_words(change: Change) -> str:
    """How something changed, in a few words; "" where nothing can be said."""
    if change.moved is None or change.is_more is None:
        return ""
    if not change.is_more:
        return "within noise"
    return f"{'up' if change.points > 0 else 'down'} more than noise"


def side_words(side: SideNow) -> str:
    """Where a side stands and how it changed, in one or two sentences."""
    name = side.side.label
    if side.value is None:
        return f"Of {name.lower()} nothing can be said yet: two parts of it need enough to be counted."
    now = f"{name} is {shown(side.value)}"
    if side.before is not None:
        now += f", and was {shown(side.before)} twelve weeks ago"
    if side.change.moved is None:
        return f"{now}. Whether it moved by more than noise can't be told yet."
    return f"{now}. Of its parts that happen week by week, {compared_words(side.change)}."


def compared_words(change: Change) -> str:
    """What was held against what, and what came of it; "" where nothing was."""
    if change.moved is None:
        return ""
    lately, before = shown(change.moved.lately), shown(change.moved.before)
    verdict = "that is more than noise" if change.is_more else "that is within noise"
    return f"the newest four weeks are {lately}, where four weeks were {before} on average before: {verdict}"


def quarter_words(balance: Balance) -> str:
    """In which quarter of the map a team stands, and what that is like; "" where it has no place there."""
    structure, room = balance.structure.value, balance.room.value
    if structure is None or room is None:
        return ""
    return {
        (True, True): "In balance: the work is consistent, and the people can act.",
        (True, False): "Held tight: the work is consistent, and the people have to ask.",
        (False, True): "Improvised: the people act, and the work depends on who does it.",
        (False, False): "Adrift: the work depends on who does it, and still the people have to ask.",
    }[structure >= _MIDDLE, room >= _MIDDLE]


def missing_words(part: Part) -> str:
    """Why a part is left out, and what would be needed."""
    there = f"{part.rows} so far" if part.rows else "None so far"
    return f"{there}; it takes {part.explained.needed}."


def map_words(balance: Balance, weeks: int) -> str:
    """What the map shows, for those who don't see it."""
    drawn = [each for each in balance.trail[-1 - weeks :] if each.is_whole]
    if not drawn:
        return "The map is empty: too little was counted yet."
    first, last = drawn[0], drawn[-1]
    ends = f"in the week to {last.last_day:%-d %B %Y} " + _place(last.structure, last.room)
    if first is last:
        return f"One point: {ends}."
    return f"A trail from {first.last_day:%-d %B %Y}, {_place(first.structure, first.room)}; {ends}."


def _place(structure: float | None, room: float | None) -> str:
    return f"{Side.STRUCTURE.label.lower()} {shown(structure)}, {Side.ROOM.label.lower()} {shown(room)}"
