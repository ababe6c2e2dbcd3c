"""Draws the questions of a made log from its truth, as arrays of equal length."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from remit.demo.log import moments
from remit.demo.log.truth import LogTruth, SegmentTruth

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

APPROVED, DECLINED, GRANTED_LESS, EXPIRED, WITHDRAWN = range(5)
ENDINGS = ("Approved", "Declined", "Partly approved", "Expired", "Withdrawn")

CATEGORIES = ("Late", "Cold", "Wrong item", "Billing", "Rude")
CHANNELS = ("Counter", "Phone", "App", "Delivery partner")
MEMBERS = (
    "Ada Brandt",
    "Bilal Aksoy",
    "Clara Neumann",
    "Dario Conti",
    "Elif Yıldız",
    "Finn Hansen",
    "Greta Möller",
    "Hugo Martens",
    "Ines Duarte",
    "Jörn Petersen",
    "Kaya Lorenz",
    "Lina Okafor",
    "Mats Ehlers",
    "Noor Rahimi",
)
LEADS = ("Olga Becker", "Pavel Novák", "Quinn Sommer", "Rosa Krüger")
MANAGERS = ("Aylin Demir", "Henrik Vos", "Marta Lindqvist", "Owen Price")
SYSTEM = "system"
DECIDERS = (*MANAGERS, SYSTEM)

_STANDARDS = np.array([-0.25, 0.0, 0.1, 0.3])
"""How much stricter each manager is, in log-odds of declining."""
_SMALLEST_AMOUNT = 300
_LARGE_AMOUNT = 6000


@dataclass(frozen=True, slots=True)
class Questions:
    """Rows of the log.

    Attributes:
        request: number of the request; a question asked again keeps it.
        segment: place in the truth's segments.
        amount: minor units.
        asked_at, answered_at: datetime64[m], wall clock.
        person: who asked, a place in `MEMBERS` or `LEADS` by role.
        decider: a place in `DECIDERS`.
        category, channel, ending: places in `CATEGORIES`, `CHANNELS`, `ENDINGS`.
        automatic: approved by the time-out rule.
    """

    request: Integers
    segment: Integers
    amount: Integers
    asked_at: moments.Moments
    answered_at: moments.Moments
    person: Integers
    decider: Integers
    category: Integers
    channel: Integers
    ending: Integers
    automatic: Bools

    def __len__(self) -> int:
        return len(self.amount)

    def take(self, rows: Integers) -> Questions:
        """The rows with these places."""
        return Questions(**{column.name: getattr(self, column.name)[rows] for column in fields(self)})

    @classmethod
    def joined(cls, parts: list[Self]) -> Questions:
        """All rows of all parts, one after the other."""
        return Questions(
            **{
                column.name: np.concatenate([getattr(part, column.name) for part in parts])
                for column in fields(cls)
            }
        )

    def by_time(self) -> Questions:
        """The same rows by moment of asking."""
        return self.take(np.argsort(self.asked_at, kind="stable"))


def draw(rng: np.random.Generator, truth: LogTruth, *, scale: float) -> Questions:
    """All questions of a log, by moment of asking, `scale` times as many as usual."""
    first_ask = Questions.joined(
        [_draw_segment(rng, truth, place, scale) for place in range(len(truth.segments))]
    ).by_time()
    numbered = replace(first_ask, request=np.arange(1, len(first_ask) + 1))
    again = _ask_again(rng, numbered, round(truth.resubmitted * scale))
    return Questions.joined([numbered, again]).by_time()


def _draw_segment(rng: np.random.Generator, truth: LogTruth, place: int, scale: float) -> Questions:
    segment = truth.segments[place]
    by_people = max(round(segment.rows * scale), 1)
    rows = by_people + round(by_people * truth.automatic_share)
    drift = segment.drift
    asked_at = moments.asked(rng, rows, drift.since if drift else None, drift.volume if drift else 1.0)
    category = rng.choice(len(CATEGORIES), size=rows, p=[0.32, 0.22, 0.2, 0.16, 0.1])
    amount = _amounts(rng, segment, rows)
    automatic = rng.permutation(rows) >= by_people
    manager = rng.choice(len(MANAGERS), size=rows, p=[0.3, 0.2, 0.35, 0.15])
    rate = decline_rates(segment, amount, category, asked_at)
    declined = rng.random(rows) < (_stricter(rate, manager) if truth.managers_differ else rate)
    ending = np.where(automatic | ~declined, APPROVED, _declines(rng, truth, rows))
    unattended = automatic | (ending == EXPIRED)
    return Questions(
        request=np.zeros(rows, dtype=np.int64),
        segment=np.full(rows, place),
        amount=amount,
        asked_at=asked_at,
        answered_at=np.where(unattended, moments.timed_out(asked_at), moments.answered(rng, asked_at)),
        person=_people(rng, len(LEADS if segment.role == "Lead" else MEMBERS), rows),
        decider=np.where(unattended, DECIDERS.index(SYSTEM), manager),
        category=category,
        channel=rng.choice(len(CHANNELS), size=rows, p=[0.25, 0.2, 0.3, 0.25]),
        ending=ending,
        automatic=automatic,
    )


def decline_rates(
    segment: SegmentTruth, amount: Integers, category: Integers, asked_at: moments.Moments
) -> Floats:
    """The true chance of anything but a plain yes, row by row, for a manager of average standards."""
    rate = np.full(len(amount), segment.rate)
    if segment.limit is not None:
        limit = np.array([segment.limit_by_category.get(name, segment.limit) for name in CATEGORIES])
        rate[amount > limit[category]] = segment.beyond
    if segment.drift is not None:
        rate[asked_at >= np.datetime64(segment.drift.since)] = segment.drift.rate
    return rate


def _stricter(rate: Floats, manager: Integers) -> Floats:
    """The same rates as each manager applies them; what is always granted stays always granted."""
    odds = rate / (1 - rate) * np.exp(_STANDARDS[manager])
    changed: Floats = odds / (1 + odds)
    return changed


def _declines(rng: np.random.Generator, truth: LogTruth, rows: int) -> Integers:
    """How each row would end if it were not approved."""
    others = truth.other_endings / 3
    return rng.choice(
        [DECLINED, GRANTED_LESS, EXPIRED, WITHDRAWN],
        size=rows,
        p=[1 - truth.other_endings, others, others, others],
    )


def _amounts(rng: np.random.Generator, segment: SegmentTruth, rows: int) -> Integers:
    """Log-normal amounts, heaped where people like to round: fives, tens, and prices as on a menu."""
    amount = rng.lognormal(np.log(segment.median), segment.spread, rows)
    step = np.where(amount < _LARGE_AMOUNT, 500, 1000)
    ways = [np.rint(amount), np.rint(amount / step) * step, np.rint(amount / 100) * 100 - 10]
    heaped = np.choose(rng.choice(len(ways), size=rows, p=[0.35, 0.45, 0.2]), ways)
    return heaped.clip(_SMALLEST_AMOUNT).astype(np.int64)


def _people(rng: np.random.Generator, people: int, rows: int) -> Integers:
    """Who asked: some work full time, some don't."""
    weight = rng.uniform(0.4, 1.6, people)
    return rng.choice(people, size=rows, p=weight / weight.sum())


def _ask_again(rng: np.random.Generator, questions: Questions, rows: int) -> Questions:
    """Some plain declines come back after a few days, with a better reason, and are approved."""
    declined = np.flatnonzero(questions.ending == DECLINED)
    again = questions.take(np.sort(rng.choice(declined, size=min(rows, len(declined)), replace=False)))
    later = again.answered_at.astype("datetime64[D]") + rng.integers(1, 4, len(again)).astype(
        "timedelta64[D]"
    )
    asked_at = moments.within_opening_hours(rng, later)
    return replace(
        again,
        asked_at=asked_at,
        answered_at=moments.answered(rng, asked_at),
        ending=np.full(len(again), APPROVED),
    )
