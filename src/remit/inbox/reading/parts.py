"""The parts of a mail (MIME, RFC 2045 to 2047, 2231, 2387): texts, files, mails within it, and reports.

Parts are ranges of the bytes that came: nothing is copied before it is wanted, and each level is looked
through once. A mail may claim any number of parts, as deep as it likes; what is beyond the limits is named.
"""

from __future__ import annotations

import binascii
import mimetypes
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from remit.inbox.reading.charsets import text_of
from remit.inbox.reading.heads import (
    MOST_OF_A_HEAD,
    Headers,
    end_of_head,
    first,
    headers_of,
    line_of,
    parameters_of,
    word_of,
)
from remit.inbox.reading.names import clean_name, file_name
from remit.inbox.reading.uuencoded import without_blocks

MOST_PARTS: Final = 200
MOST_DEPTH: Final = 120
"""Levels of parts within parts; a mail that is forwarded fifty times has a hundred."""

MOST_TEXT: Final = 2 * 1024 * 1024
"""Bytes of one text that are shown; the rest is there as a file."""

_OUR_OWN_TEXTS: Final = frozenset({"text/plain", "text/html"})
_MAILS: Final = frozenset({"message/rfc822", "message/global"})
_REPORTS: Final = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/feedback-report",
        "message/disposition-notification",
        "text/rfc822-headers",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a letter.

    Attributes:
        name: harmless, as people see it.
        media_type: as the letter says, in lower case.
        content: its bytes.
        is_inline: meant to be seen within the text, rather than beside it.
        content_id: by which the text names it, without angle brackets; "" for none.
        is_ornament: an inline picture that no text shows, or that is too small to be looked at.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)
    is_inline: bool = False
    content_id: str = ""
    is_ornament: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, written in one form or in two that say the same; None for a form it hasn't."""

    plain: str | None
    html: str | None
    is_flowed: bool = False


@dataclass(slots=True)
class Found:
    """What is in a mail.

    Attributes:
        pieces: its texts, in order.
        files: in order.
        mails: that are within it: head, and what is in it.
        calendars: texts of iCalendar.
        reports: for machines, each as its type and its text.
        returned: head of a mail that a report gives back.
        left_out: what isn't here, in words.
        is_signed: somebody signed it (S/MIME, PGP); nobody has looked whether rightly.
        is_encrypted: its text can't be read here.
    """

    pieces: list[Piece] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    mails: list[tuple[Headers, Found]] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    reports: list[tuple[str, str]] = field(default_factory=list)
    returned: Headers | None = None
    left_out: list[str] = field(default_factory=list)
    is_signed: bool = False
    is_encrypted: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One part: where its body lies, and what it says of itself."""

    raw: bytes
    start: int
    end: int
    headers: Headers
    kind: str

    @property
    def content(self) -> bytes:
        """Its bytes without their transfer encoding."""
        return _unwrapped(self.raw[self.start : self.end], word_of(self.headers, "content-transfer-encoding"))


@dataclass(slots=True)
class _Budget:
    """How many parts may still be looked at."""

    parts: int = MOST_PARTS


def parts_of(raw: bytes, headers: Headers, start: int) -> Found:
    """What is in the body of a mail.

    Args:
        raw: the mail.
        headers: of it.
        start: where its body begins.
    """
    found, budget = Found(), _Budget()
    _walk(_Part(raw, start, len(raw), headers, _kind_of(headers, "text/plain")), found, budget, 0)
    if budget.parts < 0:
        found.left_out.append(f"the parts after the first {MOST_PARTS}")
    return found


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a text, or a mail that is packed as a whole, lies in a mail.

    Attributes:
        start, end: in the bytes of the mail.
        encoding: its transfer encoding, in lower case.
        charset: as it says; "" for none.
        content: without that encoding.
        is_mail: it is a mail.
    """

    start: int
    end: int
    encoding: str
    charset: str
    content: bytes = field(repr=False)
    is_mail: bool


def texts_within(raw: bytes) -> Iterator[Stretch]:
    """Every text of a mail, those of mails within it too, in order; files that aren't text are left out."""
    head_end, body = end_of_head(raw, 0, len(raw))
    headers = headers_of(raw[:head_end])
    part = _Part(raw, body, len(raw), headers, _kind_of(headers, "text/plain"))
    yield from _texts_in(part, _Budget(), 0)


def _texts_in(part: _Part, budget: _Budget, depth: int) -> Iterator[Stretch]:
    budget.parts -= 1
    if budget.parts < 0 or depth > 2 * MOST_DEPTH:
        return
    encoding = word_of(part.headers, "content-transfer-encoding")
    is_packed = encoding in {"base64", "quoted-printable"}
    if part.kind.startswith("multipart/") and _boundary(part):
        for each in _parts_within(part):
            yield from _texts_in(each, budget, depth + 1)
    elif part.kind in _MAILS and not is_packed:
        yield from _texts_in(_part_at(part.raw, part.start, part.end, "text/plain"), budget, depth + 1)
    elif part.kind in _MAILS or part.kind.startswith("text/"):
        yield Stretch(
            part.start, part.end, encoding, _charset(part), part.content, is_mail=part.kind in _MAILS
        )


