"""The `events` part of a mapping file, checked and typed; every error says what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, TypeVar

from remit_engine.errors import InputError
from remit_engine.history.events.mapping import (
    AUTOMATIC,
    REQUEST,
    TOLD_BY_COLUMN,
    AmountAt,
    DecisionMapping,
    EventMapping,
    SeveralAnswers,
    SeveralRequests,
    Step,
)
from remit_engine.history.table import Answer

Choice = TypeVar("Choice", bound=StrEnum)

_COLUMNS: Final = ("case", "activity", "time", "person", "role", "lifecycle", "currency", "answer")
_MEANINGS: Final = {
    "request": REQUEST,
    "approved": Answer.APPROVED,
    "declined": Answer.DECLINED,
    "granted less": Answer.GRANTED_LESS,
    "expired": Answer.EXPIRED,
    "withdrawn": Answer.WITHDRAWN,
    "automatic": AUTOMATIC,
    "answered": TOLD_BY_COLUMN,
}
_LIFECYCLE: Final = ("request", "answer", "expired", "withdrawn")
_SETTINGS: Final = ("lifecycle", "several requests", "several answers", "without request", "answered by")


def event_mapping(part: Mapping[str, object]) -> EventMapping:
    """The events part of a mapping file as values.

    Args:
        part: what stands under `events:`, as read from YAML.

    Raises:
        InputError: `bad-event-mapping`, naming the key and what may stand there.
    """
    _known(part, "events", (*_COLUMNS, "amount", "case facts", "decisions"))
    columns = {name: _word(part[name], f"events: {name}") for name in _COLUMNS if name in part}
    for name in ("case", "activity"):
        if name not in columns:
            raise _bad(f"events: {name} is missing.", f"Write which column holds the {name}, {name}: NAME.")
    amount, amount_at = _amount(part.get("amount"))
    return EventMapping(
        case=columns["case"],
        activity=columns["activity"],
        time=columns.get("time"),
        person=columns.get("person"),
        role=columns.get("role"),
        lifecycle=columns.get("lifecycle"),
        amount=amount,
        amount_at=amount_at,
        currency=columns.get("currency"),
        answer=columns.get("answer"),
        case_facts=_words(part.get("case facts", []), "events: case facts"),
        decisions=_decisions(part.get("decisions"), columns),
    )


def _amount(part: object) -> tuple[str, AmountAt]:
    where = "events: amount"
    if part is None:
        raise _bad(f"{where} is missing.", "Write which column holds the amount, amount: NAME.")
    if not isinstance(part, Mapping):
        return _word(part, where), AmountAt.LAST_KNOWN
    _known(part, where, ("column", "at"))
    if "column" not in part:
        raise _bad(f"{where}: column is missing.", "Write amount: {column: NAME, at: request}.")
    at = _choice(AmountAt, part.get("at", AmountAt.LAST_KNOWN), f"{where}: at")
    return _word(part["column"], f"{where}: column"), at


def _decisions(parts: object, columns: Mapping[str, str]) -> tuple[DecisionMapping, ...]:
    if not isinstance(parts, list) or not parts:
        raise _bad(
            "events: decisions must be a list with at least one kind of decision.",
            "Write - kind: NAME with request, approved and declined, each a list of activities.",
        )
    decisions = tuple(_decision(part, number, columns) for number, part in enumerate(parts, start=1))
    kinds = [decision.kind for decision in decisions]
    for kind in kinds:
        if kinds.count(kind) > 1:
            raise _bad(
                f"events: decisions names the kind {kind!r} twice.", "Put its activities into one entry."
            )
    return decisions


def _decision(part: object, number: int, columns: Mapping[str, str]) -> DecisionMapping:
    where = f"events: decisions, entry {number}"
    if not isinstance(part, Mapping):
        raise _bad(f"{where} is not a mapping.", "Begin it with kind: NAME.")
    _known(part, where, ("kind", *_MEANINGS, *_SETTINGS))
    if "kind" not in part:
        raise _bad(f"{where} has no kind.", "Write kind: and what such decisions are called.")
    kind = _word(part["kind"], f"{where}: kind")
    where = f"events: decisions, {kind}"
    if "answered" in part and "answer" not in columns:
        raise _bad(
            f"{where}: answered needs a column that tells the answer.",
            "Write answer: NAME under events, or list the activities under approved and declined.",
        )
    if "lifecycle" in part and "lifecycle" not in columns:
        raise _bad(
            f"{where}: lifecycle needs the column of the transitions.",
            "Write lifecycle: NAME under events, for XES lifecycle: lifecycle:transition.",
        )
    steps = tuple(_steps(part, where))
    _check_steps(steps, where)
    return DecisionMapping(
        kind=kind,
        steps=steps,
        several_requests=_choice(SeveralRequests, part.get("several requests", "last"), where),
        several_answers=_choice(SeveralAnswers, part.get("several answers", "each"), where),
        keep_unasked=_either(part, "without request", ("keep", "leave out"), where),
        answerer_recorded=_either(part, "answered by", ("person", "not recorded"), where),
    )


def _steps(part: Mapping[str, object], where: str) -> Iterator[Step]:
    activities = {name: _words(part[name], f"{where}: {name}") for name in _MEANINGS if name in part}
    if "lifecycle" not in part:
        for name, words in activities.items():
            for activity in words:
                yield Step(activity, None, _MEANINGS[name])
        return
    transitions = _transitions(part["lifecycle"], f"{where}: lifecycle")
    for name, words in activities.items():
        for activity in words:
            for transition in transitions["request" if name == "request" else "answer"]:
                yield Step(activity, transition, _MEANINGS[name])
    for name in ("expired", "withdrawn"):
        for activity in activities.get("request", ()):
            for transition in transitions[name]:
                yield Step(activity, transition, _MEANINGS[name])


def _transitions(part: object, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(part, Mapping):
        raise _bad(f"{where} is not a mapping.", "Write lifecycle: {request: [start], answer: [complete]}.")
    _known(part, where, _LIFECYCLE)
    for name in ("request", "answer"):
        if name not in part:
            raise _bad(
                f"{where}: {name} is missing.", "Write lifecycle: {request: [start], answer: [complete]}."
            )
    return {
        name: tuple(word.lower() for word in _words(part.get(name, []), f"{where}: {name}"))
        for name in _LIFECYCLE
    }


def _check_steps(steps: tuple[Step, ...], where: str) -> None:
    if all(step.meaning == REQUEST for step in steps):
        raise _bad(
            f"{where} lists no answers.",
            "List the activities of a yes under approved, of a no under declined.",
        )
    meanings: dict[tuple[str, str | None], int] = {}
    for step in steps:
        if meanings.setdefault((step.activity, step.transition), step.meaning) != step.meaning:
            raise _bad(
                f"{where} lists the activity {step.activity!r} under two meanings.",
                "Leave it where it belongs; what one kind answers may be the request of another kind.",
            )


def _either(part: Mapping[str, object], key: str, choices: tuple[str, str], where: str) -> bool:
    """True for the first of two choices, which is also what holds when nothing is said."""
    value = part.get(key, choices[0])
    if value not in choices:
        raise _bad(f"{where}: {key} is {value!r}.", f"Write {choices[0]} or {choices[1]}.")
    return value == choices[0]


def _choice(choices: type[Choice], value: object, where: str) -> Choice:
    try:
        return choices(value)  # type: ignore[arg-type]  # anything that YAML holds may stand there
    except ValueError:
        allowed = ", ".join(choices)
        raise _bad(f"{where}: {value!r} is not one of {allowed}.", f"Write one of {allowed}.") from None


def _word(value: object, where: str) -> str:
    if not isinstance(value, str | int | float) or isinstance(value, bool) or not str(value).strip():
        raise _bad(
            f"{where} must be a word, it is {value!r}.", "Write it in quotes if it looks like something else."
        )
    return str(value).strip()


def _words(value: object, where: str) -> tuple[str, ...]:
    """A list of words; a single word is a list of one."""
    values = value if isinstance(value, list) else [value]
    return tuple(_word(each, where) for each in values)


def _known(part: Mapping[str, object], where: str, keys: tuple[str, ...]) -> None:
    for key in part:
        if key not in keys:
            close = get_close_matches(str(key), keys, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(keys)}."
            raise _bad(f"{where}: {key!r} is not known.", hint)


def _bad(wrong: str, next_step: str) -> InputError:
    return InputError("bad-event-mapping", wrong, next_step)
