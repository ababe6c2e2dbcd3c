"""Tables that are taken out: a CSV file, row by row, so that its length is no matter."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse


def as_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """A file to keep.

    Args:
        name: of the file.
        header: of its columns.
        rows: their cells, harmless already.
    """
    answer = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """With the mark in front by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(header))
    for row in rows:
        yield str(writer.writerow(row))


class _Echo:
    """Gives back what is written, so that the writer of the library makes single lines."""

    def write(self, text: str) -> str:
        """The line."""
        return text
