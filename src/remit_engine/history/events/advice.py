"""What to say when a log of events can't be read as decisions: what is in it, and what to write."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from remit_engine import limits
from remit_engine.errors import InputError
from remit_engine.history.events.gathering import Gathered, Named
from remit_engine.history.events.mapping import REQUEST, EventMapping
from remit_engine.history.source import Source

_SHOWN: Final = 12
_STANDARD: Final = {
    "case": "case:concept:name",
    "activity": "concept:name",
    "time": "time:timestamp",
    "person": "org:resource",
    "amount": "cost:total",
}


def check_columns(mapping: EventMapping, events: Source) -> None:
    """See that the source has every column that the mapping names.

    Raises:
        InputError: `no-such-column`, with the columns there are.
    """
    for name in (*mapping.columns, *mapping.case_facts):
        if name not in events.header:
            close = get_close_matches(name, events.header, n=1)
            hint = f"Did you mean {close[0]!r}? " if close else ""
            raise InputError(
                "no-such-column",
                f"The event mapping names the column {name!r}, which {events.name} doesn't have.",
                f"{hint}Its columns are {', '.join(events.header)}.",
                column=name,
            )


def nothing_decided(mapping: EventMapping, gathered: Gathered, events: Source) -> InputError:
    """The error for a mapping whose answers don't occur in the log."""
    missing = dict.fromkeys(
        step.activity
        for decision in mapping.decisions
        for step in decision.steps
        if step.meaning != REQUEST and step.activity not in {activity for activity, _ in gathered.names}
    )
    named = ", ".join(repr(activity) for activity in missing)
    counts = dict(zip(gathered.names, gathered.counts.tolist(), strict=True))
    return InputError(
        "no-decisions",
        f"{events.name} holds {gathered.seen:,} events and not one decision"
        + (f": {named} {'does' if len(missing) == 1 else 'do'} not occur." if missing else "."),
        f"Write the names of its activities into events: decisions. The commonest are:\n{_commonest(counts)}",
        activities=[activity for activity, _ in _ranked(counts)],
    )


def unclear(events: Source, why: str, counts: dict[Named, int], amounts: Sequence[str]) -> InputError:
    """The error for a log without a mapping, whose names don't tell the decisions.

    Args:
        events: the log.
        why: one sentence.
        counts: how often each activity and transition occurs.
        amounts: columns that could be the amount.
    """
    commonest = f" Its commonest activities are:\n{_commonest(counts)}\n" if counts else " "
    return InputError(
        "unclear-events",
        f"{events.name} is a log of events. {why}",
        f"Say it in a mapping file.{commonest}Begin the file with:\n{_beginning(events, counts, amounts)}",
        activities=[activity for activity, _ in _ranked(counts)],
    )


def _commonest(counts: dict[Named, int]) -> str:
    ranked = _ranked(counts)
    lines = [f"  {count:>9,}  {_in_one_line(activity)}" for activity, count in ranked[:_SHOWN]]
    if len(ranked) > _SHOWN:
        lines.append(f"             and {len(ranked) - _SHOWN:,} more")
    return "\n".join(lines)


def _ranked(counts: dict[Named, int]) -> list[tuple[str, int]]:
    """Activities with their counts over all transitions, the commonest first."""
    totals: dict[str, int] = {}
    for (activity, _), count in counts.items():
        totals[activity or "(no name)"] = totals.get(activity or "(no name)", 0) + count
    return sorted(totals.items(), key=lambda each: (-each[1], each[0]))


def _beginning(events: Source, counts: dict[Named, int], amounts: Sequence[str]) -> str:
    return "\n".join(_beginning_lines(events, counts, amounts))


def _beginning_lines(events: Source, counts: dict[Named, int], amounts: Sequence[str]) -> Iterator[str]:
    ranked = [activity for activity, _ in _ranked(counts)]
    example = [*ranked[:3], "Ask", "Approve", "Decline"]
    yield "events:"
    for use, name in _STANDARD.items():
        choices = amounts if use == "amount" and amounts else (name,)
        column = next(
            (choice for choice in choices if choice in events.header), f"COLUMN OF THE {use.upper()}"
        )
        yield f"  {use}: {_quoted(column)}"
    yield "  decisions:"
    yield "    - kind: what is decided"
    for meaning, activity in zip(("request", "approved", "declined"), example, strict=False):
        yield f"      {meaning}: [{_quoted(activity)}]"


def _quoted(word: str) -> str:
    """A word as YAML reads it back, whatever is in it."""
    return json.dumps(word, ensure_ascii=False)


def _in_one_line(activity: str) -> str:
    """An activity's name as it can be shown in a list."""
    return " ".join(activity.split())[: limits.SHOWN_TEXT]
