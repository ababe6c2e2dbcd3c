"""The options that say where pages are served, the same for every command that serves some."""

from __future__ import annotations

from collections.abc import Callable

import click

from remit.command.helping import option

_SECTION = "Where it is served"


def where_served(*, port: str, host: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare `--port` and `--host`.

    Args:
        port: what help says about the one.
        host: and about the other.
    """

    def declared(command: Callable[..., None]) -> Callable[..., None]:
        command = option(
            "--host", section=_SECTION, default="127.0.0.1", show_default=True, metavar="ADDRESS", help=host
        )(command)
        return option(
            "--port",
            section=_SECTION,
            type=click.IntRange(1, 65535),
            default=8000,
            show_default=True,
            metavar="N",
            help=port,
        )(command)

    return declared
