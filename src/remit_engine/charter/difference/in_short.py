"""A difference in short: one line for every change along the amount, with how many cases it holds.

The regions of a difference are exact, and a charter with many conditions has many of them. What a reader
wants first is who is meant and what changes; the cases follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from remit_engine.charter.diagram.regions import Region, Words
from remit_engine.charter.difference import ChangedRegion
from remit_engine.charter.sentences import region_parts

_OTHERS: Final = "\0others"
_MISSING: Final = "\0missing"
_ALL: Final = "\0all"
"""Stand for what has no word; a word of a charter holds no such character."""


@dataclass(frozen=True, slots=True)
class Short:
    """Regions with the same change along the amount.

    Attributes:
        gains: whether somebody may do more.
        who, what, how: `Members and leads`, `refunds`, `decide up to 80 instead of 50`.
        cases: how many regions these are.
    """

    gains: bool
    who: str
    what: str
    how: str
    cases: int

    @property
    def sentence(self) -> str:
        """For people: `Members, refunds and credits: decide up to 80 instead of 50, in 12 cases.`."""
        subject = f"{self.who}, {self.what}" if self.what else self.who
        cases = "1 case" if self.cases == 1 else f"{self.cases:,} cases"
        return f"{subject}: {self.how}, in {cases}."


def in_short(regions: Sequence[ChangedRegion], currency: str) -> tuple[Short, ...]:
    """The changes of these regions, in the order in which they first appear.

    Args:
        regions: of one difference.
        currency: of the charters.
    """
    changes: dict[tuple[bool, str], list[ChangedRegion]] = {}
    for region in regions:
        changes.setdefault((region.gains, region.how), []).append(region)
    return tuple(
        _short(of_roles, kinds, those, currency)
        for those in changes.values()
        for of_roles, kinds in _roles_of_kinds(those)
    )


def roles_of(regions: Sequence[ChangedRegion]) -> Words | None:
    """All roles that some regions are about; None where one of them is about everybody."""
    parts = dict.fromkeys(part for each in regions for part in _parts(each.region, "role"))
    return _words(list(parts), "role", regions)


def _roles_of_kinds(regions: Iterable[ChangedRegion]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Roles about the same kinds together: `members and leads, refunds`, and `leads, credits`."""
    kinds: dict[str, dict[str, None]] = {}
    for each in regions:
        for role in _parts(each.region, "role"):
            kinds.setdefault(role, {}).update(dict.fromkeys(_parts(each.region, "kind")))
    together: dict[frozenset[str], list[str]] = {}
    for role, of_role in kinds.items():
        together.setdefault(frozenset(of_role), []).append(role)
    return [(tuple(roles), tuple(kinds[roles[0]])) for roles in together.values()]


def _parts(region: Region, name: str) -> list[str]:
    words = region.get(name)
    if not isinstance(words, Words):
        return [_ALL]
    return [*words.values, *[_OTHERS] * words.others, *[_MISSING] * words.missing]


def _short(
    roles: Sequence[str], kinds: Sequence[str], regions: Sequence[ChangedRegion], currency: str
) -> Short:
    where = [(name, _words(parts, name, regions)) for name, parts in (("role", roles), ("kind", kinds))]
    who, what = region_parts(Region(tuple((name, words) for name, words in where if words)), currency)
    cases = sum(
        bool({*_parts(each.region, "role")} & {*roles} and {*_parts(each.region, "kind")} & {*kinds})
        for each in regions
    )
    return Short(regions[0].gains, who, what, regions[0].how, cases)


def _words(parts: Sequence[str], name: str, regions: Iterable[ChangedRegion]) -> Words | None:
    if _ALL in parts:
        return None
    seen = [words for each in regions if isinstance(words := each.region.get(name), Words)]
    named = dict.fromkeys(word for words in seen for word in (*words.values, *words.left_out))
    return Words(
        tuple(word for word in named if word in parts),
        _OTHERS in parts,
        tuple(word for word in named if word not in parts),
        _MISSING in parts,
        any(words.can_miss for words in seen),
    )
