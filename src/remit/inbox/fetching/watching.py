"""A mailbox that is watched: new mail is taken in when it comes, and what breaks is joined again.

IDLE (RFC 2177) where the server has it, renewed before the half hour after which servers and routers forget a
connection; otherwise it is looked again and again.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from time import monotonic

from imap_tools.mailbox import BaseMailBox

from remit.inbox.fetching.account import Account, BrokeOff, NotReached, Place
from remit.inbox.fetching.imap import Taking, has_more, opened, take_new


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Seconds between things.

    Attributes:
        idle: for which one IDLE is held; RFC 2177 allows 29 minutes.
        look: between looks at a server without IDLE.
        hear: between two looks at whether to stop.
        first_pause: before the first try to connect again; it doubles with each.
        longest_pause: between two tries.
    """

    idle: float = 25 * 60
    look: float = 60
    hear: float = 1
    first_pause: float = 1
    longest_pause: float = 300


def watch(
    account: Account,
    place: Place,
    take: Taking,
    *,
    stop: Event,
    rhythm: Rhythm | None = None,
    on_reached: Callable[[], None] = lambda: None,
    on_trouble: Callable[[NotReached], None] = lambda _trouble: None,
    context: ssl.SSLContext | None = None,
) -> Place:
    """Take in what is new, and what comes, until told to stop.

    Args:
        account: to watch.
        place: how far it was read.
        take: takes in each mail; see `Taking`.
        stop: ends it, within `rhythm.hear`.
        rhythm: how often, and how patiently.
        on_reached: is told each time that all there was has been taken in.
        on_trouble: is told of each connection that failed; it is joined again after a pause.
        context: see `opened`.

    Returns:
        the place after the last mail.

    Raises:
        WrongPassword, FolderGone: somebody has to look after it.
    """
    rhythm = rhythm or Rhythm()
    pause = rhythm.first_pause
    reached = place

    def take_and_note(each: object, after: Place) -> None:
        nonlocal reached, pause
        take(each, after)  # type: ignore[arg-type]
        reached, pause = after, rhythm.first_pause

    while not stop.is_set():
        try:
            with opened(account, context=context) as mailbox:
                while not stop.is_set():
                    reached = take_new(mailbox, account, reached, take_and_note)
                    pause = rhythm.first_pause
                    if has_more(mailbox):
                        continue
                    on_reached()
                    _wait(mailbox, stop, rhythm)
        except NotReached as trouble:
            if isinstance(trouble, BrokeOff):
                reached = replace(reached, stuck=trouble.stuck)
            on_trouble(trouble)
            stop.wait(pause)
            pause = min(pause * 2, rhythm.longest_pause)
    return reached


def _wait(mailbox: BaseMailBox, stop: Event, rhythm: Rhythm) -> None:
    """Until something may be new."""
    if "IDLE" not in mailbox.client.capabilities:
        stop.wait(rhythm.look)
        mailbox.client.noop()
        return
    until = monotonic() + rhythm.idle
    mailbox.idle.start()  # type: ignore[no-untyped-call]
    while not stop.is_set() and monotonic() < until:
        began = monotonic()
        if mailbox.idle.poll(rhythm.hear):
            break
        if monotonic() - began < rhythm.hear / 2:
            break  # Nothing, and at once: the connection is gone, which the next command says.
    mailbox.idle.stop()  # type: ignore[no-untyped-call]
