"""The rules of one stretch of days, ready to answer; what a role and kind need is made when first asked."""

from __future__ import annotations

import logging
from math import nan
from typing import Final

from remit_engine.charter.document import Cap, Grant
from remit_engine.charter.generated import Cell, Decided, generate
from remit_engine.charter.ladder import Ladder, ladder_of
from remit_engine.charter.levels import Level
from remit_engine.charter.prepared import USED, Prepared, Preparing
from remit_engine.charter.request import Request
from remit_engine.charter.stretches import Stretch

ALARM: Final = logging.getLogger("remit_engine.alarm")
"""Where internal errors are told, as critical; the answer is then `ask`, never more."""


class InForce:
    """The rules of one stretch of days, ready to answer.

    Args:
        stretch: the rules.
    """

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.preparing = Preparing(stretch)
        self._cells: dict[tuple[object, object], Cell] = {}
        self._levels: dict[tuple[object, object], object] = {}

    def prepare(self, request: Request) -> Prepared:
        """Check a request and make it ready; see `Preparing`."""
        return self.preparing.prepare(request)

    def level(self, prepared: Prepared) -> Level:
        """The level of a prepared request."""
        values = prepared.values
        try:
            return self._levels[values["role"], values["kind"]](values)  # type: ignore[operator,no-any-return]
        except KeyError:
            return self._level_of_a_new_cell(prepared)
        except Exception:  # noqa: BLE001 (whatever it is: a person has to look, and nobody gets more)
            return self._alarmed(prepared)

    def decided(self, prepared: Prepared) -> Decided:
        """The level of a prepared request with the rules that made it, and what was used; see `Decided`.

        Raises:
            Exception: an internal error, of which the alarm was given; the answer to it is `ask`.
        """
        values = prepared.values
        try:
            return self._cells[values["role"], values["kind"]].decided(values)
        except KeyError:
            return self._decided_by_a_new_cell(prepared)
        except Exception:
            self._alarmed(prepared)
            raise

    def ladder(self, prepared: Prepared) -> Ladder:
        """The ladder of a prepared request, from what was given on its order already."""
        grants, caps = self.holding(prepared)
        values = prepared.values
        used = {cap.id: values.get(f"{USED}{cap.id}", nan) for cap in caps}
        return ladder_of(grants, caps, used, prepared.request.given, foreign=bool(values["foreign"]))

    def holding(self, prepared: Prepared) -> tuple[list[Grant], list[Cap]]:
        """Grants and caps that hold, whatever the amount and whatever was used."""
        return self.cell(prepared).holding(prepared.values)

    def cell(self, prepared: Prepared) -> Cell:
        """The functions for the role and kind of a request."""
        key = prepared.values["role"], prepared.values["kind"]
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells.setdefault(key, generate(self.stretch, *key))
            self._levels[key] = cell.level
        return cell

    def _decided_by_a_new_cell(self, prepared: Prepared) -> Decided:
        try:
            return self.cell(prepared).decided(prepared.values)
        except Exception:
            self._alarmed(prepared)
            raise

    def _level_of_a_new_cell(self, prepared: Prepared) -> Level:
        try:
            return self.cell(prepared).level(prepared.values)
        except Exception:  # noqa: BLE001 (as above)
            return self._alarmed(prepared)

    def _alarmed(self, prepared: Prepared) -> Level:
        ALARM.critical(
            "Charter %r failed on a request for a %s; it was answered with ask.",
            self.stretch.charter.name,
            prepared.request.kind,
            exc_info=True,
        )
        return Level.ASK
