"""What `remit restore` does and says."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from remit.command.screen import Waiting
from remit.keeping.checking import Checked
from remit.keeping.restoring import How, Restored, restore
from remit_engine.errors import InputError

_FOUND: Final = 1


def put_back(file: Path, *, over: bool, for_trying: bool, goes_on: bool) -> None:
    """Restore a backup and print what was restored; what the checks find ends the command with 1.

    Raises:
        InputError: it can't be restored; nothing was touched.
    """
    if for_trying and goes_on:
        raise InputError(
            "both", "A Remit that is only for trying can't go on with its jobs.", "Choose one of the two."
        )
    how = How(over=over, for_trying=for_trying, goes_on=goes_on)
    with Waiting() as waiting:
        waiting.doing("Restoring")
        restored = restore(file, how, waiting.share)
    for line in _in_words(restored, how):
        click.echo(line)
    say_checked(restored.checked)


def say_checked(checked: Checked) -> None:
    """Print what the checks found; anything ends the command with 1."""
    if not checked.count:
        click.echo(
            f"{checked.decisions:,} decisions have the same verdict, the books are right, "
            f"and the trail is whole: {checked.entries:,} entries."
        )
        click.echo(f"The end of the trail: {checked.end}")
        return
    for wrong in checked.wrong:
        click.echo(wrong)
    click.echo(f"{checked.count:,} found; it was so when the backup was made.", err=True)
    raise click.exceptions.Exit(_FOUND)


def _in_words(restored: Restored, how: How) -> list[str]:
    held = restored.manifest
    lines = [
        (
            f"Restored {held.rows:,} rows of {len(held.columns)} tables and {held.files:,} "
            f"upload{'' if held.files == 1 else 's'} in {restored.seconds:.1f} s: the state of "
            f"{held.made_at:%Y-%m-%d %H:%M:%S} UTC. Every row was compared."
        )
    ]
    if restored.was_older:
        lines.append(f"The tables were of version {held.version}, and are of this one now.")
    if restored.kept is not None:
        lines.append(f"What was here before is in {restored.kept}.")
    if restored.erased:
        people = "person who was" if restored.erased == 1 else "people who were"
        lines.append(f"{restored.erased:,} {people} erased since the backup was made, erased again.")
    if not restored.has_key and not how.for_trying:
        lines.append(
            "The secret key here is not the one of the backup: payment providers and mailboxes have to be "
            "connected anew, and people sign in anew. Put it there, if you have it."
        )
    if how.for_trying:
        lines.append("FOR TRYING ONLY: no mail, no push and no payment leaves it; its keys were taken out.")
    elif restored.held is not None and restored.held.jobs:
        lines.append(
            f"{_jobs(restored.held.jobs)} for a person, under Needs a person: it may have been done since."
        )
    return lines


def _jobs(count: int) -> str:
    return "1 job waits" if count == 1 else f"{count:,} jobs wait"
