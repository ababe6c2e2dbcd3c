"""`remit doctor`: everything that has to be right, looked at one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from remit.keeping.doctor import database, machine, outside, work
from remit.keeping.doctor.finding import Finding, Health, wrong

Told = Callable[[str, float], None]
"""Hears what is being done, and how far it is: a share."""


def examine(*, mail_to: str, quick: bool, told: Told = lambda _what, _share: None) -> Iterator[Finding]:
    """Look at everything.

    Args:
        mail_to: an address that a mail is sent to, or "".
        quick: whether what is written in the database is left out: it takes as long as there is of it.
        told: hears how far it is.
    """
    for looking in (machine.versions, machine.what_is_set, machine.folder, machine.keys, machine.backups):
        yield from _looked(looking)
    reached = list(_looked(database.reachable))
    yield from reached
    if not any(each.health == Health.WRONG for each in reached):
        yield from _inside(quick=quick, told=told)
    yield from _looked(partial(outside.mail, mail_to))
    yield from _looked(outside.address)
    yield from _looked(outside.directory)


def _inside(*, quick: bool, told: Told) -> Iterator[Finding]:
    """What is in the database; where its tables are others, only that is said."""
    tables = list(_looked(database.migrations))
    yield from tables
    yield from _looked(database.integrity)
    if any(each.health == Health.WRONG for each in tables):
        return
    for looking in (work.workers, work.jobs, work.providers, work.mailboxes):
        yield from _looked(looking)
    if not quick:
        yield from _looked(database.uploads)
        yield from _looked(partial(database.what_is_written, told))


def _looked(looking: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What was found; a look that fails itself is a finding, too, and says nothing that may be secret."""
    try:
        yield from looking()
    except Exception as error:  # noqa: BLE001 (whatever it is, all others are looked at)
        name = getattr(getattr(looking, "func", looking), "__name__", "look").replace("_", " ")
        yield wrong(
            name, f"It couldn't be looked at: {type(error).__name__}.", "Please report that to the project."
        )
