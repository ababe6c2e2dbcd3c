"""What a change of a charter means for each member of a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.charters.queries.looking import about_person
from remit.people.facts import person_of
from remit.people.models import Member, Membership, Team
from remit_engine.charter.difference import ChangedRegion, Difference
from remit_engine.charter.difference.in_short import in_short

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ChangedForThem:
    """What changes for some members in the same way.

    Attributes:
        members: who.
        gains, losses: how many cases.
        sentences: the first few, in short.
        more: how many more there are.
    """

    members: tuple[Member, ...]
    gains: int
    losses: int
    sentences: tuple[str, ...]
    more: int


def changed_for_each(changes: Difference, team: Team, currency: str) -> list[ChangedForThem]:
    """Every member of a team with what changes for them; those for whom it is the same stand together."""
    memberships = Membership.objects.select_related("member", "role", "team").filter(
        team=team, until=None, member__left_at=None
    )
    alike: dict[tuple[int, ...], tuple[list[Member], list[ChangedRegion]]] = {}
    for membership in memberships.order_by("-role__rank", "member__name"):
        mine = about_person(changes.regions, person_of(membership))
        key = tuple(changes.regions.index(region) for region in mine)
        alike.setdefault(key, ([], mine))[0].append(membership.member)
    return [_together(members, mine, currency) for members, mine in alike.values()]


def _together(members: Sequence[Member], mine: list[ChangedRegion], currency: str) -> ChangedForThem:
    gains = sum(region.gains for region in mine)
    short = [each.sentence for each in in_short(mine, currency)] if mine else []
    return ChangedForThem(
        tuple(members), gains, len(mine) - gains, tuple(short[:_SHOWN]), max(len(short) - _SHOWN, 0)
    )
