"""Every recorded decision recomputed: the same request under the same version has the same verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from remit.charters.in_force import compiled_anew
from remit.charters.models import Version
from remit.complaints.models import Decision
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.levels import LEVELS_BY_WORD
from remit_engine.charter.request import Request
from remit_engine.errors import InputError

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""

_CHUNK: Final = 1_000
_SAID_TWICE: Final = (("kind", "kind"), ("value", "amount"), ("currency", "currency"))
"""What stands in a column of a decision, and in its request under this name."""

_FIELDS: Final = (
    "pk",
    "complaint__number",
    "member__word",
    "at",
    "level",
    "kind",
    "value",
    "currency",
    "request",
    "verdict",
    "charter_id",
    "delegation__highest",
)


@dataclass(frozen=True, slots=True)
class Differs:
    """A decision that doesn't recompute.

    Attributes:
        decision: its number.
        complaint: number of the complaint.
        member: word of who decided.
        at: when.
        charter: the version that it names, in words.
        why: what is wrong, in a sentence.
        recorded, recomputed: both verdicts; None where there is none.
    """

    decision: int
    complaint: int
    member: str
    at: datetime
    charter: str
    why: str
    recorded: Mapping[str, object] | None = None
    recomputed: Mapping[str, object] | None = None


@dataclass(slots=True)
class Verified:
    """How it went.

    Attributes:
        decisions: how many were recomputed.
        versions: under how many versions of charters.
    """

    decisions: int = 0
    versions: int = 0


def verify_decisions(
    verified: Verified, progress: Progress = lambda _done, _total: None
) -> Iterator[Differs]:
    """Recompute every decision, the oldest first; those that differ are given as they are found.

    Args:
        verified: is kept up to date.
        progress: told how far it is.
    """
    total = Decision.objects.count()
    versions: dict[int, _Version] = {}
    rows = Decision.objects.order_by("pk").values(*_FIELDS).iterator(chunk_size=_CHUNK)
    for row in rows:
        key = row["charter_id"]
        if key not in versions:
            versions[key] = _Version.of(key)
            verified.versions += 1
        wrong = _wrong(versions[key], row)
        if wrong is not None:
            yield wrong
        verified.decisions += 1
        if verified.decisions % _CHUNK == 0:
            progress(verified.decisions, total)
    progress(verified.decisions, total)


@dataclass(frozen=True, slots=True)
class _Version:
    """A version ready to judge by, or why it isn't.

    Attributes:
        name: in words.
        compiled: None where its text can't be read any more, or says something else than was published.
    """

    name: str
    compiled: CompiledCharter | None
    why: str = ""

    @classmethod
    def of(cls, key: int) -> _Version:
        row = Version.objects.select_related("team", "extends__extends").get(pk=key)
        name = f"version {row.number} of {row.team.name if row.team else 'the organisation'}"
        try:
            compiled = compiled_anew(row)
        except InputError as error:
            return cls(name, None, f"The text of {name} can't be read: {error.wrong}")
        if compiled.hash != row.hash:
            return cls(name, None, f"The text of {name} is not the one that was published.")
        return cls(name, compiled)


def _wrong(version: _Version, row: Mapping[str, Any]) -> Differs | None:
    recorded = dict(row["verdict"])
    if version.compiled is None:
        return _differs(version, row, version.why, recorded, None)
    # Where authority was lent, the verdict answers the giver's request, and keeps it.
    asked = recorded.pop("of", None) or row["request"]
    try:
        verdict = version.compiled.verdict(Request.from_record(asked))
    except (InputError, TypeError, ValueError) as error:
        return _differs(version, row, f"The recorded request can't be judged: {error}", recorded, None)
    again = verdict.as_record()
    if again != recorded:
        return _differs(version, row, "The verdict is another one.", recorded, again)
    requests = (row["request"], asked)
    apart = [
        column for column, name in _SAID_TWICE if any(row[column] != each.get(name) for each in requests)
    ]
    if apart:
        why = f"Its {apart[0]} is {row[apart[0]]}, and another one was judged."
        return _differs(version, row, why, recorded, again)
    highest = row["delegation__highest"]
    most = min(verdict.level, LEVELS_BY_WORD[highest]) if highest else verdict.level
    if row["level"] not in LEVELS_BY_WORD or LEVELS_BY_WORD[row["level"]] > most:
        why = f"It was carried out as {row['level']}, and the verdict gives {most.word}."
        return _differs(version, row, why, recorded, again)
    return None


def _differs(
    version: _Version,
    row: Mapping[str, Any],
    why: str,
    recorded: Mapping[str, object],
    recomputed: Mapping[str, object] | None,
) -> Differs:
    return Differs(
        row["pk"],
        row["complaint__number"],
        row["member__word"],
        row["at"],
        version.name,
        why,
        recorded,
        recomputed,
    )
