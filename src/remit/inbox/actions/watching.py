"""What is noted about a mailbox while it is watched: how far it was read, who watches, what is in the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Q

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.sealing import SealBroken, unseal
from remit.core.writing import write
from remit.inbox.fetching.account import Account, BrokeOff, NotNow, Place
from remit.inbox.models import Mailbox
from remit.inbox.notices import mailbox_in_trouble
from remit.inbox.vocabulary import SILENT_FOR, Way
from remit.notices.actions import settle as settle_notices
from remit.notices.actions import tell
from remit.notices.mail import our_mark
from remit.upkeep.access import who_looks_after

WATCHED_FOR: Final = timedelta(minutes=1)
"""After which a watcher that fell silent loses its mailbox to another one."""

_COUNTED: Final = 10_000
"""How often a connection that breaks off at one mail is counted at most."""

_NOT_OURS: Final = "Its password was sealed with another secret key than the one in use. Type it in again."


def take_to_watch(watcher: str) -> Mailbox | None:
    """A mailbox that nobody watches, which this watcher watches from now on; None when there is none.

    Args:
        watcher: a name that no other has.
    """
    nobody = Q(watched_until=None) | Q(watched_until__lt=now())
    free = Mailbox.objects.filter(nobody, way=Way.IMAP, off_at=None, is_stopped=False).order_by("pk")
    for mailbox in free.select_related("team"):
        taken = Mailbox.objects.filter(nobody, pk=mailbox.pk, off_at=None, is_stopped=False)
        with write():
            if taken.update(watcher=watcher, watched_until=now() + WATCHED_FOR):
                return mailbox
    return None


def still_watched(mailbox: Mailbox, watcher: str) -> bool:
    """Go on watching; False when it is another's by now, was changed, or switched off."""
    with write():
        mine = Mailbox.objects.filter(
            pk=mailbox.pk, watcher=watcher, changes=mailbox.changes, off_at=None, is_stopped=False
        )
        return bool(mine.update(watched_until=now() + WATCHED_FOR))


def leave(mailbox: Mailbox, watcher: str) -> None:
    """Watch it no more: another may, at once."""
    with write():
        Mailbox.objects.filter(pk=mailbox.pk, watcher=watcher).update(watcher="", watched_until=None)


def account_of(mailbox: Mailbox) -> Account | None:
    """What opens a mailbox; None, and noted, where its password can't be unsealed."""
    try:
        password = unseal(mailbox.sealed_password)
    except SealBroken:
        note_trouble(mailbox, _NOT_OURS, is_stopped=True)
        return None
    return mailbox.account(password, our_mark())


def keep_place(mailbox: Mailbox, place: Place) -> None:
    """Note how far a folder was read; inside the write that took its mail in. It never goes back.

    Raises:
        NotNow: the mailbox was changed or switched off meanwhile, and means another folder by now.
    """
    this = Mailbox.objects.filter(pk=mailbox.pk, changes=mailbox.changes, off_at=None)
    if not this.exists():
        raise NotNow
    same = Q(uid_validity=place.uid_validity, last_uid__lt=place.last_uid)
    this.filter(same | ~Q(uid_validity=place.uid_validity)).update(
        uid_validity=place.uid_validity, last_uid=place.last_uid
    )


def note_reached(mailbox: Mailbox) -> None:
    """All is well: its mail was looked into, or something was posted."""
    with write():
        Mailbox.objects.filter(pk=mailbox.pk).update(
            reached_at=now(), trouble="", trouble_at=None, told_at=None
        )
        settle_notices(mailbox.subject)


def note_not_reached(mailbox: Mailbox, trouble: Refusal) -> None:
    """A server wasn't reached, or broke off: it is tried again; that it broke off at a mail is counted."""
    with write():
        if isinstance(trouble, BrokeOff):
            Mailbox.objects.filter(pk=mailbox.pk, changes=mailbox.changes).update(
                stuck_validity=trouble.stuck.uid_validity,
                stuck_uid=trouble.stuck.uid,
                stuck_times=min(trouble.stuck.times, _COUNTED),
                stuck_is_it=trouble.stuck.is_it,
            )
        note_trouble(mailbox, f"{trouble.wrong} {trouble.next_step}")


def note_trouble(mailbox: Mailbox, words: str, *, is_stopped: bool = False) -> None:
    """Something is in the way; of what stops it somebody is told at once, of the rest if it stays so.

    Args:
        mailbox: which.
        words: what is in the way, and what to do.
        is_stopped: it isn't tried again before somebody changed something.
    """
    with write():
        this = Mailbox.objects.filter(pk=mailbox.pk, off_at=None)
        this.filter(trouble_at=None).update(trouble_at=now())
        this.update(trouble=words, is_stopped=is_stopped)
        if is_stopped:
            _tell(mailbox.pk)


def look_after_mailboxes() -> int:
    """Tell of mailboxes that aren't reached for long.

    Returns:
        of how many somebody was told.
    """
    long_ago = now() - SILENT_FOR
    with write():
        waiting = Mailbox.objects.filter(off_at=None, told_at=None, trouble_at__lte=long_ago).exclude(
            trouble=""
        )
        return sum(_tell(number) for number in waiting.values_list("pk", flat=True))


def _tell(number: int) -> int:
    """Tell whoever looks after Remit, once; how many times."""
    fresh = Mailbox.objects.filter(pk=number, told_at=None, off_at=None)
    if not fresh.update(told_at=now()):
        return 0
    tell(who_looks_after(), mailbox_in_trouble(Mailbox.objects.select_related("team").get(pk=number)))
    return 1
