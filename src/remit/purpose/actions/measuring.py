"""Writing down where objectives stand: by hand with a word, or by what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from remit.core.clock import now, today
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.core.writing import write
from remit.people.access import Place
from remit.purpose.access import get_objective_for
from remit.purpose.models import Measurement, Objective
from remit.purpose.vocabulary import BY_HAND
from remit.trail.actions import record


def may_measure(place: Place, objective: Objective) -> bool:
    """Whether somebody may type where an objective stands: its owner, and who manages."""
    return place.is_manager or objective.owner_id == place.member.pk


def need_measure(place: Place, objective: Objective) -> None:
    """Refuse whoever may not.

    Raises:
        NotAllowed: it isn't theirs.
    """
    if not may_measure(place, objective):
        raise NotAllowed(
            "not-yours", "Its owner and managers say where it stands.", f"Tell {objective.owner.name}."
        )


def type_value(place: Place, objective: Objective, *, day: date, value: Decimal, words: str) -> Measurement:
    """Type where an objective stood on a day; typed again for the same day, it takes the place of the first.

    Args:
        place: of its owner, or of a manager.
        objective: open, and measured by hand.
        day: today or before, on the wall clock of the team.
        value: in its unit.
        words: what there is to say about it; may be empty.

    Raises:
        NotAllowed: it isn't theirs.
        Changed: it was closed meanwhile.
        Refusal: it moves by itself, or the day doesn't fit.
    """
    with write():
        there = get_objective_for(place.member, f"{place.team.word}/{objective.key}")
        need_measure(place, there)
        if not there.is_open:
            raise Changed("objective-closed", "It was closed meanwhile.", "Read what came of it.")
        if there.measure != BY_HAND:
            raise Refusal("moves-by-itself", "It moves by itself.", "Nothing has to be typed.")
        if not there.begins <= day <= today(place.team.time_zone):
            raise Refusal(
                "day-outside", "That day lies ahead, or before it began.", "Choose another day.", field="day"
            )
        typed = {"value": value, "words": words.strip(), "by": place.member}
        row = there.measurements.filter(day=day).first()
        if row is not None and (row.value, row.words, row.by_id) == (value, typed["words"], place.member.pk):
            return row
        row, _ = there.measurements.update_or_create(day=day, defaults={**typed, "at": now()})
        record(
            "objective-measured", there.subject, by=place.member, team=place.team, objective=there.key,
            value=str(value), day=day.isoformat(),
        )  # fmt: skip
        return row


def keep_values(objective_id: int, values: Iterable[tuple[date, Decimal, int]], *, measure: str) -> int:
    """Keep what a measure says of days; of a day that is there already, it is written anew where it moved.

    Args:
        objective_id: key of an objective.
        values: day, value in its unit, rows behind it.
        measure: that says so; where another one moves the objective by now, or it is closed, nothing is kept.

    Returns:
        how many days are new or moved.
    """
    with write():
        objective = Objective.objects.filter(pk=objective_id, measure=measure, closing=None).first()
        if objective is None:
            return 0
        there = {row.day: row for row in objective.measurements.all()}
        moment, new, moved = now(), [], []
        for day, value, count in values:
            row = there.get(day)
            if row is None:
                new.append(Measurement(objective=objective, day=day, value=value, count=count, at=moment))
            elif (row.value, row.count) != (value, count):
                row.value, row.count, row.at = value, count, moment
                moved.append(row)
        Measurement.objects.bulk_create(new)
        Measurement.objects.bulk_update(moved, ["value", "count", "at"])
        return len(new) + len(moved)
