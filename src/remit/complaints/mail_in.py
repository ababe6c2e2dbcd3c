"""A mail that comes in, as far as it is looked at: its head, without keeping the rest.

Nothing of it is taken for granted: every header may be missing, folded, encoded, enormous or broken.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import default as policy
from typing import Any, BinaryIO, Final

from remit.core.errors import Refusal

MOST_BYTES: Final = 25 * 1024 * 1024
"""As much as the usual mail servers take; more is refused."""

_HEAD_BYTES: Final = 256 * 1024
_CHUNK_BYTES: Final = 64 * 1024
_MOST_OF_A_HEADER: Final = 4_000
_MOST_OF_REFERENCES: Final = 32_000
_LONGEST_ID: Final = 250
_HEAD_ENDS: Final = re.compile(rb"\r?\n\r?\n")
_ID: Final = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+>")
_MARKS_OF_A_MAIL: Final = frozenset(
    {"from", "date", "message-id", "received", "return-path", "subject", "to"}
)
_DAEMONS: Final = frozenset({"mailer-daemon", "postmaster"})
_TO_MANY: Final = frozenset({"bulk", "list", "junk", "auto_reply"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MailIn:
    """What is known of a mail that came in.

    Attributes:
        key: the same for the same mail, however often it is delivered.
        message_id: of it, with its angle brackets; "" where it has none that can be named.
        sender: the address it says that it is from, in lower case; "" for none.
        quoted: Message-IDs that it answers, the likeliest first.
        subject: on one line.
        is_automatic: a machine wrote it: an absence, a failed delivery, a loop.
        may_be_answered: whether an automatic word may follow (RFC 3834): to no machine, and to no list.
    """

    key: str
    message_id: str = ""
    sender: str = ""
    quoted: tuple[str, ...] = ()
    subject: str = ""
    is_automatic: bool = False
    may_be_answered: bool = True


def read_mail(stream: BinaryIO) -> MailIn:
    """Read a mail to its end, and keep its head.

    Raises:
        Refusal: it is no mail, or too large.
    """
    head, body_hash = _head_and_body_hash(stream)
    headers = _headers_of(head)
    if not _MARKS_OF_A_MAIL & headers.keys():
        raise Refusal(
            "no-mail",
            "This is no mail: it has none of the headers that every mail has.",
            "Pipe a whole mail into it, headers first, as a mail server does.",
        )
    message_id = next((each for each in _ids(headers, "message-id") if len(each) <= _LONGEST_ID), "")
    sender = _address(headers, "from")
    is_automatic = _is_automatic(headers, sender)
    return MailIn(
        key=_key_of(headers, message_id, body_hash),
        message_id=message_id,
        sender=sender,
        quoted=_quoted(headers),
        subject=_text(headers, "subject"),
        is_automatic=is_automatic,
        may_be_answered=bool(sender) and not is_automatic and not _is_to_many(headers),
    )


def _head_and_body_hash(stream: BinaryIO) -> tuple[bytes, str]:
    """The head, or as much of it as is looked at, and a hash of all that follows."""
    begin, read, rest = bytearray(), 0, hashlib.sha256()
    while chunk := stream.read(_CHUNK_BYTES):
        read += len(chunk)
        if read > MOST_BYTES:
            raise Refusal(
                "mail-too-large",
                f"This mail is larger than {MOST_BYTES // 1024 // 1024} MB.",
                "Send it without its attachments.",
            )
        if len(begin) < _HEAD_BYTES:
            begin += chunk
        else:
            rest.update(chunk)
    end = _HEAD_ENDS.search(begin)
    head, body = (begin[: end.start()], begin[end.end() :]) if end else (begin[:_HEAD_BYTES], b"")
    return bytes(head), hashlib.sha256(bytes(body) + rest.digest()).hexdigest()


def _headers_of(head: bytes) -> Mapping[str, list[str]]:
    """Every header as it stands there, unfolded and cut, by its name in lower case."""
    headers: dict[str, list[str]] = {}
    for name, value in BytesParser(policy=policy).parsebytes(head, headersonly=True).raw_items():
        most = _MOST_OF_REFERENCES if name.lower() == "references" else _MOST_OF_A_HEADER
        # Of a long list of references the end is the nearest.
        cut = value[-most:] if name.lower() == "references" else value[:most]
        headers.setdefault(name.lower(), []).append(" ".join(cut.split()))
    return headers


def _first(headers: Mapping[str, list[str]], name: str) -> str:
    return headers.get(name, [""])[0]


def _parsed(headers: Mapping[str, list[str]], name: str) -> Any:  # noqa: ANN401 (each header has a class of its own)
    """A header as the standard library understands it; None where it can't.

    Its parser fails on broken mail in many ways, none of them written down.
    """
    try:
        return policy.header_factory(name, _first(headers, name))
    except Exception:  # noqa: BLE001 (see above)
        return None


def _text(headers: Mapping[str, list[str]], name: str) -> str:
    """A header as text that can be kept anywhere."""
    text = str(_parsed(headers, name) or _first(headers, name))
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _address(headers: Mapping[str, list[str]], name: str) -> str:
    """The first address of a header, in lower case; "" where it holds none, or signs that none has."""
    try:
        addresses = _parsed(headers, name).addresses
        address = str(addresses[0].addr_spec).strip().lower() if addresses and addresses[0].domain else ""
    except Exception:  # noqa: BLE001 (some headers fail only when their parts are asked for)
        return ""
    return address if address.isprintable() else ""


def _ids(headers: Mapping[str, list[str]], name: str) -> list[str]:
    """The Message-IDs of a header, in order."""
    return _ID.findall(" ".join(headers.get(name, ())))


def _quoted(headers: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*_ids(headers, "in-reply-to"), *reversed(_ids(headers, "references"))]))


def _key_of(headers: Mapping[str, list[str]], message_id: str, body_hash: str) -> str:
    """By the Message-ID; without one by what doesn't change on the way: Received does, and is left out."""
    said = message_id or repr([headers.get(name) for name in ("from", "to", "date", "subject")] + [body_hash])
    return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()


def _is_automatic(headers: Mapping[str, list[str]], sender: str) -> bool:
    submitted = _first(headers, "auto-submitted").lower().split(";")[0].split()
    return (
        submitted[:1] not in ([], ["no"])
        or _first(headers, "content-type").lower().startswith("multipart/report")
        or headers.get("return-path", ["?"])[0].strip() in {"", "<>"}
        or sender.partition("@")[0] in _DAEMONS
        or not {"x-autoreply", "x-autorespond"}.isdisjoint(headers)
    )


def _is_to_many(headers: Mapping[str, list[str]]) -> bool:
    """Whether it came over a list, in bulk, or says itself that it wants no answer by itself."""
    return (
        _first(headers, "precedence").lower() in _TO_MANY
        or any(name.startswith("list-") for name in headers)
        or _first(headers, "x-auto-response-suppress").lower() not in {"", "none"}
    )
