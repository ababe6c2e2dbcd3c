"""Dead ends: requests about which nobody may say yes, so that the owner answers alone.

Somebody may say yes whose own grants reach `inform` and for whom no guardrail of `never` holds; guardrails
and allowances that say `ask` ask for a second person, not for more authority. What nobody may is told in the
widest regions that there are, which may overlap: *refunds for rude* and *refunds, order age above 60 days*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from remit_engine.charter.analysis.searching import Search
from remit_engine.charter.analysis.widest import Ended, without
from remit_engine.charter.diagram.boxes import RuleBox, ones
from remit_engine.charter.diagram.regions import Region, region_of_bits
from remit_engine.charter.diagram.tops import NO_AMOUNT, UNLIMITED
from remit_engine.charter.document import Guardrail
from remit_engine.charter.facts import PERSONAL_FLAGS, WHO_FACTS
from remit_engine.charter.levels import Level
from remit_engine.charter.sentences import amount, capital, what_parts
from remit_engine.charter.stretches import Stretch


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """Requests about which nobody may say yes.

    Attributes:
        region: kind and facts; whoever asks.
        above: amounts judged above this one, in minor units; -1 for all.
        missing: the fact that isn't known in this region, and makes it a dead end; None where all are known.
        currency: of the amount.
        is_about_all: whether it is about every kind of the charter, which goes without saying.
    """

    region: Region
    above: int
    missing: str | None
    currency: str
    is_about_all: bool

    @property
    def sentence(self) -> str:
        """For people; written when asked for, since of hundreds a page shows a dozen."""
        where = [each for each in self.region.where if not (self.is_about_all and each[0] == "kind")]
        kinds, conditions = what_parts(Region(tuple(where)), self.currency)
        what = ", ".join((kinds or "any remedy", *conditions))
        if self.above > NO_AMOUNT:
            what += f"{',' if conditions else ''} above {amount(self.above, self.currency)}"
        return f"{capital(what)}: nobody may say yes; the owner answers alone."


@dataclass(frozen=True, slots=True)
class DeadEnds:
    """The dead ends of a stretch.

    Attributes:
        found: the widest regions; those of the fewest facts first.
        facts: regions of at most so many facts are all there; None when all regions are.
    """

    found: tuple[DeadEnd, ...]
    facts: int | None


def dead_ends(search: Search, stretch: Stretch) -> DeadEnds:
    """The dead ends of a stretch: over facts that are known, then those of a missing fact."""
    rules = _rules_of_others(search, stretch)
    kinds = search.space.axes[1]
    together: dict[tuple[int, int], int] = {}
    facts: int | None = None
    for kind in dict.fromkeys(kinds.class_of(word) for word in stretch.charter.all_kinds):
        here = [rule for rule in rules if rule.bits[1] >> kind & 1]
        found, complete_to = search.once("dead ends", [here], partial(_of_kind, search, here, kind))
        for box, above in found:
            together[box, above] = together.get((box, above), 0) | 1 << kind
        if complete_to is not None:
            facts = complete_to if facts is None else min(facts, complete_to)
    parted = _known_and_missing(search, together)
    return DeadEnds(tuple(_dead_end(search, stretch, *each) for each in parted), facts)


def _rules_of_others(search: Search, stretch: Stretch) -> list[RuleBox]:
    """Grants that let somebody say yes and guardrails that keep them from it, the furthest grants first.

    The answer is somebody else's, so what holds only for the one whom it is about is left out.
    """
    own = [search.space.places[name] for name in PERSONAL_FLAGS]
    grants = [rule for rule in search.space.grants(stretch) if rule.level >= Level.INFORM]
    nevers = [
        rule
        for rule in search.space.caps(stretch)
        if isinstance(rule.rule, Guardrail) and rule.level == Level.NEVER
    ]
    grants.sort(key=lambda rule: (-rule.edge, len(rule.tests)))
    return [rule for rule in (*grants, *nevers) if rule.can_hold and all(rule.bits[at] & 1 for at in own)]


def _of_kind(search: Search, rules: list[RuleBox], kind: int) -> tuple[list[Ended], int | None]:
    """The widest dead ends of one kind, whatever the facts, and how many facts they are complete for."""
    packing = search.space.packing
    everybody = packing.packed(_people(search, kind))
    of_people = sum(packing.fields[place] for place in _skipped(search))
    full = packing.packed(search.space.full)
    nevers = [(rule.packed, rule.edge) for rule in rules if not rule.is_grant]
    dead: list[Ended] = [(full, NO_AMOUNT)]
    most_facts: int | None = None
    for grant in rules:
        if not grant.is_grant:
            continue
        for allowed, upto in _allowed(search, (grant.packed & everybody, grant.edge), nevers):
            # Who says yes doesn't matter any more: all facts about people and the kind are wide again.
            wide = allowed & ~of_people | full & of_people
            dead, most_facts = without(packing, dead, (wide, upto), full, most_facts)
    return dead, most_facts


def _allowed(search: Search, grant: Ended, nevers: Iterable[Ended]) -> list[Ended]:
    """The requests of one grant that no `never` keeps it from, each piece with its largest amount."""
    packing = search.space.packing
    pieces = [] if packing.is_empty(grant[0]) else [grant]
    for never, above in nevers:
        left: list[Ended] = []
        for box, upto in pieces:
            if upto <= above or not packing.meets(box, never):
                left.append((box, upto))
                continue
            left += [(box & ~field | beyond, upto) for field, beyond in packing.pieces(box, never)]
            if above > NO_AMOUNT:
                left.append((box, above))
        pieces = left
    return pieces


def _skipped(search: Search) -> list[int]:
    """Places of the axes that say nothing about a dead end: people, kind, running totals."""
    names = {*WHO_FACTS, *PERSONAL_FLAGS, "kind", *search.space.allowances}
    return [place for place, axis in enumerate(search.space.axes) if axis.name in names]


def _people(search: Search, kind: int) -> list[int]:
    """Everybody who could answer about a kind: role, team and name are known, and it isn't about them."""
    bits = [search.space.full[0], 1 << kind, *search.space.full[2:]]
    for place, axis in enumerate(search.space.axes):
        if axis.name in WHO_FACTS:
            bits[place] &= ~(1 << axis.size - 1)
        elif axis.name in PERSONAL_FLAGS:
            bits[place] = 1
    return bits


