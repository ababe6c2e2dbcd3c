"""`remit restore`: everything back from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "restore",
    cls=Command,
    examples=(
        ("REMIT_DATA=/srv/remit remit restore backup.zip", "onto a new machine"),
        ("REMIT_DATA=try remit restore backup.zip --for-trying", "to try whether a backup is good"),
        ("remit restore backup.zip --over", "in place of what is there, which is kept beside it"),
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@option(
    "--over",
    section="Where",
    is_flag=True,
    help="In place of what is there, which is kept beside it, in before-restore-….",
)
@option(
    "--for-trying",
    section="What it does from then on",
    is_flag=True,
    help="Nothing leaves it: no mail, no push, no payment; its keys are taken out.",
)
@option(
    "--go-on",
    "goes_on",
    section="What it does from then on",
    is_flag=True,
    help="Nothing was done since the backup was made: jobs that waited go on.",
)
@debug_option()
def command(*, file: Path, over: bool, for_trying: bool, goes_on: bool) -> None:
    """Put the backup FILE back, into the database and the folder that the settings name.

    Every sum in FILE is looked at first. Then all of it stands there in the end, or nothing was touched. It
    may come from the other database, and from an older version. Every row is compared, decisions are
    recomputed, the books proven, the trail reckoned again.

    Mails and refunds that waited may have gone out since the backup was made: they wait for a person, under
    Needs a person, unless you say --go-on.

    Exit codes: 0 restored; 1 restored, and a check found something; 2 it couldn't be, nothing was touched.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import start_application  # noqa: PLC0415

    start_application()
    from remit.command.keeping.putting_back import put_back  # noqa: PLC0415 (it needs Django started)

    put_back(file, over=over, for_trying=for_trying, goes_on=goes_on)
