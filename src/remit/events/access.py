"""The only way to big days: those of the teams that somebody sees. Silent about what exists elsewhere."""

from __future__ import annotations

from django.db.models import QuerySet

from remit.core.clock import now
from remit.core.errors import NotAllowed, NotThere
from remit.core.sent import number_in
from remit.events.models import Event, Person, Task, Thing
from remit.events.vocabulary import HELPER_MARK
from remit.people.access import Place, place_in, teams_for
from remit.people.models import Member


def events_for(member: Member) -> QuerySet[Event]:
    """Events and templates of the teams that somebody sees, each with its team and owner."""
    seen = teams_for(member).order_by().values("pk")
    return Event.objects.select_related("team", "owner").filter(team__in=seen)


def get_event_for(member: Member, number: int) -> Event:
    """One of them, with what it hangs on.

    Raises:
        NotThere: there is none.
    """
    events = events_for(member).select_related("objective__team", "objective__closing", "made_from")
    event = events.filter(pk=number).first()
    if event is None:
        raise NotThere("event")
    return event


def to_come(member: Member) -> QuerySet[Event]:
    """Events that aren't over, the next one first."""
    return events_for(member).filter(ends_at__gte=now()).order_by("starts_at", "id")


def over(member: Member) -> QuerySet[Event]:
    """Events that are over, the latest first."""
    return events_for(member).filter(ends_at__lt=now()).order_by("-starts_at", "-id")


def templates(member: Member) -> QuerySet[Event]:
    """What there is to copy from without a day."""
    return events_for(member).filter(day=None).order_by("title", "id")


def is_runner(place: Place, event: Event) -> bool:
    """Whether somebody runs an event: its owner, and whoever leads in its team."""
    return place.is_lead or event.owner_id == place.member.pk


def need_runner(member: Member, event: Event, to_do: str) -> Place:
    """Their place in the team of an event that they run.

    Args:
        member: who wants to do something.
        event: with its team and owner at hand.
        to_do: what, after "to".

    Raises:
        NotAllowed: they don't run it.
    """
    place = place_in(member, event.team)
    if not is_runner(place, event):
        raise NotAllowed(
            "not-your-event",
            f"It isn't yours to {to_do}.",
            f"Ask {event.owner.name}, who runs it, or a lead of {event.team.name}.",
        )
    return place


def get_task_for(member: Member, number: int) -> Task:
    """A task of an event that somebody sees, with the event, its team and owner.

    Raises:
        NotThere: there is none.
    """
    tasks = Task.objects.select_related("event__team", "event__owner")
    task = tasks.filter(pk=number, event__team__in=teams_for(member).order_by().values("pk")).first()
    if task is None:
        raise NotThere("task")
    return task


def get_person_in(event: Event, word: str) -> Person:
    """Somebody of an event by their word; see `Person.word`.

    Raises:
        NotThere: they aren't in it.
    """
    people = event.people.select_related("member")
    number = number_in(word.removeprefix(HELPER_MARK)) if word.startswith(HELPER_MARK) else None
    here = people.filter(member__word=word) if number is None else people.filter(pk=number, member=None)
    person = here.first()
    if person is None:
        raise NotThere("member")
    return person


def things_of(place: Place) -> QuerySet[Thing]:
    """Equipment and rooms of a team."""
    return Thing.objects.filter(team=place.team)


def get_thing_for(place: Place, number: int) -> Thing:
    """One of them.

    Raises:
        NotThere: there is none.
    """
    thing = things_of(place).filter(pk=number).first()
    if thing is None:
        raise NotThere("thing")
    return thing
