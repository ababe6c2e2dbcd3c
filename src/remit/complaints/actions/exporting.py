"""Taking what is seen out of Remit leaves a trace."""

from __future__ import annotations

from remit.core.writing import write
from remit.people.access import Place
from remit.people.models import Member
from remit.trail.actions import record


def journal_taken(place: Place) -> None:
    """Write down that somebody takes the books of a team out."""
    with write():
        record("journal-exported", f"team:{place.team.word}", by=place.member, team=place.team)


def exported(member: Member, query: str) -> None:
    """Write down that somebody takes a list out.

    Args:
        member: who.
        query: the filters, as an address says them; personal, since words that are looked for stand in it.
    """
    with write():
        record("complaints-exported", f"member:{member.pk}", by=member, words=query or "all that are open")
