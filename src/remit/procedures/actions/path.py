"""The path of a team: what whoever is new reads first, in an order that a lead chooses."""

from __future__ import annotations

from django.db.models import Max

from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit.procedures.access import procedures_in_use
from remit.procedures.models import PathStop, Procedure
from remit.procedures.vocabulary import MOST_STOPS, PATH
from remit.trail.actions import record


def put_on_path(place: Place, number: int) -> None:
    """Put a procedure at the end of the path; there already, it stays where it is.

    Raises:
        NotAllowed: they aren't a lead.
        NotThere: the team has no such procedure in use.
        Refusal: the path is as long as a path can be.
    """
    _need_lead(place)
    with write():
        found = procedures_in_use(place.member, place.team).filter(pk=number).first()
        if found is None:
            raise NotThere("procedure")
        _put(place, [found])


def put_tag_on_path(place: Place, tag: str) -> None:
    """Put all procedures of a tag at the end of the path, by their names; those on it stay where they are.

    Raises:
        NotAllowed: they aren't a lead.
        Refusal: no procedure has the tag, or the path becomes longer than a path can be.
    """
    _need_lead(place)
    with write():
        found = list(procedures_in_use(place.member, place.team).filter(tags__word=tag))
        if not found:
            raise Refusal(
                "no-such-tag", "No procedure in use has this tag.", "Choose another one.", field="tag"
            )
        _put(place, found)


def take_off_path(place: Place, number: int) -> None:
    """Take a procedure off the path; a second time it is off already.

    Raises:
        NotAllowed: they aren't a lead.
    """
    _need_lead(place)
    with write():
        gone, _ = PathStop.objects.filter(team=place.team, procedure=number).delete()
        if gone:
            record(PATH, _subject(place), by=place.member, team=place.team)


def move_on_path(place: Place, number: int, by: int) -> None:
    """Move a procedure along the path; at its end, or off it, nothing happens.

    Args:
        place: of a lead.
        number: of the procedure.
        by: one place towards the beginning (-1) or the end (1).

    Raises:
        NotAllowed: they aren't a lead.
    """
    _need_lead(place)
    with write():
        stops = list(PathStop.objects.filter(team=place.team))
        here = next((at for at, stop in enumerate(stops) if stop.procedure_id == number), None)
        if here is None or not 0 <= here + by < len(stops):
            return
        stops[here], stops[here + by] = stops[here + by], stops[here]
        for at, stop in enumerate(stops, 1):
            stop.place = at
        PathStop.objects.bulk_update(stops, ["place"])
        record(PATH, _subject(place), by=place.member, team=place.team)


def _need_lead(place: Place) -> None:
    need_rank(place, Rank.LEAD, "say what is read first")


def _put(place: Place, procedures: list[Procedure]) -> None:
    there = PathStop.objects.filter(team=place.team)
    known = set(there.values_list("procedure", flat=True))
    new = [each for each in procedures if each.pk not in known]
    if len(known) + len(new) > MOST_STOPS:
        raise Refusal(
            "path-too-long",
            f"At most {MOST_STOPS} procedures are read first.",
            "Take one off: who is new remembers little of a long list.",
        )
    last = there.aggregate(last=Max("place"))["last"] or 0
    for at, each in enumerate(new, last + 1):
        PathStop.objects.create(team=place.team, procedure=each, place=at)
    if new:
        record(PATH, _subject(place), by=place.member, team=place.team)


def _subject(place: Place) -> str:
    return f"procedures-of:{place.team.word}"
