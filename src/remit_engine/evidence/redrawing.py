"""Drawing a week again from what was told of it: does the key fit, and was the same drawn?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from remit_engine.errors import InputError
from remit_engine.evidence.sampling import KEY_BYTES, Decided, Lot, commitment, doubled, draw

FORMULA: Final = "remit-draw-1"
_OF_A_DECISION: Final[Mapping[str, type | tuple[type, ...]]] = {
    "name": str,
    "member": str,
    "stake": (int, float),
    "chance_fair": (int, float),
    "chance_risk": (int, float),
    "drawn_fair": bool,
    "drawn_risk": bool,
    "place": int,
    "double": bool,
}


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What drawing again found.

    Attributes:
        decisions: how many there were.
        drawn: how many were drawn.
        wrong: what differs, a sentence each; empty where everything is as it was told.
    """

    decisions: int
    drawn: int
    wrong: Sequence[str]


def redraw(told: Mapping[str, Any]) -> Redrawn:
    """Draw a week again.

    Args:
        told: as the file of a week has it: `formula`, `commitment`, `key`, `each`, `budget`, `doubles`, and
            `decisions`, each with `name`, `member`, `stake`, and what was said of it.

    Raises:
        InputError: it isn't the file of a draw.
    """
    rows = _read(told)
    key = bytes.fromhex(told["key"])
    decided = [Decided(row["name"], row["member"], row["stake"]) for row in rows]
    try:
        lots = draw(decided, key, each=told["each"], budget=told["budget"])
    except ValueError as error:
        raise _no_draw(str(error)) from error
    wrong = []
    if commitment(key) != told["commitment"]:
        wrong.append("The key isn't the one that was committed to.")
    double = doubled([each.name for each in lots if each.is_drawn], key, told["doubles"])
    wrong += [
        f"{lot.name}: {what} was told to be {row[field]}, and is {value}."
        for row, lot in zip(rows, lots, strict=True)
        for field, what, value in _of(lot, is_double=lot.name in double)
        if row[field] != value
    ]
    return Redrawn(len(rows), sum(each.is_drawn for each in lots), wrong)


def _of(lot: Lot, *, is_double: bool) -> tuple[tuple[str, str, object], ...]:
    return (
        ("chance_fair", "its chance in the fair draw", lot.fair),
        ("chance_risk", "its chance in the risk draw", lot.risk),
        ("drawn_fair", "drawn by the fair draw", lot.is_fair),
        ("drawn_risk", "drawn by the risk draw", lot.is_risk),
        ("place", "its place", lot.place),
        ("double", "looked at by two", is_double),
    )


def _read(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The decisions of a file that holds what is needed."""
    if not isinstance(told, Mapping) or told.get("formula") != FORMULA:
        raise _no_draw(f"it doesn't say that its formula is {FORMULA}")
    kinds = {"commitment": str, "key": str, "each": int, "budget": int, "doubles": float, "decisions": list}
    for name, kind in kinds.items():
        if not isinstance(told.get(name), kind):
            raise _no_draw(f"{name} is missing, or something else")
    if len(told["key"]) != 2 * KEY_BYTES or not set(told["key"]) <= set("0123456789abcdef"):
        raise _no_draw("the key isn't one of 64 hexadecimal digits")
    for row in told["decisions"]:
        for name, allowed in _OF_A_DECISION.items():
            if not isinstance(row, Mapping) or not isinstance(row.get(name), allowed):
                raise _no_draw(f"a decision says nothing of its {name}, or something else")
    return list(told["decisions"])


def _no_draw(why: str) -> InputError:
    return InputError(
        "no-draw", f"This isn't the file of a draw: {why}.", "Load it down from the page of its week."
    )
