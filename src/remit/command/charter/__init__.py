"""`remit charter`: who may decide what alone, checked, drawn, compared and replayed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import click

from remit.command.helping import command_help_settings
from remit.command.lazy import LazyGroup

SUB_COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "check": "Look for mistakes, gaps and rules that never matter.",
        "ladder": "Draw what a role may do, along the amount.",
        "compare": "Say exactly who gains or loses what by a change.",
        "replay": "See what a charter would have made of past approvals.",
        "publish": "Put a charter in force for a team.",
        "export": "Write out the charter in force, or an earlier version.",
    }
)
"""What there is, with the words shown by `remit charter --help`. Each name is a module of this package."""


@click.group(
    "charter",
    cls=LazyGroup,
    package="remit.command.charter",
    names=SUB_COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings=command_help_settings(),
    examples=(
        ("remit charter check charter.yaml", "mistakes, gaps, and rules that never matter"),
        ("remit charter ladder charter.yaml --role member --kind refund", "one ladder"),
        ("remit charter compare today.yaml draft.yaml", "who gains or loses what"),
        ("remit charter replay draft.yaml --history approvals.csv", "what it would have changed"),
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Say who may decide what alone.

    A charter is a YAML document of grants, guardrails and allowances, each with its why. All of these
    commands but publish read it and change nothing; publish and export work on the database of Remit.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
