"""A team as it is at a moment: who is in it, who is on duty, which charter holds; kept in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from remit.charters.in_force import InForce
from remit.core.clock import now
from remit.people.facts import person_of
from remit.people.models import Duty, Member, Membership, Team
from remit.people.vocabulary import LONGEST_DUTY_HOURS, Rank
from remit_engine.charter.request import Person


@dataclass(slots=True)
class House:
    """One team.

    Attributes:
        memberships: of everybody who is or was in it.
        owners: memberships of owners in other teams.
        charters: the versions, oldest first.
        duties: of each membership, by its identifier, oldest first.
    """

    team: Team
    memberships: list[Membership] = field(default_factory=list)
    owners: list[Membership] = field(default_factory=list)
    charters: list[InForce] = field(default_factory=list)
    duties: dict[int, list[Duty]] = field(default_factory=dict)
    _starts: dict[int, list[datetime]] = field(default_factory=dict, repr=False)

    @property
    def in_force(self) -> InForce:
        """The charter that holds now."""
        moment = now()
        return [each for each in self.charters if each.version.published_at <= moment][-1]

    def there(self) -> Iterator[Membership]:
        """Those who are in it now."""
        moment = now()
        return (each for each in self.memberships if _is_there(each, moment))

    def membership_of(self, member: Member) -> Membership:
        """Somebody's place in it."""
        return next(each for each in self.there() if each.member == member)

    def people(self) -> list[Person]:
        """Everybody who could be asked; see `remit.people.facts.people_of`."""
        moment = now()
        here = [each for each in (*self.memberships, *self.owners) if _is_there(each, moment)]
        people: dict[str, Person] = {}
        for membership in sorted(here, key=lambda each: each.pk):
            if membership.member.word not in people or membership.team == self.team:
                person = person_of(membership, on_duty=self.is_on_duty(membership))
                people[membership.member.word] = person
        return list(people.values())

    def members(self) -> dict[str, Member]:
        """Rows of those people, by word."""
        return {each.member.word: each.member for each in (*self.memberships, *self.owners)}

    def is_on_duty(self, membership: Membership) -> bool:
        """Whether somebody is on duty now."""
        moment = now()
        duties = self.duties.get(membership.pk, [])
        starts = self._starts.get(membership.pk)
        if starts is None or len(starts) != len(duties):
            starts = self._starts[membership.pk] = [duty.starts_at for duty in duties]
        last = bisect_right(starts, moment)
        forgotten = moment - timedelta(hours=LONGEST_DUTY_HOURS)
        return any(
            duty.covers(moment) and (duty.ends_at is not None or duty.starts_at > forgotten)
            for duty in duties[max(last - 2, 0) : last]
        )

    def on_duty(self, *, but: Member | None = None) -> list[Member]:
        """The people who are on duty now; see `remit.complaints.arriving.on_duty_in`."""
        here = sorted(self.there(), key=lambda each: each.pk)
        return [
            each.member
            for each in here
            if each.member != but and not each.member.is_software and self.is_on_duty(each)
        ]

    def leads(self) -> list[Member]:
        """Its leads, or those above; see `remit.people.queries.leads_of`."""
        above = [each for each in self.there() if each.role.rank >= Rank.LEAD and not each.member.is_software]
        lowest = min((each.role.rank for each in above), default=0)
        return [each.member for each in above if each.role.rank == lowest]


def by_start(duties: Iterable[Duty]) -> dict[int, list[Duty]]:
    """Duties of each membership, by its identifier, oldest first."""
    found: dict[int, list[Duty]] = {}
    for duty in sorted(duties, key=lambda each: each.starts_at):
        found.setdefault(duty.membership.pk, []).append(duty)
    return found


def _is_there(membership: Membership, moment: datetime) -> bool:
    until = membership.until
    return membership.since <= moment and (until is None or moment < until)
