"""Writing big days down, changing what they say, calling them off, keeping them to copy from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from django.db.models import F

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.events.access import get_event_for, need_runner
from remit.events.actions.authority import days_of, end_lendings, move_lendings
from remit.events.actions.copying import copy_into
from remit.events.actions.moving import Moved, move_day
from remit.events.models import Event
from remit.events.notices import called_off
from remit.events.vocabulary import CALLED_OFF
from remit.notices.actions import tell
from remit.people.access import Place, get_member_for, members_for, need_rank
from remit.people.actions.duty import span_of
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.purpose.models import Objective
from remit.trail.actions import record

_SAID: Final = ("title", "why", "objective", "day", "begins", "ends", "place", "owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """What an event says.

    Attributes:
        title: as people call it.
        why: what it is for.
        objective: that it hangs on; None: on none yet.
        day: on the wall clock of the team; None for a template.
        begins, ends: on that wall clock; an end not after the begin lies on the next day.
        place: where.
        owner: word of the member who runs it.
    """

    title: str
    why: str
    objective: Objective | None = None
    day: date | None
    begins: time
    ends: time
    place: str = ""
    owner: str


def make_event(place: Place, words: EventWords, *, stamp: str, source: int | None = None) -> Event:
    """Write down an event, or a template where it has no day.

    Args:
        place: of a lead of the team.
        words: what it says.
        stamp: of the form; sent a second time it makes no second event.
        source: number of the template or earlier event from which tasks, people and all the rest are copied.

    Raises:
        NotAllowed: they aren't a lead.
        NotThere: there is no such source or owner for them.
        Refusal: title or why is missing.
    """
    need_rank(place, Rank.LEAD, "write down an event")
    _need_words(words)
    with write():
        if before := Event.objects.filter(stamp=stamp, made_by=place.member).first():
            return before
        copied = get_event_for(place.member, source) if source is not None else None
        event = Event(
            team=place.team,
            stamp=stamp,
            currency=place.team.currency,
            made_from=copied,
            made_by=place.member,
            made_at=now(),
        )
        _say(place, event, words)
        event.save(force_insert=True)
        if copied is not None:
            copy_into(event, copied, by=place)
        record("event-made", event.subject, by=place.member, team=place.team)
        return event


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """An event that says something else now.

    Attributes:
        moved: what moved with it to another day; None where it stays.
    """

    event: Event
    moved: Moved | None = None


def change_event(member: Member, number: int, words: EventWords, *, revision: int) -> ChangedEvent:
    """Change what an event says; the same once more changes nothing.

    Args:
        member: who runs it.
        number: of the event.
        words: what it says from now on.
        revision: the one that they saw.

    Raises:
        NotThere: no such event or owner.
        NotAllowed: they don't run it.
        Changed: somebody else changed it meanwhile, or it was called off.
        Refusal: title or why is missing; an event has lost its day, or a template got one.
    """
    _need_words(words)
    with write():
        event = get_event_for(member, number)
        place = need_runner(member, event, "change it")
        if event.called_off_at is not None:
            raise Changed("event-called-off", "This event was called off.", "Write down a new one from it.")
        before, day_before = [getattr(event, name) for name in _SAID], event.day
        clock_before = event.zone
        days_before = days_of(event) if event.day else None
        _say(place, event, words)
        if [getattr(event, name) for name in _SAID] == before:
            return ChangedEvent(event)
        if event.revision != revision:
            raise Changed(
                "event-changed",
                "Somebody else changed this event meanwhile.",
                "Open it in another window, take over what you typed here, and save it there.",
            )
        if (event.day is None) != (day_before is None):
            raise Refusal(
                "no-day", "An event has a day, a template has none.", "Copy it instead.", field="day"
            )
        event.revision += 1
        event.plan_revision += 1
        event.save()
        days = (event.day - day_before).days if event.day and day_before else 0
        moved = move_day(event, days, clock_before) if days else None
        if event.day and days_of(event) != days_before:
            move_lendings(event, member)
        record("event-changed", event.subject, by=member, team=event.team)
        return ChangedEvent(event, moved)


def call_off(member: Member, number: int, why: str) -> Event:
    """Call an event off: its people, who are told, rooms and equipment are free again.

    Called off already, nothing happens; nobody is told of what is over.

    Args:
        member: who runs it.
        number: of the event.
        why: never empty.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
        Refusal: the why is missing, or it is a template.
    """
    words = why.strip()
    if not words:
        raise Refusal("no-why", "A word why is needed.", "Say why it doesn't take place.", field="why")
    with write():
        event = get_event_for(member, number)
        place = need_runner(member, event, "call it off")
        if event.is_template:
            raise Refusal("no-day", "A template can't be called off.", "Nothing takes place by it.")
        if event.called_off_at is None:
            event.called_off_at, event.called_off_why = now(), words
            event.save(update_fields=["called_off_at", "called_off_why"])
            end_lendings(event, member)
            record(CALLED_OFF, event.subject, by=member, team=event.team)
            if event.ends_at is not None and event.ends_at > now():
                there = members_for(place).filter(pk__in=event.people.values("member"))
                tell(there.exclude(pk=member.pk), called_off(event, member.name))
        return event


def keep_as_template(member: Member, number: int) -> Event:
    """Keep a copy without a day, to begin the next one with; a second press makes no second copy.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
    """
    with write():
        event = get_event_for(member, number)
        place = need_runner(member, event, "keep it as a template")
        stamp = f"template-of:{event.pk}:{event.revision}:{event.plan_revision}"
        if before := Event.objects.filter(stamp=stamp, made_by=member).first():
            return before
        template = Event(
            team=event.team,
            stamp=stamp,
            title=event.title,
            why=event.why,
            objective=event.objective,
            begins=event.begins,
            ends=event.ends,
            place=event.place,
            owner=event.owner,
            currency=event.currency,
            made_from=event,
            made_by=member,
            made_at=now(),
        )
        template.save(force_insert=True)
        copy_into(template, event, by=place)
        record("event-kept", template.subject, by=member, team=event.team)
        return template


def touch(event: Event) -> None:
    """Something changed that a plan depends on; inside a write of the caller."""
    Event.objects.filter(pk=event.pk).update(plan_revision=F("plan_revision") + 1)


def _say(place: Place, event: Event, words: EventWords) -> None:
    if event.day != words.day:
        event.time_zone = ""  # another day is one of the clock that the team has now
    for name in _SAID[:-1]:
        setattr(event, name, getattr(words, name))
    if event.owner_id is None or event.owner.word != words.owner:
        event.owner = get_member_for(place, words.owner)
    if words.day is None:
        event.starts_at = event.ends_at = None
    else:
        event.starts_at, event.ends_at = span_of(event, words.day, words.begins, words.ends)
        if event.ends_at <= event.starts_at:
            raise Refusal(
                "skipped", "The clocks skip its end on that day.", "Let it end a little later.", field="ends"
            )


def _need_words(words: EventWords) -> None:
    if not words.title.strip():
        raise Refusal("no-title", "Say what it is.", "A few words are enough.", field="title")
    if not words.why.strip():
        raise Refusal("no-why", "A word why is needed.", "Say what it is for, in a sentence.", field="why")
