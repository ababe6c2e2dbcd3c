"""How many mails came in."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count

from remit.complaints.models import ReceivedMail
from remit.complaints.vocabulary import MailKind
from remit.core.clock import now


def mails_counted(days: int) -> list[tuple[str, int]]:
    """What mails of the last days were counted as, in words, and how many of each."""
    since = now() - timedelta(days=days)
    found = ReceivedMail.objects.filter(at__gt=since).order_by().values("kind").annotate(count=Count("pk"))
    counts = {each["kind"]: each["count"] for each in found}
    return [(str(kind.label), counts.get(kind.value, 0)) for kind in MailKind]
