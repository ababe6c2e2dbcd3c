"""The difference of two charters, exact: every request whose level changes, in few readable regions.

Complete and sound: a request lies in exactly one region exactly if the formula gives it another level, and
the region says both levels. Declared chains (`always`) are believed: what they rule out isn't reported.
After A. X. Liu, "Firewall policy change-impact analysis", ACM Transactions on Internet Technology 11 (2012).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from remit_engine.charter.diagram.boxes import Bits, Space, space_of
from remit_engine.charter.diagram.chains import Chains
from remit_engine.charter.diagram.days import joined
from remit_engine.charter.diagram.merging import merged
from remit_engine.charter.diagram.regions import Days, Region, region_of_bits
from remit_engine.charter.difference.changes import Change, Shift
from remit_engine.charter.difference.comparing import Universe, differing, universe
from remit_engine.charter.difference.document_changes import DocumentChange, document_changes
from remit_engine.charter.difference.words import change_in_words
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import capital, days_in_words, region_parts
from remit_engine.charter.stretches import Stretch, careful_stretch, stretches
from remit_engine.errors import InputError

Found = tuple[Bits, Change]


@dataclass(frozen=True, slots=True)
class ChangedRegion:
    """Requests whose level changes in the same way.

    Attributes:
        region: their facts.
        change: old and new levels along the amount judged.
        days: on which it is so; None when the day isn't known.
        who, what, how: the sentence in its parts: `Members`, `refunds for late or cold`, `decide up to 80
            instead of 50`.
    """

    region: Region
    change: Change
    days: Days | None
    who: str
    what: str
    how: str

    @property
    def gains(self) -> bool:
        """Whether the new levels are higher."""
        return self.change.gains

    @property
    def sentence(self) -> str:
        """The whole of it: `Members, refunds for late or cold: decide up to 80 instead of 50.`."""
        subject = f"{self.who}, {self.what}" if self.what else self.who
        if self.days is None:
            return f"When the day isn't known: {subject}: {self.how}."
        days = days_in_words(self.days)
        return f"{capital(days)}: {subject}: {self.how}." if days else f"{subject}: {self.how}."


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new version of a charter changes.

    Attributes:
        regions: disjoint; gains first, those of the most requests first.
        day_unknown: regions for requests whose day isn't known, where dated rules make them others.
        document: what is said differently, level or no level.
        is_dated: whether a rule of one of them holds on some days only.
    """

    regions: tuple[ChangedRegion, ...]
    day_unknown: tuple[ChangedRegion, ...]
    document: tuple[DocumentChange, ...]
    is_dated: bool
    _space: Space = field(repr=False, compare=False)
    _currency: str = field(repr=False)

    @property
    def gains(self) -> tuple[ChangedRegion, ...]:
        """Regions in which somebody may do more."""
        return tuple(region for region in self.regions if region.gains)

    @property
    def losses(self) -> tuple[ChangedRegion, ...]:
        """Regions in which somebody may do less."""
        return tuple(region for region in self.regions if not region.gains)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole difference for people, its last sentence about those who don't appear."""
        if not self.regions:
            return ("Nobody's level changes, for any request.",)
        last = (
            ()
            if self.losses and self.gains
            else (("Nobody gains anything.",) if self.losses else ("Nobody loses anything.",))
        )
        return (*(region.sentence for region in self.regions), *last)

    def region_of(self, request: Request) -> ChangedRegion | None:
        """The region in which a request lies, or None where its level stays.

        Args:
            request: with the facts and used allowances of both charters.
        """
        foreign = self._is_foreign(request)
        day = request.day
        for each in self.day_unknown if day is None and self.is_dated else self.regions:
            if (
                (day is None or each.days is None or each.days.has(day))
                and each.change.levels(request.judged, foreign=foreign)
                and each.region.contains(lambda name: self.value_of(request, name))
            ):
                return each
        return None

    def value_of(self, request: Request, name: str) -> object:
        """What is known of a fact or a running total that a region names, or `MISSING`."""
        return self._space.value(name, request, currency=self._currency)

    def _is_foreign(self, request: Request) -> bool:
        return request.currency is not None and request.currency != self._currency

    def levels(self, request: Request) -> tuple[Level, Level] | None:
        """Old and new level of a request, or None where its level stays."""
        region = self.region_of(request)
        if region is None:
            return None
        return region.change.levels(request.judged, foreign=self._is_foreign(request))


