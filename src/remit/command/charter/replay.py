"""`remit charter replay`: what a charter would have made of past approvals."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option
from remit.command.options import Zone


@click.command(
    "replay",
    cls=Command,
    examples=(
        ("remit charter replay draft.yaml --history approvals.csv", "what it would have changed"),
        ("remit charter replay draft.yaml --history approvals.csv --against today.yaml", "who moves where"),
        (
            "remit charter replay draft.yaml --history approvals.csv --mode closed-loop",
            "with totals that its own answers make",
        ),
    ),
)
@click.argument("file", metavar="FILE", type=click.Path())
@option(
    "--history",
    section="The log",
    required=True,
    type=click.Path(),
    metavar="LOG",
    help="A log of answered approvals: CSV, Excel, Parquet or an event log.",
)
@option(
    "--map",
    "mapping",
    section="The log",
    multiple=True,
    metavar="USE=COLUMN",
    help="Which column is what, or a mapping file, as in remit letgo.",
)
@option("--zone", section="The log", type=Zone(), metavar="ZONE", help="Time zone of the log's times.")
@option(
    "--mode",
    section="The replay",
    type=click.Choice(["as-recorded", "open-loop", "closed-loop"]),
    default="as-recorded",
    show_default=True,
    help="Totals of allowances: as the log has them, added up from it, or from the charter's own answers.",
)
@option(
    "--against",
    section="The replay",
    type=click.Path(),
    metavar="CHARTER",
    help="Another charter, to see which requests go from which level to which.",
)
@option("--json", "as_json", section="What is written", is_flag=True, help="Print the figures as JSON.")
@debug_option()
def command(
    *,
    file: str,
    history: str,
    mapping: tuple[str, ...],
    zone: str | None,
    mode: str,
    against: str | None,
    as_json: bool,
) -> None:
    """See what the charter in FILE would have made of past approvals.

    Every request of the log is judged by the rules of its day. What the log doesn't say is missing, and a
    missing fact never helps. What people would have asked for under other limits can't be known from this.
    """
    # The engine takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.charter.replaying import Asked, replay_log  # noqa: PLC0415

    replay_log(file, Asked(history, mapping, zone, mode.replace("-", " "), against), as_json=as_json)
