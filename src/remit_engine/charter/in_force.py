"""The rules of one stretch of days, ready to answer; what a role and kind need is made when first asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from math import nan
from typing import Any, Final, TypeVar

from remit_engine.charter.cells import Cell, Cells
from remit_engine.charter.document import Cap, Grant
from remit_engine.charter.generated import (
    Decided,
    Holding,
    Values,
    decided_function,
    holding_function,
    level_function,
    tried_values,
    walked_function,
)
from remit_engine.charter.ladder import Ladder, Rung, ladder_of
from remit_engine.charter.levels import Level
from remit_engine.charter.prepared import USED, Prepared, Preparing
from remit_engine.charter.request import Request
from remit_engine.charter.stretches import Stretch

ALARM: Final = logging.getLogger("remit_engine.alarm")
"""Where internal errors are told, as critical; the answer is then `ask`, never more."""

Made = TypeVar("Made")


class InForce:
    """The rules of one stretch of days, ready to answer.

    Args:
        stretch: the rules.
        is_draft: it is asked for some ladders and thrown away: no program is written for them.

    Attributes:
        decides: by role and kind, functions that decide; more are made by `decided` when they are missing.
    """

    def __init__(self, stretch: Stretch, *, is_draft: bool = False) -> None:
        self.stretch = stretch
        self._holding_of = walked_function if is_draft else holding_function
        self.preparing = Preparing(stretch)
        self.decides: dict[Any, dict[Any, Callable[[Values], Decided]]] = {}
        self._levels: dict[Any, dict[Any, Callable[[Values], Level]]] = {}
        self._holdings: dict[Any, dict[Any, Callable[[Values], Holding]]] = {}
        self._tried: dict[Any, dict[Any, dict[str, tuple[object, ...]]]] = {}
        self._cells = Cells(stretch)

    def prepare(self, request: Request) -> Prepared:
        """Check a request and make it ready; see `Preparing`."""
        return self.preparing.prepare(request)

    def level(self, prepared: Prepared) -> Level:
        """The level of a prepared request."""
        values = prepared.values
        try:
            return self._levels[values["role"]][values["kind"]](values)
        except KeyError:
            return self._level_of_a_new_cell(prepared)
        except Exception:  # noqa: BLE001 (whatever it is: a person has to look, and nobody gets more)
            return self.alarmed(prepared)

    def decided(self, prepared: Prepared) -> Decided:
        """The level of a prepared request with the rules that made it, and what is left; see `Decided`."""
        return self._made(self.decides, prepared, decided_function)(prepared.values)

    def ladder(self, prepared: Prepared) -> Ladder:
        """The ladder of a prepared request, from what was given on its order already."""
        given, values = prepared.request.given, prepared.values
        try:
            grants, caps = self.holding(prepared)
            used = {cap.id: values.get(f"{USED}{cap.id}", nan) for cap in caps}
            return ladder_of(grants, caps, used, given, foreign=bool(values["foreign"]))
        except Exception:  # noqa: BLE001 (as above)
            return Ladder(given, (Rung(self.alarmed(prepared), None, (), ()),))

    def holding(self, prepared: Prepared) -> tuple[list[Grant], list[Cap]]:
        """Grants and caps that hold, whatever the amount and whatever was used."""
        return self._made(self._holdings, prepared, self._holding_of)(prepared.values)

    def tried(self, prepared: Prepared) -> dict[str, tuple[object, ...]]:
        """For each fact that a rule for the role and kind looks at, values worth trying."""
        return self._made(self._tried, prepared, tried_values)

    def alarmed(self, prepared: Prepared) -> Level:
        """Give the alarm about the error that is being handled; the answer is `ask`."""
        ALARM.critical(
            "Charter %r failed on a request for a %s; it was answered with ask.",
            self.stretch.charter.name,
            prepared.request.kind,
            exc_info=True,
        )
        return Level.ASK

    def _level_of_a_new_cell(self, prepared: Prepared) -> Level:
        try:
            return self._made(self._levels, prepared, level_function)(prepared.values)
        except Exception:  # noqa: BLE001 (as above)
            return self.alarmed(prepared)

    def _made(
        self, known: dict[Any, dict[Any, Made]], prepared: Prepared, make: Callable[[Cell], Made]
    ) -> Made:
        """What belongs to a role and kind; made the first time. Two threads that make it make the same."""
        role, kind = prepared.values["role"], prepared.values["kind"]
        of_role = known.setdefault(role, {})
        if kind not in of_role:
            of_role[kind] = make(self._cells.of(role, kind))
        return of_role[kind]
