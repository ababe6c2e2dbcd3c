"""Erasing what was said in reviews of a complaint; who looked, when, and same or different stay."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from remit.core.clock import now
from remit.core.erasing import ERASED
from remit.core.writing import write
from remit.notices.actions import settle
from remit.reviews.models import Answer, Lot, Opinion, Review, Wanted


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
        _give_up_what_is_open(complaints)
        Wanted.objects.filter(decision__complaint__in=complaints).update(words="")


def _give_up_what_is_open(complaints: Sequence[int]) -> None:
    """Nobody can look at it any more."""
    rows = Review.objects.filter(decision__complaint__in=complaints, done_at=None, passed_on_at=None)
    for review in list(rows):
        settle(review.subject)
    rows.update(passed_on_at=now())
    done = Review.unbiased.filter(lot=OuterRef("pk"), is_double=False, done_at__isnull=False)
    lots = Lot.objects.filter(decision__complaint__in=complaints, given_up_at=None)
    drawn = lots.filter(Q(drawn_fair=True) | Q(drawn_risk=True)).exclude(Exists(done))
    drawn.update(given_up_at=now())
