"""Who may say yes, whom to ask first, and what the levels of a verdict mean for other people.

There is no second matrix: authority flows only from those who have it. Somebody may approve a request exactly
if their own grants reach `decide` or `inform` for it, no guardrail of `never` holds for them, and they are
neither the one who asks nor the one it is about. A guardrail or an allowance that says `ask` asks for a
*second person*, not for more authority.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.delegation import Delegation
from remit_engine.charter.document import Cap, Guardrail
from remit_engine.charter.levels import Level
from remit_engine.charter.on_behalf import is_lent
from remit_engine.charter.request import Person, Request
from remit_engine.charter.verdict import Verdict, holds_for
from remit_engine.errors import InputError


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who may say yes.

    Attributes:
        person: who.
        delegation: the authority that was lent to them, or None where they have it themselves.
    """

    person: Person
    delegation: Delegation | None = None


@dataclass(frozen=True, slots=True)
class Approvers:
    """All who may say yes, in the order in which they are asked.

    Attributes:
        circles: the nearest first: those on duty before those who aren't, one's own team before others, lower
            ranks before higher ones. Within a circle all are equally near.
        alone: the owner who answers alone because nobody else may; None where somebody may, or no owner is
            known.
    """

    circles: tuple[tuple[Approver, ...], ...]
    alone: Person | None = None

    @property
    def everybody(self) -> tuple[Approver, ...]:
        """All of them, the nearest first."""
        return tuple(approver for circle in self.circles for approver in circle)

    @property
    def nearest(self) -> tuple[Approver, ...]:
        """The first circle; empty where nobody may."""
        return self.circles[0] if self.circles else ()


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a verdict means for other people.

    Attributes:
        level: that of the verdict; `ask` in place of `propose` where nobody could object.
        told: who is told, for `inform`.
        may_object: who may object, for `propose`.
        objections: working minutes in which they may, for `propose`; 0 otherwise.
        approvers: who may say yes, for `ask`; the same people may object and are told.
        hand_to: who takes the complaint over, for `never`.
    """

    level: Level
    told: tuple[Person, ...] = ()
    may_object: tuple[Person, ...] = ()
    objections: int = 0
    approvers: Approvers = Approvers(())
    hand_to: tuple[Person, ...] = ()


def may_say_yes(charter: CompiledCharter, request: Request, person: Person) -> bool:
    """Whether somebody may approve a request on their own authority.

    Raises:
        InputError: it isn't known who asks, so nobody can be told apart from them.
    """
    looking = _Looking(charter, request)
    return looking.is_a_second_person(person) and looking.reaches(person)


def who_may_say_yes(
    charter: CompiledCharter,
    request: Request,
    people: Iterable[Person],
    delegations: Iterable[Delegation] = (),
) -> Approvers:
    """Everybody who may approve a request, nearest first.

    Args:
        charter: the charter in force.
        request: by a known member.
        people: everybody who could be asked.
        delegations: authority lent to them. A delegate never answers the giver's own request.

    Raises:
        InputError: it isn't known who asks.
    """
    everybody, lent, looking = list(people), list(delegations), _Looking(charter, request)
    approvers = [
        approver
        for person in everybody
        if looking.is_a_second_person(person)
        for approver in looking.approver(person, lent)
    ]
    approvers.sort(key=lambda approver: _distance(request, approver.person))
    circles = tuple(
        tuple(circle) for _, circle in groupby(approvers, key=lambda each: _distance(request, each.person))
    )
    owner = next((person for person in everybody if person.owner), None)
    return Approvers(circles, None if circles else owner)


def consequences(
    charter: CompiledCharter,
    verdict: Verdict,
    people: Sequence[Person],
    delegations: Iterable[Delegation] = (),
) -> Consequences:
    """What a verdict means for other people: who is told, may object, is asked, or takes over.

    Raises:
        InputError: it isn't known who asks.
    """
    level = verdict.level
    if level is Level.DECIDE:
        return Consequences(level)
    if level is Level.NEVER:
        return Consequences(level, hand_to=_taking_over(verdict, people))
    approvers = who_may_say_yes(charter, verdict.request, people, delegations)
    if level is Level.INFORM:
        named = _with_roles(verdict.tell, people, verdict.request)
        told = named or tuple(approver.person for approver in approvers.nearest)
        return Consequences(level, told=told, approvers=approvers)
    objecting = tuple(approver.person for approver in approvers.everybody)
    if level is Level.PROPOSE and objecting:
        return Consequences(level, may_object=objecting, objections=verdict.objections, approvers=approvers)
    return Consequences(Level.ASK, approvers=approvers)


class _Looking:
    """Looks for those who may approve one request; the request is made ready once for all of them."""

    def __init__(self, charter: CompiledCharter, request: Request) -> None:
        if request.member is None:
            raise InputError(
                "asker-unknown",
                "It isn't known who asks, so nobody can be told apart from them.",
                "Give the request its member.",
            )
        self._charter = charter
        self._request = request
        self._in_force = charter.on(request.day)
        self._prepared = self._in_force.prepare(request)
        self._concerned = {request.member, request.about, request.account_of}

    def is_a_second_person(self, person: Person) -> bool:
        """Whether somebody is neither the one who asks nor the one whom it is about, or to whom it goes."""
        return person.member not in self._concerned

    def reaches(self, person: Person) -> bool:
        """Whether somebody's own grants reach, and no guardrail of `never` holds for them."""
        prepared = self._in_force.preparing.for_person(self._prepared, person)
        grants, caps = self._in_force.holding(prepared)
        values = prepared.values
        amount = values["amount"]
        for grant in grants:
            if grant.level >= Level.INFORM and (grant.upto is None or amount <= grant.upto):
                return not _is_never(caps, values)
        return False

    def approver(self, person: Person, delegations: Sequence[Delegation]) -> Iterable[Approver]:
        """Somebody on their own authority, or else on the first that was lent to them and reaches."""
        if self.reaches(person):
            return (Approver(person),)
        borrowed = (each for each in delegations if self._reaches_with(person, each))
        return tuple(Approver(person, delegation) for delegation in borrowed)[:1]

    def _reaches_with(self, person: Person, delegation: Delegation) -> bool:
        if delegation.to != person.member or delegation.highest < Level.INFORM:
            return False
        prepared = self._in_force.preparing.for_person(self._prepared, person)
        _, caps = self._in_force.holding(prepared)
        return (
            self.is_a_second_person(delegation.giver)
            and is_lent(self._charter, self._request, delegation)
            and self.reaches(delegation.giver)
            and not _is_never(caps, prepared.values)
        )


def _is_never(caps: Iterable[Cap], values: dict[str, Any]) -> bool:
    rails = (cap for cap in caps if isinstance(cap, Guardrail) and cap.at_most is Level.NEVER)
    return any(holds_for(rail, values) for rail in rails)


def _distance(request: Request, person: Person) -> tuple[bool, bool, int]:
    return not person.on_duty, person.team != request.team, person.rank


def _with_roles(roles: Sequence[str], people: Sequence[Person], request: Request) -> tuple[Person, ...]:
    """People with one of some roles, of one's own team where it has any; never the one who asks."""
    named = [person for person in people if person.role in roles and person.member != request.member]
    near = [person for person in named if person.team == request.team]
    return tuple(near or named)


def _taking_over(verdict: Verdict, people: Sequence[Person]) -> tuple[Person, ...]:
    named = _with_roles(verdict.hand_to, people, verdict.request)
    return named or tuple(person for person in people if person.owner)
