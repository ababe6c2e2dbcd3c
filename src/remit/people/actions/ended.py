"""What has ended goes: sessions whose time is over, and who was named on invitations that nobody took up."""

from __future__ import annotations

from typing import Final

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q

from remit.core.clock import now
from remit.core.writing import write
from remit.people.models import Invitation, SignedIn
from remit.trail.actions import erase_words

_AT_ONCE: Final = 500
"""Rows in one write: nobody waits for longer than a moment."""


def forget_what_has_ended() -> None:
    """Remove ended sessions with what was known of their browsers, and names on invitations that ended.

    That somebody was invited, by whom and as what, stays.
    """
    moment = now()
    over = Session.objects.filter(expire_date__lte=moment).order_by("pk").values_list("pk", flat=True)
    while keys := list(over[:_AT_ONCE]):
        with write():
            Session.objects.filter(pk__in=keys, expire_date__lte=moment).delete()
    left = SignedIn.objects.filter(~Exists(Session.objects.filter(pk=OuterRef("session_key"))))
    with write():
        left.delete()
    ended = Q(expires_at__lte=moment) | Q(withdrawn_at__isnull=False)
    named = Invitation.objects.filter(ended, used_by=None).exclude(name="", email="")
    for each in named.select_related("team"):
        with write():
            forget_invited(each)


def forget_invited(invitation: Invitation) -> None:
    """Take name and mail of somebody who didn't come off an invitation, inside a write of the caller."""
    Invitation.objects.filter(pk=invitation.pk).update(name="", email="")
    erase_words(f"invitation:{invitation.pk}", by=None, team=invitation.team)
