"""What `remit trail verify` does and says."""

from __future__ import annotations

import re
from typing import Final

import click

from remit.trail.verifying import End, verify_trail
from remit_engine.errors import InputError

_BROKEN: Final = 1
_END: Final = re.compile(r"(\d+):([0-9a-f]{64})")


def verify(noted: str | None) -> None:
    """Print whether the trail is whole; a broken one ends the command with 1."""
    found = verify_trail(None if noted is None else _end_of(noted))
    if found.broken is not None:
        click.echo(f"Broken at entry {found.broken.number:,}: {found.broken.wrong}")
        click.echo(f"The {found.sound:,} entries before it are sound.")
        raise click.exceptions.Exit(_BROKEN)
    click.echo(f"The trail is whole: {found.sound:,} entries.")
    click.echo(f"Its end: {found.end.number}:{found.end.hash}")


def _end_of(noted: str) -> End:
    read = _END.fullmatch(noted.strip())
    if read is None:
        raise InputError(
            "bad-end",
            f"'{noted}' is no end of a trail.",
            "Give it as an earlier check printed it: a number, a colon, 64 digits and letters.",
        )
    return End(int(read[1]), read[2])
