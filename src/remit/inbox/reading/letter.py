"""A letter: all that the desk needs of a mail, as a value. The one door is `read_letter`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, Final

from remit.core.errors import Refusal
from remit.inbox.reading.answers import Split, lines_of, split
from remit.inbox.reading.automatic import (
    Bounce,
    Writer,
    bounce_of,
    is_automatic,
    is_to_many,
    list_of,
    writer_of,
)
from remit.inbox.reading.heads import (
    MOST_OF_A_HEAD,
    Headers,
    addresses_of,
    end_of_head,
    headers_of,
    key_of,
    line_of,
    message_id_of,
    moment_of,
    quoted_of,
    sender_of,
)
from remit.inbox.reading.html import Line, Plain, plain_of
from remit.inbox.reading.invitations import Invitation, invitation_of
from remit.inbox.reading.parts import Attachment, Found, Piece, parts_of

MOST_BYTES: Final = 40 * 1024 * 1024
"""More than the usual mail servers take (25 MB, a third more on the way); of more only the head is read."""

_MOST_WORDS: Final = 400_000
_CHUNK_BYTES: Final = 64 * 1024
_MARKS_OF_A_MAIL: Final = frozenset(
    {"from", "date", "message-id", "received", "return-path", "subject", "to"}
)
_TOO_LARGE: Final = f"everything but its head: it is larger than {MOST_BYTES // 1024 // 1024} MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """A mail within a letter.

    Attributes:
        sender: the address it says that it was from; "" for none.
        sender_name: as it names itself.
        subject: on one line.
        sent_at: in UTC; None where it doesn't say.
        text: all of its words.
    """

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is known of a mail that came in.

    Attributes:
        key: the same for the same mail, however often it is delivered.
        message_id: of it, with its angle brackets; "" where it has none that can be named.
        sender: the address it says that it is from, in lower case; "" for none.
        sender_name: as they name themselves; "" for none.
        reply_to: where answers are wanted; "" where that isn't said.
        recipients: addresses that it names as its own: To, Cc, and those that servers note; each once.
        sent_at: when it says that it was sent, in UTC; None where it doesn't say.
        quoted: Message-IDs that it answers, the likeliest first.
        subject: on one line.
        writer: a person, or which kind of machine.
        list_address: of the list that it came over, such as a group that a team reads; "" for none.
        is_automatic: a machine wrote it: an absence, a failed delivery, a loop.
        may_be_answered: whether an automatic word may follow (RFC 3834): to no machine, and to no list.
        text: all of its words, whatever form they came in.
        new: of these what isn't quoted from an earlier mail; all of them where that isn't sure.
        older: what `new` leaves away.
        attachments: its files, in order.
        forwarded: mails that are within it, outermost first.
        invitations: events of calendars.
        bounce: which mail of ours didn't arrive.
        left_out: what of it isn't here, in words, each to stand behind "Left out: ".
        is_signed: it bears a signature (S/MIME, PGP) that nobody has looked at.
        is_encrypted: its words can't be read here.
    """

    key: str
    message_id: str = ""
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    recipients: tuple[str, ...] = ()
    sent_at: datetime | None = None
    quoted: tuple[str, ...] = ()
    subject: str = ""
    writer: Writer = Writer.PERSON
    list_address: str = ""
    is_automatic: bool = False
    may_be_answered: bool = True
    text: str = field(default="", repr=False)
    new: str = ""
    older: str = field(default="", repr=False)
    attachments: tuple[Attachment, ...] = ()
    forwarded: tuple[Forwarded, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    bounce: Bounce | None = None
    left_out: tuple[str, ...] = ()
    is_signed: bool = False
    is_encrypted: bool = False


def read_letter(source: bytes | BinaryIO, *, is_only_head: bool = False, our_mark: str = "") -> Letter:
    """Read a mail. Whatever is in it, it is read as far as it goes.

    Args:
        source: the mail as it came, from its first header on; a stream is read to its end.
        is_only_head: that the rest was too large to be fetched.
        our_mark: by which a mail of ours is known that went round; see `remit.notices.mail.our_mark`.

    Raises:
        Refusal: it is no mail.
    """
    stream = BytesIO(source) if isinstance(source, bytes) else source
    raw, is_whole = _taken(stream)
    raw = _without_mailbox_line(raw)
    head_end, body = end_of_head(raw, 0, len(raw))
    headers = headers_of(raw[: min(head_end, MOST_OF_A_HEAD)])
    if not _MARKS_OF_A_MAIL & headers.keys():
        raise Refusal(
            "no-mail",
            "This is no mail: it has none of the headers that every mail has.",
            "Pipe a whole mail into it, headers first, as a mail server does.",
        )
    if is_only_head or not is_whole:
        return _with_body(headers, Found(left_out=[_TOO_LARGE]), body_hash="", our_mark=our_mark)
    found = parts_of(raw, headers, body)
    if head_end > MOST_OF_A_HEAD:
        found.left_out.insert(0, f"headers after the first {MOST_OF_A_HEAD // 1024} kB")
    body_hash = hashlib.sha256(memoryview(raw)[body:]).hexdigest()
    return _with_body(headers, found, body_hash=body_hash, our_mark=our_mark)


def _taken(stream: BinaryIO) -> tuple[bytes, bool]:
    """All of a mail; of one that is too large only what may hold its head, though the stream is read on."""
    chunks: list[bytes] = []
    read = 0
    while chunk := stream.read(_CHUNK_BYTES):
        read += len(chunk)
        if read <= MOST_BYTES:
            chunks.append(chunk)
        else:
            del chunks[MOST_OF_A_HEAD // _CHUNK_BYTES + 1 :]
    return b"".join(chunks), read <= MOST_BYTES


def _without_mailbox_line(raw: bytes) -> bytes:
    """Without the line that mailboxes of Unix put before a mail, and empty ones."""
    start = len(raw[:4_096]) - len(raw[:4_096].lstrip(b"\r\n"))
    if raw.startswith((b"From ", b">From "), start):
        end = raw.find(b"\n", start)
        start = end + 1 if 0 <= end < start + 1_000 else start
    return raw[start:] if start else raw


def _with_body(headers: Headers, found: Found, *, body_hash: str, our_mark: str) -> Letter:
    """The letter of a head, and of what was found in its body."""
    whole, answer, shown = _words(found.pieces)
    sender, sender_name = sender_of(headers)
    automatic = is_automatic(headers, sender, our_mark=our_mark)
    bounce = bounce_of(headers, sender, found.reports, found.returned, whole) if automatic else None
    writer = writer_of(headers, sender, found.reports, bounce, our_mark=our_mark)
    left_out = dict.fromkeys(found.left_out)
    if len(whole) > _MOST_WORDS:
        left_out["the end of its text"] = None
    return Letter(
        key=key_of(headers, body_hash),
        message_id=message_id_of(headers),
        sender=sender,
        sender_name=sender_name,
        reply_to=next((each for each, _ in addresses_of(headers, "reply-to")), ""),
        recipients=_recipients(headers),
        sent_at=moment_of(headers),
        quoted=quoted_of(headers),
        subject=line_of(headers, "subject"),
        writer=writer,
        list_address=list_of(headers),
        is_automatic=automatic,
        may_be_answered=bool(sender) and not automatic and not is_to_many(headers),
        text=whole[:_MOST_WORDS],
        new=answer.new[:_MOST_WORDS],
        older=answer.older[:_MOST_WORDS],
        attachments=_marked(found.files, shown),
        forwarded=tuple(_forwarded(each, inside) for each, inside in found.mails),
        invitations=tuple(each for said in found.calendars if (each := invitation_of(said)) is not None),
        bounce=bounce,
        left_out=tuple(left_out),
        is_signed=found.is_signed,
        is_encrypted=found.is_encrypted,
    )


def _recipients(headers: Headers) -> tuple[str, ...]:
    names = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
    return tuple(dict.fromkeys(address for name in names for address, _ in addresses_of(headers, name)))


def _forwarded(headers: Headers, inside: Found) -> Forwarded:
    sender, name = sender_of(headers)
    return Forwarded(
        sender=sender,
        sender_name=name,
        subject=line_of(headers, "subject"),
        sent_at=moment_of(headers),
        text=_words(inside.pieces)[0][:_MOST_WORDS],
    )


def _words(pieces: Sequence[Piece]) -> tuple[str, Split, Plain]:
    """All words, what of them is new, and the pictures that the HTML shows.

    The plain form is what was written, so it is taken where there is one; unless it is a stub ("your program
    shows no HTML"), or only the marks of the HTML show what is quoted.
    """
    readable = [(each, plain_of(each.html) if each.html is not None else None) for each in pieces]
    htmls = [each for _, each in readable if each is not None]
    shown = Plain(
        (),
        frozenset().union(*(each.shown for each in htmls)),
        frozenset().union(*(each.ornaments for each in htmls)),
    )
    as_html = _joined([_lines(each, html) for each, html in readable])
    as_plain = _joined([_lines(each, html, prefers_plain=True) for each, html in readable])
    if not htmls:
        return _both(as_plain, shown)
    is_stub = _length(as_plain) * 5 < _length(as_html)
    plain_split, html_split = split(as_plain), split(as_html)
    if is_stub or (html_split.older and not plain_split.older):
        return _both(as_html, shown)
    return _both(as_plain, shown)


def _both(lines: Sequence[Line], shown: Plain) -> tuple[str, Split, Plain]:
    text = "\n".join(each.text for each in lines).strip("\n ")
    return text, split(lines), shown


def _lines(piece: Piece, html: Plain | None, *, prefers_plain: bool = False) -> list[Line]:
    if piece.plain is not None and piece.plain.strip() and (html is None or prefers_plain):
        return lines_of(piece.plain)
    return list(html.lines) if html is not None else []


def _joined(texts: Sequence[list[Line]]) -> list[Line]:
    """The lines of all texts, with an empty one between them."""
    lines: list[Line] = []
    for each in filter(None, texts):
        lines += [*([Line("")] if lines else []), *each]
    return lines


def _length(lines: Sequence[Line]) -> int:
    return sum(len(each.text.strip()) for each in lines)


def _marked(files: Sequence[Attachment], shown: Plain) -> tuple[Attachment, ...]:
    """Files, with the inline pictures marked that nobody needs to see: tiny ones, and those no text shows."""
    return tuple(replace(each, is_ornament=_is_ornament(each, shown)) for each in files)


def _is_ornament(file: Attachment, shown: Plain) -> bool:
    if not file.is_inline or not file.media_type.startswith("image/") or not file.content_id:
        return False
    return file.content_id not in shown.shown or file.content_id in shown.ornaments
