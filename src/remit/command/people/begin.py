"""`remit people begin`: the link with which the first one begins."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option


@click.command(
    "begin",
    cls=Command,
    examples=(("remit people begin", "after the first start of remit serve"),),
)
@debug_option()
def command() -> None:
    """Print the link with which the first one begins, and becomes the owner.

    It carries the setup code, so that nobody who merely finds a new Remit can take it. Once somebody has
    begun, the code opens nothing.

    Exit codes: 0 there it is, alone on standard output; 2 somebody has begun already.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.command.people.beginning import show_link_to_begin  # noqa: PLC0415 (needs Django started)

    show_link_to_begin()
