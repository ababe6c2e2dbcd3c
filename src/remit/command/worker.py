"""A worker as a process: it stops when it is told to, after the job in hand or half a minute."""

from __future__ import annotations

import signal
import threading
from contextlib import suppress
from types import FrameType
from typing import Final, NoReturn

import click

from remit.command.saying import say
from remit.complaints.actions.mail_taken_in import take_in
from remit.inbox.watchers import Watchers, fetch_once
from remit.jobs.errors import GivenBack
from remit.jobs.working import name_for_this_worker, work_off, work_until

LONGEST_STOP: Final = 30.0
"""Seconds that a worker goes on with the job in hand once it is told to stop."""


def work(*, once: bool) -> None:
    """Work the jobs and watch the mailboxes until this process is told to stop, or only what is due."""
    name = name_for_this_worker()
    if once:
        fetch_once(take_in)
        worked = work_off(name)
        click.echo(f"{worked:,} {'job' if worked == 1 else 'jobs'} worked.", err=True)
        return
    stop = threading.Event()

    def stopped(number: int, _: FrameType | None) -> None:
        """Once: after the job in hand, or when that takes too long. Twice: at once."""
        if stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop.set()
        signal.setitimer(signal.ITIMER_REAL, LONGEST_STOP)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stopped)
    signal.signal(signal.SIGALRM, _give_back)
    say(f"Worker {name} works the jobs; Ctrl-C stops it.")
    with Watchers(take_in).watching():
        with suppress(GivenBack):
            work_until(stop, name)
        signal.setitimer(signal.ITIMER_REAL, 0)
    say("Stopped.")


def _give_back(_: int, __: FrameType | None) -> NoReturn:
    raise GivenBack
