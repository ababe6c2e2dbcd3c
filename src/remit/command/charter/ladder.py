"""`remit charter ladder`: what a role may do along the amount, drawn in the terminal."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "ladder",
    cls=Command,
    examples=(
        ("remit charter ladder charter.yaml", "the ladders of every role and kind"),
        (
            "remit charter ladder charter.yaml --role lead --kind refund amount=42",
            "one request, with its why",
        ),
        ("remit charter ladder charter.yaml category=late day=2026-12-24", "where more is known"),
    ),
)
@click.argument("file", metavar="FILE", type=click.Path())
@click.argument("known", metavar="[KEY=VALUE]...", nargs=-1)
@option(
    "--role", section="The request", metavar="ROLE", help="Who asks. Without it: every role of the charter."
)
@option(
    "--kind",
    section="The request",
    metavar="KIND",
    help="The kind of remedy. Without it: every kind.",
)
@option("--json", "as_json", section="What is written", is_flag=True, help="Print the ladders as JSON.")
@debug_option()
def command(*, file: str, known: tuple[str, ...], role: str | None, kind: str | None, as_json: bool) -> None:
    """Draw what a role may do, along the amount.

    KEY=VALUE says what is known: a fact of the charter (category=late, order_age=3, paid=86.50), or amount,
    given, currency, member, team, step, customer, order, day, about_me, own_account, and used.ID for what
    was used of an allowance. A fact that isn't said is missing, and a missing fact never helps. Of
    allowances nothing is taken as used unless it is said. The day is today.
    """
    # The engine takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.charter.drawing import draw  # noqa: PLC0415

    draw(file, known, role=role, kind=kind, as_json=as_json)
