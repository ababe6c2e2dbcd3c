"""Putting ideas beside each other that say nearly the same; each stays what it is."""

from __future__ import annotations

from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.access import need_rank
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit.voice.access import get_idea_for, place_at
from remit.voice.models import Answer, Idea

_TO_DO = "put ideas beside each other"


def put_beside(member: Member, number: int, other: int) -> Idea:
    """A lead puts an idea, and all that stands beside it, beside another one; twice is once.

    They are shown together, and are answered together from then on. One that waits gets the answer that the
    other one has already.

    Args:
        member: the lead.
        number: of the idea that goes.
        other: number of the idea that it stands beside from then on.

    Raises:
        NotThere: no such idea in the same team.
        NotAllowed: by somebody below a lead.
        Refusal: they are the same one.
    """
    with write():
        idea = get_idea_for(member, number)
        need_rank(place_at(member, idea), Rank.LEAD, _TO_DO)
        head = get_idea_for(member, other)
        head = head.same_as or head
        if head.team_id != idea.team_id:
            raise NotThere("idea")
        if head.pk == idea.pk:
            raise Refusal("same-idea", "They are one already.", "Choose another one.", field="other")
        if idea.same_as_id != head.pk:
            Idea.objects.filter(same_as=idea).update(same_as=head)
            idea.same_as = head
            idea.save(update_fields=["same_as"])
            record("idea-grouped", idea.subject, by=member, team=idea.team, beside=head.pk)
            _answer_as(head)
        return head


def take_apart(member: Member, number: int) -> Idea:
    """A lead takes an idea out from beside another one; one that stands alone stays so.

    Raises:
        NotThere: no such idea.
        NotAllowed: by somebody below a lead.
    """
    with write():
        idea = get_idea_for(member, number)
        need_rank(place_at(member, idea), Rank.LEAD, _TO_DO)
        if idea.same_as_id is not None:
            idea.same_as = None
            idea.save(update_fields=["same_as"])
            record("idea-ungrouped", idea.subject, by=member, team=idea.team)
        return idea


def _answer_as(head: Idea) -> None:
    """What stands beside an idea and waits gets the answer that this one has, if it has one."""
    answer = head.answers.first()
    if answer is None:
        return
    for each in Idea.objects.filter(same_as=head, answered_at=None):
        Answer.objects.create(
            idea=each, number=1, outcome=answer.outcome, why=answer.why, by=answer.by, at=answer.at
        )
        each.state, each.answered_at = head.state, max(answer.at, each.at)
        each.save(update_fields=["state", "answered_at"])
