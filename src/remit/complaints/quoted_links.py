"""Links of customers that mails quote: whoever has one is the customer, so none is kept with a mail.

Otherwise whoever gets hold of a mail as it came (a backup, a file that a member saved, a mail about something
of another team) could write, or say how it went, in the customer's name.
"""

from __future__ import annotations

import re
from typing import Final

from remit.complaints.customer_links import TOKEN_LETTERS, link_in
from remit.inbox.reading.cut_out import cut_out

_INSTEAD: Final = b"(your-link)"
_TOKEN: Final = re.compile(
    rb"(?:(?<![\w-])|(?<=%2F)|(?<=%2f))[\w-]{" + str(TOKEN_LETTERS).encode() + rb"}(?![\w-])"
)
"""Anything of that length between what can't be part of one, also where the address is a part of another one
(`…?url=https%3A%2F%2F…%2Fc%2F…`), as services that look at links write it."""


def without_links(raw: bytes) -> bytes:
    """A mail as it came, without the links of customers in its texts; a byte changes nowhere else.

    By their proof alone: whatever path they stand in, and nothing that only looks like one.
    """
    return cut_out(raw, _cut)


def text_without_links(text: str) -> str:
    """The same for a text of a mail that was read."""
    return _cut(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def _cut(text: bytes) -> bytes:
    return _TOKEN.sub(lambda found: _INSTEAD if link_in(found[0].decode()) else found[0], text)
