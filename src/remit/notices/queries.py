"""What stands in the list of notices, and how many wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from django.db.models import Q, QuerySet

from remit.core.asked_often import Slot
from remit.core.vocabularies import vocabularies
from remit.notices.access import Reader, notices_for, notices_of
from remit.notices.models import Channels, Notice

A_PAGE: Final = 30
MOST_COUNTED: Final = 99
GATHERED_FROM: Final = 3
"""So many about the same kind of thing, not seen yet, stand as one."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Notices of one kind that nobody has seen yet, as one.

    Attributes:
        code: of all of them.
        words: how many there are of what.
        address: where the things that they are about are listed.
        notices: the newest first.
    """

    code: str
    words: str
    address: str
    notices: Sequence[Notice]

    @property
    def is_urgent(self) -> bool:
        """Whether a customer waits for one of them."""
        return any(notice.is_urgent for notice in self.notices)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list.

    Attributes:
        gathered: of what waits, what there is much of; on the first page.
        notices: all others, the newest first.
        older_than: number of the last one, if there are older ones.
        newest: number of the newest notice that the page shows; 0 for none.
        unseen: how many wait, all pages together.
        is_first: whether nothing newer stands on a page before.
    """

    gathered: Sequence[Gathered]
    notices: Sequence[Notice]
    older_than: int | None
    newest: int
    unseen: int
    is_first: bool


def unseen_by(member: int | Slot) -> QuerySet[Notice]:
    """Notices that somebody hasn't seen, no more than are counted: further the figure would be too wide.

    The newest: in an order that an index has, as PostgreSQL would otherwise look for a few among all notices.
    """
    unseen = notices_of(member).filter(seen_at=None)
    return unseen.order_by("-created_at")[: MOST_COUNTED + 1]


def count_unseen(member: Reader) -> int:
    """How many notices somebody hasn't seen; counting stops where the figure would be too wide."""
    return unseen_by(member.pk).count()


def page_of(member: Reader, before: int | None = None) -> Page:
    """A page of somebody's notices; those that are gathered stand on the first one, and on no other.

    Args:
        member: whose.
        before: number of the notice after which the page goes on; one that isn't theirs begins anew.
    """
    notices = notices_for(member)
    unseen = list(notices.filter(seen_at=None)[: MOST_COUNTED + 1])
    gathered = list(_gathered(unseen))
    in_those = [notice.pk for each in gathered for notice in each.notices]
    last = notices.filter(pk=before).first() if before is not None else None
    if last is not None:
        notices = notices.filter(
            Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk)
        )
    found = list(notices.exclude(pk__in=in_those)[: A_PAGE + 1])
    shown = found[:A_PAGE]
    numbers = [notice.pk for notice in shown] + ([] if last else in_those)
    return Page(
        gathered=[] if last else gathered,
        notices=shown,
        older_than=shown[-1].pk if len(found) > A_PAGE else None,
        newest=max(numbers, default=0),
        unseen=len(unseen),
        is_first=last is None,
    )


def _gathered(unseen: Iterable[Notice]) -> Iterator[Gathered]:
    """What there is much of, in the order of the newest of each."""
    words, of_code = _words(), dict[str, list[Notice]]()
    for notice in unseen:
        of_code.setdefault(notice.code, []).append(notice)
    for code, notices in of_code.items():
        if code in words and len(notices) >= GATHERED_FROM:
            said, address = words[code]
            yield Gathered(code, said.format(count=len(notices)), address, notices)


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    """Words and address of each kind that may be gathered: `GATHERED` in the vocabulary of its app."""
    found: dict[str, tuple[str, str]] = {}
    for vocabulary in vocabularies():
        found.update(getattr(vocabulary, "GATHERED", {}))
    return MappingProxyType(found)


def channels_of(member: Reader) -> Channels:
    """What somebody wants to be told beside the screen; the defaults where they never chose."""
    return Channels.objects.filter(pk=member.pk).first() or Channels(pk=member.pk)
