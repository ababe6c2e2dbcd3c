"""What counts towards an allowance, and how much of it is used: the plain bookkeeping of giving.

`per: member` counts what somebody gave on their own authority; a yes counts to whoever said it. Team,
customer and order count everything given. What is taken back is credited to the period it came from, and a
proposal that waits is counted from the moment it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from remit_engine.charter.document import Allowance, Charter, Per
from remit_engine.charter.plain import allowances_that_count
from remit_engine.charter.request import Person, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A remedy that was given, or is held while objections may come.

    Attributes:
        request: as it was judged, with its day.
        authority: who said yes, or lent their authority; None when the one who asked gave it on their own.
        taken_back: how much of it was taken back since, in minor units.
    """

    request: Request
    authority: Person | None = None
    taken_back: int = 0

    @property
    def by_authority(self) -> Request:
        """The request as one of the person on whose authority it was given."""
        return self.request if self.authority is None else self.request.of(self.authority)

    @property
    def amount(self) -> int:
        """What is left of it, in minor units."""
        return (self.request.amount or 0) - self.taken_back

    @property
    def count(self) -> int:
        """1, or 0 when a remedy with a value was taken back as a whole."""
        return 0 if self.taken_back and self.amount <= 0 else 1


def key_of(allowance: Allowance, request: Request) -> str | None:
    """Whose allowance a request uses: the member, team, customer or order; None where it isn't known."""
    key: str | None = getattr(request, allowance.per.value)
    return key


def counted(charter: Charter, given: Given) -> list[tuple[Allowance, str]]:
    """The allowances that something given is added to, each with its key."""
    asked = allowances_that_count(charter, given.request)
    on_authority = allowances_that_count(charter, given.by_authority)
    pairs = [
        (allowance, key_of(allowance, given.by_authority if allowance.per is Per.MEMBER else given.request))
        for allowance in charter.all_allowances
        if allowance in (on_authority if allowance.per is Per.MEMBER else asked)
    ]
    return [(allowance, key) for allowance, key in pairs if key is not None]


def used(charter: Charter, request: Request, book: Iterable[Given]) -> dict[str, int]:
    """What is used of every allowance that a request is added to, before it: the figures of `Request.used`.

    Args:
        charter: whose allowances.
        request: with its day; an allowance whose key or day isn't known is left out: used up.
        book: everything given before.
    """
    pages = list(book)
    totals: dict[str, int] = {}
    for allowance in allowances_that_count(charter, request):
        key = key_of(allowance, request)
        if key is None or request.day is None:
            continue
        totals[allowance.id] = sum(
            given.count if allowance.counts else given.amount
            for given in pages
            if (allowance, key) in counted(charter, given)
            and given.request.day is not None
            and allowance.period.covers(given.request.day, request.day)
        )
    return totals
