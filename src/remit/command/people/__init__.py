"""`remit people`: who may sign in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import click

from remit.command.helping import command_help_settings
from remit.command.lazy import LazyGroup

SUB_COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "begin": "Print the link with which the first one begins.",
        "link": "Make a link that signs somebody in, once.",
    }
)
"""What there is, with the words shown by `remit people --help`. Each name is a module of this package."""


@click.group(
    "people",
    cls=LazyGroup,
    package="remit.command.people",
    names=SUB_COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings=command_help_settings(),
    examples=(
        ("remit people begin", "in a new Remit"),
        ("remit people link ola@example.org", "for an owner who is locked out"),
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Let the first one in, or somebody who is locked out.

    For whoever looks after the machine that Remit runs on: nobody else can take a new one, and nobody is ever
    locked out of their own.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
