"""The journal of a team: every entry of its books, as rows for whoever keeps the accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet

from remit.complaints.queries.exporting import harmless
from remit.ledger.models import Entry
from remit.ledger.vocabulary import ACCOUNT_WORDS
from remit.people.models import Team
from remit.remedies.models import Remedy
from remit_engine.money import decimals, in_units

HEADER: Final = (
    "entry", "transfer", "moment", "what", "account", "account in words", "kind", "currency", "into",
    "out of", "reference", "about",
)  # fmt: skip
_A_CHUNK: Final = 500


def journal_of(team: Team, since: date | None = None, until: date | None = None) -> Iterator[list[str]]:
    """The entries of a team, oldest first, two or more of one transfer after each other.

    Args:
        team: whose books.
        since: first day, on the wall clock of the team; None for the beginning.
        until: last day; None for today.

    Returns:
        Rows of cells, under `HEADER`: amounts as `42.00`, in one of two columns; times on the wall clock of
        the team; what it is about by the number of the complaint.
    """
    rows = Entry.objects.filter(transfer__team=team).select_related("transfer", "account").order_by("pk")
    if since is not None:
        rows = rows.filter(transfer__at__gte=_midnight(team, since))
    if until is not None:
        rows = rows.filter(transfer__at__lt=_midnight(team, until + timedelta(days=1)))
    for chunk in _chunks(rows):
        about = _about(chunk)
        yield from (_cells(entry, team, about) for entry in chunk)


def _midnight(team: Team, day: date) -> datetime:
    return datetime.combine(day, time(), team.zone)


def _chunks(rows: QuerySet[Entry]) -> Iterator[list[Entry]]:
    """Piece by piece, each by the number where the last one ended: the books are never held whole."""
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:_A_CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _about(entries: list[Entry]) -> dict[str, str]:
    """What each source is about: `remedy:88` is about `C-2041`."""
    numbers = {
        int(entry.transfer.source.removeprefix("remedy:"))
        for entry in entries
        if entry.transfer.source.startswith("remedy:")
    }
    found = Remedy.objects.filter(pk__in=numbers).values_list("pk", "source")
    return {f"remedy:{number}": source.replace("complaint:", "C-") for number, source in found}


def _cells(entry: Entry, team: Team, about: dict[str, str]) -> list[str]:
    transfer, account = entry.transfer, entry.account
    amount = f"{in_units(abs(entry.amount), account.currency):.{decimals(account.currency)}f}"
    return [
        str(entry.pk),
        str(transfer.pk),
        f"{transfer.at.astimezone(team.zone):%Y-%m-%d %H:%M:%S}",
        transfer.what,
        account.name,
        ACCOUNT_WORDS.get(account.name, account.name),
        account.kind,
        account.currency,
        amount if entry.amount > 0 else "",
        amount if entry.amount < 0 else "",
        harmless(transfer.reference),
        about.get(transfer.source, transfer.source),
    ]
