"""`remit backup`: everything in one file."""

from __future__ import annotations

from pathlib import Path

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "backup",
    cls=Command,
    examples=(
        ("remit backup /srv/backups --keep 14", "every night, by a timer or from cron"),
        ("remit backup before-the-upgrade.zip", "once, under a name of your own"),
        ("remit backup move.zip --with-secret-key", "complete, to take to another machine"),
    ),
)
@click.argument("where", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@option(
    "--with-secret-key",
    section="What is saved",
    is_flag=True,
    help="The secret key too, and who is signed in: whoever has the file then opens all of it.",
)
@option(
    "--keep",
    section="Where",
    type=click.IntRange(1, 10_000),
    metavar="N",
    help="Keep the newest N backups of the folder, remove older ones.",
)
@option("--force", section="Where", is_flag=True, help="Replace a file that is there.")
@option("--json", "as_json", section="What is written", is_flag=True, help="Print what was saved as JSON.")
@debug_option()
def command(*, where: Path, with_secret_key: bool, keep: int | None, force: bool, as_json: bool) -> None:
    """Save everything to FILE, or to a new file in FOLDER, while Remit goes on working.

    It holds the database as it is at one moment, and the uploads. It can be restored into SQLite and into
    PostgreSQL, wherever it comes from. The file appears when it is whole; only its owner can read it.

    The secret key stays out unless you ask for it: keep a copy elsewhere. Without it, payment providers and
    mailboxes have to be connected anew, links in letters to customers lead nowhere,
    and people sign in anew.

    Exit codes: 0 saved; 2 it couldn't be.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import start_application  # noqa: PLC0415

    start_application()
    from remit.command.keeping.saving import save  # noqa: PLC0415 (its tables need Django started)

    save(where, with_keys=with_secret_key, keep=keep, force=force, as_json=as_json)