def _walk(part: _Part, found: Found, budget: _Budget, depth: int, *, within: str = "") -> None:
    """Sort a part, and what is in it, into what was found."""
    budget.parts -= 1
    if budget.parts < 0:
        return
    if part.kind.startswith("multipart/") and _boundary(part):
        if depth >= MOST_DEPTH:
            found.left_out.append(f"what lies more than {MOST_DEPTH} levels deep in it")
        else:
            _walk_all(part, found, budget, depth)
    elif part.kind in _MAILS:
        _walk_mail(part, found, budget, depth, within=within)
    elif part.kind in _REPORTS and not _is_file(part):
        _take_report(part, found)
    elif (part.kind in _OUR_OWN_TEXTS or part.kind.startswith("multipart/")) and not _is_file(part):
        _take_text(part, found)
    else:
        _take_file(part, found, within=within)


def _walk_all(part: _Part, found: Found, budget: _Budget, depth: int) -> None:
    """The parts of a part of many."""
    form = part.kind.removeprefix("multipart/")
    found.is_signed |= form == "signed"
    found.is_encrypted |= form == "encrypted"
    if form != "alternative":
        _walk_each(part, found, budget, depth, within=form)
        return
    outer, found.pieces = found.pieces, []
    _walk_each(part, found, budget, depth, within=form)
    plain = [each.plain for each in found.pieces if each.plain is not None]
    html = [each.html for each in found.pieces if each.html is not None]
    if plain or html:
        is_flowed = any(each.is_flowed for each in found.pieces)
        outer.append(
            Piece("\n\n".join(plain) if plain else None, "\n".join(html) if html else None, is_flowed)
        )
    found.pieces = outer


def _walk_each(part: _Part, found: Found, budget: _Budget, depth: int, *, within: str) -> None:
    for each in _parts_within(part):
        _walk(each, found, budget, depth + 1, within=within)
        if budget.parts < 0:
            return


def _parts_within(part: _Part) -> Iterator[_Part]:
    """The parts between the lines of its boundary; a boundary that never ends goes to the end."""
    line = re.compile(rb"^--" + re.escape(_boundary(part)) + rb"(--)?[ \t]*(?:\r?\n|\r|\Z)", re.MULTILINE)
    kind = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    begun: int | None = None
    for found in line.finditer(part.raw, part.start, part.end):
        if begun is not None:
            yield _part_at(part.raw, begun, _without_newline(part.raw, begun, found.start()), kind)
        begun = None if found[1] else found.end()
        if found[1]:
            return
    if begun is not None:
        yield _part_at(part.raw, begun, part.end, kind)
    elif not line.search(part.raw, part.start, part.end):
        # It says that it has parts, and has none: whatever is there is a text.
        yield _Part(part.raw, part.start, part.end, {}, "text/plain")


def _without_newline(raw: bytes, start: int, end: int) -> int:
    """The newline before a boundary belongs to the boundary."""
    for newline in (b"\r\n", b"\n", b"\r"):
        if raw.endswith(newline, start, end):
            return end - len(newline)
    return end


def _part_at(raw: bytes, start: int, end: int, kind: str) -> _Part:
    head_end, body = end_of_head(raw, start, end)
    headers = headers_of(raw[start : min(head_end, start + MOST_OF_A_HEAD)])
    return _Part(raw, body, end, headers, _kind_of(headers, kind))


def _walk_mail(part: _Part, found: Found, budget: _Budget, depth: int, *, within: str) -> None:
    """A mail within a mail: its words are shown, its files are here too, and it is there as it came."""
    raw, start, end = part.raw, part.start, part.end
    if word_of(part.headers, "content-transfer-encoding") in {"base64", "quoted-printable"}:
        raw = part.content
        start, end = 0, len(raw)
    while (blank := re.compile(rb"\r?\n").match(raw, start, end)) is not None:
        start = blank.end()
    inner = _part_at(raw, start, end, "text/plain")
    if within == "report":
        found.returned = found.returned or inner.headers
        return
    if depth == 0 or not found.mails:
        subject = clean_name(line_of(inner.headers, "subject")) or "mail"
        found.files.append(
            Attachment(name=f"{subject[:100]}.eml", media_type=part.kind, content=raw[start:end])
        )
    if depth >= MOST_DEPTH:
        found.left_out.append(f"what lies more than {MOST_DEPTH} levels deep in it")
        return
    inside = Found()
    _walk(inner, inside, budget, depth + 1)
    _take_over(found, inner.headers, inside)


