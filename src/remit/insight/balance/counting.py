"""Counts all parts of a team in some weeks, from the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from remit.insight.balance import room, structure
from remit.insight.balance.marks import Look, Mark, Weeks
from remit.insight.balance.vocabulary import EXPLAINED, Word
from remit.people.models import Team

LOOKS: Final[dict[Word, Look]] = {
    Word.CURRENT: structure.procedures_current,
    Word.UNDERSTOOD: structure.procedures_understood,
    Word.ON_TIME: structure.work_on_time,
    Word.ALIKE: structure.remedies_alike,
    Word.RECORD: structure.record_complete,
    Word.ALONE: room.decided_alone,
    Word.ANSWERS: room.answers_soon,
    Word.TAKEN_UP: room.work_taken_up,
    Word.IDEAS: room.ideas_answered,
    Word.FLOOR: room.floor_shared,
    Word.WIDENED: room.limits_widened,
    Word.PULSE: room.pulse_clarity,
}

Counted = dict[str, list[int]]
"""By part: points, rows; and where people are counted, how many there were in all weeks up to this one."""


def count(team: Team, last: date, number: int) -> dict[date, Counted]:
    """What is to be kept of so many weeks.

    Args:
        team: whose.
        last: Monday of the newest one.
        number: of weeks.

    Returns:
        by Monday, the oldest first; a part in which nothing happened isn't there.
    """
    weeks = Weeks.until(team, last, number)
    found: dict[date, Counted] = {monday: {} for monday in weeks.mondays}
    for word, look in LOOKS.items():
        marks: dict[date, list[Mark]] = defaultdict(list)
        for monday, mark in look(weeks):
            marks[monday].append(mark)
        for at, monday in enumerate(weeks.mondays):
            here = marks.get(monday, [])
            counted = [sum(each.points for each in here), len(here)]
            if EXPLAINED[word].people:
                window = weeks.mondays[max(at + 1 - EXPLAINED[word].weeks, 0) : at + 1]
                counted.append(len({each.whose for day in window for each in marks.get(day, ())}))
            if any(counted):
                found[monday][word.value] = counted
    return found
