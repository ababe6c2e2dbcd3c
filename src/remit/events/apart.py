"""The solver in a process of its own: it is foreign native code, and what ends it must not end anybody else.

Knows no database: what goes in and comes out are values of the engine.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

from remit_engine import planning
from remit_engine.errors import RemitError

LOOKED_EVERY: Final = 0.5
"""Seconds after which it is looked whether somebody wants it to stop."""
_LATEST: Final = 60.0
"""Seconds after which nobody waits any more."""

GoesOn = Callable[[planning.Progress | None], bool]
"""Hears how far it is, if anything is new, and says whether it should go on."""


class BrokeOff(Exception):
    """The process ended without an answer."""


def planned_apart(
    event: planning.Event,
    *,
    earlier: planning.Plan | None,
    pins: tuple[planning.Pin, ...],
    limits: planning.Limits,
    goes_on: GoesOn,
) -> planning.Outcome:
    """A plan by the solver, from a process of its own.

    Args:
        event: what is asked for, and who and what is there.
        earlier: a plan that the new one should change little.
        pins: what was set by hand.
        limits: how long it may take.
        goes_on: asked twice a second; once it says no, the best plan until then is the answer.

    Raises:
        BrokeOff: the process ended without an answer, or gave none in time.
        RemitError: what the engine refuses.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_plan, args=(there, event, earlier, pins, limits), daemon=True)
    child.start()
    there.close()
    try:
        return _answer(here, goes_on, limits.seconds + _LATEST)
    except EOFError:
        raise BrokeOff from None
    finally:
        here.close()
        child.join(LOOKED_EVERY)
        if child.is_alive():
            child.kill()
            child.join()


def _answer(here: Connection, goes_on: GoesOn, seconds: float) -> planning.Outcome:
    is_told = False
    for _ in range(int(seconds / LOOKED_EVERY)):
        said = here.recv() if here.poll(LOOKED_EVERY) else None
        if isinstance(said, planning.Outcome):
            return said
        if isinstance(said, tuple):
            raise RemitError(*said)
        if not goes_on(said) and not is_told:
            is_told = True
            here.send("stop")
    raise BrokeOff


def _plan(
    there: Connection,
    event: planning.Event,
    earlier: planning.Plan | None,
    pins: tuple[planning.Pin, ...],
    limits: planning.Limits,
) -> None:
    """In the other process."""
    stop = planning.Stop()

    def listen() -> None:
        with suppress(EOFError, OSError):
            there.recv()
        stop.press()

    threading.Thread(target=listen, daemon=True).start()
    try:
        found = planning.plan_event(
            event, earlier=earlier, pins=pins, limits=limits, stop=stop, told=there.send
        )
        there.send(found)
    except RemitError as error:
        there.send((error.code, error.wrong, error.next_step))
