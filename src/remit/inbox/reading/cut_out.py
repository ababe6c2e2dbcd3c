"""Words cut out of a mail as it came: in every text of it, however it is packed; all else stays as it was."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from typing import Final

from remit.inbox.reading.parts import Stretch, texts_within

Cut = Callable[[bytes], bytes]
"""A text without what is to be cut out of it; the same bytes where there is nothing."""

_WIDE: Final = ("utf-16", "utf-32")
_MOST_WITHIN: Final = 5
"""Mails that are packed within each other."""


def cut_out(raw: bytes, cut: Cut, *, depth: int = 0) -> bytes:
    """A mail without some words: in its texts, in those of mails within it, and between them.

    What isn't text (pictures, PDFs) stays untouched, as does every byte of a text without them.

    Args:
        raw: the mail.
        cut: what is done to the bytes of a text.
        depth: of mails that are packed within each other.
    """
    pieces, at = [], 0
    for each in texts_within(raw):
        clean = cut_out(each.content, cut, depth=depth + 1) if each.is_mail and depth < _MOST_WITHIN else None
        clean = _cut(each, cut) if clean is None else clean
        if clean != each.content:
            pieces += [cut(raw[at : each.start]), _packed(clean, each.encoding)]
            at = each.end
    pieces.append(cut(raw[at:]))
    return b"".join(pieces)


def _cut(stretch: Stretch, cut: Cut) -> bytes:
    """A text of a charset in which signs of ASCII aren't single bytes is read for it."""
    content = stretch.content
    if not stretch.charset.lower().startswith(_WIDE):
        return cut(content)
    try:
        text = content.decode(stretch.charset)
        clean = cut(text.encode()).decode()
        return content if clean == text else clean.encode(stretch.charset)
    except (LookupError, UnicodeError):
        return cut(content)


def _packed(content: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return base64.encodebytes(content).rstrip(b"\n").replace(b"\n", b"\r\n")
    if encoding == "quoted-printable":
        lines = quopri.encodestring(content.replace(b"\r\n", b"\n"))
        return lines.replace(b"\n", b"\r\n")
    return content
