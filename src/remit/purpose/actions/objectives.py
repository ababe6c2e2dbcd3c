"""Opening, changing and closing objectives."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

from remit.core.clock import now, today
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.notices.actions import tell
from remit.people.access import Place, need_rank
from remit.people.models import Member, Membership
from remit.people.naming import word_for
from remit.people.vocabulary import Rank
from remit.purpose.access import get_objective_for
from remit.purpose.actions.words import words_in
from remit.purpose.clauses import clause
from remit.purpose.measures import Measure, measure_of, stretch_of
from remit.purpose.models import Closing, Objective, Revision
from remit.purpose.notices import yours_now
from remit.purpose.vocabulary import BY_HAND, LONGEST_KEY, Outcome
from remit.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an objective is to say; see `Objective`.

    Attributes:
        owner: word of a lead or a manager of the team, or of an owner.
        unit: of what is typed by hand; a measure that moves by itself has its own.
        start: None for what its measure says of the first day.
    """

    title: str
    why: str
    owner: str
    measure: str
    unit: str
    start: Decimal | None
    target: Decimal
    begins: date
    until: date


NAMED: Final = {
    "title": "so that",
    "why": "why",
    "owner": "owner",
    "measure": "measure",
    "unit": "unit",
    "start": "start",
    "target": "target",
    "begins": "from",
    "until": "until",
}
"""What the fields are called where a change is told."""


def open_objective(place: Place, wanted: Wanted) -> Objective:
    """Open an objective; the same a second time is the one that is there.

    Args:
        place: of a manager of the team.
        wanted: what it says.

    Raises:
        NotAllowed: they aren't a manager.
        Refusal: something is missing or doesn't fit together; says which field.
    """
    need_rank(place, Rank.MANAGER, "open an objective")
    with write():
        values = _checked(place, wanted, None)
        same = {**values, "opened_by": place.member, "revision": 1, "closing": None}
        before = Objective.objects.select_related("team").filter(team=place.team, **same).first()
        if before is not None:
            return before
        objective = Objective.objects.create(
            team=place.team,
            key=_key(place, values["title"]),
            opened_by=place.member,
            opened_at=now(),
            **values,
        )
        record(
            "objective-opened", objective.subject, by=place.member, team=place.team, words=objective.why,
            objective=objective.key,
        )  # fmt: skip
        _tell_owner(objective, place.member)
        _move_soon(objective)
        return objective


def change_objective(
    place: Place, objective: Objective, wanted: Wanted, *, reason: str, revision: int
) -> Objective:
    """Change what an objective says, with a word why; the same a second time changes nothing.

    What was measured stays; where another measure moves it from now on, its values begin anew.

    Args:
        place: of a manager of the team.
        objective: open.
        wanted: what it is to say.
        reason: why it is changed.
        revision: that they looked at.

    Raises:
        NotAllowed: they aren't a manager.
        Changed: somebody changed or closed it meanwhile.
        Refusal: nothing is changed, something is missing, or doesn't fit together.
    """
    need_rank(place, Rank.MANAGER, "change an objective")
    words = words_in(reason, "reason", missing="A word why it changes is needed.")
    with write():
        there = _open(place, objective)
        values = _checked(place, wanted, there)
        before = {name: getattr(there, name) for name in values}
        changed = [name for name, value in values.items() if before[name] != value]
        if not changed:
            newest = there.revisions.first()
            if newest is not None and (newest.by_id, newest.why) == (place.member.pk, words):
                return there
            raise Refusal("nothing-changed", "Nothing is changed.", "Change something, or go back.")
        if there.revision != revision:
            raise _changed_meanwhile(there)
        was_owner = there.owner_id
        for name in changed:
            setattr(there, name, values[name])
        there.revision += 1
        there.save(update_fields=[*changed, "revision"])
        Revision.objects.create(
            objective=there,
            number=there.revision,
            before={name: _text(before[name]) for name in changed},
            after={name: _text(values[name]) for name in changed},
            why=words,
            by=place.member,
            at=now(),
        )
        if "measure" in changed:
            there.measurements.all().delete()
        _move_soon(there)
        record(
            "objective-changed", there.subject, by=place.member, team=place.team, words=words,
            objective=there.key, fields=sorted(changed),
        )  # fmt: skip
        if there.owner_id != was_owner:
            _tell_owner(there, place.member)
        return there


