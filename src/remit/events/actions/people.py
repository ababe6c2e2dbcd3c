"""Who takes part: skills by whoever runs it, times and wishes by themselves too; helpers by name alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.events.access import get_event_for, get_person_in, is_runner, need_runner
from remit.events.actions.events import touch
from remit.events.erasing import forget_helpers
from remit.events.models import Event, Person, Stay, Wish
from remit.events.queries.ahead import ahead_of
from remit.events.vocabulary import MOST_PEOPLE, MOST_STAYS, MOST_WISHES
from remit.people.access import get_member_for, members_for, place_in
from remit.people.models import Member, Membership
from remit.trail.actions import record


def add_people(member: Member, number: int, words: Sequence[str], *, skills: Sequence[str] = ()) -> Event:
    """Add members of the team to an event; who is in it already stays as they are.

    Args:
        member: who runs it.
        number: of the event.
        words: of the members.
        skills: that all of them get, beside those that each had at their last event in the team.

    Raises:
        NotThere: no such event or member.
        NotAllowed: they don't run it.
        Refusal: there are enough.
    """
    with write():
        event = get_event_for(member, number)
        place = need_runner(member, event, "add people")
        there = set(event.people.values_list("member__word", flat=True))
        new = [get_member_for(place, word) for word in dict.fromkeys(words) if word not in there]
        if len(there) + len(new) > MOST_PEOPLE:
            raise Refusal("too-many", f"{MOST_PEOPLE} people are enough for one event.", "Make two of it.")
        known = _skills_before(event, new)
        for each in new:
            had = known.get(each.pk, [])
            Person.objects.create(event=event, member=each, skills=sorted({*had, *skills}))
            record("event-person-added", event.subject, by=member, team=event.team, to=each.word)
        if new:
            touch(event)
        return event


def add_helper(member: Member, number: int, *, name: str, skills: Sequence[str] = ()) -> Person:
    """Add somebody without an account, by name; of the same name they are there already.

    Nothing is ever sent to them, and they may nothing. The record doesn't name them, and their name goes some
    time after the event.

    Args:
        member: who runs it.
        number: of the event.
        name: as people call them: a person, or a band.
        skills: what they can do.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
        Refusal: the name is missing or a member's, it is a template, or there are enough.
    """
    said = " ".join(name.split())
    if not said:
        raise Refusal("no-name", "What are they called?", "A name is enough.", field="name")
    with write():
        event = get_event_for(member, number)
        place = need_runner(member, event, "add people")
        if event.is_template:
            raise Refusal("no-day", "A helper is there for a day.", "Add them once it has one.", field="name")
        if before := event.people.filter(member=None, name__iexact=said, erased_at=None).first():
            return before
        if members_for(place).filter(name__iexact=said).exists():
            raise Refusal("a-member", f"{said} is of the team.", "Choose them in the list.", field="name")
        if event.people.count() >= MOST_PEOPLE:
            raise Refusal("too-many", f"{MOST_PEOPLE} people are enough for one event.", "Make two of it.")
        helper = Person.objects.create(event=event, name=said, skills=list(skills))
        touch(event)
        record("event-helper-added", event.subject, by=member, team=event.team)
        return helper


def erase_helper(member: Member, number: int, word: str) -> Event:
    """Erase the name of a helper, what they can do, when they could come; what they did stays, as a helper's.

    Erased already, nothing happens.

    Args:
        member: who runs the event.
        number: of the event.
        word: of the helper; see `Person.word`.

    Raises:
        NotThere: no such event, or they aren't in it.
        NotAllowed: they don't run it.
        Refusal: they are a member, who is erased otherwise.
    """
    with write():
        event = get_event_for(member, number)
        need_runner(member, event, "erase names of helpers")
        person = get_person_in(event, word)
        if not person.is_helper:
            raise Refusal("a-member", "They are a member.", "An owner erases whoever has left.")
        if person.erased_at is None:
            forget_helpers([person])
            touch(event)
            record("event-helper-erased", event.subject, by=member, team=event.team)
        return event


def set_skills(member: Member, number: int, word: str, skills: Sequence[str]) -> Person:
    """Say what somebody can do; the same once more changes nothing.

    Raises:
        NotThere: no such event, or they aren't in it.
        NotAllowed: somebody else's event.
    """
    with write():
        event = get_event_for(member, number)
        need_runner(member, event, "say what people can do")
        person = get_person_in(event, word)
        if person.skills != list(skills):
            person.skills = list(skills)
            person.save(update_fields=["skills"])
            touch(event)
            _record("changed", person, event, member)
        return person


def remove_person(member: Member, number: int, word: str) -> Event:
    """Take somebody out of an event; who isn't in it stays out.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
    """
    with write():
        event = get_event_for(member, number)
        need_runner(member, event, "take people out")
        try:
            person = get_person_in(event, word)
        except NotThere:
            return event
        _record("removed", person, event, member)
        person.delete()
        touch(event)
        return event


def add_stay(member: Member, number: int, word: str, starts_at: datetime, ends_at: datetime) -> None:
    """Say that somebody can come in a time; said before, nothing happens.

    Args:
        member: they themselves, or who runs it.
        number: of the event.
        word: of whoever can come.
        starts_at: from when on, aware.
        ends_at: until when, aware.

    Raises:
        NotThere: no such event, or they aren't in it.
        NotAllowed: it is about somebody else, and they don't run it.
        Refusal: the end isn't after the start, or there are enough.
    """
    with write():
        event, person = _theirs(member, number, word, "say when they can come")
        if ends_at <= starts_at:
            raise Refusal("ends-first", "It ends before it begins.", "Look at the times again.", field="to")
        if person.stays.count() >= MOST_STAYS:
            raise Refusal("too-many", "That are many times.", "Remove some of them first.")
        stay, is_new = Stay.objects.get_or_create(person=person, starts_at=starts_at, ends_at=ends_at)
        if stay.is_moved:
            stay.is_moved = False
            stay.save(update_fields=["is_moved"])
        elif not is_new:
            return
        touch(event)
        _record_said("event-stay-said", person, event, member)


def keep_stay(member: Member, number: int, word: str, stay: int) -> None:
    """Say that a time that moved with the event holds on its new day; said before, nothing happens.

    Raises:
        NotThere, NotAllowed: as for saying it.
    """
    with write():
        event, person = _theirs(member, number, word, "say when they can come")
        if person.stays.filter(pk=stay, is_moved=True).update(is_moved=False):
            _record_said("event-stay-said", person, event, member)


def remove_stay(member: Member, number: int, word: str, stay: int) -> None:
    """Take back that somebody can come in a time; taken back already, nothing happens.

    Raises:
        NotThere, NotAllowed: as for saying it.
    """
    with write():
        event, person = _theirs(member, number, word, "say when they can come")
        if person.stays.filter(pk=stay).delete()[0]:
            touch(event)
            _record_said("event-stay-said", person, event, member)


def add_wish(
    member: Member,
    number: int,
    word: str,
    weight: int,
    *,
    task: int | None = None,
    skill: str = "",
    during: tuple[datetime, datetime] | None = None,
) -> None:
    """Say what somebody would rather do, or not; a second word about the same takes the place of the first.

    Args:
        member: they themselves, or who runs it.
        number: of the event.
        word: of whoever wishes.
        weight: 1 to 3 for it, -1 to -3 against it.
        task: of the event. Exactly one of this and the next two is said.
        skill: places that need it.
        during: whatever begins in this time, aware.

    Raises:
        NotThere: no such event or task, or they aren't in it.
        NotAllowed: it is about somebody else, and they don't run it.
        Refusal: it says nothing or too much, or there are enough.
    """
    with write():
        event, person = _theirs(member, number, word, "say what they would rather do")
        if sum((task is not None, bool(skill), during is not None)) != 1:
            raise Refusal(
                "one-thing", "A wish is about one thing.", "Choose what it is about.", field="about"
            )
        if task is not None and not event.tasks.filter(pk=task).exists():
            raise Refusal("task-gone", "That task is gone.", "Choose another one.", field="about")
        starts_at, ends_at = during or (None, None)
        if starts_at is not None and ends_at is not None and ends_at <= starts_at:
            raise Refusal("ends-first", "It ends before it begins.", "Look at the times again.", field="to")
        about = {"task_id": task, "skill": skill, "starts_at": starts_at, "ends_at": ends_at}
        found = person.wishes.filter(**about).first()
        if found is None and person.wishes.count() >= MOST_WISHES:
            raise Refusal("too-many", f"{MOST_WISHES} wishes are enough.", "Take one back first.")
        if found is not None and found.weight == weight:
            return
        if found is not None:
            found.weight = weight
            found.save(update_fields=["weight"])
        else:
            Wish.objects.create(person=person, weight=weight, **about)
        touch(event)
        _record_said("event-wish-said", person, event, member)


def remove_wish(member: Member, number: int, word: str, wish: int) -> None:
    """Take a wish back; taken back already, nothing happens.

    Raises:
        NotThere, NotAllowed: as for saying it.
    """
    with write():
        event, person = _theirs(member, number, word, "say what they would rather do")
        if person.wishes.filter(pk=wish).delete()[0]:
            touch(event)
            _record_said("event-wish-said", person, event, member)


def take_out_of_what_comes(membership: Membership, by: Member | None) -> None:
    """Somebody left a team: they are in none of its events that aren't over."""
    with write():
        for event in ahead_of(membership):
            event.people.filter(member=membership.member).delete()
            touch(event)
            record(
                "event-person-removed",
                event.subject,
                by=by or membership.member,
                team=event.team,
                to=membership.member.word,
            )


def _record(what: str, person: Person, event: Event, by: Member) -> None:
    """In the record a helper has no name."""
    if person.is_helper:
        record(f"event-helper-{what}", event.subject, by=by, team=event.team)
    else:
        record(f"event-person-{what}", event.subject, by=by, team=event.team, to=person.word)


def _record_said(act: str, person: Person, event: Event, by: Member) -> None:
    if person.is_helper:
        record("event-helper-changed", event.subject, by=by, team=event.team)
    else:
        record(act, event.subject, by=by, team=event.team, to=person.word)


def _theirs(member: Member, number: int, word: str, to_do: str) -> tuple[Event, Person]:
    """Somebody of an event, for themselves or for whoever runs it."""
    event = get_event_for(member, number)
    person = get_person_in(event, word)
    if person.member_id != member.pk and not is_runner(place_in(member, event.team), event):
        need_runner(member, event, to_do)
    return event, person


def _skills_before(event: Event, members: Sequence[Member]) -> dict[int, list[str]]:
    """What each could do at their last event in the team."""
    before = Person.objects.filter(event__team=event.team, member__in=members).order_by("pk")
    return dict(before.values_list("member_id", "skills"))
