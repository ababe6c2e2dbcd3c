"""`remit trail`: the record of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import click

from remit.command.helping import command_help_settings
from remit.command.lazy import LazyGroup

SUB_COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "verify": "Prove that nothing in it was changed, left out or slipped in.",
    }
)
"""What there is, with the words shown by `remit trail --help`. Each name is a module of this package."""


@click.group(
    "trail",
    cls=LazyGroup,
    package="remit.command.trail",
    names=SUB_COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings=command_help_settings(),
    examples=(("remit trail verify", "prove that the record is whole"),),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Look after the trail: who did what, when, to what.

    Every act is written down once. Each entry carries a hash of itself and of the entry before it, so that
    a change anywhere shows.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
