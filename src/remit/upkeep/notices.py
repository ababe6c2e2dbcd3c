"""What is told about work that stands still."""

from __future__ import annotations

from remit.notices.actions import Message
from remit.upkeep.vocabulary import ABOUT_STUCK_JOBS, NEEDS_A_PERSON


def work_stands_still(how_many: int) -> Message:
    """Some work needs a person."""
    pieces = "One piece of work needs" if how_many == 1 else f"{how_many} pieces of work need"
    return Message(
        code=NEEDS_A_PERSON,
        subject=ABOUT_STUCK_JOBS,
        title=f"{pieces} a person",
        body="Remit tried, and gave up. Look what is in the way, then have it tried again.",
        address="/needs-a-person/",
    )
