"""The name of a version of a charter: a hash of what it says, with all that it extends."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from remit_engine.charter.document import Charter
from remit_engine.charter.form import form

_EDITION: Final = 1
"""Raised when the document form changes, so that no two forms ever share a name."""


def charter_hash(charter: Charter) -> str:
    """SHA-256 of a charter, as 64 hexadecimal digits.

    It covers the document form of the charter and of everything it extends, the order of the document kept.
    Comments, spaces and the ways to write one thing don't change it.
    """
    held = {"edition": _EDITION, "lineage": [form(each) for each in charter.lineage]}
    written = json.dumps(held, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode()).hexdigest()
