"""What a charter means for one member: what changed for them, and what is left of their allowances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from remit.charters.access import versions_for
from remit.charters.in_force import InForce, compiled_version
from remit.charters.models import LookedAt, Version
from remit.charters.queries.looking import about_person, changes_between
from remit.charters.sentences import SaidRule, allowance_said
from remit.charters.what_was_used import used
from remit.people.access import Place
from remit.people.facts import person_of
from remit.people.models import Membership
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.diagram.regions import Region
from remit_engine.charter.difference import ChangedRegion
from remit_engine.charter.difference.in_short import in_short
from remit_engine.charter.document import Allowance, Per
from remit_engine.charter.plain import allowances_that_count
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import capital, days_in_words, region_parts, what_parts
from remit_engine.errors import InputError

_MANY: Final = 2
"""From so many changes on, what they have in common is said once."""


@dataclass(frozen=True, slots=True)
class MyChange:
    """One thing that is another for somebody.

    Attributes:
        gains: whether they may do more.
        sentence: `Refunds for late or cold: decide up to 80 instead of 50.`; where several cases have the
            same change, all of them in short.
        cases: those cases, each with its conditions; empty where there is one.
    """

    gains: bool
    sentence: str
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedForMe:
    """What changed for somebody since they last looked.

    Attributes:
        since: the version that they saw last.
        changes: what they may do differently; empty when it is nothing.
        everywhere: the conditions that hold for every one of the changes, in words, or "".
        no_comparison: why the two can't be compared, or "".
    """

    since: Version
    changes: tuple[MyChange, ...]
    everywhere: str = ""
    no_comparison: str = ""

    @property
    def gains(self) -> list[MyChange]:
        """What they may do more."""
        return [each for each in self.changes if each.gains]

    @property
    def losses(self) -> list[MyChange]:
        """What they may do less."""
        return [each for each in self.changes if not each.gains]


@dataclass(frozen=True, slots=True)
class AllowanceForMe:
    """An allowance with what is left of it for somebody.

    Attributes:
        rule: in words.
        allowance: of the charter.
        is_mine: whether what they give counts towards it.
        left: minor units, or a number of remedies; None where that depends on the customer or order.
    """

    rule: SaidRule
    allowance: Allowance
    is_mine: bool
    left: int | None


def changed_for_me(place: Place, in_force: InForce, day: date) -> ChangedForMe | None:
    """What changed for somebody since they last looked; None where they have seen what is in force.

    Args:
        place: of the one who looks.
        in_force: the charter in force.
        day: today.
    """
    if place.membership is None:
        return None
    before = _seen(place)
    if before is None or before.pk == in_force.version.pk:
        return None
    try:
        changes, everywhere = changes_of(place.membership, compiled_version(before), in_force.compiled, day)
    except InputError as error:
        return ChangedForMe(before, (), no_comparison=str(error))
    return ChangedForMe(before, changes, everywhere)


def changes_of(
    membership: Membership, before: CompiledCharter, after: CompiledCharter, day: date
) -> tuple[tuple[MyChange, ...], str]:
    """What another charter changes for somebody, and the conditions that hold for all of it, in words or "".

    Args:
        membership: theirs, with member, role and team at hand.
        before: what they went by.
        after: what they go by now.
        day: today.

    Raises:
        InputError: the two can't be compared.
    """
    found = changes_between(before, after, day)
    mine = about_person(found.regions, person_of(membership))
    currency = after.charter.currency
    everywhere = _everywhere(mine, currency)
    said = ", ".join(what_parts(everywhere, currency)[1])
    return tuple(_gathered(mine, everywhere, currency)), said


def allowances_for(place: Place, in_force: InForce, day: date) -> list[AllowanceForMe]:
    """Every allowance that isn't over, with what is left of it for somebody today."""
    charter = in_force.compiled.charter
    rows = []
    for allowance in charter.all_allowances:
        if allowance.until is not None and allowance.until < day:
            continue
        request = _request_for(place, allowance, day)
        is_mine = request is not None and allowance in allowances_that_count(charter, request)
        left = None
        if request is not None and is_mine and allowance.per in {Per.MEMBER, Per.TEAM}:
            so_far = used(place.team, in_force.compiled, request).get(allowance.id)
            left = None if so_far is None else max(allowance.most - so_far, 0)
        rows.append(AllowanceForMe(allowance_said(charter, allowance), allowance, is_mine, left))
    return rows


def _everywhere(regions: Sequence[ChangedRegion], currency: str) -> Region:
    """What several changes have in common beside the kind: said once, in place of in each of them."""
    if len(regions) < _MANY:
        return Region()
    common = set.intersection(*({*each.region.where} for each in regions))
    pairs = (pair for pair in regions[0].region.where if pair in common)
    return Region(tuple(pair for pair in pairs if what_parts(Region((pair,)), currency)[1]))


def _gathered(regions: Sequence[ChangedRegion], everywhere: Region, currency: str) -> Iterator[MyChange]:
    """The changes of somebody: those that are the same in several cases once, with their cases."""
    alike: dict[tuple[bool, str], list[ChangedRegion]] = {}
    for region in regions:
        alike.setdefault((region.gains, region.how), []).append(region)
    for (gains, how), those in alike.items():
        cases = tuple(dict.fromkeys(_case(each, everywhere, currency) for each in those))
        if len(cases) == 1:
            yield MyChange(gains, f"{cases[0]}: {how}.")
            continue
        what = dict.fromkeys(short.what for short in in_short(those, currency))
        yield MyChange(gains, f"{capital('; '.join(what)) or 'Everything'}: {how}, in these cases:", cases)


def _case(changed: ChangedRegion, everywhere: Region, currency: str) -> str:
    """When and what: `From 1 May 2027: Refunds for late or cold`; without what holds everywhere."""
    own = Region(tuple(pair for pair in changed.region.where if pair not in everywhere.where))
    what = capital(region_parts(own, currency)[1]) or "Everything"
    when = days_in_words(changed.days) if changed.days else ""
    return f"{capital(when)}: {what}" if when else what


def _seen(place: Place) -> Version | None:
    """What somebody saw last; whoever never looked saw what was in force when they came."""
    seen = (
        LookedAt.objects.select_related("version__extends__extends")
        .filter(member=place.member, team=place.team)
        .first()
    )
    if seen is not None or place.membership is None:
        return seen.version if seen else None
    versions = versions_for(place)
    return versions.filter(published_at__lte=place.membership.since).first() or versions.last()


def _request_for(place: Place, allowance: Allowance, day: date) -> Request | None:
    """A request of somebody that an allowance counts, as far as its conditions allow."""
    if place.membership is None:
        return None
    person = person_of(place.membership)
    return Request(
        kind=allowance.kinds[0] if allowance.kinds else "refund",
        role=person.role,
        member=person.member,
        team=person.team,
        step=person.step,
        day=day,
    )
