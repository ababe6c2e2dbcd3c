"""`remit redraw`: was a week of reviews drawn as it was told?"""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option


@click.command(
    "redraw",
    cls=Command,
    examples=(("remit redraw draw-harbour-2026-11-23.json", "draw that week again"),),
)
@click.argument("file", metavar="FILE", type=click.Path())
@debug_option()
def command(*, file: str) -> None:
    """Draw a week of reviews again, and see that the same was drawn.

    FILE is what the page of the week gives out. Looks whether the key is the one that was committed to
    before the week began, and draws again with it: chances, lots, and which ones two look at. It needs no
    Remit but this command, and reads nothing but FILE.

    Exit codes: 0 all is as it was told; 1 something differs; 2 the file can't be read.
    """
    # The engine takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.redrawing import redraw_file  # noqa: PLC0415

    redraw_file(file)
