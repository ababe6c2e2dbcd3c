"""What `remit move` does and says."""

from __future__ import annotations

from typing import Final

import click

from remit.command.screen import Waiting
from remit.keeping.moving import SQLITE, move

_FOUND: Final = 1


def take_over(address: str, *, while_running: bool) -> None:
    """Move to another database, and say how to go on."""
    with Waiting() as waiting:
        waiting.doing("Moving")
        code = move(address, while_running=while_running, told=waiting.share)
    if code in {0, _FOUND}:
        how = "without DATABASE_URL" if address == SQLITE else "with DATABASE_URL set to it"
        click.echo(f"Moved. Start remit serve and remit work {how}; what was here is here still.", err=True)
    if code:
        raise click.exceptions.Exit(code)
