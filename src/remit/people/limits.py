"""How often something may be tried, counted in the database: it holds for all processes together."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.crypto import salted_hmac

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.models import Tries
from remit.people.vocabulary import TRIES
from remit.trail.actions import record

_KEPT = timedelta(days=1)


class TooOften(Refusal):
    """Something was tried too often: wait."""

    status = 429


def take(kind: str, who: str, *, field: str = "") -> None:
    """Count a try, before it is looked at: many at once are as good as one after the other.

    Args:
        kind: a word of `TRIES`.
        who: for whom it is counted: a member's word, a mail address, the address of a browser.
        field: of the form that it belongs to.

    Raises:
        TooOften: there were too many; it says for how long to wait.
    """
    most, minutes = TRIES[kind]
    wait: datetime | None = None
    with write():
        row = _row_of(kind, who, timedelta(minutes=minutes))
        if not Tries.objects.filter(pk=row.pk, tried__lt=most).update(tried=F("tried") + 1):
            wait = row.since + timedelta(minutes=minutes)
        elif row.tried + 1 == most:
            record("tried-too-often", f"limit:{kind}", by=None, tries=most)
    if wait is not None:
        left = max(1, -int(-(wait - now()).total_seconds() // 60))
        raise TooOften(
            "tried-too-often",
            "That was tried too often.",
            f"Wait {left} minute{'' if left == 1 else 's'}, then try again.",
            field=field,
        )


def give_back(kind: str, who: str) -> None:
    """It was right, and what was wrong before goes on counting."""
    with write():
        row = Tries.objects.filter(kind=kind, who_hash=_hash(kind, who), tried__gt=0)
        row.update(tried=F("tried") - 1)


def forget(kind: str, who: str) -> None:
    """It was right: what was tried before doesn't count any more."""
    with write():
        Tries.objects.filter(kind=kind, who_hash=_hash(kind, who)).delete()


def _row_of(kind: str, who: str, lasts: timedelta) -> Tries:
    row, is_new = Tries.objects.get_or_create(kind=kind, who_hash=_hash(kind, who), defaults={"since": now()})
    if is_new:
        Tries.objects.filter(since__lt=now() - _KEPT).delete()
    elif row.since + lasts <= now():
        row.since, row.tried = now(), 0
        row.save(update_fields=["since", "tried"])
    return row


def _hash(kind: str, who: str) -> str:
    return salted_hmac("remit.people.limits", f"{kind}:{who}", algorithm="sha256").hexdigest()
