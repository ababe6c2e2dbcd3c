"""What guests said lately, of the teams that somebody sees."""

from __future__ import annotations

from remit.complaints.models import Rating
from remit.core.clock import now
from remit.people.access import teams_for
from remit.people.models import Member
from remit.today.vocabulary import MOST_SAID, SAID_LATELY


def said_lately(member: Member) -> list[Rating]:
    """The last ratings, those with words first, each with its complaint and team; one query.

    A rating says how a complaint was made right, and by nobody's name.
    """
    seen = teams_for(member).order_by().values("pk")
    rows = Rating.objects.select_related("complaint__team").filter(
        at__gt=now() - SAID_LATELY, complaint__team__in=seen, complaint__erased_at=None
    )
    return list(rows.order_by("-at", "-pk")[:MOST_SAID])
