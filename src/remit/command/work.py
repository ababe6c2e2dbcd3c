"""`remit work`: the worker."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "work",
    cls=Command,
    examples=(
        ("remit work", "work the jobs until Ctrl-C or TERM"),
        ("remit work --once", "work what is due, then end; for cron"),
    ),
)
@option("--once", section="The work", is_flag=True, help="Work what is due now, then end.")
@debug_option()
def command(*, once: bool) -> None:
    """Work the jobs: send mails and notices, ask wider, hand over remedies; and fetch mail.

    It watches the mailboxes of the teams beside: mail comes in within seconds. Any number of workers may
    run at the same time, on any number of machines that share the database. A worker that is told to stop
    does the job that it has in hand to its end; what takes longer than half a minute it gives back, and
    the next worker begins it anew. Whatever it can't finish, because it is killed or the machine stops,
    another worker takes over after a minute.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import set_up_tables, start_application  # noqa: PLC0415

    start_application()
    set_up_tables()
    from remit.command.worker import work  # noqa: PLC0415 (its tables need Django started)

    work(once=once)
