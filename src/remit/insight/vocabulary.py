"""Words of the app `insight`."""

from __future__ import annotations

from typing import Final

from remit.insight.what_if import vocabulary as what_if

ACTS: Final = {**what_if.ACTS}
"""What was done, after the name of who did it."""
