"""A worker as a process: it stops when it is told to, after the job in hand."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click

from remit.command.saying import say
from remit.complaints.actions.mail_taken_in import take_in
from remit.inbox.watchers import Watchers, fetch_once
from remit.jobs.working import name_for_this_worker, work_off, work_until


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
        """Once: after the job in hand. Twice: at once."""
        if stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stopped)
    say(f"Worker {name} works the jobs; Ctrl-C stops it.")
    with Watchers(take_in).watching():
        work_until(stop, name)
    say("Stopped.")
