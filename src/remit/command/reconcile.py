"""`remit reconcile`: do the books say what was given?"""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option
from remit.core.shown import visible

_DIFFERS = 1


@click.command(
    "reconcile",
    cls=Command,
    examples=(("remit reconcile", "prove that the books are right"),),
)
@debug_option()
def command() -> None:
    """Prove that the books are right.

    Every transfer has to sum to nothing, every balance to be the sum of its entries, the entries of every
    remedy to say what became of it, credit to be what is left of it, and allowances to hold what was given.
    Each that differs is printed.

    Exit codes: 0 the books are right; 1 something differs; 2 the check couldn't be made.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.remedies.reconciling import differences  # noqa: PLC0415 (its tables need Django started)

    found = 0
    for found, difference in enumerate(differences(), start=1):  # noqa: B007 (the last is how many)
        click.echo(visible(f"{difference.where}: {difference.wrong}"))
    if found:
        click.echo(f"{found} differ{'s' if found == 1 else ''}.", err=True)
        raise click.exceptions.Exit(_DIFFERS)
    click.echo("The books are right.", err=True)
