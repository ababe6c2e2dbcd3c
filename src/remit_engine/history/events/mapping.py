"""What the events of a log mean: which column is what, and which activities ask, approve or decline.

The values here are made from the `events` part of a mapping file (`reading.py` beside it) or guessed
from the names that the XES standard's extensions give (`defaults.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from remit_engine.history.table import Answer

CASE_PREFIX: Final = "case:"
"""How names of columns begin that belong to a whole case, in XES and in tables made of it."""
REQUEST: Final = -1
"""The meaning of an event that asks; the meanings of answers are the codes of `Answer`."""
AUTOMATIC: Final = len(Answer)
"""The meaning of an event that says yes without anybody having looked."""
TOLD_BY_COLUMN: Final = AUTOMATIC + 1
"""The meaning of an event that answers with the word in the mapping's answer column."""


class AmountAt(StrEnum):
    """Which of the amounts that a case carried is the one that was decided."""

    ANSWER = "answer"
    REQUEST = "request"
    LAST_KNOWN = "last known"


class SeveralRequests(StrEnum):
    """Which of several requests before one answer began the waiting."""

    LAST = "last"
    FIRST = "first"


class SeveralAnswers(StrEnum):
    """What further answers to one request are.

    `EACH` is a decision about the same request; `APART` is a decision of its own, not waited for;
    `FIRST` and `LAST` keep only that one.
    """

    EACH = "each"
    APART = "apart"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Step:
    """An event that counts.

    Attributes:
        activity: the name of what happened.
        transition: the lifecycle transition (lower case) that it must have, or None for any.
        meaning: `REQUEST`, a code of `Answer`, `AUTOMATIC` or `TOLD_BY_COLUMN`.
    """

    activity: str
    transition: str | None
    meaning: int


@dataclass(frozen=True, slots=True)
class DecisionMapping:
    """One kind of decision: who asks and who answers, in terms of events.

    Attributes:
        kind: what the decisions are called.
        steps: the events that count, each activity and transition with one meaning.
        several_requests: which of several requests before an answer counts.
        several_answers: what a further answer to the same request is.
        keep_unasked: whether an answer without any request before it is a decision (with an unknown
            moment of asking) or is left out.
        answerer_recorded: False when the person on the answer's event isn't the one who decided.
    """

    kind: str
    steps: tuple[Step, ...]
    several_requests: SeveralRequests = SeveralRequests.LAST
    several_answers: SeveralAnswers = SeveralAnswers.EACH
    keep_unasked: bool = True
    answerer_recorded: bool = True


@dataclass(frozen=True, slots=True)
class EventMapping:
    """How a table of events is read as decisions.

    Attributes:
        case, activity: columns that every event has.
        amount: column of the amount, with `amount_at` saying which event's value is meant.
        decisions: the kinds of decision, at least one.
        time: column of the moment; without it the order of the file is the order of events.
        person, role: columns of who did it and in which role.
        lifecycle: column of the XES lifecycle transition.
        amount_at: which event's amount is the one that was decided.
        currency: column of the currency, read from the same event as the amount.
        answer: column with the word of the answer, for steps that are `TOLD_BY_COLUMN`.
        case_facts: columns that are the same in a whole case; read from the answer's event. Columns
            that begin with `case:` are such without being named.
    """

    case: str
    activity: str
    amount: str
    decisions: tuple[DecisionMapping, ...]
    time: str | None = None
    person: str | None = None
    role: str | None = None
    lifecycle: str | None = None
    amount_at: AmountAt = AmountAt.LAST_KNOWN
    currency: str | None = None
    answer: str | None = None
    case_facts: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that have a use of their own, each once."""
        named = (
            self.case,
            self.activity,
            self.time,
            self.person,
            self.role,
            self.lifecycle,
            self.amount,
            self.currency,
            self.answer,
        )
        return tuple(dict.fromkeys(name for name in named if name))
