"""Big days, when the clock of their team becomes another: those to come move, those that have begun stay."""

from __future__ import annotations

from django.db.models import QuerySet

from remit.core.clock import now
from remit.events.actions.authority import days_of, move_lendings
from remit.events.actions.moving import move_clock
from remit.events.models import Event
from remit.people.actions.duty import span_of
from remit.people.clocks import NewClock
from remit.people.models import Team
from remit.trail.actions import record


def _to_come(team: Team) -> QuerySet[Event]:
    return Event.objects.filter(team=team, starts_at__gt=now())


def count_events(team: Team) -> int:
    """How many big days of a team haven't begun."""
    return _to_come(team).count()


def move_events(clock: NewClock) -> int:
    """Big days to come take place at the same time on the new clock; inside a write of the caller.

    Their plan, their briefing and the times that people said move along. One that has begun goes on at its
    moments, and one that is over was at its own: both keep the old clock.

    Returns:
        how many moved.
    """
    _keep_the_old_clock(clock)
    events = list(_to_come(clock.team))
    for event in events:
        event.team = clock.team
        _move(event, clock)
        record("event-clock", event.subject, by=clock.by, team=clock.team, zone=clock.team.time_zone)
    return len(events)


def _move(event: Event, clock: NewClock) -> None:
    assert event.day is not None  # noqa: S101 -- said for the type checker: it has a moment
    assert event.starts_at is not None  # noqa: S101 -- as above
    assert event.ends_at is not None  # noqa: S101 -- as above
    before = event.ends_at - event.starts_at
    event.starts_at, event.ends_at = span_of(event, event.day, event.begins, event.ends)
    if event.ends_at <= event.starts_at:  # the clocks skip its end
        event.ends_at = event.starts_at + before
    event.plan_revision += 1
    event.save(update_fields=["starts_at", "ends_at", "plan_revision"])
    move_clock(event, clock.before)


def _keep_the_old_clock(clock: NewClock) -> None:
    """What was lent for a day that goes on holds until its end, on whichever days that is now."""
    begun = Event.objects.filter(team=clock.team, starts_at__lte=now(), time_zone="")
    running = list(begun.filter(ends_at__gt=now(), called_off_at=None))
    begun.update(time_zone=clock.before.key)
    for event in running:
        event.team, event.time_zone = clock.team, clock.before.key
        if days_of(event) != days_of(event, clock.before):
            move_lendings(event, clock.by)
