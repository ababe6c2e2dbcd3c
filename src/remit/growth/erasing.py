"""Erasing what growth says about somebody who left: the steps they held stay, as decisions rest on them."""

from __future__ import annotations

from typing import Any, Final

from remit.core.erasing import ERASED, Loose, Traces, take_out
from remit.core.writing import write
from remit.growth.models import AgentLimit, FiguresChoice, Proposal, Remark, StepChange, Wish
from remit.people.models import Member

_LOOSE: Final[Loose] = ((FiguresChoice, ("why",)), (AgentLimit, ("why",)), (Wish, ("words", "why")))
_WRITTEN_ONCE: Final = ((Remark, "words"), (StepChange, "why"))


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


def take_out_of_growth(traces: Traces) -> None:
    """Take somebody out of what was said of steps of others, and of settings; inside a write of the caller.

    What was talked about is written once: where it names them, all of it goes.

    Args:
        traces: by what they are found.
    """
    take_out(traces, _LOOSE)
    for model, field in _WRITTEN_ONCE:
        rows: Any = model._default_manager  # noqa: SLF001 (Django documents it)
        found = rows.filter(traces.in_any(field)).values_list("pk", field)
        keys = [key for key, text in found if traces.are_in(text)]
        rows.filter(pk__in=keys).update(**{field: ERASED})
