"""`remit mail`: mails that come in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import click

from remit.command.helping import command_help_settings
from remit.command.lazy import LazyGroup

SUB_COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "receive": "Take in one mail, as a mail server pipes it.",
        "counted": "Say how many mails came in.",
    }
)
"""What there is, with the words shown by `remit mail --help`. Each name is a module of this package."""


@click.group(
    "mail",
    cls=LazyGroup,
    package="remit.command.mail",
    names=SUB_COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings=command_help_settings(),
    examples=(("remit mail counted", "whether mail comes in, and what"),),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Take in the mails that customers send.

    For a team with a mailbox they become complaints, and words in them. For a team without one they are
    counted and not read: the customer gets an automatic word with the link to their page, and the team sees
    that there was a mail.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
