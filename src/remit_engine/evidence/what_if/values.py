"""What a look back answers: plain frozen values.

Amounts are whole minor units; shares and rates are fractions between 0 and 1; hours are hours; `None` means
that the history can't say. Facts of the past have no interval; only what is said about weeks to come has one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from remit_engine.charter.levels import Level
from remit_engine.evidence.letgo.values import Interval, Period, Waiting
from remit_engine.evidence.weeks import QUARTER_WEEKS
from remit_engine.history.replay import Tally
from remit_engine.modes import Mode

DRIFTS: Final = (0.0, 0.1, 0.25)
"""How much more might be given where nobody has to be asked: scenarios, never estimates."""
FEWEST_PEOPLE: Final = 5
"""Figures of a role are shown from so many people on."""


class NotKnown(StrEnum):
    """What no replay of this history can say. The value is the sentence."""

    NEVER_ASKED = (
        "Requests that were never made, because somebody would have had to ask, are in no history. "
        "With more room there may be more of them."
    )
    HIGHER_GIFTS = (
        "Whether people give more once the limit is higher can't be seen before it is higher; the scenarios "
        "only reckon with it."
    )
    CUSTOMERS_LEARN = "Whether customers learn the limit, and ask up to it, can't be seen from here."
    WAS_IT_RIGHT = "A yes is no proof: this says what was answered, not what was best. Reviews say that."
    QUEUE = (
        "At least so much waiting is saved: where the same people answer, the questions that are left get "
        "their answers sooner, too."
    )
    NEW_QUESTIONS = (
        "What would have been answered to questions that nobody had to ask then isn't known: anything "
        "between all of them a yes and none. Only the bounds can be given."
    )
    MISSING_FACTS = (
        "Some facts that this charter asks for were not noted then. There they count as missing, which is "
        "careful: with them, more might go without a yes."
    )
    TOTALS_UNKNOWN = (
        "What was used of some allowances isn't in the record; as recorded, they count as used up. "
        "Replayed as if it had been in force, they are added up anew."
    )
    PATH = (
        "The requests are kept as they were: after a first other answer people might have asked for other "
        "things."
    )
    OBJECTIONS = (
        "Whether somebody would have objected to what becomes a proposal isn't known; no waiting is counted "
        "as saved there."
    )


@dataclass(frozen=True, slots=True)
class Looking:
    """How it is looked at.

    Attributes:
        confidence: of everything that has an interval.
        ahead: weeks to come that are spoken of.
        working_days: weekdays that count as working days, Monday is 0.
        working_hours: first and last hour of a working day, after midnight.
        opening: instead of these, for each weekday, Monday first, stretches in minutes after midnight.
        segments: at most so many are told apart, the ones that change most first.
    """

    confidence: float = 0.95
    ahead: int = QUARTER_WEEKS
    working_days: frozenset[int] = frozenset(range(5))
    working_hours: tuple[float, float] = (9.0, 17.0)
    opening: tuple[tuple[tuple[int, int], ...], ...] | None = None
    segments: int = 12


@dataclass(frozen=True, slots=True)
class Moved:
    """Requests that go from one level to another.

    Attributes:
        before, after: the levels.
        tally: how many, and how much they ask for.
    """

    before: Level
    after: Level
    tally: Tally


@dataclass(frozen=True, slots=True)
class Avoided:
    """Questions that nobody would have had to ask.

    Attributes:
        rows: how many.
        amount: what they asked for: it would have gone out without a yes.
        approved: of these, what was plainly approved.
        without_answer: of these, questions that have no answer that says something: open, or void.
        at_once: of these, what would have been given at once; the rest would have become proposals.
        largest_share: of the largest single amount in `amount`; None where nothing is asked for.
        waiting: of those given at once, between question and answer; None where no times are known.
    """

    rows: int
    amount: int
    approved: Tally
    without_answer: int
    at_once: int
    largest_share: float | None
    waiting: Waiting | None


@dataclass(frozen=True, slots=True)
class LetThrough:
    """What was not plainly approved, and would have gone through: declined, less granted, expired, withdrawn.

    Attributes:
        rows, amount: how many, and what they asked for.
        plain: those that were a plain no, or an objection.
        largest_share: of the largest single amount; None where nothing is asked for.
        answered: questions and proposals freed that have an answer: `rows` are a part of them.
    """

    rows: int
    amount: int
    plain: Tally
    largest_share: float | None
    answered: int


@dataclass(frozen=True, slots=True)
class Added:
    """Questions that would have had to be asked; what would have been answered nobody knows.

    Attributes:
        rows: how many.
        amount: what was given without a question: between nothing and all of it might have been refused.
        hours_if_as_usual: what they would have waited if they had waited as long as the middle one of this
            history's questions; None where no times are known.
    """

    rows: int
    amount: int
    hours_if_as_usual: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """One segment, or one role.

    Attributes:
        words: what they have in common, one for each column; () for the rest taken together.
        people: how many asked in it.
        decisions, questions: how many there were, and how many of them had to ask.
        avoided, added, stopped: questions avoided, questions more, and what nobody could have given.
        hours: clock hours of waiting saved; None where no times are known.
        amount: would have gone out without a yes.
        declined, declined_amount: let through though they weren't plainly approved.
        largest_share: of the largest amount in `amount`.
        ahead: questions avoided in the weeks to come; None with too few weeks.
    """

    words: tuple[str, ...]
    people: int
    decisions: int
    questions: int
    avoided: int
    added: int
    stopped: int
    hours: float | None
    amount: int
    declined: int
    declined_amount: int
    largest_share: float | None
    ahead: Interval | None


@dataclass(frozen=True, slots=True)
class Drift:
    """A scenario: what goes out without a yes in the weeks to come if people give so much more."""

    more: float
    amount: Interval


@dataclass(frozen=True, slots=True)
class Bunching:
    """How many gifts seem to be squeezed under a limit: a scenario, and only where clearly above its noise.

    Attributes:
        kind, role: whose limit.
        limit: minor units.
        seen, expected: gifts just below the limit, and how many would lie there on a smooth curve.
    """

    kind: str
    role: str
    limit: int
    seen: int
    expected: float

    @property
    def squeezed(self) -> float:
        """About how many would have been larger."""
        return self.seen - self.expected


@dataclass(frozen=True, slots=True)
class Ahead:
    """The weeks to come, if people ask for the same things as before.

    Attributes:
        weeks: how many are spoken of.
        from_weeks: whole weeks of the history that it rests on.
        unit_weeks: 1, or 4 where four weeks are one unit.
        avoided, added: questions.
        hours: of waiting saved, clock; None where no times are known.
        amount: without a yes, minor units.
        declined_rate: at most so many of the decisions freed would be declined; None without answers.
        declined: so at most about so many; None without answers.
        drifts: scenarios.
    """

    weeks: int
    from_weeks: int
    unit_weeks: int
    avoided: Interval
    added: Interval
    hours: Interval | None
    amount: Interval
    declined_rate: float | None
    declined: float | None
    drifts: tuple[Drift, ...]


@dataclass(frozen=True, slots=True)
class ChoicePoint:
    """One possible limit of a grant, all else being as in the charter looked at.

    Attributes:
        limit: minor units.
        avoided, added: questions avoided and questions more, against what was.
        amount: would go out without a yes.
        declined: would go through though they weren't plainly approved.
        rate_at_most: upper bound of their share, for all limits at once; 1 where nothing can be said.
    """

    limit: int
    avoided: int
    added: int
    amount: int
    declined: int
    rate_at_most: float


@dataclass(frozen=True, slots=True)
class Choice:
    """What is saved and risked by the limit of one grant.

    Attributes:
        grant: its id.
        before, after: its limit in the charter in force and in the one looked at; None without one.
        points: rising.
    """

    grant: str
    before: int | None
    after: int | None
    points: tuple[ChoicePoint, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The whole answer.

    Attributes:
        looking: how it was looked at.
        mode: which running totals were used.
        currency: of all amounts.
        period: first and last day with a decision; None without times.
        decisions, questions, without_amount: how many there are; how many had to ask; how many amounts are
            missing or in another currency, and add nothing to the sums.
        moved: every level that changes into another.
        avoided, let_through, added: see there.
        stopped: would have been for nobody to give.
        segments: what changes, by what they have in common; the rest last.
        segments_by: names of those columns.
        roles: the same by role, never of fewer than five people; empty where that can't be had.
        roles_together: roles that are taken together, since they are so few people.
        ahead: None with too few weeks.
        weeks_missing: how many whole weeks more it takes to say something about those to come.
        bunching: limits under which gifts seem to be squeezed.
        choices: by grant whose limit changes.
        not_known: what this can't say.
        told: what isn't known about the requests, in sentences.
    """

    looking: Looking
    mode: Mode
    currency: str
    period: Period | None
    decisions: int
    questions: int
    without_amount: int
    moved: tuple[Moved, ...]
    avoided: Avoided
    let_through: LetThrough
    added: Added
    stopped: Tally
    segments: tuple[Part, ...]
    segments_by: tuple[str, ...]
    roles: tuple[Part, ...]
    roles_together: tuple[str, ...]
    ahead: Ahead | None
    weeks_missing: int
    not_known: tuple[NotKnown, ...]
    told: tuple[str, ...]
    bunching: tuple[Bunching, ...] = field(default=())
    choices: tuple[Choice, ...] = field(default=())

    @property
    def changes_nothing(self) -> bool:
        """Whether every request has the level that it had."""
        return not self.moved
