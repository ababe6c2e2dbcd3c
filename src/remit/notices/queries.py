"""What stands in the list of notices, and how many wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from remit.notices.access import Reader, notices_for
from remit.notices.models import Channels, Notice

A_PAGE: Final = 30
MOST_COUNTED: Final = 99


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list.

    Attributes:
        notices: the newest first.
        older_than: number of the last one, if there are older ones.
        newest: number of the newest notice that the page shows; 0 for none.
        unseen: how many wait, all pages together.
        is_first: whether nothing newer stands on a page before.
    """

    notices: Sequence[Notice]
    older_than: int | None
    newest: int
    unseen: int
    is_first: bool


def unseen_by(member: Reader) -> QuerySet[Notice]:
    """Notices that somebody hasn't seen, no more than are counted: further the figure would be too wide."""
    return notices_for(member).filter(seen_at=None).order_by()[: MOST_COUNTED + 1]


def count_unseen(member: Reader) -> int:
    """How many notices somebody hasn't seen; counting stops where the figure would be too wide."""
    return unseen_by(member).count()


def page_of(member: Reader, before: int | None = None) -> Page:
    """A page of somebody's notices.

    Args:
        member: whose.
        before: number of the notice after which the page goes on; one that isn't theirs begins anew.
    """
    notices = notices_for(member)
    last = notices.filter(pk=before).first() if before is not None else None
    if last is not None:
        notices = notices.filter(
            Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk)
        )
    found = list(notices[: A_PAGE + 1])
    shown = found[:A_PAGE]
    return Page(
        notices=shown,
        older_than=shown[-1].pk if len(found) > A_PAGE else None,
        newest=max((notice.pk for notice in shown), default=0),
        unseen=count_unseen(member),
        is_first=last is None,
    )


def channels_of(member: Reader) -> Channels:
    """What somebody wants to be told beside the screen; the defaults where they never chose."""
    return Channels.objects.filter(pk=member.pk).first() or Channels(pk=member.pk)
