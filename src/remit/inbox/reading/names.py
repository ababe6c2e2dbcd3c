"""Names of files as people may see and keep them."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from email.header import decode_header
from typing import Final
from urllib.parse import unquote_to_bytes

from remit.inbox.reading.charsets import text_of
from remit.inbox.reading.heads import Headers, first, parameters_of

LONGEST_NAME: Final = 120
"""Characters of a name that are kept, its ending among them."""

_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*]')
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,10}$")


def file_name(headers: Headers, *, otherwise: str) -> str:
    """The name of a part's file (RFC 2183, 2231, 2047), made harmless.

    Args:
        headers: of the part.
        otherwise: what it is called where it has no name, without an ending.
    """
    said = _said(headers, "content-disposition", "filename") or _said(headers, "content-type", "name")
    name = clean_name(said)
    if name:
        return name
    kind = parameters_of(headers, "content-type").get_content_type()
    return otherwise + (mimetypes.guess_extension(kind, strict=False) or "")


def clean_name(said: str) -> str:
    """A name without folders, control characters and marks that turn the direction of writing.

    Such marks make `exe.gpj` of what ends in `.exe`; a dot at the beginning hides a file.
    """
    base = re.split(r"[/\\]", said)[-1]
    seen = "".join(each for each in base if unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    name = " ".join(_NOT_IN_NAMES.sub("_", seen).split()).strip(" .")
    if len(name) <= LONGEST_NAME:
        return name
    ending = _ENDING.search(name)
    kept = ending.group() if ending else ""
    return name[: LONGEST_NAME - len(kept)].rstrip(" .") + kept


def _said(headers: Headers, header: str, parameter: str) -> str:
    """A parameter in any of the ways in which it is encoded out there; "" where it isn't there."""
    if not first(headers, header):
        return ""
    try:
        value = parameters_of(headers, header).get_param(parameter, "", header)
    except Exception:  # noqa: BLE001 (the parser of the standard library fails in many ways, unwritten)
        return ""
    if isinstance(value, tuple):
        charset, _, raw = value
        return text_of(str(raw).encode("latin-1", "replace"), str(charset or ""))
    return _unwrapped(str(value))


def _unwrapped(value: str) -> str:
    """Words of RFC 2047 inside a parameter, where they may not stand, but do."""
    if value.lower().startswith("utf-8''"):
        return text_of(unquote_to_bytes(value[7:]), "utf-8")
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except Exception:  # noqa: BLE001 (as above)
        return value
    return "".join(
        text_of(piece, charset or "") if isinstance(piece, bytes) else piece for piece, charset in pieces
    )
