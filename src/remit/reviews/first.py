"""Before a reviewer opens the complaint itself, the look is offered: afterwards they know too much."""

from __future__ import annotations

from typing import Final

from django.db.models import Case, CharField, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from remit.complaints.looked_at_first import First, Hook
from remit.core.asked_often import Slot
from remit.people.models import Member
from remit.reviews.models import Review

_DRAWN: Final = "drawn"
_COSTS: Final = {
    _DRAWN: "Work goes on. Your look counts for nothing then, and somebody else is asked for one that does.",
    "wanted": "Work goes on. It is noted with your look that you knew how it went on.",
}


def _looked_up(member: Member | Slot) -> Subquery:
    """The look on this complaint that somebody is asked for: its number, and whether it was drawn."""
    rows = Review.unbiased.filter(reviewer=member, done_at=None, decision__complaint=OuterRef("pk"))
    text = CharField()
    source = Case(When(lot=None, then=Value("wanted")), default=Value(_DRAWN), output_field=text)
    said = Concat(Cast("pk", text), Value(" "), source, output_field=text)
    # What was drawn comes first: there it costs more.
    return Subquery(rows.order_by("wanted", "pk").annotate(said=said).values("said")[:1])


def _first(text: str) -> First:
    number, source = text.split(" ")
    return First(
        heading="Would you look at a decision here first?",
        words="You are asked what you would have decided, by what was known then. "
        "The complaint's own page shows how it went on, and whoever knows that judges otherwise.",
        address=reverse("reviews:review", args=[number]),
        label="Look at it: two minutes",
        anyway=reverse("reviews:seen", args=[number]),
        cost=_COSTS[source],
    )


LOOK_FIRST: Final = Hook("look_first", _looked_up, _first)
"""The look that comes first."""
