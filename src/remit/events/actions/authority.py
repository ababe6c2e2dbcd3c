"""Authority for the day: lent as authority is always lent, kept with the event, moved and ended with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from remit.charters.actions.lending import end_for, lend, move_lending
from remit.charters.models import Delegation
from remit.core.clock import today
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.events.access import get_event_for
from remit.events.models import Event, Lending
from remit.people.access import get_member_for, place_in
from remit.people.models import Member
from remit.trail.actions import record


def lend_for(
    member: Member,
    number: int,
    *,
    to: Sequence[str],
    why: str,
    kinds: Sequence[str] = (),
    upto: int | None = None,
) -> list[Lending]:
    """Lend one's own authority, or a part of it, to some for the day of an event.

    To whom the same was lent for it before, it isn't lent twice.

    Args:
        member: who lends; only their own.
        number: of the event.
        to: words of members of its team.
        why: what it is for.
        kinds: of remedy; empty for all.
        upto: largest amount judged, in minor units; None for all that they have.

    Raises:
        NotThere: no such event or member.
        NotAllowed: they have no role in its team.
        Refusal: the event is over, or not on; it can't be lent so, or was lent to all of them before.
    """
    with write():
        event = get_event_for(member, number)
        if not event.is_on or event.day is None:
            raise Refusal("not-on", "It has no day, or was called off.", "Lend under Delegations instead.")
        place = place_in(member, event.team)
        before = event.lendings.filter(
            delegation__giver=member, delegation__upto=upto, delegation__ended_at=None
        ).select_related("delegation__receiver")
        had = {each.delegation.receiver.word for each in before if set(each.delegation.kinds) == set(kinds)}
        new = [word for word in dict.fromkeys(to) if word not in had]
        if not new:
            raise Refusal("lent-already", "You have lent exactly this already.", "It stands above.")
        first, last = days_of(event)
        lent = []
        for word in new:
            delegation = lend(
                member,
                event.team,
                receiver=get_member_for(place, word),
                since=max(first, min(today(event.team.time_zone), last)),
                until=last,
                why=why,
                kinds=kinds,
                upto=upto,
            )
            record("event-lent", event.subject, by=member, team=event.team, to=word)
            lent.append(Lending.objects.create(event=event, delegation=delegation))
        return lent


def move_lendings(event: Event, by: Member) -> None:
    """What was lent for an event holds on the days on which it lies now; inside a write of the caller.

    Args:
        event: on its new day, with its team at hand.
        by: who moved it; what was lent to themselves ends instead, and its giver is told.
    """
    first, last = days_of(event)
    open_ones = event.lendings.filter(
        delegation__ended_at=None, delegation__until__gte=today(event.team.time_zone)
    )
    rows = open_ones.select_related("delegation__giver", "delegation__receiver", "delegation__team")
    for each in rows.order_by("pk"):
        moved = move_lending(each.delegation, first, last, by)
        if moved is not None:
            Lending.objects.create(event=event, delegation=moved)


def end_lendings(event: Event, by: Member) -> int:
    """What was lent for an event ends; inside a write of the caller.

    Returns:
        how many ended.
    """
    lent = Delegation.objects.filter(pk__in=event.lendings.values("delegation"))
    return end_for(lent, by)


def days_of(event: Event, zone: ZoneInfo | None = None) -> tuple[date, date]:
    """The first and the last day on which any of an event lies, on the wall clock of its team.

    Args:
        event: with its team at hand; it has a day.
        zone: of another clock.
    """
    assert event.starts_at is not None  # noqa: S101 -- said for the type checker
    assert event.ends_at is not None  # noqa: S101 -- said for the type checker
    there = zone or event.team.zone
    last = event.ends_at - timedelta(minutes=1)
    return event.starts_at.astimezone(there).date(), last.astimezone(there).date()
