"""`remit completion`: names of commands and options at the Tab key."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from remit.command.helping import Command, debug_option

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    cls=Command,
    examples=(
        ('eval "$(remit completion bash)"', "in ~/.bashrc"),
        ('eval "$(remit completion zsh)"', "in ~/.zshrc"),
        ("remit completion fish > ~/.config/fish/completions/remit.fish", "once, for fish"),
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
@debug_option()
@click.pass_context
def command(context: click.Context, *, shell: str) -> None:
    """Print the completion script of your shell."""
    completion = get_completion_class(shell)
    program = context.find_root().command
    if completion is not None:
        script = completion(program, {}, "remit", "_REMIT_COMPLETE")
        click.echo(script.source_template % script.source_vars())
