"""Links to somebody's calendar: made, ended, and read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.models import Member
from remit.people.secrets import hash_of, new_secret
from remit.trail.actions import record
from remit.work.access import calendar_links_of
from remit.work.models import CalendarLink
from remit.work.vocabulary import MOST_LINKS

_READ_AGAIN: Final = timedelta(days=1)


def make_calendar_link(member: Member, name: str, *, has_checklists: bool) -> tuple[CalendarLink, str]:
    """Make a link to somebody's own calendar.

    Args:
        member: whose.
        name: where they use it; never empty.
        has_checklists: whether the checklists of their teams stand in it too.

    Returns:
        The link, and its secret: it is shown now, and never again.

    Raises:
        Refusal: it has no name, or there are too many.
    """
    called = " ".join(name.split())
    if not called:
        raise Refusal("no-name", "Say where you use it.", "A word is enough: my phone.", field="name")
    secret = new_secret()
    with write():
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
