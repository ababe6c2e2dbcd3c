"""Bytes of a text into characters, whatever they say that they are.

Labels are read as browsers do (https://encoding.spec.whatwg.org/): what is called latin-1 is windows-1252.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

_LOOKED_AT: Final = 32 * 1024
_SPACE: Final = 0x20
_ENOUGH_TO_GUESS: Final = 24
"""Bytes beyond ASCII below which a guess is worth less than what is usual."""

_AS_BROWSERS_DO: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "utf8mb4": "utf-8",
}
_ESCAPE: Final = re.compile(rb"\x1b(\$[@B]|\([BJI])")
"""Of ISO-2022-JP (RFC 1468): what follows is in another set."""
_IN_8_BITS: Final = {b"$@": "euc_jis_2004", b"$B": "euc_jis_2004", b"(I": "cp932"}
"""Where the signs of such a set are, with the eighth bit."""
_NO_CHARSETS: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_SAYS_NOTHING: Final = frozenset(
    {"", "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit", "x-unknown", "default"}
)


def text_of(raw: bytes, label: str) -> str:
    """The characters of some bytes: never failing, without NUL and without halves of characters.

    Args:
        raw: as they came, without their transfer encoding.
        label: the charset that they say they are in; "" for none.
    """
    text = _decoded(raw, label.strip().strip("\"'").lower())
    clean = text.removeprefix("\ufeff").replace("\x00", "")
    return clean if clean.isascii() else clean.encode("utf-8", "replace").decode("utf-8")


def _decoded(raw: bytes, label: str) -> str:
    if not raw:
        return ""
    name = _AS_BROWSERS_DO.get(label, label)
    if name in _SAYS_NOTHING or name == "cp1252":
        # Much that is called latin-1 is UTF-8; hardly any latin-1 of people can be read as UTF-8 by chance.
        whole = _strictly(raw, "utf-8")
        if whole is None and name == "cp1252":
            return raw.decode("cp1252", "replace")
    else:
        whole = _strictly(raw, name)
        if whole is None and name == "iso-2022-jp":
            return _of_windows(raw)
        if whole is None:
            whole = _strictly(raw, "utf-8")
    return whole if whole is not None else _guessed(raw, name)


def _of_windows(raw: bytes) -> str:
    """ISO-2022-JP with signs that Windows adds (numbers in circles, half-width letters), as Outlook sends it.

    They aren't in the standard: each piece is read in a set of 8 bits that has them.
    """
    said: list[str] = []
    charset = "ascii"
    for at, piece in enumerate(_ESCAPE.split(raw)):
        if at % 2:
            charset = _IN_8_BITS.get(piece, "ascii")
        elif charset == "ascii":
            said.append(piece.decode("ascii", "replace"))
        else:
            said.append(
                bytes(each | 0x80 if each > _SPACE else each for each in piece).decode(charset, "replace")
            )
    return "".join(said)


def _strictly(raw: bytes, name: str) -> str | None:
    """The text if all of it is in this charset."""
    try:
        codec = codecs.lookup(name)
        if codec.name in _NO_CHARSETS or not getattr(codec, "_is_text_encoding", True):
            return None
        return raw.decode(name)
    except (LookupError, ValueError, UnicodeError):
        return None


def _guessed(raw: bytes, name: str) -> str:
    """What is broken in its own charset is read there as far as it goes; what names none, as it looks."""
    if _strictly(b"a", name) == "a":
        broken = raw.decode(name, "replace")
        if broken.count("\ufffd") * 50 <= len(broken):
            return broken
    unusual = sum(each > 0x7F for each in raw[:_LOOKED_AT])  # noqa: PLR2004 (the end of ASCII)
    best = from_bytes(raw[:_LOOKED_AT]).best() if unusual >= _ENOUGH_TO_GUESS else None
    return raw.decode(best.encoding if best else "cp1252", "replace")
