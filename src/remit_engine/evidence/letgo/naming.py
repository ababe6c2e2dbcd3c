"""Stable names of segments, made of the words that their questions have in common."""

from __future__ import annotations

import re
import unicodedata


def slug(text: str) -> str:
    """Lower-case ASCII words joined by dashes: `Crème brûlée` is `creme-brulee`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def key_of(kind: str | None, role: str | None, facts: tuple[tuple[str, str], ...]) -> str:
    """The name of a segment: `refund-member-late`; `all` where nothing is in common."""
    words = [kind, role, *(word for _, word in facts)]
    return slug(" ".join(word for word in words if word)) or "all"
