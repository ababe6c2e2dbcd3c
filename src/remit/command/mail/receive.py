"""`remit mail receive`: one mail comes in."""

from __future__ import annotations

import sys

import click

from remit.command.helping import Command, debug_option


@click.command(
    "receive",
    cls=Command,
    examples=(
        ("remit mail receive < mail.eml", "take in a mail that was kept in a file"),
        ('remit: "|REMIT_DATA=/srv/remit remit mail receive"', "in /etc/aliases: all that comes to remit@…"),
    ),
)
@debug_option()
def command() -> None:
    """Take in one mail from standard input, as a mail server pipes it.

    It goes, once, however often it is delivered, to the team whose address it names, or to the complaint
    that it answers. Where that team has no mailbox it is only counted, and the customer gets an automatic
    word with the link to their page, at most once a day; machines and lists never do.

    Exit codes are those that mail servers know (sysexits.h): 0 taken; 65 it is no mail; 75 not now
    (the database can't be reached): try again later.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.mail.receiving import receive  # noqa: PLC0415

    raise click.exceptions.Exit(receive(sys.stdin.buffer))