def close_objective(place: Place, objective: Objective, *, outcome: str, came: str, why: str) -> Closing:
    """End an objective, with what came of it; a second time it is closed already.

    Args:
        place: of a manager of the team.
        objective: open.
        outcome: one of `Outcome`.
        came: what came of it, and what was learned.
        why: why it ends now.

    Raises:
        NotAllowed: they aren't a manager.
        Changed: somebody else closed it meanwhile.
        Refusal: something is missing.
    """
    need_rank(place, Rank.MANAGER, "close an objective")
    learned = words_in(came, "came", missing="What came of it?")
    words = words_in(why, "why")
    if outcome not in Outcome.values:
        raise Refusal("outcome-missing", "How did it end?", "Choose one of them.", field="outcome")
    with write():
        done = Closing.objects.filter(objective=objective, by=place.member, outcome=outcome, why=words)
        if same := done.filter(came=learned).first():
            return same
        there = _open(place, objective)
        last = there.measurements.order_by("-day").first()
        closing = Closing.objects.create(
            objective=there,
            outcome=outcome,
            came=learned,
            why=words,
            value=last.value if last else None,
            by=place.member,
            at=now(),
        )
        record(
            "objective-closed", there.subject, by=place.member, team=place.team, words=words,
            objective=there.key, outcome=Outcome(outcome).label,
        )  # fmt: skip
        return closing


def may_own(team_id: int) -> dict[str, Member]:
    """Who may own an objective of a team, by their words: its leads and managers, and owners; people only."""
    leading = Membership.objects.filter(team=team_id, until=None, role__rank__gte=Rank.LEAD)
    people = Member.objects.filter(left_at=None, is_software=False).order_by("name", "id")
    found = people.filter(pk__in=leading.values("member")) | people.filter(is_owner=True)
    return {member.word: member for member in found}


def _open(place: Place, objective: Objective) -> Objective:
    there = get_objective_for(place.member, f"{place.team.word}/{objective.key}")
    if not there.is_open:
        raise Changed(
            "objective-closed", f"{there.closing.by.name} closed it meanwhile.", "Read what came of it."
        )
    return there


def _changed_meanwhile(there: Objective) -> Changed:
    newest = there.revisions.select_related("by").first()
    who = newest.by.name if newest else "Somebody"
    return Changed(
        "objective-changed",
        f"{who} changed it meanwhile.",
        "What it says now stands above; see whether yours still fits, and send it again.",
        revision=there.revision,
    )


def _checked(place: Place, wanted: Wanted, before: Objective | None) -> dict[str, Any]:
    """The fields of the row, or what is wrong with them."""
    values: dict[str, Any] = {each.name: getattr(wanted, each.name) for each in fields(wanted)}
    values["title"] = clause(words_in(wanted.title, "title", missing="The clause is missing."))
    values["why"] = words_in(wanted.why, "why")
    owner = may_own(place.team.pk).get(wanted.owner)
    if owner is None:
        raise Refusal("owner-missing", "Nobody's eye is on it.", "Choose a lead or a manager.", field="owner")
    values["owner"] = owner
    measure = measure_of(wanted.measure)
    if measure is not None:
        values["unit"] = measure.unit
    elif wanted.measure != BY_HAND:
        raise Refusal("measure-unknown", "Nothing measures that here.", "Choose another.", field="measure")
    values["start"] = start = _start(place, wanted, measure)
    if start == wanted.target:
        raise Refusal(
            "goes-nowhere", "It begins where it should get to.", "Choose another target.", field="target"
        )
    if measure is not None and (wanted.target > start) is not measure.is_up:
        better = "more" if measure.is_up else "less"
        raise Refusal("wrong-way", f"Here {better} is better.", "Choose another target.", field="target")
    is_new_end = before is None or before.until != wanted.until
    if wanted.until <= wanted.begins or (is_new_end and wanted.until <= today(place.team.time_zone)):
        raise Refusal("over-already", "It would be over already.", "Choose a later day.", field="until")
    return values


def _start(place: Place, wanted: Wanted, measure: Measure | None) -> Decimal:
    """Where it begins: as it was typed, or as it was measured on its first day."""
    if wanted.start is not None:
        return wanted.start
    if measure is None:
        raise Refusal("start-missing", "Where does it begin?", "Type where it is now.", field="start")
    day = min(wanted.begins, today(place.team.time_zone))
    reading = measure.look(place.team, stretch_of(measure, day))
    if reading.value is None or reading.count < measure.least:
        raise Refusal(
            "too-little-yet",
            f"There are too few {measure.rows} to say where it is.",
            "Type your best guess.",
            field="start",
        )
    return reading.value


def _key(place: Place, title: str) -> str:
    start = title[: LONGEST_KEY - 4]
    if len(title) > len(start):
        start = start.rsplit(" ", 1)[0]
    taken = Objective.objects.filter(team=place.team).values_list("key", flat=True)
    return word_for(start, taken, "objective")


def _tell_owner(objective: Objective, by: Member) -> None:
    if objective.owner_id != by.pk:
        tell([objective.owner], yours_now(objective, by))


def _move_soon(objective: Objective) -> None:
    """What moves it is looked up within seconds; while that waits, asking again adds nothing."""
    if objective.measure != BY_HAND:
        later("remit.purpose.jobs.move_one", unique_key=f"objective:{objective.pk}", number=objective.pk)


def _text(value: object) -> str:
    return value.name if isinstance(value, Member) else str(value)
