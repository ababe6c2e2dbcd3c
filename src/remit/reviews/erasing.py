"""Erasing what was said in reviews of a complaint; who looked, when, and same or different stay."""

from __future__ import annotations

from collections.abc import Sequence

from remit.core.erasing import ERASED
from remit.core.writing import write
from remit.reviews.models import Answer, Opinion, Wanted


def erase_reviews(complaints: Sequence[int]) -> None:
    """Erase all that was said about decisions on these complaints.

    Args:
        complaints: their keys.
    """
    with write():
        opinions = Opinion.objects.filter(review__decision__complaint__in=complaints).exclude(why=ERASED)
        opinions.filter(better="").update(why=ERASED)
        opinions.exclude(better="").update(why=ERASED, better=ERASED)
        Answer.objects.filter(review__decision__complaint__in=complaints).update(words=ERASED)
        Wanted.objects.filter(decision__complaint__in=complaints).update(words="")
