"""Writing the trail, and erasing personal words from it without breaking it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from django.db.models import QuerySet

from remit.core.asked_often import asked_often
from remit.core.clock import now
from remit.core.erasing import Traces
from remit.core.writing import at_the_end, write
from remit.core.written_often import insert_all, insert_unseen
from remit.trail.chain import START, content_of, hash_of, hash_of_words
from remit.trail.models import Entry, Words
from remit.trail.vocabulary import WORDS_ERASED

_AT_ONCE: Final = 500
"""Rows in one statement: a database takes only so many values."""


class Actor(Protocol):
    """Who did it: a member."""

    pk: int
    word: str


class Where(Protocol):
    """Where it was done: a team."""

    word: str


@dataclass(frozen=True, slots=True)
class _Act:
    at: datetime
    member: Actor | None
    act: str
    subject: str
    team: str
    data: Mapping[str, object]
    words: str


def record(
    act: str,
    subject: str,
    *,
    by: Actor | None,
    team: Where | None = None,
    words: str = "",
    **data: object,
) -> None:
    """Write down what was done; it becomes the end of the chain when the open write ends.

    Args:
        act: code of what was done: `complaint-decided`.
        subject: what it was done to: `complaint:2041`.
        by: who did it; None where time or a customer did.
        team: where.
        words: personal text that belongs to it; kept outside the hashes, so that it can be erased.
        data: references and whole figures that JSON knows; never personal text.

    Raises:
        TypeError: the data hold something else; a broken number isn't read back the same from every database.
    """
    kept = json.loads(json.dumps(data, allow_nan=False))
    _need_whole_figures(kept)
    entry = _Act(now(), by, act, subject, team.word if team else "", kept, words)
    at_the_end(_append, entry)


def erase_words(subject: str, *, by: Actor | None, team: Where | None = None) -> int:
    """Erase the personal words of everything that was done to a subject; that it was done is recorded.

    Who may do that is looked at by whoever calls. The entries stay, and so do their hashes.

    Returns:
        of how many entries the words were erased.
    """
    with write():
        erased = Words.objects.filter(entry__subject=subject, erased_at=None).update(**_gone())
        if erased:
            record(WORDS_ERASED, subject, by=by, team=team, entries=erased)
        return erased


def erase_all_words(subjects: Iterable[str], traces: Traces, *, spared: Iterable[str] = ()) -> int:
    """Erase the personal words of everything that was done to these subjects, and words that name somebody.

    Nothing is recorded here: whoever erases a person records that as one act. Entries and hashes stay.

    Args:
        subjects: `complaint:2041`, `customer:17` …
        traces: by what somebody is found in the words of anything else: an export, a charter, an invitation.
        spared: how subjects begin in which nobody is looked for: what was said in somebody else's
            complaint stays theirs.

    Returns:
        of how many entries the words were erased.
    """
    with write():
        there = Words.objects.filter(erased_at=None)
        keys = set(there.filter(entry__subject__in=list(subjects)).values_list("pk", flat=True))
        keys |= _naming(there, traces, tuple(spared))
        every = sorted(keys)
        for first in range(0, len(every), _AT_ONCE):
            Words.objects.filter(pk__in=every[first : first + _AT_ONCE]).update(**_gone())
        return len(every)


def _naming(words: QuerySet[Words], traces: Traces, spared: tuple[str, ...]) -> set[int]:
    """Keys of words that name somebody. It reads every text there is: only the database does that quickly."""
    if not traces:
        return set()
    rows = words.filter(traces.in_any("text")).values_list("pk", "text", "entry__subject")
    return {
        key
        for key, text, subject in rows.iterator()
        if not subject.startswith(spared) and traces.are_in(text)
    }


def _gone() -> dict[str, object]:
    """What is left of words: nothing by which a guess could be held against their hash."""
    return {"text": "", "salt": "", "erased_at": now()}


def _need_whole_figures(value: Any) -> None:  # noqa: ANN401 (anything that JSON knows)
    if isinstance(value, float):
        raise TypeError(f"the trail takes whole figures, or text, but not {value!r}")
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        _need_whole_figures(part)


def end_ahead() -> None:
    """Say in a write that something will be recorded."""
    _last.ahead()


@asked_often()
def _last() -> QuerySet[Entry, tuple[int, str]]:
    return Entry.objects.order_by("-number").values_list("number", "hash")[:1]


def _append(acts: Sequence[_Act]) -> None:
    """Make the acts of a write the end of the chain, in their order."""
    number, previous = next(iter(_last()), (0, START))
    entries, words = [], []
    for act in acts:
        salt = secrets.token_hex(16) if act.words else ""
        entry = _linked(act, number + 1, previous, hash_of_words(salt, act.words) if act.words else "")
        number, previous = entry.number, entry.hash
        entries.append(entry)
        words += [Words(entry=entry, salt=salt, text=act.words)] * bool(act.words)
    if not words:
        insert_unseen(entries)
        return
    insert_all(entries)
    for each in words:
        each.save(force_insert=True)


def _linked(act: _Act, number: int, previous: str, words_hash: str) -> Entry:
    content = content_of(
        number=number,
        at=act.at,
        member=act.member.word if act.member else "",
        act=act.act,
        subject=act.subject,
        team=act.team,
        data=act.data,
        words_hash=words_hash,
    )
    return Entry(
        number=number,
        at=act.at,
        member_id=act.member.pk if act.member else None,
        act=act.act,
        subject=act.subject,
        team=act.team,
        data=dict(act.data),
        words_hash=words_hash,
        previous_hash=previous,
        hash=hash_of(previous, content),
    )
