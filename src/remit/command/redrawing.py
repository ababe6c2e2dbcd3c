"""What `remit redraw` does and says."""

from __future__ import annotations

import json
from typing import Any, Final

import click

from remit.command.files import readable_file
from remit.core.shown import visible
from remit_engine.errors import InputError
from remit_engine.evidence.redrawing import redraw

_DIFFERS: Final = 1
_LARGEST: Final = 50_000_000
"""Bytes; a week of 100,000 decisions has 25,000,000."""
_SHOWN: Final = 20


def redraw_file(typed: str) -> None:
    """Print whether a week was drawn as it was told; what differs ends the command with 1."""
    found = redraw(_read(typed))
    for wrong in found.wrong[:_SHOWN]:
        click.echo(visible(wrong))
    if found.wrong:
        click.echo(f"{len(found.wrong):,} differ{'s' if len(found.wrong) == 1 else ''}.", err=True)
        raise click.exceptions.Exit(_DIFFERS)
    click.echo("The key is the one that was committed to.")
    click.echo(f"Of {found.decisions:,} decisions the same {found.drawn:,} are drawn again.")


def _read(typed: str) -> dict[str, Any]:
    path = readable_file(typed)
    if path.stat().st_size > _LARGEST:
        raise InputError("no-draw", f"{path} is too large for a draw.", "Give the file of one week.")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError(
            "no-draw", f"{path} isn't JSON.", "Load it down from the page of its week."
        ) from error
    if not isinstance(told, dict):
        raise InputError(
            "no-draw", f"{path} isn't the file of a draw.", "Load it down from the page of its week."
        )
    return told
