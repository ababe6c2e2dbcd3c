"""Words of the app `insight`."""

from __future__ import annotations

from typing import Final

from remit.insight.balance import vocabulary as balance
from remit.insight.what_if import vocabulary as what_if

UNDERTAKEN: Final = "cause-undertaken"
"""Something was undertaken about a cause of complaints."""

ACTS: Final = {**what_if.ACTS, **balance.ACTS, UNDERTAKEN: "undertook something about why people complain"}
"""What was done, after the name of who did it."""
