"""The only way to remedies: those of one's teams."""

from __future__ import annotations

from django.db.models import QuerySet

from remit.core.errors import NotThere
from remit.people.access import teams_for
from remit.people.models import Member
from remit.remedies.models import Remedy


def remedies_for(member: Member) -> QuerySet[Remedy]:
    """What was given in the teams that somebody sees."""
    return Remedy.objects.select_related("team", "member", "authority").filter(team__in=teams_for(member))


def get_remedy_for(member: Member, number: int) -> Remedy:
    """One of them.

    Raises:
        NotThere: there is none, or it isn't theirs to see.
    """
    remedy = remedies_for(member).filter(pk=number).first()
    if remedy is None:
        raise NotThere("remedy")
    return remedy
