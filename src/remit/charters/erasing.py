"""Erasing: what somebody said of a draft goes with them; where others named them, the name does."""

from __future__ import annotations

from remit.charters.models import Comment
from remit.core.erasing import ERASED, Traces
from remit.core.writing import write
from remit.people.models import Member


def erase_comments(traces: Traces, *, of: Member | None = None) -> None:
    """Take somebody out of what was said of drafts. That something was said stays, and of which rule.

    Args:
        traces: by what they are found in what others wrote.
        of: somebody who works here or did: what they wrote themselves goes as a whole.
    """
    with write():
        if of is not None:
            Comment.objects.filter(made_by=of).update(text=ERASED)
        for comment in Comment.objects.filter(traces.in_any("text")):
            Comment.objects.filter(pk=comment.pk).update(text=traces.out_of(comment.text))
