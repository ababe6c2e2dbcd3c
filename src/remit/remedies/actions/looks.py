"""Keeping what a look at the provider's own list found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from remit.core.clock import now
from remit.core.writing import write
from remit.notices.actions import tell
from remit.remedies.models import Connection, Look
from remit.remedies.notices import books_differ
from remit.upkeep.access import who_looks_after

MOST_KEPT: Final = 100
"""Sentences about differences that one look keeps."""


def keep_look(
    connection: Connection,
    *,
    begun: datetime,
    since: datetime,
    seen: int,
    noted: int,
    differences: Sequence[str],
) -> Look:
    """Write down what was found, and from where the next look begins; tell of what differs anew.

    Of very many differences the first are kept, and how many more there are.
    """
    kept = list(differences[:MOST_KEPT])
    if len(differences) > MOST_KEPT:
        kept.append(f"And {len(differences) - MOST_KEPT:,} more.")
    with write():
        before = connection.looks.order_by("-at", "-id").first()
        look = Look.objects.create(
            connection=connection,
            at=now(),
            since=since,
            seen=seen,
            noted=noted,
            differences=kept,
        )
        Connection.objects.filter(pk=connection.pk, looked_until__lt=begun).update(looked_until=begun)
        if kept and (before is None or before.differences != kept):
            tell(who_looks_after(), books_differ(connection, len(differences)))
    return look
