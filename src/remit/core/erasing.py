"""Erasing what is personal: the word that stands in its place, and how somebody is found in loose text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from re import IGNORECASE, escape, sub
from typing import Final, Self
from urllib.parse import quote_plus

from django.db.models import Q

ERASED: Final = "(erased)"
"""What stands where a text was, and the table or the page needs one."""
WAITS_HOURS: Final = 12
"""A changed rule of what goes by age is followed once it is that old: time to think again."""
_SHORTEST: Final = 6
"""Letters of a trace; a shorter one stands in too many words of others."""


@dataclass(frozen=True, slots=True)
class Traces:
    """By what somebody is found in text that isn't tied to them, such as the error of a job.

    Attributes:
        words: mail addresses, phone numbers, and full names. A first name alone isn't one:
            there are many Anas.
    """

    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, *, names: Iterable[str] = (), others: Iterable[str] = ()) -> Self:
        """Those that are sure enough.

        Args:
            names: as they are written; those of one word are left out.
            others: mail addresses, phone numbers.
        """
        sure = {name.strip() for name in names if " " in name.strip()} | {each.strip() for each in others}
        sure |= {quote_plus(each) for each in sure}  # as addresses of pages write them
        return cls(tuple(sorted((each for each in sure if len(each) >= _SHORTEST), key=len, reverse=True)))

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words)

    def in_any(self, *fields: str) -> Q:
        """Rows in one of whose fields one of them stands; none where there is nothing to look for."""
        found = (Q(**{f"{field}__icontains": word}) for field in fields for word in self.words)
        return reduce(or_, found, Q(pk__in=()))

    def out_of(self, text: str) -> str:
        """The text without them."""
        for word in self.words:
            text = sub(escape(word), ERASED, text, flags=IGNORECASE)
        return text
