"""What was done to something, as people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from remit.trail.models import Entry, Words
from remit.trail.words import did, who

MOST_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One act, in words.

    Attributes:
        number: of the entry.
        who, did: `Ana Ruiz`, `took it up`.
        words: personal text that belongs to it; "" for none, or once it is erased.
        is_erased: whether there was such a text.
        data: references and figures.
    """

    number: int
    at: datetime
    act: str
    subject: str
    who: str
    did: str
    words: str
    is_erased: bool
    data: Mapping[str, object]

    @property
    def sentence(self) -> str:
        """Who did what."""
        return f"{self.who} {self.did}"


def trail_of(*subjects: str, before: int | None = None, most: int = MOST_LINES) -> Sequence[Line]:
    """What was done to something, the newest first; one query.

    Args:
        subjects: `complaint:2041`, and what belongs to it: `remedy:88`.
        before: a number of an entry, to go on where a page ended.
        most: lines.
    """
    entries = Entry.objects.filter(subject__in=subjects).select_related("member", "words")
    if before is not None:
        entries = entries.filter(number__lt=before)
    return [_line(entry) for entry in entries.order_by("-number")[:most]]


def _line(entry: Entry) -> Line:
    words: Words | None = getattr(entry, "words", None)
    return Line(
        number=entry.number,
        at=entry.at,
        act=entry.act,
        subject=entry.subject,
        who=who(entry.act, entry.member.name if entry.member else None),
        did=did(entry.act, entry.data),
        words=words.text if words else "",
        is_erased=words is not None and words.erased_at is not None,
        data=entry.data,
    )
