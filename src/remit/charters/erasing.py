"""Erasing: what somebody said of a draft goes with them; where others named them, the name does.

What was published stays as it was: a version is written once.
"""

from __future__ import annotations

from typing import Final

from remit.charters.models import Comment, Delegation, Draft, Publication
from remit.core.erasing import ERASED, Loose, Traces, take_out
from remit.core.writing import write
from remit.people.models import Member

_LOOSE: Final[Loose] = (
    (Comment, ("text",)),
    (Delegation, ("why",)),
    (Draft, ("name", "why", "question")),
    (Publication, ("why", "question")),
)


def erase_comments(traces: Traces, *, of: Member | None = None) -> None:
    """Take somebody out of what was said of drafts, and of why somebody lent what they may decide.

    That something was said stays, and of which rule.

    Args:
        traces: by what they are found in what others wrote.
        of: somebody who works here or did: what they wrote themselves goes as a whole.
    """
    with write():
        if of is not None:
            Comment.objects.filter(made_by=of).update(text=ERASED)
        take_out(traces, _LOOSE)
