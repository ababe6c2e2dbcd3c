"""The most that a role may do: the highest ladder of all its requests, and which grants reach it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from remit_engine.charter.analysis.searching import Near, Search
from remit_engine.charter.axes import WordAxis
from remit_engine.charter.diagram.boxes import Bits, RuleBox
from remit_engine.charter.diagram.regions import Region, region_of_bits
from remit_engine.charter.diagram.tops import UNLIMITED
from remit_engine.charter.levels import Level
from remit_engine.charter.stretches import Stretch


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a level goes at most.

    Attributes:
        level: this level or a higher one.
        upto: the largest amount judged, in minor units; None without an end.
        grant: id of the grant that reaches it.
        region: what that grant asks for, role and kind aside; guardrails may hold some of it down.
    """

    level: Level
    upto: int | None
    grant: str
    region: Region


@dataclass(frozen=True, slots=True)
class Most:
    """The most that a role may do about a kind of remedy.

    Attributes:
        role, kind: their words.
        reached: the highest levels first, further amounts later; empty when everything is `ask`.
    """

    role: str
    kind: str
    reached: tuple[Reached, ...]


def most_of(search: Search, stretch: Stretch) -> list[Most]:
    """The most that every named role may do about every kind of a charter, on the days of a stretch."""
    roles, kinds = search.space.axes[:2]
    if not isinstance(roles, WordAxis) or not isinstance(kinds, WordAxis):
        return []
    grants = Near(sorted(search.space.grants(stretch), key=lambda each: -each.edge), search.space)
    caps = Near(search.space.caps(stretch), search.space)
    found = []
    for role, role_word in enumerate(roles.words):
        for kind, kind_word in enumerate(kinds.words):
            box = (1 << role, 1 << kind, *search.space.full[2:])
            near = grants.all(box), caps.all(box)
            reached = search.once(f"most {role} {kind}", near, partial(_reached, search, box, *near))
            found.append(Most(role_word, kind_word, reached))
    return found


def _reached(
    search: Search, cell: Bits, grants: Sequence[RuleBox], caps: Sequence[RuleBox]
) -> tuple[Reached, ...]:
    found: list[Reached] = []
    best = -1
    for level in (Level.DECIDE, Level.INFORM, Level.PROPOSE):
        lower = [cap for cap in caps if cap.level < level]
        at_level: tuple[int | None, RuleBox] | None = None
        for grant in grants:
            if grant.edge <= best:
                break
            if grant.level < level or not grant.can_hold:
                continue
            inside = (*cell[:2], *grant.bits[2:])
            witness = search.outside(search.space.packing.packed(inside), (best + 1, grant.edge), lower)
            if witness is not None and witness.amount is not None:
                best = witness.amount
                upto = None if best == UNLIMITED else best
                at_level = upto, grant
        if at_level is not None:
            upto, by = at_level
            region = region_of_bits(search.space, (*search.space.full[:2], *by.bits[2:]))
            found.append(Reached(level, upto, by.rule.id, region))
    return tuple(found)
