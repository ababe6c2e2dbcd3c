"""Authority for the day: lent as authority is always lent, kept with the event, and ended with it."""

from __future__ import annotations

from datetime import date, timedelta

from remit.charters.actions.lending import end_for, lend
from remit.charters.models import Delegation
from remit.core.clock import today
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.events.access import get_event_for
from remit.events.models import Event, Lending
from remit.people.access import get_member_for, place_in
from remit.people.models import Member
from remit.trail.actions import record


def lend_for(member: Member, number: int, *, to: str, why: str, upto: int | None = None) -> Lending:
    """Lend one's own authority for the day of an event.

    Args:
        member: who lends; only their own.
        number: of the event.
        to: word of a member of its team.
        why: what it is for.
        upto: largest amount judged, in minor units; None for all that they have.

    Raises:
        NotThere: no such event or member.
        NotAllowed: they have no role in its team.
        Refusal: the event is over, or not on; or it can't be lent so.
    """
    with write():
        event = get_event_for(member, number)
        if not event.is_on or event.day is None:
            raise Refusal("not-on", "It has no day, or was called off.", "Lend under Delegations instead.")
        place = place_in(member, event.team)
        last = _last_day(event)
        delegation = lend(
            member,
            event.team,
            receiver=get_member_for(place, to),
            since=max(event.day, min(today(event.team.time_zone), last)),
            until=last,
            why=why,
            upto=upto,
        )
        record("event-lent", event.subject, by=member, team=event.team, to=to)
        return Lending.objects.create(event=event, delegation=delegation)


def end_lendings(event: Event, by: Member) -> int:
    """What was lent for an event ends; inside a write of the caller.

    Returns:
        how many ended.
    """
    lent = Delegation.objects.filter(pk__in=event.lendings.values("delegation"))
    return end_for(lent, by)


def _last_day(event: Event) -> date:
    """The last day on which any of the event lies, on the wall clock of its team."""
    assert event.ends_at is not None  # noqa: S101 -- said for the type checker: it has a day
    return (event.ends_at - timedelta(minutes=1)).astimezone(event.team.zone).date()
