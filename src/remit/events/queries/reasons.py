"""Why somebody does a task, as it follows from the plan as it is now."""

from __future__ import annotations

from remit.events.facts import Facts
from remit_engine import planning


def reasons_of(facts: Facts, task: str) -> list[tuple[str, str]]:
    """Everybody who does a task, with why them.

    Args:
        facts: of its event, with wishes.
        task: id.
    """
    placed = facts.plan.of.get(task)
    if placed is None:
        return []
    return [
        (
            facts.event.person[each.person].title,
            planning.why(facts.event, facts.plan, task, each.person, pins=facts.pins).sentence,
        )
        for each in placed.people
    ]
