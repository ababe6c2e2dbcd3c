"""What stands on the pages of the payment providers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from remit.remedies.models import Connection, Look, Sending
from remit.remedies.vocabulary import OPEN_SENDINGS

_SHOWN = 10
_MOST = 50


def connections_with_figures() -> QuerySet[Connection, Any]:
    """Every connection in use, with how many refunds are on their way through it."""
    under_way = Count("payments__sendings", filter=Q(payments__sendings__state__in=OPEN_SENDINGS))
    rows = Connection.objects.filter(off_at=None).annotate(under_way=under_way)
    return rows.prefetch_related("teams__team").order_by("account", "id")


def latest_looks(connection: Connection) -> Sequence[Look]:
    """What the last comparisons with the provider's own list found, the newest first."""
    return list(connection.looks.order_by("-at", "-id")[:_SHOWN])


def on_their_way_through(connection: Connection) -> tuple[Sequence[Sending], bool]:
    """Refunds that aren't through yet, the oldest first; and whether there are more than these."""
    rows = Sending.objects.filter(payment__connection=connection, state__in=OPEN_SENDINGS)
    found = list(rows.select_related("remedy__team").order_by("made_at", "id")[: _MOST + 1])
    return found[:_MOST], len(found) > _MOST
