"""`remit letgo`: from a log of approvals to what can be let go."""

from __future__ import annotations

from dataclasses import dataclass

import click

from remit.command.helping import Command, debug_option, option
from remit.command.options import (
    Currency,
    Names,
    Percent,
    WorkingTime,
    WorkingTimeType,
    Zone,
    joined_names,
)

MONDAY_TO_FRIDAY = WorkingTime(frozenset(range(5)), (9.0, 17.0))


@dataclass(frozen=True, slots=True)
class Choices:
    """What was typed after `remit letgo`.

    Attributes:
        file: the log; None for the answers in the database.
        tolerance, confidence: fractions.
        promise: `segments` or `pooled`.
        segment: columns that make the segments; empty to let Remit choose.
        mapping: `use=column` pairs and at most one mapping file, as typed.
        currency, zone: ISO 4217 code and IANA name, or None.
        hours: working time.
        out, draft: files to write, or None.
        charter: what the draft charter is called; None for the name of the log.
        today: the file of the charter that holds, or None.
        as_json: JSON on stdout in place of the answer in words.
        force: whether files may be replaced.
    """

    file: str | None
    tolerance: float = 0.03
    confidence: float = 0.95
    promise: str = "segments"
    segment: tuple[str, ...] = ()
    mapping: tuple[str, ...] = ()
    currency: str | None = None
    zone: str | None = None
    hours: WorkingTime = MONDAY_TO_FRIDAY
    out: str | None = None
    draft: str | None = None
    charter: str | None = None
    today: str | None = None
    as_json: bool = False
    force: bool = False


@click.command(
    "letgo",
    cls=Command,
    examples=(
        ("remit letgo approvals.csv", "the answer in the terminal"),
        ("remit letgo approvals.csv --out report.html --draft charter.yaml", "a page, and a draft charter"),
        ("remit letgo export.csv --map amount=Betrag --map answer=Status", "name the columns yourself"),
        ("remit letgo approvals.csv --today charter.yaml", "only what your charter doesn't let go yet"),
        ("remit letgo --from-database", "what was answered in Remit itself"),
        (
            "remit letgo events.parquet --map events.yaml --tolerance 2%",
            "an event log, and a stricter promise",
        ),
    ),
)
@click.argument("file", metavar="[FILE]", type=click.Path(), required=False)
@option(
    "--tolerance",
    section="The promise",
    type=Percent(0.0, 0.5, low_included=False),
    default="3 %",
    show_default=True,
    metavar="SHARE",
    help="Of what is let go, at most this share would have been declined.",
)
@option(
    "--confidence",
    section="The promise",
    type=Percent(0.5, 1.0, low_included=True),
    default="95 %",
    show_default=True,
    metavar="SHARE",
    help="How sure the whole answer has to be.",
)
@option(
    "--promise",
    section="The promise",
    type=click.Choice(["segments", "pooled"]),
    default="segments",
    show_default=True,
    help="One promise for each segment, or one for everything let go together.",
)
@option(
    "--segment",
    section="The promise",
    type=Names(),
    multiple=True,
    callback=joined_names,
    metavar="COLUMN,…",
    help="Columns that make the segments: kind, role, or a fact. Chosen by Remit if not given; "
    "from the database kind, role and category.",
)
@option(
    "--from-database",
    section="The log",
    is_flag=True,
    help="In place of a file: every question that was answered in Remit itself (REMIT_DATA).",
)
@option(
    "--map",
    "mapping",
    section="The log",
    multiple=True,
    metavar="USE=COLUMN",
    help="Which column is what, for example amount=Betrag; or a mapping file (.yaml). May be repeated.",
)
@option(
    "--currency",
    section="The log",
    type=Currency(),
    metavar="CODE",
    help="Look at amounts in this currency only, for example EUR.",
)
@option(
    "--zone",
    section="The log",
    type=Zone(),
    metavar="ZONE",
    help="Time zone of the log's times, for example Europe/Berlin.",
)
@option(
    "--hours",
    section="The log",
    type=WorkingTimeType(),
    default="Mon-Fri 09:00-17:00",
    show_default=True,
    metavar="DAYS TIMES",
    help="Working time, in which waiting is counted.",
)
@option(
    "--today",
    section="The log",
    type=click.Path(),
    metavar="CHARTER",
    help="The charter that holds; what it lets go already is left out.",
)
@option(
    "--out",
    section="What is written",
    type=click.Path(),
    metavar="FILE",
    help="Write the report as one HTML file; rows left out are listed beside it.",
)
@option(
    "--draft",
    section="What is written",
    type=click.Path(),
    metavar="FILE",
    help="Write a draft charter (YAML) with what can be let go.",
)
@option(
    "--json",
    "as_json",
    section="What is written",
    is_flag=True,
    help="Print the answer as JSON.",
)
@option("--force", section="What is written", is_flag=True, help="Replace files that are there already.")
@debug_option()
def command(*, file: str | None, from_database: bool, **typed: object) -> None:
    """Find what is always approved in FILE and could be let go, with a guarantee.

    FILE is a log of answered approvals: CSV, Excel, Parquet, or an event log (a table of events, or XES).
    Nothing is sent anywhere, and nothing is ever overwritten unless you say so.

    Exit codes: 0 the report is made, whatever it says; 2 the file or an option can't be used;
    1 a mistake of Remit itself; 130 stopped by Ctrl-C.
    """
    if (file is None) != from_database:
        wrong = "Name a log, or say --from-database" + (", not both." if from_database else ".")
        raise click.UsageError(wrong)
    # The engine takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.reporting import report  # noqa: PLC0415

    report(Choices(file=file, **typed))  # type: ignore[arg-type]  # click has typed them as declared above
