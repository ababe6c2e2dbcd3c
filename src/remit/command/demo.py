"""`remit demo`: a log and its report in one folder."""

from __future__ import annotations

from pathlib import Path

import click

from remit.command.helping import Command, debug_option, option

LOG, REPORT, CHARTER = "approvals.csv", "report.html", "charter.yaml"


@click.command(
    "demo",
    cls=Command,
    examples=(
        ("remit demo", "a made log and its report, in the folder demo"),
        ("remit demo --log approvals.csv", "the same with a log of your own"),
    ),
)
@option(
    "--folder",
    type=click.Path(),
    default="demo",
    show_default=True,
    help="Where everything goes; made if it isn't there.",
    section="What is written",
)
@option(
    "--force",
    section="What is written",
    is_flag=True,
    help="Replace the log and report of an earlier demo. A draft charter that is there stays.",
)
@option("--log", section="The log", type=click.Path(), metavar="FILE", help="A log of your own.")
@debug_option()
def command(*, folder: str, log: str | None, force: bool) -> None:
    """Make an approvals log, find what can be let go in it, and name the report.

    The made log is of Harbour Street, a restaurant group with delivery. What is true of it is known:
    refunds are always granted up to 80, and up to 120 where the food came late or cold.
    """
    # The engine takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.demonstrating import demonstrate  # noqa: PLC0415

    demonstrate(Path(folder), None if log is None else log, force=force)
