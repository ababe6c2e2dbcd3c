"""What a server or a worker says of itself: to whoever sits before it, or into the log that machines read."""

from __future__ import annotations

import logging

import click

from remit.watching.logs import are_lines_json

_log = logging.getLogger(__name__)


def say(*lines: str) -> None:
    """Say something that isn't secret."""
    for line in lines:
        if are_lines_json():
            _log.info("%s", line)
        else:
            click.echo(line, err=True)
