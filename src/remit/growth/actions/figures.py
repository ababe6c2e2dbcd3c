"""Choosing who sees what reviews say about somebody: a promise to everybody who works here."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import NotAllowed, Refusal
from remit.core.writing import write
from remit.growth.access import figures
from remit.growth.actions.steps import close, words_in
from remit.growth.models import FiguresChoice, Proposal
from remit.growth.vocabulary import Figures
from remit.people.models import Member
from remit.trail.actions import record


def choose(member: Member, chosen: str, *, why: str) -> None:
    """Choose it for the whole organisation. What was shown stays shown, as long as anything is reckoned.

    Args:
        member: an owner.
        chosen: a value of `Figures`.
        why: never empty; everybody reads it.

    Raises:
        NotAllowed: they are no owner.
        Refusal: no such choice, or no why.
    """
    if not member.is_owner:
        raise NotAllowed("needs-rank", "It takes an owner to choose this.", "Ask an owner.")
    said = words_in(why, "why")
    if chosen not in Figures.values:
        raise Refusal("no-such-choice", "There is no such choice.", "Choose one of them.", field="figures")
    with write():
        if figures() == chosen:
            return
        if chosen == Figures.OFF:
            for proposal in Proposal.objects.filter(closed_at=None, membership__member__is_software=False):
                close(proposal, "overtaken", member)
        FiguresChoice.objects.create(figures=chosen, why=said, by=member, at=now())
        record("figures-chosen", "organisation", by=member, words=said, figures=Figures(chosen).label)
