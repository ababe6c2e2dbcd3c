"""Lending one's own authority, or a part of it, for a time; moving that to other days, and ending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from remit.charters.access import get_delegation_for
from remit.charters.facts import conditions_of, delegation_of
from remit.charters.in_force import charter_of
from remit.charters.models import Delegation
from remit.charters.notices import lending_ended, lending_moved, lending_not_moved, lent
from remit.charters.vocabulary import LENDABLE, LENDING_ENDED, LENDING_MOVED, LENT, LONGEST_LENDING_DAYS
from remit.core.clock import now, today
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import place_in
from remit.people.facts import person_of
from remit.people.models import Member, Membership, Team
from remit.trail.actions import record
from remit_engine.charter.delegation import check_delegation
from remit_engine.charter.document import Charter
from remit_engine.charter.facts import ChoiceFact, FlagFact
from remit_engine.errors import InputError

_FIELDS = {
    "to-oneself": "receiver",
    "empty-why": "why",
    "ends-before-it-begins": "until",
    "lends-nothing": "highest",
    "unknown-part": "kinds",
}
"""Which field of the form each refusal of the engine is about."""
_SAID = ("team", "giver", "receiver", "kinds", "upto", "conditions", "highest", "why")
"""What is lent, and for what, whatever the days."""


def lend(
    giver: Member,
    team: Team,
    *,
    receiver: Member,
    until: date,
    why: str,
    since: date | None = None,
    kinds: Sequence[str] = (),
    upto: int | None = None,
    conditions: Mapping[str, object] | None = None,
    highest: str = "decide",
) -> Delegation:
    """Lend one's own authority in a team to somebody else of it.

    Args:
        giver: who lends; only their own authority, never what was lent to them.
        team: where.
        receiver: to whom.
        until: last day, on the wall clock of the team.
        why: what it is for.
        since: first day; today by default.
        kinds: of remedy; empty for all.
        upto: largest amount judged, in minor units; None for all that the giver has.
        conditions: on facts of the charter: words, or yes and no.
        highest: word of the highest level that is lent.

    Raises:
        NotThere: the giver isn't in the team.
        NotAllowed: the giver has no role here.
        Refusal: it can't be meant, or the same was lent already.
    """
    with write():
        place = place_in(giver, team)
        if place.membership is None:
            raise NotAllowed(
                "no-role-here", "You have no role in this team to lend from.", "Lend where you work."
            )
        day = today(team.time_zone)
        row = Delegation(
            team=team,
            giver=giver,
            receiver=_receiver(receiver, team),
            since=since or day,
            until=until,
            kinds=list(kinds),
            upto=upto,
            conditions=dict(conditions or {}),
            highest=highest if highest in LENDABLE else "ask",
            why=why.strip(),
            made_at=now(),
        )
        _check(row, place.membership, charter_of(team).compiled.charter, day)
        _keep(row, LENT, by=giver)
        return row


def end_lending(member: Member, delegation: Delegation) -> None:
    """End what was lent: its giver, its receiver who gives it back, or a manager of the team.

    Raises:
        NotThere: they see no such delegation.
        Changed: it has ended already.
    """
    with write():
        row = get_delegation_for(member, delegation.pk)
        if row.ended_at is not None or row.until < today(row.team.time_zone):
            raise Changed("lending-ended", "This has ended already.", "Nothing is left to do.")
        _end(row, member)


def end_all_of(membership: Membership, by: Member | None) -> None:
    """Somebody left a team: what they lent there, and what was lent to them, ends."""
    with write():
        rows = (
            Delegation.objects.select_related("giver", "receiver", "team")
            .filter(Q(giver=membership.member) | Q(receiver=membership.member))
            .filter(team=membership.team, ended_at=None, until__gte=today(membership.team.time_zone))
        )
        for row in rows:
            _end(row, by)


def end_for(rows: QuerySet[Delegation], by: Member) -> int:
    """What was lent for something that ends early, or moves, ends; inside a write of the caller.

    Args:
        rows: what was lent for it; whoever calls looked whether `by` may.
        by: whose act ended it.

    Returns:
        how many ended.
    """
    still = [
        row
        for row in rows.select_related("giver", "receiver", "team").filter(ended_at=None)
        if row.until >= today(row.team.time_zone)
    ]
    for row in still:
        _end(row, by)
    return len(still)


def move_lending(row: Delegation, since: date, until: date, by: Member) -> Delegation | None:
    """What was lent for something that moves holds on its new days instead; inside a write of the caller.

    It ends, and the same is lent anew: what it was on which day stays to be read. Nobody moves what was
    lent to themselves, and what can't be lent so any more only ends: its giver is told either way.

    Args:
        row: open, with giver, receiver and team at hand; whoever calls looked whether `by` may.
        since: its new first day; today where that is over.
        until: its new last day.
        by: whose act moved it.

    Returns:
        what is lent now; None where it only ended.
    """
    _end(row, by)
    day = today(row.team.time_zone)
    moved = Delegation(
        since=max(since, day),
        until=until,
        made_at=now(),
        **{name: getattr(row, name) for name in _SAID},
    )
    place = place_in(row.giver, row.team)
    if by == row.receiver or not _can_be_lent(moved, place.membership, day):
        tell([row.giver], lending_not_moved(row, by))
        return None
    _keep(moved, LENDING_MOVED, by=by)
    if by != row.giver:
        tell([row.giver], lending_moved(moved, by))
    return moved


def _can_be_lent(row: Delegation, membership: Membership | None, day: date) -> bool:
    if membership is None:
        return False
    try:
        _receiver(row.receiver, row.team)
        _check(row, membership, charter_of(row.team).compiled.charter, day)
    except Refusal:
        return False
    return True


def _keep(row: Delegation, act: str, *, by: Member) -> None:
    row.save(force_insert=True)
    record(
        act,
        f"delegation:{row.pk}",
        by=by,
        team=row.team,
        words=row.why,
        giver=row.giver.word,
        to=row.receiver.word,
        since=row.since.isoformat(),
        until=row.until.isoformat(),
        kinds=row.kinds,
        upto=row.upto,
        conditions=row.conditions,
        highest=row.highest,
    )
    tell([row.receiver], lent(row))


def _end(row: Delegation, by: Member | None) -> None:
    row.ended_at, row.ended_by = now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    record(
        LENDING_ENDED,
        f"delegation:{row.pk}",
        by=by,
        team=row.team,
        giver=row.giver.word,
        to=row.receiver.word,
    )
    settle(f"delegation:{row.pk}")
    if by is None or by.pk != row.receiver_id:
        tell([row.receiver], lending_ended(row))


def _receiver(receiver: Member, team: Team) -> Member:
    here = Membership.objects.filter(member=receiver, team=team, until=None, member__left_at=None).exists()
    if not here:
        raise Refusal(
            "receiver-elsewhere",
            f"They aren't in {team.name}.",
            "Choose somebody of the team.",
            field="receiver",
        )
    return receiver


def _check(row: Delegation, membership: Membership, charter: Charter, day: date) -> None:
    try:
        check_delegation(charter, delegation_of(row, person_of(membership), charter))
    except InputError as error:
        raise Refusal(error.code, error.wrong, error.next_step, field=_FIELDS.get(error.code, "")) from None
    if row.until < day:
        raise Refusal("until-past", "That day is over.", "Choose today or later.", field="until")
    if row.until > day + timedelta(days=LONGEST_LENDING_DAYS):
        raise Refusal(
            "until-too-far",
            "Authority is lent for a time, a year at the most.",
            "Choose an earlier day; whoever needs it longer needs a role.",
            field="until",
        )
    if row.upto is not None and row.upto < 1:
        raise Refusal(
            "lends-nothing", "An amount of 0 lends nothing.", "Give a larger amount, or none.", field="upto"
        )
    _check_conditions(row.conditions, charter)
    same = Delegation.objects.filter(
        team=row.team,
        giver=row.giver,
        receiver=row.receiver,
        since=row.since,
        until=row.until,
        kinds=row.kinds,
        upto=row.upto,
        highest=row.highest,
        ended_at=None,
    )
    if any(each.conditions == row.conditions for each in same):
        raise Refusal("lent-already", "You have lent exactly this already.", "It stands in the list below.")


def _check_conditions(conditions: Mapping[str, object], charter: Charter) -> None:
    """A condition names a fact of the charter and words that it knows; one on a number can't be lent by."""
    if conditions and len(conditions_of(dict(conditions), charter)) != len(conditions):
        raise Refusal(
            "unknown-part", "The charter knows no such fact.", "Choose from its facts.", field="category"
        )
    for name, value in conditions.items():
        fact = charter.all_facts[name]
        words = value if isinstance(value, list | tuple) else [value]
        known = isinstance(fact, ChoiceFact) and words and all(word in fact.values for word in words)
        if not known and not (isinstance(fact, FlagFact) and isinstance(value, bool)):
            raise Refusal(
                "unknown-part",
                f"{name} can't be {value!r}.",
                "Choose from the words of the charter.",
                field=name,
            )
