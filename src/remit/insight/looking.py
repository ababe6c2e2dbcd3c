"""Where somebody looks at a page about a team, once they may."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from remit.people.access import Place, get_place_for
from remit.people.looking import looking


def place_where(may: Callable[[Place], None], request: HttpRequest, team: str) -> Place:
    """Somebody's place in a team.

    Args:
        may: refuses whoever isn't to look there; see `remit.findings.access`.
        request: whose.
        team: its word.

    Raises:
        NotThere: they aren't in it.
        NotAllowed: they are refused.
    """
    place = get_place_for(looking(request), team)
    may(place)
    return place
