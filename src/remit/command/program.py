"""The `remit` command: its sub-commands, each loaded only when it is used, and how it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import click

from remit.command.ending import INTERRUPTED, ended, ended_badly
from remit.command.helping import command_help_settings
from remit.command.lazy import LazyGroup
from remit.command.screen import forgiving_streams

SUB_COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "letgo": "Find what is always approved and could be let go.",
        "charter": "Check, draw, compare and replay who may decide what.",
        "example": "Write a made approvals log, to try Remit with.",
        "demo": "Look around in a made team with a year behind it.",
        "serve": "Serve the pages.",
        "work": "Work the jobs: send mails and notices, hand over remedies.",
        "mail": "Take in the mails that customers send.",
        "people": "Let somebody in who is locked out.",
        "backup": "Save everything to a file, while Remit goes on working.",
        "restore": "Put a backup back, on either database.",
        "move": "Move everything to another database.",
        "doctor": "Look at everything, and say what to do.",
        "trail": "Check the record of who did what.",
        "verify": "Recompute every recorded decision.",
        "redraw": "Draw a week of reviews again: was it as told?",
        "reconcile": "Prove that the books are right.",
        "completion": "Print the completion script of your shell.",
    }
)
"""What there is, with the words shown by `remit --help`. Each name is a module of this package."""

COMPLETION_VARIABLE: Final = "_REMIT_COMPLETE"


@click.group(
    cls=LazyGroup,
    package="remit.command",
    names=SUB_COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings=command_help_settings(),
    examples=(
        ("remit demo", "look around in a team with a year behind it"),
        ("remit letgo approvals.csv", "what could be let go, in the terminal"),
        ("remit letgo approvals.csv --out report.html", "the same as a page to pass on"),
        ("remit charter check charter.yaml", "mistakes and gaps of a charter"),
        ("remit letgo --help", "all that can be chosen"),
    ),
)
@click.version_option(package_name="remit", message="%(prog)s %(version)s")
@click.pass_context
def program(context: click.Context) -> None:
    """Find the approvals that your team could do without, and write down who decides what.

    Point Remit at a log of the approvals you have (CSV, Excel, Parquet, an event log): it says what is
    always approved, how much of it can be let go, and how sure that is. A charter says who may decide
    what alone: Remit checks it, draws it, and says exactly what a change changes.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Run the command with the arguments of this process, and end the process."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command.

    Returns:
        the exit code: 0 done, 1 an internal error, 2 the input or an option can't be used, 130 stopped.
    """
    forgiving_streams()
    try:
        if COMPLETION_VARIABLE in os.environ:
            program.main(list(arguments), prog_name="remit", complete_var=COMPLETION_VARIABLE)
        with program.make_context("remit", list(arguments)) as context:
            program.invoke(context)
        return ended()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except KeyboardInterrupt as stopped:
        return ended_badly(stopped, INTERRUPTED)
    except Exception as error:  # noqa: BLE001 (the outermost place: nobody shall see a trace unasked)
        return ended_badly(error, debug="--debug" in arguments)
