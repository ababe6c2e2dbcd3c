"""`remit serve`: the web server."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option
from remit.command.where_served import where_served


@click.command(
    "serve",
    cls=Command,
    examples=(
        ("remit serve", "serve on this machine alone, behind a proxy"),
        ("REMIT_DATA=/srv/remit remit serve --workers 4", "for a larger team, with its data elsewhere"),
    ),
)
@where_served(
    port="Where a proxy or a browser finds it.",
    host="0.0.0.0 for all addresses of this machine.",
)
@option(
    "--workers",
    section="How much",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    metavar="N",
    help="Processes that answer.",
)
@option(
    "--threads",
    section="How much",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    metavar="N",
    help="Pages that each of them makes at the same time.",
)
@debug_option()
def command(*, port: int, host: str, workers: int, threads: int) -> None:
    """Serve the pages, until Ctrl-C or TERM.

    Settings come from the environment; REMIT_DATA names the folder of the data. The jobs (mails, notices,
    deadlines) are worked by remit work, beside it. The tables are made, or changed for this version, before
    the first page: any number of servers and workers may start at the same moment.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import set_up_tables, start_application  # noqa: PLC0415
    from remit.command.saying import say  # noqa: PLC0415
    from remit.command.serving import free_socket, serve  # noqa: PLC0415

    start_application()
    set_up_tables()
    from remit.command.people.beginning import how_to_begin  # noqa: PLC0415 (needs Django started)

    listening, _ = free_socket(host, port, tries=1)
    lines = [f"Remit is at http://{host}:{port}/", *how_to_begin(f"http://{host}:{port}")]
    serve(
        listening,
        ready=lambda: say(*lines),
        workers=workers,
        threads=threads,
    )
