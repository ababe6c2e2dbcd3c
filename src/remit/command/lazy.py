"""A group of commands, each loaded only when it is used, so that help answers at once."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

from remit.command.helping import Group


class LazyGroup(Group):
    """A group whose sub-commands are modules of a package; each holds its command as `command`.

    Args:
        package: where the modules are.
        names: the sub-commands, most used first, with the words that help shows.
    """

    def __init__(self, *arguments: Any, package: str, names: Mapping[str, str], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self._package = package
        self._names = names

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click calls it so)
        """All names, most used first."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in self._names:
            return None
        module = importlib.import_module(f"{self._package}.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._names.items()))
