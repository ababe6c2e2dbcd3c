"""`remit charter compare`: who gains or loses what, exactly, in sentences."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "compare",
    cls=Command,
    examples=(
        ("remit charter compare today.yaml draft.yaml", "who gains or loses what, in sentences"),
        ("remit charter compare today.yaml draft.yaml --html what-changes.html", "a page with both ladders"),
    ),
)
@click.argument("old", metavar="OLD", type=click.Path())
@click.argument("new", metavar="NEW", type=click.Path())
@option("--all", "every", section="The comparison", is_flag=True, help="Name every case, however many.")
@option(
    "--html",
    section="What is written",
    metavar="FILE",
    type=click.Path(),
    help="Write a page with the ladders before and after.",
)
@option("--json", "as_json", section="What is written", is_flag=True, help="Print what changes as JSON.")
@option("--force", section="What is written", is_flag=True, help="Replace a page that is there already.")
@debug_option()
def command(*, old: str, new: str, html: str | None, every: bool, as_json: bool, force: bool) -> None:
    """Say exactly who gains or loses what when NEW takes the place of OLD.

    Compared over every possible request, not by samples: a request is in one of the sentences exactly if
    its level changes. Other words (whys, names) are listed too.
    """
    # The engine takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.charter.comparing import compare  # noqa: PLC0415

    compare(old, new, html=html, every=every, as_json=as_json, force=force)
