"""A mapping guessed from the names that the XES standard's extensions give to attributes.

The extensions are those of IEEE 1849-2016 (concept, time, organizational, lifecycle, cost). A guess is
made only where names leave one reading; otherwise the error shows what is in the log.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from remit_engine.history.account import LeftOutRow, Progress
from remit_engine.history.events.advice import unclear
from remit_engine.history.events.gathering import Named
from remit_engine.history.events.mapping import (
    REQUEST,
    TOLD_BY_COLUMN,
    DecisionMapping,
    EventMapping,
    SeveralRequests,
    Step,
)
from remit_engine.history.events.words import as_words
from remit_engine.history.source import Source
from remit_engine.history.table import Answer

CASE: Final = "case:concept:name"
ACTIVITY: Final = "concept:name"
_OPTIONAL: Final = {
    "time": "time:timestamp",
    "person": "org:resource",
    "role": "org:role",
    "lifecycle": "lifecycle:transition",
    "currency": "cost:currency",
}
_AMOUNTS: Final = ("cost:total", "cost:amount")
_ANSWERS: Final = ("outcome", "decision", "result", "answer", "verdict")
_SAYS_AMOUNT: Final = re.compile(r"(?<![a-z])(amount|cost|costs|value|worth|betrag|bedrag)(?![a-z])")
_NUMBER: Final = r"^\s*[+-]?\d[\d., ]*\s*$"

_ASKS: Final = ("schedule", "assign", "start")
_ENDS: Final = {
    "autoskip": Answer.EXPIRED,
    "withdraw": Answer.WITHDRAWN,
    "ate_abort": Answer.WITHDRAWN,
    "pi_abort": Answer.WITHDRAWN,
}
_DECIDES: Final = re.compile(
    r"approv|releas|decid|decision|authori[sz]|genehmig|freigab|freigeb", re.IGNORECASE
)
_REFUSES: Final = re.compile(r"reject|declin|den(y|ied)|refus|ablehn|abgelehnt", re.IGNORECASE)
_PARTICIPLES: Final = (
    (REQUEST, r"submitted|requested|awaiting approval"),
    (Answer.APPROVED, r"approved|granted|accepted|authori[sz]ed"),
    (Answer.DECLINED, r"rejected|declined|denied|refused"),
    (Answer.EXPIRED, r"expired|timed out"),
    (Answer.WITHDRAWN, r"withdrawn|cancell?ed"),
)


def is_event_header(header: tuple[str, ...]) -> bool:
    """True when the columns carry the XES standard's names, so that a table is one of events."""
    return CASE in header and ACTIVITY in header


def default_mapping(events: Source, progress: Progress | None = None) -> EventMapping:
    """What the names in a log say about its decisions; reads all events once.

    With lifecycle transitions, a decision is what an activity that is called an approval, release or
    decision waited for from `schedule`, `assign` or `start` (the first of them) until `complete`;
    `autoskip` is an expiry; `withdraw`, `ate_abort` and `pi_abort` are withdrawals. Without them,
    activities that end a matter in so many words count: *submitted*, *approved*, *rejected*.

    Raises:
        InputError: `unclear-events`, with the commonest activities and the beginning of a mapping file.
    """
    if not is_event_header(events.header):
        raise unclear(events, f"It has no columns {CASE!r} and {ACTIVITY!r}.", {}, ())
    survey = _survey(events, progress)
    amounts = _amount_columns(events.header, survey.numeric)
    if len(amounts) != 1:
        why = (
            f"{', '.join(amounts)} could each be the amount."
            if amounts
            else "Nothing says which value is the amount."
        )
        raise unclear(events, why, survey.counts, amounts)
    answer = next((name for name in events.header if name.lower() in _ANSWERS), None)
    decisions = _from_lifecycle(survey.counts, answer) or _from_participles(survey.counts)
    if not decisions:
        raise unclear(events, "Its names don't say what was asked and answered.", survey.counts, amounts)
    there = {use: name if name in events.header else None for use, name in _OPTIONAL.items()}
    return EventMapping(
        case=CASE,
        activity=ACTIVITY,
        amount=amounts[0],
        decisions=decisions,
        time=there["time"],
        person=there["person"],
        role=there["role"],
        lifecycle=there["lifecycle"],
        currency=there["currency"],
        answer=answer,
    )


@dataclass(frozen=True, slots=True)
class _Survey:
    """How often each activity and transition occurs, and which columns hold numbers."""

    counts: dict[Named, int]
    numeric: set[str]


def _survey(events: Source, progress: Progress | None) -> _Survey:
    counts: dict[Named, int] = {}
    candidates = {name for name in events.header if name in _AMOUNTS or _says_amount(name)}
    numeric: set[str] = set()
    for batch in events.batches(_unheard, progress or _unseen):
        rows = batch.columns
        for named, count in _named(rows):
            counts[named] = counts.get(named, 0) + count
        looks = {name: _holds_numbers(rows.column(name)) for name in candidates}
        numeric |= {name for name, found in looks.items() if found}
        candidates -= {name for name, found in looks.items() if found is False}
    return _Survey(counts, numeric & candidates)


