"""Codes to point a camera at: SVG with classes, so that the content policy and dark mode hold."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """A QR code of a text as inline SVG; the text itself has to stand beside it."""
    out = io.BytesIO()
    segno.make(text, micro=False, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        border=3,
        svgclass="qr",
        lineclass="qr-dots",
        title="QR code of the link",
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 (the library draws it, the text is in its dots)  # nosec B308
