"""`remit example`: a made approvals log to try Remit with."""

from __future__ import annotations

from pathlib import Path

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "example",
    cls=Command,
    examples=(
        ("remit example approvals.csv", "a year of a restaurant group with delivery"),
        ("remit example big.csv --rows 1000000", "the same, much larger"),
        ("remit example random.csv --world random", "managers who toss a coin: nothing may be let go"),
    ),
)
@click.argument("file", metavar="FILE", type=click.Path())
@option(
    "--world",
    section="The log",
    type=click.Choice(["harbour-street", "up-to-80", "approved-everywhere", "random"]),
    default="harbour-street",
    show_default=True,
    metavar="WORLD",
    help="What is true of the log: harbour-street, up-to-80, approved-everywhere or random.",
)
@option("--rows", section="The log", type=click.IntRange(1), metavar="N", help="About how many rows.")
@option(
    "--seed",
    section="The log",
    type=click.IntRange(0),
    metavar="N",
    help="The same seed makes the same file, byte for byte.",
)
@option("--force", section="What is written", is_flag=True, help="Replace a file that is there already.")
@debug_option()
def command(*, file: str, world: str, rows: int | None, seed: int | None, force: bool) -> None:
    """Write a made approvals log to FILE.

    Every log is drawn from known decline rates, so that you see what Remit finds where the truth is known.
    """
    # Numbers take a while to load; help and mistyped options needn't wait for them.
    from remit.command.files import Outputs  # noqa: PLC0415
    from remit.demo.log.approvals_log import SEED, make_log  # noqa: PLC0415

    with Outputs(force=force) as outputs:
        content = outputs.plan(Path(file))
        log = make_log(world, seed=SEED if seed is None else seed, rows=rows)
        for lines in log.lines():
            content.write(lines.encode())
        outputs.publish()
    click.echo(f"Written: {file} ({log.rows:,} rows)")
    click.echo(log.truth.about)
