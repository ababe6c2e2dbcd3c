"""Whether the trail is whole: every entry is read, in its order, and reckoned again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from remit.trail.chain import START, content_of, hash_of, hash_of_words
from remit.trail.models import Entry, Words

_AT_ONCE: Final = 2000


@dataclass(frozen=True, slots=True)
class End:
    """Where the chain ends: noted down elsewhere, it shows later that nothing was cut off."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that isn't what it was.

    Attributes:
        number: of the entry.
        what: a word for programs: gap, link, hash, words, words-gone, words-loose, end.
        wrong: one sentence.
    """

    number: int
    what: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What the check found.

    Attributes:
        sound: entries that were reckoned again and are right.
        end: the last of them.
        broken: the first that isn't, or None.
    """

    sound: int
    end: End
    broken: Break | None


def verify_trail(noted: End | None = None) -> Verified:
    """Reckon every entry again, up to the first that is broken.

    Args:
        noted: an end that was noted down earlier, to see whether it still stands where it stood.
    """
    end = End(0, START)
    for entry in _entries():
        broken = _break_of(entry, end, noted)
        if broken is not None:
            return Verified(end.number, end, broken)
        end = End(entry.number, entry.hash)
    return Verified(end.number, end, _cut_off(end, noted) or _loose_words())


def _entries() -> Iterator[Entry]:
    rows = Entry.objects.select_related("member", "words").order_by("number")
    return rows.iterator(chunk_size=_AT_ONCE)


def _break_of(entry: Entry, before: End, noted: End | None) -> Break | None:
    """What is wrong with an entry, or None."""
    number = entry.number
    if number != before.number + 1:
        missing = before.number + 1
        return Break(missing, "gap", f"it is missing; the next one is {number:,}.")
    if entry.previous_hash != before.hash:
        return Break(number, "link", "it doesn't hang on the entry before it.")
    if entry.hash != hash_of(before.hash, _content(entry)):
        return Break(number, "hash", "it doesn't say what it said when it was written.")
    if noted is not None and number == noted.number and entry.hash != noted.hash:
        return Break(number, "end", "another entry stands where the noted end stood: it was written anew.")
    return _break_of_words(entry)


def _content(entry: Entry) -> dict[str, object]:
    return content_of(
        number=entry.number,
        at=entry.at,
        member=entry.member.word if entry.member else "",
        act=entry.act,
        subject=entry.subject,
        team=entry.team,
        data=entry.data,
        words_hash=entry.words_hash,
    )


def _break_of_words(entry: Entry) -> Break | None:
    words: Words | None = getattr(entry, "words", None)
    if words is None:
        gone = Break(entry.number, "words-gone", "its words are gone without having been erased.")
        return gone if entry.words_hash else None
    if not entry.words_hash:
        return Break(entry.number, "words-loose", "it has words that it was written without.")
    if words.erased_at is not None:
        added = Break(entry.number, "words", "its words were erased, and there are words again.")
        return added if words.text or words.salt else None
    if hash_of_words(words.salt, words.text) != entry.words_hash:
        return Break(entry.number, "words", "its words aren't those that were written.")
    return None


def _cut_off(end: End, noted: End | None) -> Break | None:
    if noted is None or noted.number <= end.number:
        return None
    return Break(end.number + 1, "end", f"it is missing; the trail once went on to {noted.number:,}.")


def _loose_words() -> Break | None:
    """Words whose entry is gone: the database refuses that, unless it was told to look away."""
    loose = Words.objects.filter(entry__number__isnull=True).values_list("entry_id", flat=True).first()
    return None if loose is None else Break(loose, "words-loose", "there are words of an entry that is gone.")
