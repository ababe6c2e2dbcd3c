"""The headers of a mail or of one of its parts, as they came.

Nothing of them is taken for granted: every header may be missing, folded, encoded, enormous or broken.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.policy import default as policy
from email.utils import parsedate_to_datetime
from quopri import decodestring
from typing import Any, Final

from remit.inbox.reading.charsets import text_of

Headers = Mapping[str, list[str]]
"""Every header by its name in lower case, unfolded and cut, in the order in which they stand."""

MOST_OF_A_HEAD: Final = 256 * 1024
"""Bytes of a head that are looked at."""

_MOST_OF_A_HEADER: Final = 4_000
_MOST_OF_REFERENCES: Final = 32_000
_LONGEST_ID: Final = 250
_MOST_ADDRESSES: Final = 50
_HEAD_ENDS: Final = re.compile(rb"\r?\n\r?\n|\r\r")
_ENCODED_WORD: Final = re.compile(r"=\?([A-Za-z0-9_.:-]{1,40})(?:\*[^?\s]{0,40})?\?([BbQq])\?([!->@-~]*)\?=")
_CUT_ANYWHERE: Final = frozenset({"utf-8", "utf8"})
"""Of these a letter may be half in one word and half in the next, which says nothing of the charset."""
_ID: Final = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+>")


def end_of_head(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Where a head ends, and where the body after it begins; both `end` where there is no body."""
    begins_empty = re.compile(rb"\r?\n").match(raw, start, end)
    if begins_empty:
        return start, begins_empty.end()
    found = _HEAD_ENDS.search(raw, start, end)
    return (found.start(), found.end()) if found else (end, end)


def headers_of(head: bytes) -> Headers:
    """Every header as it stands there, unfolded and cut."""
    headers: dict[str, list[str]] = {}
    parsed = BytesParser(policy=compat32).parsebytes(head[:MOST_OF_A_HEAD], headersonly=True)
    for name, value in parsed.raw_items():
        said = str(value)
        most = _MOST_OF_REFERENCES if name.lower() == "references" else _MOST_OF_A_HEADER
        # Of a long list of references the end is the nearest.
        cut = said[-most:] if name.lower() == "references" else said[:most]
        headers.setdefault(name.lower(), []).append(" ".join(cut.split()))
    return headers


def first(headers: Headers, name: str) -> str:
    """The first header of a name, as it stands there; "" for none."""
    return headers.get(name, [""])[0]


def word_of(headers: Headers, name: str) -> str:
    """What a header begins with, in lower case, without parameters and comments."""
    return re.split(r"[;\s(]", first(headers, name).strip().lower(), maxsplit=1)[0]


def line_of(headers: Headers, name: str) -> str:
    """A header as one line of text that can be kept anywhere."""
    return one_line(str(_parsed(headers, name) or readable(first(headers, name))))


def one_line(text: str) -> str:
    """Text on one line, without anything that isn't printed, and without halves of characters."""
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join("".join(each if each.isprintable() else " " for each in whole).split())


def readable(value: str) -> str:
    """A header with bytes of its own read in the charset that they look like.

    Encoded words that aren't in the charset that they say are encoded anew, as what they look like.
    """
    if not value.isascii():
        value = text_of(value.encode("utf-8", "surrogateescape"), "")
    return _ENCODED_WORD.sub(_encoded_anew, value) if "=?" in value else value


def _encoded_anew(word: re.Match[str]) -> str:
    label, form, said = word[1].lower(), word[2].lower(), word[3]
    if label in _CUT_ANYWHERE:
        return word[0]
    try:
        raw = b64decode(said + "==") if form == "b" else decodestring(said.encode("ascii"), header=True)
    except ValueError:
        return word[0]
    try:
        raw.decode(label)
    except (LookupError, ValueError):
        return f"=?utf-8?b?{b64encode(text_of(raw, label).encode()).decode('ascii')}?="
    return word[0]


def addresses_of(headers: Headers, name: str) -> tuple[tuple[str, str], ...]:
    """The addresses of all headers of a name, in lower case, each with its name; never one that is none."""
    found: list[tuple[str, str]] = []
    for value in headers.get(name, []):
        try:
            # As if it were To: the standard library knows no addresses in what servers note.
            addresses = policy.header_factory("to", readable(value)).addresses[:_MOST_ADDRESSES]
            found += [
                (str(each.addr_spec).strip().lower(), one_line(str(each.display_name)))
                for each in addresses
                if each.domain
            ]
        except Exception:  # noqa: BLE001, S112 (the parser of the standard library fails in many ways, unwritten)  # nosec B112
            continue
    return tuple(each for each in found if each[0].isprintable())[:_MOST_ADDRESSES]


def sender_of(headers: Headers) -> tuple[str, str]:
    """The first address that it says that it is from, with its name; ("", "") where it says none."""
    try:
        sender = policy.header_factory("from", readable(first(headers, "from"))).addresses[0]
        address = str(sender.addr_spec).strip().lower() if sender.domain else ""
        return (address, one_line(str(sender.display_name))) if address.isprintable() else ("", "")
    except Exception:  # noqa: BLE001 (as above)
        return "", ""


def moment_of(headers: Headers) -> datetime | None:
    """When it says that it was sent, in UTC; None where it says none that there is."""
    try:
        moment = parsedate_to_datetime(first(headers, "date"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except Exception:  # noqa: BLE001 (as above)
        return None


def ids_of(headers: Headers, name: str) -> list[str]:
    """The Message-IDs of a header, in order."""
    return _ID.findall(" ".join(headers.get(name, ())))


def message_id_of(headers: Headers) -> str:
    """Its own Message-ID with its angle brackets; "" where it has none that can be named."""
    return next((each for each in ids_of(headers, "message-id") if len(each) <= _LONGEST_ID), "")


def quoted_of(headers: Headers) -> tuple[str, ...]:
    """The Message-IDs that it answers, the likeliest first."""
    ids = [*ids_of(headers, "in-reply-to"), *reversed(ids_of(headers, "references"))]
    return tuple(dict.fromkeys(ids))


def key_of(headers: Headers, body_hash: str) -> str:
    """By the Message-ID; without one by what doesn't change on the way: Received does, and is left out."""
    names = ("from", "to", "date", "subject")
    said = message_id_of(headers) or repr([headers.get(name) for name in names] + [body_hash])
    return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()


def parameters_of(headers: Headers, name: str) -> Message:
    """A header with parameters, such as Content-Type, in a form that can be asked for them."""
    holder = Message()
    value = readable(first(headers, name))
    if value:
        holder[name] = value
    return holder


def _parsed(headers: Headers, name: str) -> Any:  # noqa: ANN401 (each header has a class of its own)
    """A header as the standard library understands it; None where it can't."""
    try:
        return policy.header_factory(name, readable(first(headers, name)))
    except Exception:  # noqa: BLE001 (as above)
        return None
