"""`remit trail verify`: is the record whole?"""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "verify",
    cls=Command,
    examples=(
        ("remit trail verify", "prove that the record is whole"),
        ("remit trail verify --end 4711:9f2c…", "and that it holds what it held then"),
    ),
)
@option(
    "--end",
    section="The check",
    metavar="NUMBER:HASH",
    help="An end of the trail that was noted down earlier; it has to stand where it stood. Without it, "
    "entries cut off at the end can't be seen.",
)
@debug_option()
def command(*, end: str | None) -> None:
    """Prove that nothing in the trail was changed, left out or slipped in.

    Every entry is read and reckoned again. Prints how many there are and the end of the chain: note it down
    somewhere else, and give it to the next check.

    Exit codes: 0 the trail is whole; 1 it is broken, and where; 2 the check couldn't be made.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.command.trail.verifying import verify  # noqa: PLC0415 (its tables need Django started)

    verify(end)
