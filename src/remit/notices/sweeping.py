"""Notices aren't kept for ever: what happened stands in the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from remit.core.clock import now
from remit.core.writing import write
from remit.notices.models import Notice

SEEN_ARE_KEPT: Final = timedelta(days=90)


def sweep() -> int:
    """Forget notices that were seen long ago.

    Returns:
        how many.
    """
    with write():
        return Notice.objects.filter(seen_at__lt=now() - SEEN_ARE_KEPT).delete()[0]
