"""Ideas that come from a look at a decision."""

from __future__ import annotations

from remit.core.errors import NotThere
from remit.core.sent import number_in
from remit.people.access import Place
from remit.reviews.access import get_review_for
from remit.voice.sources import Source


def find_review(place: Place, key: str) -> Source:
    """A look by its number, for the two whom it is between; all others are told nothing of it.

    Raises:
        NotThere: there is none of theirs in this team, or it isn't done.
    """
    review = get_review_for(place.member, number_in(key) or 0)
    if review.decision.team_id != place.team.pk or review.done_at is None:
        raise NotThere("review")
    return Source(kind="review", key=key, words="a look at a decision", is_shared=False)


def lead_to_review(_: str) -> str:
    """Nowhere: a look is between two people."""
    return ""
