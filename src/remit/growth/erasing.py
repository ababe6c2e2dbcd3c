"""Erasing what growth says about somebody who left: the steps they held stay, as decisions rest on them."""

from __future__ import annotations

from remit.core.erasing import ERASED
from remit.core.writing import write
from remit.growth.models import Proposal, Remark, StepChange, Wish
from remit.people.models import Member


def erase_growth(member: Member) -> None:
    """Erase what was said about somebody, and the figures of their reviews.

    Args:
        member: who left.
    """
    with write():
        about = {"membership__member": member}
        StepChange.objects.filter(**about).exclude(why="").update(why=ERASED, evidence={})
        Proposal.objects.filter(**about).update(evidence={})
        Remark.objects.filter(proposal__membership__member=member).update(words=ERASED)
        Wish.objects.filter(**about).update(words=ERASED)
        Wish.objects.filter(**about).exclude(why="").update(why=ERASED)
