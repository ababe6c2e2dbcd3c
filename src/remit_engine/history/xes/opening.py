"""Opening an XES file: plain or gzipped, safe XML only, and the sentences for what isn't."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, cast

from lxml import etree

from remit_engine.errors import InputError

_NAMESPACES: Final = (
    "http://www.xes-standard.org/",
    "http://www.xes-standard.org",
    "http://code.deckfour.org/xes",
    "",
)
"""Of IEEE 1849, as some write it, of its predecessor OpenXES, and none, as many exports have it."""
_GZIP: Final = b"\x1f\x8b"


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The file as it lies there (to tell how far it is read), and its XML.

    Raises:
        InputError: reading the XML inside ends early or isn't XML; the sentence names the line.
    """
    with path.open("rb") as raw, _unpacked(raw) as xml:
        try:
            yield raw, xml
        except etree.XMLSyntaxError as broken:
            raise _broken(path.name, broken) from None
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise InputError(
                "broken-gzip",
                f"{path.name} can't be unpacked to its end.",
                "Copy or export it again; the file is cut off or damaged.",
            ) from None


def _unpacked(raw: IO[bytes]) -> IO[bytes]:
    packed = raw.read(len(_GZIP)) == _GZIP
    raw.seek(0)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw


def elements(xml: IO[bytes], **which: Any) -> Iterator[tuple[str, etree._Element]]:  # noqa: ANN401
    """Elements as they are met. Entities stay unexpanded, nothing is fetched, size limits hold."""
    parser: Iterator[tuple[str, etree._Element]] = etree.iterparse(
        xml,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        **which,
    )
    return parser


def namespace(path: Path) -> str:
    """The namespace of an XES file's elements, in the braces that lxml writes ("" for none).

    Raises:
        InputError: `not-xes`, `xes-doctype`, or what `opened` raises.
    """
    with opened(path) as (_, xml):
        _, root = next(iter(elements(xml, events=("start",))))
        name = etree.QName(root)
        if name.localname != "log" or (name.namespace or "") not in _NAMESPACES:
            raise InputError(
                "not-xes",
                f"{path.name} is XML, but not an event log in XES: it begins with <{name.localname}>"
                + (f" of {name.namespace}." if name.namespace else "."),
                "Give a file whose first element is <log>, as process mining tools export it.",
            )
        if root.getroottree().docinfo.internalDTD is not None:
            raise InputError(
                "xes-doctype",
                f"{path.name} declares a document type, which XES doesn't have.",
                "Take out everything from <!DOCTYPE to its closing >.",
            )
        return f"{{{name.namespace}}}" if name.namespace else ""


def _broken(name: str, broken: etree.XMLSyntaxError) -> InputError:
    message = (broken.msg or "it can't be read").split(", line ")[0].rstrip(".")
    line = max(1, broken.lineno or 1)  # an empty file breaks on line 0
    return InputError(
        "broken-xml",
        f"{name} is not whole XML. Line {line}: {message}.",
        "Export it again; the file is cut off or was changed by hand.",
        line=line,
    )
