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
    examples=(("remit people link ola@example.org", "for an owner who is locked out"),),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Let somebody in who is locked out.

    For whoever looks after the machine that Remit runs on, so that nobody is ever locked out of their own.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
