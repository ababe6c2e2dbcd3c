"""The plan of a big day as people read it: what is planned, what doesn't fit, what is short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remit.events.facts import Facts, facts_of
from remit.events.models import Event, Planning, Task
from remit_engine import planning
from remit_engine.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A task of the plan.

    Attributes:
        task: the row.
        starts_at: None while it isn't planned.
        people: names, each with the skill, and whether they were set by hand.
        room: its name; "" for none.
        by_hand: whether time or room were set by hand.
        spared: names of those whom no plan chooses for it, as they were taken out by hand.
    """

    task: Task
    starts_at: datetime | None
    people: list[tuple[str, str, bool]]
    room: str
    by_hand: bool
    spared: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSeen:
    """The plan of an event as it is now.

    Attributes:
        asked: the last time that it was asked for; None where it never was.
        lines: by time; what isn't planned last.
        conflicts: what doesn't fit, in sentences with the number of a task.
        short: what is short, the same way.
        wrong: why nothing can be said; "" where it can.
        is_old: whether something changed since it was planned.
    """

    asked: Planning | None
    lines: list[Line]
    conflicts: list[tuple[str, str]]
    short: list[tuple[str, str]]
    wrong: str
    is_old: bool


def plan_of(event: Event) -> PlanSeen:
    """The plan of an event, in seven queries."""
    asked = event.plannings.select_related("by").first()
    is_old = asked is not None and asked.outcome == "planned" and asked.of_revision != event.plan_revision
    try:
        facts = facts_of(event, with_wishes=False)
    except InputError as error:
        return PlanSeen(asked=asked, lines=[], conflicts=[], short=[], wrong=str(error), is_old=is_old)
    return PlanSeen(
        asked=asked,
        lines=lines_of(facts),
        conflicts=[(each.sentence, each.tasks[0]) for each in planning.conflicts(facts.event, facts.plan)],
        short=short_of(facts, asked) if facts.plan.placed else [],
        wrong="",
        is_old=is_old,
    )


def lines_of(facts: Facts) -> list[Line]:
    """Each task with what is planned for it, by time."""
    found = []
    for key, task in facts.tasks.items():
        placed = facts.plan.of.get(key)
        by_hand = {pin.person for pin in facts.pins if pin.task == key and pin.person}
        people = placed.people if placed else ()
        found.append(
            Line(
                task=task,
                starts_at=facts.moment(placed.start) if placed else None,
                people=[
                    (facts.event.person[each.person].title, each.skill, each.person in by_hand)
                    for each in people
                ],
                room=facts.event.room[placed.room].title if placed and placed.room else "",
                by_hand=any(pin.task == key and not pin.person for pin in facts.pins),
                spared=[facts.event.person[each].title for each in facts.event.task[key].not_by],
            )
        )
    unplanned = datetime.max.replace(tzinfo=facts.event.timeline.origin.tzinfo)
    return sorted(found, key=lambda line: (line.starts_at is None, line.starts_at or unplanned, line.task.pk))


def short_of(facts: Facts, asked: Planning | None) -> list[tuple[str, str]]:
    """What is short now, with what would help where planning found that."""
    told = {
        (each["task"], each["asks"], each["what"]): each["sentence"] for each in (asked.told if asked else [])
    }
    return [
        (
            told.get((short.demand.task, short.demand.asks, short.demand.what))
            or planning.short_in_words(facts.event, short),
            short.demand.task,
        )
        for short in planning.shortages(facts.event, facts.plan)
    ]
