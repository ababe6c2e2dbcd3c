"""`remit charter export`: the text of a published charter."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "export",
    cls=Command,
    examples=(
        ("remit charter export --team harbour", "what is in force, on the screen"),
        ("remit charter export --team harbour --out charter.yaml", "into a file"),
        ("remit charter export --team harbour --version 3", "an earlier one"),
    ),
)
@option("--team", section="Whose", metavar="TEAM", help="Word of the team.")
@option("--organisation", section="Whose", is_flag=True, help="The organisation's.")
@option("--version", "number", section="Whose", metavar="N", type=click.IntRange(1), help="Which version.")
@option("--out", section="What is written", metavar="FILE", type=click.Path(), help="Write it to a file.")
@option("--force", section="What is written", is_flag=True, help="Replace a file that is there already.")
@debug_option()
def command(
    *, team: str | None, organisation: bool, number: int | None, out: str | None, force: bool
) -> None:
    """Write out a published charter, remarks included, as it was typed."""
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.command.charter.publishing import Whose, export  # noqa: PLC0415 (it needs Django started)

    export(Whose(team, organisation=organisation), number, out, force=force)
