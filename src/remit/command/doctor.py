"""`remit doctor`: is everything right, and what is to be done?"""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "doctor",
    cls=Command,
    examples=(
        ("remit doctor", "after it was set up, and whenever something seems odd"),
        ("remit doctor --quick --json", "every few minutes, for a monitor"),
        ("remit doctor --mail-to ola@example.org", "whether mail arrives, too"),
    ),
)
@option(
    "--mail-to",
    section="How far it goes",
    metavar="ADDRESS",
    default="",
    help="Send a mail there, for trying.",
)
@option(
    "--quick",
    section="How far it goes",
    is_flag=True,
    help="Leave out uploads, decisions, books and trail: they take longer the more there is.",
)
@option(
    "--json", "as_json", section="What is written", is_flag=True, help="Print what was found as JSON lines."
)
@debug_option()
def command(*, mail_to: str, quick: bool, as_json: bool) -> None:
    """Look at everything, and say what to do: a line each with ok, look or wrong.

    Settings, disk, keys, backups; the database, what is written in it, and its uploads; workers, jobs,
    payment providers, mailboxes; the mail server, the address under which Remit is reached, and the
    directory that people sign in by. No secret is printed.

    Exit codes: 0 nothing is wrong; 1 something is.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import start_as_it_is  # noqa: PLC0415

    problems = start_as_it_is()
    from remit.command.keeping.examining import show  # noqa: PLC0415 (it needs Django started)

    show(problems, mail_to=mail_to, quick=quick, as_json=as_json)
