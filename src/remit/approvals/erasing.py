"""Erasing what was said in questions: who asked, who answered, and how much stays."""

from __future__ import annotations

from collections.abc import Iterable

from remit.approvals.models import Approval, Ending
from remit.core.erasing import ERASED
from remit.core.writing import write


def erase_approvals(subjects: Iterable[str]) -> list[int]:
    """Erase the wishes and the whys of all questions about these subjects, `complaint:2041`.

    Returns:
        the numbers of these questions.
    """
    with write():
        numbers = list(Approval.objects.filter(subject__in=list(subjects)).values_list("pk", flat=True))
        Approval.objects.filter(pk__in=numbers).exclude(wish="").update(wish="")
        Ending.objects.filter(approval__in=numbers).exclude(why="").update(why=ERASED)
        return numbers