def _named(rows: pa.RecordBatch) -> Iterator[tuple[Named, int]]:
    """Each activity and transition of some rows, with its count."""
    activity = as_words(rows.column(ACTIVITY))
    lifecycle = _OPTIONAL["lifecycle"]
    transition = as_words(
        rows.column(lifecycle) if lifecycle in rows.schema.names else pa.nulls(len(rows), pa.string())
    )
    activities, transitions = [*activity.dictionary.to_pylist(), ""], [*transition.dictionary.to_pylist(), ""]
    first = np.asarray(activity.indices.cast(pa.int64()).fill_null(len(activities) - 1), dtype=np.int64)
    second = np.asarray(transition.indices.cast(pa.int64()).fill_null(len(transitions) - 1), dtype=np.int64)
    both, counts = np.unique(first * len(transitions) + second, return_counts=True)
    for code, count in zip(both.tolist(), counts.tolist(), strict=True):
        of_activity, of_transition = divmod(code, len(transitions))
        yield (activities[of_activity].strip(), transitions[of_transition].strip().lower()), count


def _holds_numbers(column: pa.Array[Any]) -> bool | None:
    """Whether all cells with something in them are numbers; None when there are none."""
    if column.null_count == len(column):
        return None
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return True
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return False
    return bool(pc.all(pc.match_substring_regex(column, _NUMBER)).as_py())


def _says_amount(name: str) -> bool:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return bool(_SAYS_AMOUNT.search(apart.lower()))


def _amount_columns(header: tuple[str, ...], numeric: set[str]) -> tuple[str, ...]:
    """The columns that could be the amount; the standard's own come first and alone."""
    standard = tuple(name for name in _AMOUNTS if name in numeric)
    return standard[:1] or tuple(name for name in header if name in numeric)


def _from_lifecycle(counts: dict[Named, int], answer: str | None) -> tuple[DecisionMapping, ...]:
    """One kind of decision for each activity that is called a decision and is waited for."""
    waited = [
        activity
        for activity in dict.fromkeys(activity for activity, _ in counts)
        if _DECIDES.search(activity)
        and (activity, "complete") in counts
        and any((activity, transition) in counts for transition in _ASKS)
    ]
    refusals = {activity for activity, _ in counts if _REFUSES.search(activity)} - set(waited)
    if refusals and len(waited) != 1 and answer is None:
        return ()  # whose no it is can't be told
    refused = tuple(
        Step(activity, "complete", Answer.DECLINED) for activity in sorted(refusals) if answer is None
    )
    return tuple(
        DecisionMapping(
            kind=activity,
            steps=(
                *_lifecycle_steps(activity, TOLD_BY_COLUMN if answer else Answer.APPROVED, counts),
                *refused,
            ),
            several_requests=SeveralRequests.FIRST,
        )
        for activity in waited
    )


def _lifecycle_steps(activity: str, complete: int, counts: dict[Named, int]) -> Iterator[Step]:
    meanings = {**dict.fromkeys(_ASKS, REQUEST), "complete": complete, **_ENDS}
    for transition, meaning in meanings.items():
        if (activity, transition) in counts:
            yield Step(activity, transition, meaning)


def _from_participles(counts: dict[Named, int]) -> tuple[DecisionMapping, ...]:
    """Kinds of decision by what stands before *submitted*: *Permit SUBMITTED*, *Permit APPROVED by …*."""
    told = [said for activity in dict.fromkeys(name for name, _ in counts) if (said := _participle(activity))]
    subjects = {subject for subject, meaning, _ in told if meaning == REQUEST}
    kinds: dict[str, list[Step]] = {subject: [] for subject in sorted(subjects)}
    for subject, meaning, activity in told:
        owner = max((each for each in subjects if subject.startswith(each)), key=len, default=None)
        if owner is not None:
            kinds[owner].append(Step(activity, None, meaning))
    return tuple(
        DecisionMapping(kind=subject or "approval", steps=tuple(steps))
        for subject, steps in kinds.items()
        if {Answer.APPROVED, Answer.DECLINED} <= {step.meaning for step in steps}
    )


def _participle(activity: str) -> tuple[str, int, str] | None:
    """What an activity is about, what it means, and the activity itself."""
    for meaning, words in _PARTICIPLES:
        found = re.search(rf"(?<![a-z])({words})(?![a-z])", activity.lower())
        if found:
            return activity[: found.start()].strip(" _-:"), meaning, activity
    return None


def _unheard(row: LeftOutRow, code: str) -> None:
    """What a source leaves out is told when its rows are taken, not while it is looked at."""


def _unseen(done: int, total: int) -> None:
    """No progress is shown."""
