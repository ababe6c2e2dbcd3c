"""Erasing what is personal: the word that stands in its place, and how somebody is found in loose text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from re import IGNORECASE, Pattern, compile, escape  # noqa: A004 (a pattern is compiled)
from typing import Any, Final, Self
from urllib.parse import quote_plus

from django.db.models import JSONField, Model, Q

from remit.core.holds_any import HoldsAny

ERASED: Final = "(erased)"
"""What stands where a text was, and the table or the page needs one."""
WAITS_HOURS: Final = 12
"""A changed rule of what goes by age is followed once it is that old: time to think again."""
_SHORTEST: Final = 6
"""Letters of a trace; a shorter one stands in too many words of others."""
_BEFORE: Final = r"(?:(?<!\w)|(?<=%[0-9A-F]{2})|(?<=\\[nrt]))"
"""What a trace begins after: the name of Diana Ruiz isn't that of Ana Ruiz. Addresses of pages and JSON write
what stands between two words in letters and digits (`%20`, `\\n`)."""
_AFTER_NAME: Final = r"(?=\w{0,2}(?!\w))"
"""A name may have a little behind it: *Harkers Tisch*."""

Loose = tuple[tuple[type[Model], tuple[str, ...]], ...]
"""Tables with texts in which somebody may be named, and their columns."""


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
        if not self:
            return Q(pk__in=())
        return reduce(or_, (Q(**{f"{field}__{HoldsAny.lookup_name}": self.words}) for field in fields))

    def are_in(self, text: str) -> bool:
        """Whether one of them stands in a text, and not only letters of it in the name of somebody else."""
        return bool(self) and _pattern(self.words).search(text) is not None

    def out_of(self, text: str) -> str:
        """The text without them."""
        return _pattern(self.words).sub(ERASED, text) if self else text

    def out_of_all(self, value: Any) -> Any:  # noqa: ANN401 (anything that JSON knows)
        """What JSON holds, without them in any of its texts."""
        if isinstance(value, str):
            return self.out_of(value)
        if isinstance(value, list):
            return [self.out_of_all(each) for each in value]
        if isinstance(value, dict):
            return {key: self.out_of_all(each) for key, each in value.items()}
        return value


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> Pattern[str]:
    return compile("|".join(map(_of_one, words)), IGNORECASE)


def _of_one(word: str) -> str:
    is_name = word[-1].isalpha() and "@" not in word and "%40" not in word
    after = _AFTER_NAME if is_name else r"(?!\w)" if word[-1].isalnum() else ""
    return f"{_BEFORE if word[0].isalnum() else ''}{escape(word)}{after}"


def take_out(traces: Traces, tables: Loose) -> None:
    """Take somebody out of texts that aren't tied to them, inside a write of the caller; the rows stay.

    Args:
        traces: by what they are found.
        tables: where they may be named.
    """
    if not traces:
        return
    for model, names in tables:
        rows: Any = model._default_manager  # noqa: SLF001 (Django documents it)
        fields = [model._meta.get_field(name) for name in names]  # noqa: SLF001
        # JSON is read as a whole: databases keep its letters in different ways.
        is_whole = any(isinstance(field, JSONField) for field in fields)
        for row in rows.all() if is_whole else rows.filter(traces.in_any(*names)):
            said = {name: getattr(row, name) for name in names}
            kept = {field.name: _fitting(traces.out_of_all(said[field.name]), field) for field in fields}
            if kept != said:
                rows.filter(pk=row.pk).update(**kept)


def _fitting(value: Any, field: Any) -> Any:  # noqa: ANN401 (a field of Django, and what it holds)
    """No longer than its column: what stands in the place of a short name may be longer than that."""
    return value[: field.max_length] if isinstance(value, str) else value
