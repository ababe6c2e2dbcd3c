"""`remit mail counted`: does mail come in?"""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "counted",
    cls=Command,
    examples=(
        ("remit mail counted", "those of the last 30 days"),
        ("remit mail counted --days 1", "those since yesterday: whether the mail server is wired"),
    ),
)
@option(
    "--days",
    section="Which",
    type=click.IntRange(1, 90),
    default=30,
    show_default=True,
    metavar="N",
    help="Those of so many days.",
)
@debug_option()
def command(*, days: int) -> None:
    """Say how many mails came in, and what they were counted as.

    What machines wrote (absences, failed deliveries), and what is about nothing known here, is only counted
    here, and forgotten after 90 days; what was set aside stays until somebody looked at it.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.complaints.queries.mail_counted import mails_counted  # noqa: PLC0415 (it needs Django started)

    for words, how_many in mails_counted(days):
        click.echo(f"{how_many:>7,}  {words}")
