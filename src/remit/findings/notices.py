"""What managers are told about findings."""

from __future__ import annotations

from django.urls import reverse

from remit.findings.models import Finding
from remit.findings.vocabulary import NOTICE_ABOUT_YOU, NOTICE_LET_GO, NOTICE_WORTH_A_LOOK
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


def about_you(finding: Finding) -> Message:
    """To whom it concerns, before anybody else."""
    return Message(
        code=NOTICE_ABOUT_YOU,
        subject=f"finding:{finding.pk}",
        title="Something about your decisions is worth a look",
        body="You see it first, and can say something about it. It is not a finding against you.",
        address=reverse("letgo:hold-on", args=[finding.pk]),
    )


def worth_a_look(finding: Finding) -> Message:
    """To who manages the team, once whom it concerns had time to say something."""
    return Message(
        code=NOTICE_WORTH_A_LOOK,
        subject=f"finding:{finding.pk}",
        title=f"Something in {finding.team.name} is worth a look"[:200],
        body="Look at it together with whom it concerns. Such alarms go off without cause, too.",
        address=reverse("letgo:hold-on", args=[finding.pk]),
    )
