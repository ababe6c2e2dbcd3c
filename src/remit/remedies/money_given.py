"""Whether a team has given money, or holds some: its currency stays from then on."""

from __future__ import annotations

from remit.people.models import Team
from remit.remedies.models import Remedy


def has_given(team: Team) -> bool:
    """Whether anything of a value was given or held in a team, even if it was taken back later."""
    return Remedy.objects.filter(team=team, value__gt=0).exists()