def _take_over(found: Found, headers: Headers, inside: Found) -> None:
    """What is in a mail within; mails within that one lie beside it, and its own file holds them all."""
    found.mails.append((headers, inside))
    found.mails += inside.mails
    found.files += [each for each in inside.files if each.media_type not in _MAILS]
    found.left_out += inside.left_out
    inside.mails, inside.files = [], []


def _take_report(part: _Part, found: Found) -> None:
    text = text_of(part.content[:MOST_OF_A_HEAD], _charset(part))
    if part.kind == "text/rfc822-headers":
        found.returned = found.returned or headers_of(part.content[:MOST_OF_A_HEAD])
    else:
        found.reports.append((part.kind, text))


def _take_text(part: _Part, found: Found) -> None:
    content = part.content
    if part.kind == "text/plain":
        content = _without_files(part, content, found)
    if len(content) > MOST_TEXT:
        found.left_out.append(
            f"the end of a text of {len(content) // 1024 // 1024} MB, which is there as a file"
        )
        _take_file(part, found, within="")
    text = text_of(content[:MOST_TEXT], _charset(part))
    if part.kind == "text/html":
        found.pieces.append(Piece(None, text))
        return
    parameters = parameters_of(part.headers, "content-type")
    is_flowed = str(parameters.get_param("format", "")).lower() == "flowed"
    joins = str(parameters.get_param("delsp", "")).lower() == "yes"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found.pieces.append(Piece(_unflowed(text, joins=joins) if is_flowed else text, None, is_flowed))


def _without_files(part: _Part, content: bytes, found: Found) -> bytes:
    """A text without the files that stand in it (uuencode), which are among the files from now on."""
    content, blocks = without_blocks(content)
    for each in blocks:
        name = clean_name(text_of(each.name, _charset(part))) or f"file-{len(found.files) + 1}"
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        found.files.append(Attachment(name=name, media_type=kind, content=each.content))
    return content


def _unflowed(text: str, *, joins: bool) -> str:
    """Lines that were broken on the way made whole again (RFC 3676); quoted ones stay as they are."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        said = line.removeprefix(" ")
        is_own = not line.startswith(">")
        if goes_on and is_own and said != "-- ":
            lines[-1] += said
        else:
            lines.append(said)
        goes_on = is_own and said.endswith(" ") and said != "-- "
        if goes_on and joins:
            lines[-1] = lines[-1][:-1]
    return "\n".join(line if line == "-- " else line.rstrip() for line in lines)


def _take_file(part: _Part, found: Found, *, within: str) -> None:
    if part.kind in {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
    }:
        found.is_signed = True
    if part.kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        kind = str(parameters_of(part.headers, "content-type").get_param("smime-type", "")).lower()
        found.is_signed |= kind == "signed-data"
        found.is_encrypted |= kind != "signed-data"
    content = part.content
    if part.kind == "text/calendar":
        found.calendars.append(text_of(content[:MOST_TEXT], _charset(part)))
    disposition = word_of(part.headers, "content-disposition")
    content_id = first(part.headers, "content-id").strip("<> ")
    is_inline = disposition == "inline" or (
        disposition != "attachment"
        and bool(content_id)
        and (within == "related" or part.kind[:6] == "image/")
    )
    name = file_name(part.headers, otherwise=f"file-{len(found.files) + 1}")
    found.files.append(
        Attachment(
            name=name,
            media_type=part.kind,
            content=content,
            is_inline=is_inline,
            content_id="".join(filter(str.isprintable, content_id)),
        )
    )


def _is_file(part: _Part) -> bool:
    if word_of(part.headers, "content-disposition") == "attachment":
        return True
    parameters = parameters_of(part.headers, "content-disposition")
    return parameters.get_param("filename", None, "content-disposition") is not None


def _kind_of(headers: Headers, otherwise: str) -> str:
    """The media type in lower case; the usual one where it names none that could be one."""
    kind = word_of(headers, "content-type")
    return kind if re.fullmatch(r"[a-z0-9.+_-]{1,80}/[a-z0-9.+_-]{1,120}", kind) else otherwise


def _parameter(part: _Part, name: str) -> str:
    try:
        value = parameters_of(part.headers, "content-type").get_param(name, "")
        return str(value[2] if isinstance(value, tuple) else value)
    except Exception:  # noqa: BLE001 (the parser of the standard library fails in many ways, unwritten)
        return ""


def _boundary(part: _Part) -> bytes:
    return _parameter(part, "boundary").rstrip().encode("utf-8", "replace")


def _charset(part: _Part) -> str:
    return _parameter(part, "charset")


def _unwrapped(content: bytes, encoding: str) -> bytes:
    """Bytes without their transfer encoding, as far as they can be read."""
    if encoding == "quoted-printable":
        return quopri.decodestring(content)
    if encoding != "base64":
        return content
    try:
        return binascii.a2b_base64(content)
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        kept = kept[: len(kept) - (len(kept) % 4 == 1)]
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
