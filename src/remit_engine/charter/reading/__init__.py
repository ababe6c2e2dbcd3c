"""Reading a charter: YAML into values, every mistake told with file, line and what was expected."""

from __future__ import annotations

from pathlib import Path

from remit_engine.charter.reading.extending import Find
from remit_engine.charter.reading.files import Resolve, Source, file_beside, source_from_file
from remit_engine.charter.reading.unreadable import Unreadable
from remit_engine.charter.reading.whole import ReadCharter, read_source, unreadable

__all__ = ["ReadCharter", "Resolve", "read_charter", "read_charter_text"]


def read_charter(path: str | Path, *, resolve: Resolve | None = None) -> ReadCharter:
    """Read the file of a charter, and all that it extends.

    Args:
        path: a YAML file in UTF-8.
        resolve: gives the text of an extended charter; without it, `extend` is a path beside the file.

    Raises:
        CharterError: with every mistake that was found.
    """
    try:
        source = source_from_file(Path(path))
    except Unreadable as error:
        raise unreadable(error, str(path)) from None
    return read_source(source, _told(resolve) if resolve else file_beside)


def read_charter_text(
    text: str, *, name: str = "charter.yaml", resolve: Resolve | None = None
) -> ReadCharter:
    """Read the text of a charter, and all that it extends.

    Args:
        text: YAML.
        name: of the text, in messages.
        resolve: gives the text of an extended charter; without it, the text can't extend any.

    Raises:
        CharterError: with every mistake that was found.
    """
    return read_source(Source(name, text, name), _told(resolve) if resolve else None)


def _told(resolve: Resolve) -> Find:
    def find(name: str, relative_to: str) -> Source:
        return Source(name, resolve(name, relative_to), name)

    return find