def _known_and_missing(
    search: Search, found: dict[tuple[int, int], int]
) -> list[tuple[tuple[int, ...], int, str | None]]:
    """The part of every region over known facts, then its parts over one missing fact.

    A region that holds a missing fact but not all that may be known of it is a dead end because of that.
    """
    packing, space = search.space.packing, search.space
    skipped = set(_skipped(search))
    missing = {
        place: 1 << axis.size - 1
        for place, axis in enumerate(space.axes)
        if place not in skipped and space.full[place] >> axis.size - 1
    }
    known: dict[tuple[tuple[int, ...], int, str | None], int] = {}
    noted: dict[tuple[tuple[int, ...], int, str | None], int] = {}
    for (box, above), kinds in found.items():
        bits = list(packing.bits(box))
        bits[1] = 0
        cut = [each & ~missing.get(place, 0) for place, each in enumerate(bits)]
        without_kind = cut[:1] + cut[2:]
        if all(without_kind):
            whole = (tuple(_widened(search, cut, missing)), above, None)
            known[whole] = known.get(whole, 0) | kinds
        for place, one in missing.items():
            partly = bits[place] & one and bits[place] != space.full[place]
            if partly and all(each for at, each in enumerate(cut) if at not in {1, place}):
                note = [*cut[:place], one, *cut[place + 1 :]]
                part = (tuple(_widened(search, note, missing)), above, space.axes[place].name)
                noted[part] = noted.get(part, 0) | kinds
    parted = [
        ((bits[0], kinds, *bits[2:]), above, name)
        for of in (known, noted)
        for (bits, above, name), kinds in of.items()
    ]
    possible = [each for each in parted if search.chains.possible(each[0], (each[1] + 1, UNLIMITED))]
    return sorted(_widest_of_all(search, possible), key=lambda each: _order(search, *each))


def _widened(search: Search, bits: list[int], missing: dict[int, int]) -> list[int]:
    """Where all that can be known belongs to it, the whole axis does, so that it goes unsaid."""
    return [
        full if each | missing.get(place, 0) == full and each != missing.get(place) else each
        for place, (each, full) in enumerate(zip(bits, search.space.full, strict=True))
    ]


Parted = tuple[tuple[int, ...], int, str | None]


def _widest_of_all(search: Search, found: list[Parted]) -> list[Parted]:
    """Those that lie in no other one: known facts in known ones, a missing fact in both."""
    by_kind: dict[int, list[tuple[int, int, str | None]]] = {}
    kept: list[Parted] = []
    packed = ((search.space.packing.packed(bits), bits, above, name) for bits, above, name in found)
    for box, bits, above, name in sorted(
        packed, key=lambda each: (each[3] is not None, -each[0].bit_count())
    ):
        # A wider one has all its kinds, so it stands under the first of them.
        wider = by_kind.get(next(ones(bits[1])), ())
        if any(not box & ~wide and start <= above and of in {None, name} for wide, start, of in wider):
            continue
        kept.append((bits, above, name))
        for kind in ones(bits[1]):
            by_kind.setdefault(kind, []).append((box, above, name))
    return kept


def _order(search: Search, bits: tuple[int, ...], above: int, missing: str | None) -> tuple[object, ...]:
    narrow = sum(each != full for each, full in zip(bits[2:], search.space.full[2:], strict=True))
    return missing is not None, narrow, next(ones(bits[1])), above, bits


def _dead_end(
    search: Search, stretch: Stretch, bits: tuple[int, ...], above: int, missing: str | None
) -> DeadEnd:
    axis = search.space.axes[1]
    every = sum({1 << axis.class_of(word) for word in stretch.charter.all_kinds})
    region = region_of_bits(search.space, bits)
    return DeadEnd(region, above, missing, stretch.charter.currency, is_about_all=bits[1] == every)
