"""`remit demo`: a team with a year behind it, to look around in."""

from __future__ import annotations

from pathlib import Path

import click

from remit.command.helping import Command, debug_option, option
from remit.command.where_served import where_served


@click.command(
    "demo",
    cls=Command,
    examples=(
        ("remit demo", "make it, serve it, and work its jobs; Ctrl-C ends it"),
        ("remit demo --anew", "the same, made anew: its time ends now"),
        ("REMIT_DATA=demo remit letgo --from-database", "what could be let go in it"),
    ),
)
@where_served(
    port="Where a browser finds it; the next free one, where it is busy.",
    host="0.0.0.0 lets other machines in: whoever reaches it may do anything.",
)
@option(
    "--folder",
    type=click.Path(),
    default="demo",
    show_default=True,
    help="Where its database is; made if it isn't there.",
    section="What is kept",
)
@option(
    "--complaints",
    section="What is kept",
    type=click.IntRange(20, 20_000),
    default=4000,
    show_default=True,
    metavar="N",
    help="How many the main team had in its year, where it is made now.",
)
@option("--anew", section="What is kept", is_flag=True, help="Throw away what is there, and make it anew.")
@debug_option()
def command(*, port: int, host: str, folder: str, complaints: int, anew: bool) -> None:
    """Look around in a team with a year behind it, and in its nine sisters.

    Harbour Street is a made restaurant with delivery: some 4,000 complaints, decisions, approvals that wait.
    Sign in as a member, lead, manager, owner or customer by one click. Started again, everything that you did
    in it is there again.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.demonstrating import demonstrate  # noqa: PLC0415

    demonstrate(Path(folder), host, port, complaints=complaints, anew=anew)
