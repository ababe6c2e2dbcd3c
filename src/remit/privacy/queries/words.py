"""What customers read: the newest version, or what Remit says until an owner wrote one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from remit.people.models import Organisation
from remit.privacy.models import Retention, Statement

_FIRST: Final = """\
When you tell us that something went wrong, we keep what we need to make it right, and no more.

## What we keep
Your name and how to reach you, as you gave them; what you wrote and the files that you sent; our \
answers; the order that it was about; what we gave you to make it right; and what you said about it \
afterwards.

## What for
To answer you, so that nobody has to ask you twice, and to get better. What we gave you stands in \
our books, and the law wants us to keep those.

## Who sees it
The people of our team. We sell nothing, and no other company reads it, but for the payment provider \
when money goes back to you.

## What you can ask of us
To see all of it, to get it as a file, to correct it, or to have it erased. Write to us: it costs \
nothing, and we answer within a month. You may also complain to the data protection authority where \
you live."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is shown.

    Attributes:
        number: of the version; 0 for what Remit says by itself.
        parts: pairs of a heading, or "", and its paragraphs.
        at: when it was written.
    """

    number: int
    text: str
    contact: str
    parts: Sequence[tuple[str, Sequence[str]]]
    at: datetime | None


def words_now() -> Words:
    """What is in force."""
    last = Statement.objects.first()
    if last is not None:
        return words_of(last)
    organisation = Organisation.objects.first()
    contact = organisation.name if organisation else ""
    return Words(0, _FIRST, contact, _parts(_FIRST), None)


def words_of(statement: Statement) -> Words:
    """A version that was written."""
    return Words(statement.number, statement.text, statement.contact, _parts(statement.text), statement.at)


def how_long(rule: Retention) -> Sequence[str]:
    """The rules in plain sentences, for customers."""
    said = []
    if rule.complaint_months:
        said.append(f"What you told us: {_months(rule.complaint_months)} after it was settled.")
    else:
        said.append("What you told us: until you ask us to erase it.")
    if rule.attachment_months:
        said.append(f"Files that you sent: {_months(rule.attachment_months)} after it was settled.")
    said.append(f"Amounts, kinds and dates of what we gave you: {rule.books_years} years, as the law wants.")
    said.append(f"Copies for emergencies (backups): {rule.backup_days} days longer.")
    return said


def _months(count: int) -> str:
    return "a month" if count == 1 else f"{count} months"


def _parts(text: str) -> list[tuple[str, list[str]]]:
    """Headings and their paragraphs."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for block in text.split("\n\n"):
        lines = block.strip().split("\n")
        if lines[0].startswith("## "):
            parts.append((lines.pop(0)[3:].strip(), []))
        paragraph = "\n".join(lines).strip()
        if paragraph:
            parts[-1][1].append(paragraph)
    return [part for part in parts if part[0] or part[1]]
