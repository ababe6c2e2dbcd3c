"""The hash of an entry: of its content in one fixed form, and of the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

START: Final = "0" * 64
"""What stands before the first entry."""


def hash_of(previous: str, content: Mapping[str, object]) -> str:
    """SHA-256 over the hash before and the content as sorted JSON, 64 hexadecimal digits."""
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{written}".encode()).hexdigest()


def hash_of_words(salt: str, text: str) -> str:
    """SHA-256 of personal text; salted, so that short texts can't be guessed once both are erased."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def content_of(  # noqa: D417
    *,
    number: int,
    at: datetime,
    member: str,
    act: str,
    subject: str,
    team: str,
    data: Mapping[str, object],
    words_hash: str,
) -> dict[str, object]:
    """What of an entry is hashed: all of it but the words themselves.

    Args:
        member: their word, or "".
    """
    return {
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "member": member,
        "act": act,
        "subject": subject,
        "team": team,
        "data": data,
        "words": words_hash,
    }
