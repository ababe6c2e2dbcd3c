"""`remit verify`: does every recorded decision recompute?"""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "verify",
    cls=Command,
    examples=(
        ("remit verify", "recompute every decision"),
        ("remit verify --json", "one line of JSON for each that differs"),
    ),
)
@option(
    "--json", "as_json", section="What is written", is_flag=True, help="Print what differs as JSON lines."
)
@debug_option()
def command(*, as_json: bool) -> None:
    """Recompute every recorded decision.

    A decision keeps its request, its verdict and the version of the charter. Each request is judged again
    under the same version, whatever was published since, and has to have the same verdict. Each that differs
    is printed with both verdicts.

    Exit codes: 0 all are the same; 1 some differ; 2 the check couldn't be made.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.command.verifying import verify  # noqa: PLC0415 (its tables need Django started)

    verify(as_json=as_json)
