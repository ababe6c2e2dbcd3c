"""Taking what is seen out of Remit leaves a trace."""

from __future__ import annotations

from remit.core.writing import write
from remit.people.models import Member
from remit.trail.actions import record


def exported(member: Member, query: str) -> None:
    """Write down that somebody takes a list out.

    Args:
        member: who.
        query: the filters, as an address says them; personal, since words that are looked for stand in it.
    """
    with write():
        record("complaints-exported", f"member:{member.pk}", by=member, words=query or "all that are open")
