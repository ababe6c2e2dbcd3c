"""What `remit backup` does and says."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.conf import settings

from remit.command.screen import Waiting
from remit.keeping.backup import Made, back_up
from remit.keeping.places import Target, remove_older
from remit_engine.errors import InputError

_KEY_STAYED_OUT = (
    "The secret key isn't in it. Keep a copy of {where} elsewhere: without it, payment providers and "
    "mailboxes have to be connected anew, links in letters to customers lead nowhere, and people sign "
    "in anew."
)


def save(where: Path, *, with_keys: bool, keep: int | None, force: bool, as_json: bool) -> None:
    """Make a backup and print what was saved.

    Raises:
        InputError: it couldn't be made, or older ones are to be removed beside a file of one's own name.
    """
    if keep is not None and not where.is_dir():
        raise InputError(
            "needs-folder", "--keep removes older backups of a folder.", "Give a folder that is there."
        )
    with Waiting() as waiting:
        waiting.doing("Saving")
        made = back_up(Target(where, force), with_keys=with_keys, told=waiting.share)
    removed = remove_older(where, keep) if keep is not None else []
    if as_json:
        click.echo(_as_json(made, removed))
        return
    click.echo(_in_words(made))
    if removed:
        click.echo(f"Removed {len(removed)} older.")
    if made.manifest.files_missing:
        click.echo(
            f"{made.manifest.files_missing:,} uploads that rows name aren't on the disk, and so not in it.",
            err=True,
        )
    if not with_keys:
        click.echo(_KEY_STAYED_OUT.format(where=_where_the_key_is()), err=True)


def megabytes(size: int) -> str:
    """A size as people read it."""
    return f"{size / 1_000_000:,.1f} MB"


def _where_the_key_is() -> str:
    file = Path(settings.DATA) / "secret-key"
    return str(file) if file.exists() else "REMIT_SECRET_KEY"


def _in_words(made: Made) -> str:
    held = made.manifest
    rows = f"{held.rows:,} rows of {len(held.columns)} tables"
    files = f"{held.files:,} upload{'' if held.files == 1 else 's'}"
    return f"Saved {rows} and {files}: {made.path}, {megabytes(made.bytes)} in {made.seconds:.1f} s."


def _as_json(made: Made, removed: list[Path]) -> str:
    return json.dumps(
        {
            "path": str(made.path),
            "made_at": made.manifest.made_at.isoformat(),
            "version": made.manifest.version,
            "database": made.manifest.database,
            "bytes": made.bytes,
            "seconds": round(made.seconds, 3),
            "rows": made.manifest.rows,
            "uploads": made.manifest.files,
            "uploads_missing": made.manifest.files_missing,
            "has_secret_key": made.manifest.has_keys,
            "removed": [str(path) for path in removed],
        }
    )
