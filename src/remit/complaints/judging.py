"""What somebody may do about a complaint: the engine's answer, with everybody whom it concerns.

Read by the page to draw the ladder, and once more inside the write that decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.db.models import BigIntegerField, CharField, Q, QuerySet, Subquery

from remit.approvals.actions import Askable
from remit.approvals.vocabulary import End
from remit.charters import models as charters
from remit.charters.facts import delegations_in, lent_among
from remit.charters.in_force import InForce, charter_of
from remit.complaints.facts import request_of
from remit.complaints.models import Complaint, Decision
from remit.core.asked_often import Slot, asked_often
from remit.core.clock import today
from remit.core.errors import NotAllowed
from remit.people.access import Place
from remit.people.facts import Everybody, everybody_of
from remit.people.models import Member
from remit.remedies.allowances import used_by_each
from remit_engine.charter.approval import Approver, Approvers, consequences
from remit_engine.charter.delegation import Delegation
from remit_engine.charter.levels import Level
from remit_engine.charter.on_behalf import Authority, Lent, authority
from remit_engine.charter.request import Person, Request


@dataclass(frozen=True)
class Surroundings:
    """What doesn't depend on kind and amount; fetched once for a page.

    Attributes:
        everybody: of the team, and the owners.
        delegations: what is lent in the team today.
        objected: for each kind, the smallest amount somebody objected to here, and who did.
    """

    place: Place
    complaint: Complaint
    in_force: InForce
    everybody: Everybody
    delegations: Sequence[charters.Delegation]
    objected: dict[str, tuple[int, frozenset[str]]]

    @cached_property
    def lent(self) -> Sequence[tuple[charters.Delegation, Delegation]]:
        """Rows of delegations with the engine's values."""
        return lent_among(self.delegations, self.everybody.people, self.in_force.compiled.charter)

    @property
    def lent_to_them(self) -> Sequence[tuple[charters.Delegation, Delegation]]:
        """The same, of what is lent to who looks; where that is nothing, nobody else is asked for."""
        me = self.place.member
        if all(row.receiver_id != me.pk for row in self.delegations):
            return ()
        return [(row, lent) for row, lent in self.lent if lent.to == me.word]


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer for one kind and amount.

    Attributes:
        level: what they may do, other people taken into account.
        authority: the engine's verdict, and whose authority it is.
        request: as it was judged, with what was used.
        told: who is told, for `inform`.
        askable: who may say yes, the nearest circle first; for a proposal who may object.
        objections: working minutes for objections.
        hand_to: who takes it over, for `never`.
        delegation: the row of what was lent, where the authority is somebody else's.
        after_objection: somebody objected to as much before, so it needs a yes now.
    """

    level: Level
    authority: Authority
    request: Request
    told: Sequence[Member] = ()
    askable: Sequence[Askable] = ()
    objections: int = 0
    hand_to: Sequence[Member] = ()
    delegation: charters.Delegation | None = None
    after_objection: bool = False
    surroundings: Surroundings | None = field(default=None, repr=False)

    @property
    def giver(self) -> Member | None:
        """Whose authority it is, where it was lent."""
        return self.delegation.giver if self.delegation else None


def decisions_of(complaint: Complaint, **coming_along: Subquery) -> list[Decision]:
    """What was decided about a complaint, in order, each with its remedy, question and answer at hand.

    Args:
        complaint: about which.
        coming_along: what else of each is wanted, by name.
    """
    rows = Decision.objects.select_related("remedy", "approval__ending__by", "member", "message")
    return list(rows.filter(complaint=complaint).annotate(**coming_along))


def decided_before(complaint: Complaint, key: str) -> list[Decision]:
    """What somebody was asked about a complaint, as the next decision needs it, and what a form decided.

    Args:
        complaint: about which.
        key: of the form; what was sent twice is found by it, wherever that was.
    """
    return _decided_before(complaint=complaint.pk, key=key)


def decided_before_ahead(complaint: Complaint, key: str) -> None:
    """Say in a write that this will be asked."""
    _decided_before.ahead(complaint=complaint.pk, key=key)


@asked_often(complaint=BigIntegerField(), key=CharField())
def _decided_before(complaint: Slot, key: Slot) -> QuerySet[Decision]:
    rows = Decision.objects.select_related("approval__ending__by")
    return rows.filter(Q(complaint=complaint, approval__isnull=False) | Q(key=key))


def surroundings_of(
    place: Place,
    complaint: Complaint,
    *,
    everybody: Everybody | None = None,
    decisions: Sequence[Decision] | None = None,
    moment: datetime | None = None,
) -> Surroundings:
    """Everything around a complaint that judging needs.

    Args:
        place: who looks.
        complaint: with its team at hand.
        everybody: of the team, where a page has them at hand.
        decisions: of the complaint, where a page has them at hand, from `decisions_of`.
        moment: at which the charter has to be in force; now by default.

    Raises:
        Refusal: the team has no charter yet.
        NotAllowed: an owner who has no role in this team decides nothing in it.
    """
    if place.membership is None:
        raise NotAllowed(
            "no-role-here",
            f"You have no role in {place.team.name}, and authority comes with a role.",
            "Give yourself a role in this team, or leave it to somebody who has one.",
        )
    in_force = charter_of(place.team, moment)
    everybody = everybody or everybody_of(place.team)
    return Surroundings(
        place,
        complaint,
        in_force,
        everybody,
        delegations_in(place.team, today(place.team.time_zone)),
        _objected(decisions_of(complaint) if decisions is None else decisions),
    )


def judge(
    around: Surroundings,
    *,
    kind: str,
    amount: int | None,
    account_of: str | None = None,
    given: int | None = None,
) -> Judged:
    """What the member may do with a kind and an amount.

    Args:
        around: from `surroundings_of`.
        kind: of remedy.
        amount: its value in minor units; None for the ladder alone.
        account_of: word of the member to whose account it goes, if to one.
        given: on the order before; looked up where it is None.

    Raises:
        InputError: the request can't be meant.
    """
    place, compiled = around.place, around.in_force.compiled
    if place.membership is None:
        raise NotAllowed("no-role-here", "You have no role in this team.", "Ask its manager.")
    bare = request_of(
        around.complaint,
        place.membership,
        compiled.charter,
        kind=kind,
        amount=amount,
        account_of=account_of,
        given=given,
    )
    mine = around.lent_to_them
    my_own, *of_givers = used_by_each(
        place.team, compiled, [bare, *(bare.of(lent.giver) for _, lent in mine)]
    )
    request = replace(bare, used=my_own)
    offers = [Lent(lent, given) for (_, lent), given in zip(mine, of_givers, strict=True)]
    held = authority(compiled, request, offers)
    row = next((row for row, lent in mine if held.lent and lent == held.lent.delegation), None)
    return _with_people(around, held, request, row)


def _with_people(
    around: Surroundings, held: Authority, request: Request, row: charters.Delegation | None
) -> Judged:
    compiled = around.in_force.compiled
    if held.level is Level.DECIDE or request.amount is None:
        return Judged(held.level, held, request, delegation=row, surroundings=around)
    follows = consequences(compiled, held.verdict, around.everybody.people, [lent for _, lent in around.lent])
    level = min(held.level, follows.level)
    least, objectors = around.objected.get(request.kind, (0, frozenset()))
    after_objection = bool(objectors) and level is Level.PROPOSE and request.amount >= least
    if after_objection:
        level = Level.ASK
    askable = _askable(around, follows.approvers, without=objectors if level is Level.ASK else frozenset())
    told = _rows(around, follows.told)
    if row is not None and level is Level.INFORM and row.giver not in told:
        told = (*told, row.giver)
    return Judged(
        level,
        held,
        request,
        told=told,
        askable=askable,
        objections=follows.objections,
        hand_to=_rows(around, follows.hand_to),
        delegation=row,
        after_objection=after_objection,
        surroundings=around,
    )


def _rows(around: Surroundings, people: Sequence[Person]) -> tuple[Member, ...]:
    me = around.place.member.word
    return tuple(around.everybody.members[person.member] for person in people if person.member != me)


def _askable(around: Surroundings, approvers: Approvers, *, without: frozenset[str]) -> tuple[Askable, ...]:
    """Who can be asked, circle by circle; the owner alone where nobody is left."""
    me = around.place.member.word
    found: list[Askable] = []
    circles = [
        [each for each in circle if each.person.member not in without | {me}] for circle in approvers.circles
    ]
    for number, circle in enumerate((circle for circle in circles if circle), start=1):
        found += [_one(around, approver, number) for approver in circle]
    if found:
        return tuple(found)
    owner = approvers.alone or next((person for person in around.everybody.people if person.owner), None)
    return (Askable(around.everybody.members[owner.member], is_alone=True),) if owner else ()


def _one(around: Surroundings, approver: Approver, circle: int) -> Askable:
    row = next((row for row, lent in around.lent if lent == approver.delegation), None)
    return Askable(around.everybody.members[approver.person.member], circle, row)


def _objected(decisions: Sequence[Decision]) -> dict[str, tuple[int, frozenset[str]]]:
    """What was objected to: a proposal of as much needs a yes then, and of another person."""
    found: dict[str, tuple[int, frozenset[str]]] = {}
    for approval in (decision.approval for decision in decisions):
        if approval is None or approval.is_open or approval.ending.how != End.OBJECTED:
            continue
        least, objectors = found.get(approval.kind, (approval.amount, frozenset()))
        by = {approval.ending.by.word} if approval.ending.by else set()
        found[approval.kind] = (min(least, approval.amount), objectors | by)
    return found
