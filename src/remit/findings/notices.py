"""What managers are told about findings."""

from __future__ import annotations

from django.urls import reverse

from remit.findings.vocabulary import NOTICE_LET_GO
from remit.notices.actions import Message
from remit.people.models import Team


def could_be_let_go(team: Team, number: int) -> Message:
    """To who manages a team: so many things are always approved, and could be let go."""
    things = "One kind of question is" if number == 1 else f"{number} kinds of questions are"
    return Message(
        code=NOTICE_LET_GO,
        subject=f"let-go:{team.word}",
        title=f"{things} always approved in {team.name}"[:200],
        body="You could let go of it. Look at the answers behind it; nothing changes until you say so.",
        address=reverse("letgo:team", args=[team.word]),
    )
