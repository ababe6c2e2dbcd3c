"""A charter ready for use: immutable, shared between threads, pickled as its document, named by its hash.

    compiled = compile_charter(charter)
    verdict = compiled.verdict(request)

What is made when it is first needed (the rules of a day, the functions of a role and kind) is made from the
document alone, so two threads that make it at once make the same.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property

from remit_engine.charter.document import Charter
from remit_engine.charter.in_force import InForce
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.levels import Level
from remit_engine.charter.naming import charter_hash
from remit_engine.charter.request import Request
from remit_engine.charter.stretches import careful_stretch, stretches
from remit_engine.charter.verdict import Verdict, judge
from remit_engine.errors import InputError


class CompiledCharter:
    """A charter ready to answer requests on any day.

    Args:
        charter: the document. Nothing of it is checked here: reading has done that.
        is_draft: it is asked for some ladders and thrown away.
    """

    def __init__(self, charter: Charter, *, is_draft: bool = False) -> None:
        self.charter = charter
        self._is_draft = is_draft

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the document, 64 hexadecimal digits: the name of this version."""
        return charter_hash(self.charter)

    @cached_property
    def _stretches(self) -> tuple[list[date], list[InForce]]:
        parts = stretches(self.charter)
        return [part.since for part in parts if part.since is not None], [
            InForce(part, is_draft=self._is_draft) for part in parts
        ]

    @cached_property
    def _careful(self) -> InForce:
        return InForce(careful_stretch(self.charter), is_draft=self._is_draft)

    def on(self, day: date | None) -> InForce:
        """The rules of a day; of no day in particular, the careful ones.

        Raises:
            InputError: it is no day.
        """
        if not isinstance(day, date | None):
            raise InputError("not-a-day", f"The day is {day!r}, which is no day.", "Give a date, or None.")
        starts, parts = self._stretches
        if not starts:
            return parts[0]
        return self._careful if day is None else parts[bisect_right(starts, day)]

    def level(self, request: Request) -> Level:
        """What the one who asks may do.

        Raises:
            InputError: the request can't be meant (see `check_request`).
        """
        in_force = self.on(request.day)
        return in_force.level(in_force.prepare(request))

    def verdict(self, request: Request) -> Verdict:
        """The level with the rules that made it, what is left, and on demand everything else.

        Raises:
            InputError: the request can't be meant (see `check_request`).
        """
        in_force = self.on(request.day)
        return judge(in_force, in_force.prepare(request))

    def ladder(self, request: Request) -> Ladder:
        """The levels along the amount; the request needs no amount.

        Raises:
            InputError: the request can't be meant (see `check_request`).
        """
        in_force = self.on(request.day)
        return in_force.ladder(in_force.prepare(request))

    def __getstate__(self) -> dict[str, object]:
        """The document and its hash: all else is made again from it."""
        return {"charter": self.charter, "hash": self.hash}

    def __setstate__(self, state: dict[str, object]) -> None:
        self._is_draft = False
        self.__dict__.update(state)


def compile_charter(charter: Charter, *, is_draft: bool = False) -> CompiledCharter:
    """Make a charter ready for use.

    Args:
        charter: as read, or made of values.
        is_draft: it is asked for some ladders and thrown away: the answers are the same, sooner for the first
            of each role and kind, later for all others.
    """
    return CompiledCharter(charter, is_draft=is_draft)