def difference(old: Charter, new: Charter, day: date | None = None) -> Difference:
    """What changes from one charter to another.

    Args:
        old: in force now.
        new: a draft, or another version.
        day: leave out what is over before this day, and don't say of what has begun by then since when;
            None compares all days.

    Raises:
        InputError: the currencies differ, a fact changes its type, or the rules tell too many cases apart.
    """
    if old.currency != new.currency:
        raise InputError(
            "two-currencies",
            f"The charters count in {old.currency} and {new.currency}, so that no limit can be compared.",
            "Compare charters of one currency.",
        )
    pairs = list(_pairs(stretches(old), stretches(new), day))
    careful = (careful_stretch(old), careful_stretch(new))
    is_dated = any(rule.is_dated for charter in (old, new) for rule in charter.all_rules)
    space = space_of(*(stretch for _, *both in pairs for stretch in both), *careful)
    comparing = _Comparing(space)
    regions = joined([(days, comparing.found(*both)) for days, *both in pairs])
    unknown = [(None, found) for found in comparing.found(*careful)] if is_dated else []
    return Difference(
        _said(space, regions, old.currency),
        _said(space, unknown, old.currency),
        document_changes(old, new),
        is_dated,
        space,
        old.currency,
    )


class _Comparing:
    """Compares pairs of stretches, equal pairs once."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._chains = Chains(space)
        self._known: dict[Universe, list[Found]] = {}

    def found(self, old: Stretch, new: Stretch) -> list[Found]:
        rules = universe(self._space, old, new)
        if not rules.changed:
            return []
        if rules not in self._known:
            self._known[rules] = merged(differing(self._space, self._chains, rules))
        return self._known[rules]


def _pairs(
    old: Sequence[Stretch], new: Sequence[Stretch], day: date | None
) -> Iterator[tuple[Days, Stretch, Stretch]]:
    """The stretches of both charters on the same days."""
    starts = sorted({each.since for each in (*old, *new) if each.since is not None})
    begins: list[date | None] = [None, *starts]
    for begin, following in zip(begins, [*starts, None], strict=True):
        until = following - timedelta(days=1) if following else None
        if day is None or until is None or until >= day:
            has_begun = day is not None and begin is not None and begin <= day
            yield Days(None if has_begun else begin, until), _at(old, begin), _at(new, begin)


def _at(every: Sequence[Stretch], begin: date | None) -> Stretch:
    if begin is None:
        return every[0]
    return every[bisect_right([each.since for each in every if each.since is not None], begin)]


def _said(
    space: Space, found: Sequence[tuple[Days | None, Found]], currency: str
) -> tuple[ChangedRegion, ...]:
    regions = []
    for days, (bits, change) in found:
        region = region_of_bits(space, bits)
        who, what = region_parts(region, currency)
        how = change_in_words(change, currency)
        regions.append(
            (_order(space, bits, change, days), ChangedRegion(region, change, days, who, what, how))
        )
    return tuple(region for _, region in sorted(regions, key=lambda each: each[0]))


def _order(space: Space, bits: Bits, change: Change, days: Days | None) -> tuple[object, ...]:
    """Gains first, then by day, then roles and kinds in their order, the widest regions first."""
    since = days.since if days and days.since else date.min
    narrow = sum(each != full for each, full in zip(bits, space.full, strict=True))
    return not change.gains, since, not change.shifts, bits[0] & -bits[0], narrow, bits


__all__ = ["Change", "ChangedRegion", "Difference", "DocumentChange", "Shift", "difference"]
