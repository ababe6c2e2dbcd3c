"""Links to somebody's calendar: made, ended, and read."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Final

from django.utils.crypto import salted_hmac

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.people.models import Member
from remit.people.secrets import hash_of
from remit.trail.actions import record
from remit.work.access import calendar_links_of
from remit.work.models import CalendarLink
from remit.work.vocabulary import MOST_LINKS

_READ_AGAIN: Final = timedelta(days=1)
_TOLD_AGAIN: Final = timedelta(minutes=10)
"""So long the same form tells the same secret again: for a second click, or an answer that got lost."""
_SECRET_BYTES: Final = 24


def make_calendar_link(
    member: Member, name: str, *, has_checklists: bool, stamp: str
) -> tuple[CalendarLink, str]:
    """Make a link to somebody's own calendar.

    The secret follows from what the form says and the secret key of this Remit: it is the same once more.

    Args:
        member: whose.
        name: where they use it; never empty.
        has_checklists: whether the checklists of their teams stand in it too.
        stamp: of the form; the same sent a second time makes no second link.

    Returns:
        The link, and its secret: it is told now, and never again once some minutes have passed.

    Raises:
        Refusal: it has no name, or there are too many.
        Changed: this form made a link that was ended, or some time ago.
    """
    called = " ".join(name.split())
    if not called:
        raise Refusal("no-name", "Say where you use it.", "A word is enough: my phone.", field="name")
    secret = _secret_of(member, stamp, called, has_checklists)
    with write():
        if before := CalendarLink.objects.filter(secret_hash=hash_of(secret)).first():
            _need_just_made(before)
            return before, secret
        if calendar_links_of(member).count() >= MOST_LINKS:
            raise Refusal("too-many-links", f"You have {MOST_LINKS} links already.", "End one of them first.")
        link = CalendarLink.objects.create(
            member=member,
            secret_hash=hash_of(secret),
            name=called,
            has_checklists=has_checklists,
            made_at=now(),
        )
        record("calendar-link-made", f"member:{member.word}", by=member)
    return link, secret


def _secret_of(member: Member, *said: object) -> str:
    made = salted_hmac("remit.work.calendar-link", repr((member.pk, *said)), algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest()[:_SECRET_BYTES]).decode()


def _need_just_made(link: CalendarLink) -> None:
    if link.ended_at is not None or link.made_at <= now() - _TOLD_AGAIN:
        raise Changed(
            "link-made-before", "This form made a link before.", "Reload the page to make another one."
        )


def end_calendar_link(member: Member, number: int) -> None:
    """End a link of somebody's own: from now on it opens nothing. Nothing happens where it has ended."""
    with write():
        if calendar_links_of(member).filter(pk=number).update(ended_at=now()):
            record("calendar-link-ended", f"member:{member.word}", by=member)


def note_read(link: CalendarLink, mark: str) -> datetime:
    """Write down what a calendar read, where that is another thing than before, or a day has passed.

    Args:
        link: by which it was read.
        mark: of what it says now.

    Returns:
        since when it says that.
    """
    is_other = link.mark != mark or link.changed_at is None
    if is_other or link.read_at is None or link.read_at < now() - _READ_AGAIN:
        changed_at = now() if is_other else link.changed_at
        with write():
            CalendarLink.objects.filter(pk=link.pk).update(mark=mark, changed_at=changed_at, read_at=now())
        link.changed_at = changed_at
    return link.changed_at or now()
