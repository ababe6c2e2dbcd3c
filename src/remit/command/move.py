"""`remit move`: everything into another database."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "move",
    cls=Command,
    examples=(
        ("remit move --to postgresql://remit:secret@db/remit", "from the file of SQLite"),
        ("DATABASE_URL=postgresql://… remit move --to sqlite", "and back"),
    ),
)
@option(
    "--to",
    "address",
    section="Where",
    required=True,
    envvar="REMIT_MOVE_TO",
    metavar="ADDRESS",
    help="An empty database: postgresql://user:password@host/name, or sqlite for the file in REMIT_DATA. "
    "REMIT_MOVE_TO says it without showing it to others on this machine.",
)
@option(
    "--while-running",
    section="Where",
    is_flag=True,
    help="Although a server or worker may run: it can't write meanwhile, and what it writes then stays here.",
)
@debug_option()
def command(*, address: str, while_running: bool) -> None:
    """Copy everything from the database of the settings into another one, which has to be empty.

    All of it is there in the end, or nothing. Every row is compared, decisions are recomputed, the books
    proven, the trail reckoned again. What is here stays as it is; uploads and keys stay in REMIT_DATA. Then
    start Remit with the other DATABASE_URL.

    Exit codes: 0 moved; 1 moved, and a check found something; 2 it couldn't be, nothing was touched.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.command.keeping.taking_over import take_over  # noqa: PLC0415 (its tables need Django started)

    take_over(address, while_running=while_running)
