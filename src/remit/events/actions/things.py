"""Equipment and rooms of a team: what there is, and how much of it."""

from __future__ import annotations

from django.db.models import F

from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.events.access import get_thing_for, things_of
from remit.events.models import Event, Thing
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit.trail.actions import record


def keep_thing(place: Place, *, kind: str, name: str, count: int, number: int | None = None) -> Thing:
    """Write down equipment or a room, or change how much of it there is; the same once more changes nothing.

    Args:
        place: of a lead.
        kind: `equipment` or `room`; of one that is there it stays as it was.
        name: as people call it; unique in the team, however it is written.
        count: how many pieces, or how many tasks at the same time.
        number: of the thing that is changed; None for a new one.

    Raises:
        NotAllowed: they aren't a lead.
        NotThere: there is none of that number.
        Refusal: the name is missing, or stands for another thing.
    """
    need_rank(place, Rank.LEAD, "say what equipment and rooms there are")
    said = " ".join(name.split())
    if not said:
        raise Refusal("no-name", "What is it called?", "A word is enough.", field="name")
    with write():
        thing = get_thing_for(place, number) if number is not None else Thing(team=place.team, kind=kind)
        before = (thing.name, thing.count)
        same = things_of(place).filter(name__iexact=said).exclude(pk=thing.pk).first()
        if same is not None and (number is not None or (same.kind, same.count) != (kind, count)):
            raise Refusal("there-already", f"{same.name} is there already.", "Change that one.", field="name")
        if same is not None:
            return same
        thing.name, thing.count = said, count
        if (thing.name, thing.count) == before:
            return thing
        thing.save()
        act = "thing-made" if number is None else "thing-changed"
        record(act, f"thing:{thing.pk}", by=place.member, team=place.team, count=count)
        _touch_all(place)
        return thing


def remove_thing(place: Place, number: int) -> None:
    """Remove equipment or a room that no task needs.

    Raises:
        NotAllowed: they aren't a lead.
        NotThere: there is none of that number.
        Changed: tasks need it.
    """
    need_rank(place, Rank.LEAD, "say what equipment and rooms there are")
    with write():
        thing = get_thing_for(place, number)
        needs = thing.needs.select_related("task__event").first()
        if needs is not None:
            raise Changed(
                "thing-needed",
                f"“{needs.task.title}” of “{needs.task.event.title}” needs it.",
                "Take it out there first.",
            )
        record("thing-removed", f"thing:{thing.pk}", by=place.member, team=place.team)
        thing.delete()


def _touch_all(place: Place) -> None:
    """What was planned with it may not hold any more."""
    Event.objects.filter(team=place.team).update(plan_revision=F("plan_revision") + 1)
