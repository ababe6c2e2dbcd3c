"""Where people stumble, for whoever mends it: by step, with counts, and what they want to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.procedures.access import Seen
from remit.procedures.models import Confusion

MOST_WORDS = 50


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wants to be read about a step.

    Attributes:
        words: of theirs.
        name: of who says it, where they chose to be named; else "".
        number: of the version that they read.
    """

    words: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class StepConfused:
    """A step at which people stumbled.

    Attributes:
        key: of the step; "" for the whole.
        title: as it is called now, or as it was called.
        place: where it stands now; 0 where it isn't there any more, or for the whole.
        open: how many stumble at it as it stands.
        before: how many did before it was changed, or said later that it is clear.
        said: what they want to be read, in the order in which it came.
    """

    key: str
    title: str
    place: int
    open: int
    before: int
    said: Sequence[Said]


def confused_at(seen: Seen) -> Sequence[StepConfused]:
    """Every step at which somebody stumbled, the one with the most first; in one query."""
    rows = Confusion.objects.filter(procedure=seen.procedure).select_related("member")
    by_step: dict[str, list[Confusion]] = {}
    for row in rows:
        by_step.setdefault(row.step, []).append(row)
    found = [_of_step(seen, key, rows) for key, rows in by_step.items()]
    return sorted(found, key=lambda each: (-each.open, -each.before, each.place))


def _of_step(seen: Seen, key: str, rows: list[Confusion]) -> StepConfused:
    document = seen.version.document
    step = document.step(key)
    title = step.title if step else rows[0].step_title or "The procedure as a whole"
    waiting = [row for row in rows if row.settled_at is None]
    told = sorted(row.pk for row in waiting if row.words)
    by_number = {row.pk: row for row in waiting}
    return StepConfused(
        key=key,
        title=title,
        place=document.place(key),
        open=len({row.member_id for row in waiting}),
        before=len({row.member_id for row in rows if row.settled_at is not None}),
        said=[_said(by_number[number]) for number in told[-MOST_WORDS:]],
    )


def _said(row: Confusion) -> Said:
    return Said(row.words, row.member.name if row.is_named else "", row.number)
