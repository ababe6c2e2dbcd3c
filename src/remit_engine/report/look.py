"""What all pages have in common: one style sheet with its fonts inside, and how values become text."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_FONTS: Final = ("inter", "source-serif-4", "source-serif-4-italic")
_UNITS: Final = re.compile(r"(?<=\d) (?=(?:%|h|min|M|bn)(?:\W|$))|(?<=\b[A-Z]{3}) (?=\d)")


def page_environment(package: str) -> Environment:
    """Templates of a package, with everything escaped and nothing left undefined."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_kept_together,
    )


@cache
def style_sheet() -> str:
    """The style sheet with its fonts inside."""
    package = files("remit_engine.report")
    sheet = (package / "page" / "report.css").read_text(encoding="utf-8")
    for name in _FONTS:
        font = base64.b64encode((package / "fonts" / f"{name}.woff2").read_bytes()).decode()
        sheet = sheet.replace(f'url("{name}.woff2")', f'url("data:font/woff2;base64,{font}")')
    return sheet


@cache
def style_hash() -> str:
    """SHA-256 of the style sheet in base64, for the content policy of a page."""
    return base64.b64encode(hashlib.sha256(style_sheet().encode()).digest()).decode()


def _kept_together(value: object) -> object:
    """A number stays on one line with its unit."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNITS.sub("\u00a0", value)
    return value
