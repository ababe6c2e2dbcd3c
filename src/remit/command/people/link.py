"""`remit people link`: a way in for somebody who is locked out."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option


@click.command(
    "link",
    cls=Command,
    examples=(
        ("remit people link ola@example.org", "for somebody, by their mail address"),
        ("remit people link ola", "or by their word"),
    ),
)
@click.argument("who", metavar="WHO")
@debug_option()
def command(*, who: str) -> None:
    """Make a personal link for WHO: whoever opens it is signed in as them, once, within a day.

    WHO is a mail address, or somebody's word. There they can set a new password without the old one. Links of
    before end, they are told, and the trail says that it was made at the command line.

    Exit codes: 0 there it is, alone on standard output; 2 nobody is called that, or they have left.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.command.people.linking import link  # noqa: PLC0415 (its tables need Django started)

    link(who)
