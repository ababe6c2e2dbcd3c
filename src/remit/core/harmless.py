"""Files as answers in which nothing can act."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse


def harmless(content: IO[bytes], *, name: str, media_type: str, as_attachment: bool) -> FileResponse:
    """A file as an answer in which nothing can act.

    Args:
        content: opened.
        name: under which it is downloaded.
        media_type: what it is.
        as_attachment: whether it is downloaded rather than shown.
    """
    response = FileResponse(content, as_attachment=as_attachment, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
