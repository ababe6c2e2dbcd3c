"""Keeping what a look at the provider's own list found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from remit.core.clock import now
from remit.core.writing import write
from remit.notices.actions import tell
from remit.remedies.models import Connection, Look
from remit.remedies.notices import books_differ
from remit.upkeep.access import who_looks_after


def keep_look(
    connection: Connection,
    *,
    begun: datetime,
    since: datetime,
    seen: int,
    noted: int,
    differences: Sequence[str],
) -> Look:
    """Write down what was found, and from where the next look begins; tell of what differs anew."""
    with write():
        before = connection.looks.order_by("-at", "-id").first()
        look = Look.objects.create(
            connection=connection,
            at=now(),
            since=since,
            seen=seen,
            noted=noted,
            differences=list(differences),
        )
        Connection.objects.filter(pk=connection.pk, looked_until__lt=begun).update(looked_until=begun)
        if differences and (before is None or before.differences != list(differences)):
            tell(who_looks_after(), books_differ(connection, len(differences)))
    return look
