"""Threads that watch mailboxes: each in one worker at a time, in another one when that falls silent.

What takes the mail in is handed over by whoever starts them: the mailboxes know nothing of complaints.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Final

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from remit.core.errors import Refusal
from remit.inbox.actions.watching import (
    account_of,
    leave,
    note_not_reached,
    note_reached,
    note_trouble,
    still_watched,
    take_to_watch,
)
from remit.inbox.fetching.account import Fetched, FolderGone, NotNow, Place, Unreadable, WrongPassword
from remit.inbox.fetching.imap import fetch_new
from remit.inbox.fetching.watching import Rhythm, watch
from remit.inbox.models import Mailbox
from remit.inbox.vocabulary import Way

TakingIn = Callable[[Mailbox, Fetched | Unreadable, Place], None]
"""Takes a mail of a mailbox in, and keeps the place after it in the same write."""

_LOOKED_AFTER_SECONDS: Final = 10.0
_STOPPED_WITHIN_SECONDS: Final = 5.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Watch:
    """One mailbox and the thread that watches it."""

    mailbox: Mailbox
    thread: Thread
    stop: Event = field(default_factory=Event)


class Watchers:
    """The mailboxes that this process watches.

    Args:
        take_in: see `TakingIn`.
        rhythm: how often, and how patiently.
        look_after: seconds between two looks at which mailboxes there are.
    """

    def __init__(
        self, take_in: TakingIn, *, rhythm: Rhythm | None = None, look_after: float = _LOOKED_AFTER_SECONDS
    ) -> None:
        self._take_in = take_in
        self._rhythm = rhythm or Rhythm()
        self._look_after = look_after
        self._name = secrets.token_hex(16)
        self._watched: list[_Watch] = []
        self._stop = Event()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Within this context mailboxes are watched, in threads beside."""
        thread = Thread(target=self._run, name="mailboxes", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join(_STOPPED_WITHIN_SECONDS * 2)

    def _run(self) -> None:
        try:
            while True:
                try:
                    self._look()
                except (InterfaceError, OperationalError) as error:
                    _log.warning("mail can't be looked after: no database (%s)", type(error).__name__)
                    connections.close_all()
                except Exception:  # noqa: BLE001 (it is logged; whatever it is, the mail of others goes on)
                    _log.exception("the mailboxes couldn't be looked after, and are tried again")
                    connections.close_all()
                if self._stop.wait(self._look_after):
                    return
        finally:
            self._end()
            connections.close_all()

    def _look(self) -> None:
        """Go on with what is watched, let go of what isn't ours any more, take what nobody watches."""
        close_old_connections()
        for each in self._watched:
            if not each.thread.is_alive() or not still_watched(each.mailbox, self._name):
                each.stop.set()
        for each in [each for each in self._watched if not each.thread.is_alive()]:
            self._watched.remove(each)
            leave(each.mailbox, self._name)
        while (mailbox := take_to_watch(self._name)) is not None:
            watched = _Watch(mailbox, Thread(name=f"mailbox-{mailbox.pk}", daemon=True))
            watched.thread = Thread(
                target=self._watch, args=(mailbox, watched.stop), name=f"mailbox-{mailbox.pk}", daemon=True
            )
            watched.thread.start()
            self._watched.append(watched)

    def _watch(self, mailbox: Mailbox, stop: Event) -> None:
        try:
            self._watch_until(mailbox, stop)
        except (WrongPassword, FolderGone) as refused:
            note_trouble(mailbox, f"{refused.wrong} {refused.next_step}", is_stopped=True)
        except NotNow:
            _log.warning("mail of mailbox %s can't be taken in just now, and is tried again", mailbox.pk)
        except Exception:  # noqa: BLE001 (it is logged, and the mailbox is taken up again)
            _log.exception("mailbox %s couldn't be watched, and is tried again", mailbox.pk)
        finally:
            connections.close_all()

    def _watch_until(self, mailbox: Mailbox, stop: Event) -> None:
        account = account_of(mailbox)
        if account is None:
            return

        def reached() -> None:
            note_reached(mailbox)
            connections.close_all()  # Mail may not come for hours.

        def in_the_way(trouble: Refusal) -> None:
            note_not_reached(mailbox, trouble)
            connections.close_all()

        watch(
            account,
            mailbox.place,
            lambda each, place: self._take_in(mailbox, each, place),
            stop=stop,
            rhythm=self._rhythm,
            on_reached=reached,
            on_trouble=in_the_way,
        )

    def _end(self) -> None:
        for each in self._watched:
            each.stop.set()
        for each in self._watched:
            each.thread.join(_STOPPED_WITHIN_SECONDS)
            if not each.thread.is_alive():
                leave(each.mailbox, self._name)


def fetch_once(take_in: TakingIn) -> int:
    """Take in what is new in all mailboxes that nobody watches, and be done.

    Returns:
        how many mailboxes were looked into.
    """
    name, looked = secrets.token_hex(16), 0
    for _ in range(Mailbox.objects.filter(way=Way.IMAP, off_at=None).count()):
        mailbox = take_to_watch(name)
        if mailbox is None:
            break
        _fetch(mailbox, take_in)
        looked += 1
    for mailbox in Mailbox.objects.filter(watcher=name):
        leave(mailbox, name)
    return looked


def _fetch(mailbox: Mailbox, take_in: TakingIn) -> None:
    account = account_of(mailbox)
    if account is None:
        return
    try:
        fetch_new(account, mailbox.place, lambda each, place: take_in(mailbox, each, place))
    except NotNow:
        _log.warning("mail of mailbox %s can't be taken in just now, and is tried again", mailbox.pk)
    except (WrongPassword, FolderGone) as refused:
        note_trouble(mailbox, f"{refused.wrong} {refused.next_step}", is_stopped=True)
    except Refusal as refused:
        note_not_reached(mailbox, refused)
    else:
        note_reached(mailbox)
