"""The weeks of reviews in the demo: opened, drawn, looked at; some late, a few never."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Final, Protocol

from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.demo.playing import Story
from remit.demo.words.reviews import ANSWERS, DIFFERENT, WHY_SAME
from remit.people.models import Team
from remit.reviews.actions.asking import want_look
from remit.reviews.drawable import taken_alone
from remit.reviews.models import Review, Round
from remit.reviews.parties import parties_to
from remit.reviews.vocabulary import OPENED_BEFORE, Outcome
from remit_engine.evidence.sampling import KEY_BYTES

_DRAWN_AFTER: Final = timedelta(hours=1, minutes=20)
_UNDONE: Final = 0.07
"""The share of reviews that isn't done by its day."""
_DIFFERENT: Final = 0.05
_OF_LARGE_ONES: Final = 0.12
_LARGE: Final = 4000
"""Minor units from which on reviewers differ more often."""
_AGREES: Final = 0.9
"""How often a second reviewer says what the first one would."""


class Reviewing(Protocol):
    """The acts of the reviews; see `remit.demo.bulk.reviewing`."""

    def open_week(self, team: Team, moment: datetime, key: bytes) -> Round | None:
        """The week that a moment lies in is opened."""

    def draw_week(self, row: Round) -> Round:
        """A week that is over is drawn."""

    def ask_for_looks(self, row: Round) -> list[Review]:
        """A reviewer is asked for everything that a week drew."""

    def look(self, review: Review, outcome: Outcome, why: str, better: str) -> None:
        """A reviewer says what they would have decided."""

    def pass_look_on(self, review: Review) -> Review | None:
        """A review wasn't done by its day: somebody else is asked, or it is given up."""

    def answer_look(self, review: Review, words: str) -> None:
        """Whoever decided answers."""

    def thank(self, review: Review) -> None:
        """Whoever decided found it helpful."""


def weeks_of_reviews(desk: Reviewing, house: House, rng: Random, end: datetime) -> tuple[datetime, Story]:
    """All weeks of a team from its first charter on, as one story with its first moment."""
    begin = max(house.charters[0].version.published_at, house.team.created_at) + timedelta(minutes=30)
    return begin, _Weeks(desk, house, rng, end).story()


class _Weeks:
    """What comes next is kept in the order of time: a kind of act, and what it is about."""

    def __init__(self, desk: Reviewing, house: House, rng: Random, end: datetime) -> None:
        self._desk, self._house, self._rng, self._end = desk, house, rng, end
        self._numbers = count()
        self._next: list[tuple[datetime, int, str, object]] = []

    def story(self) -> Iterator[datetime]:
        """Acts, each at its moment."""
        self._opens(now())
        while self._next:
            yield self._next[0][0]
            _, _, act, about = heappop(self._next)
            getattr(self, f"_{act}")(about)

    def _later(self, moment: datetime, act: str, about: object) -> None:
        if moment <= self._end:
            heappush(self._next, (moment, next(self._numbers), act, about))

    def _opens(self, moment: datetime) -> None:
        row = self._desk.open_week(self._house.team, moment, self._rng.randbytes(KEY_BYTES))
        if row is None:
            return
        self._later(row.ends_at - OPENED_BEFORE + timedelta(minutes=7), "opens", row.ends_at)
        self._later(row.ends_at + _DRAWN_AFTER, "draws", row)

    def _draws(self, row: Round) -> None:
        self._desk.draw_week(row)
        for review in self._desk.ask_for_looks(row):
            self._is_asked(review)

    def _is_asked(self, review: Review) -> None:
        if self._rng.random() < _UNDONE:
            self._later(review.due_at + timedelta(minutes=25), "passes", review)
            return
        hours = min(self._rng.expovariate(1 / 40), 150.0) + 5
        self._later(review.asked_at + timedelta(hours=hours), "looks", review)

    def _passes(self, review: Review) -> None:
        following = self._desk.pass_look_on(review)
        if following is not None:
            self._is_asked(following)

    def _looks(self, review: Review) -> None:
        if not any(each.member == review.reviewer for each in self._house.there()):
            self._later(review.due_at + timedelta(minutes=25), "passes", review)
            return
        differs = self._differs(review)
        why, better = self._rng.choice(DIFFERENT) if differs else (self._rng.choice(WHY_SAME), "")
        self._desk.look(review, Outcome.DIFFERENT if differs else Outcome.SAME, why, better)
        is_software = review.decision.member.is_software
        if not is_software and self._rng.random() < (0.6 if differs else 0.15):
            self._later(now() + timedelta(hours=self._rng.uniform(1, 30)), "thanks", review)
        if not is_software and differs and self._rng.random() < 0.4:  # noqa: PLR2004
            self._later(now() + timedelta(hours=self._rng.uniform(1, 30)), "answers", review)

    def _differs(self, review: Review) -> bool:
        """What a reviewer would say: of one decision nearly always the same, whoever looks."""
        decision = review.decision
        likely = _OF_LARGE_ONES if decision.value >= _LARGE else _DIFFERENT
        is_different = Random(f"{decision.key}:looked at").random() < likely  # noqa: S311 (made data)  # nosec B311
        agrees = self._rng.random() < _AGREES or not review.is_double
        return is_different if agrees else not is_different

    def _thanks(self, review: Review) -> None:
        if self._is_there(review):
            self._desk.thank(review)

    def _answers(self, review: Review) -> None:
        if self._is_there(review):
            self._desk.answer_look(review, self._rng.choice(ANSWERS))

    def _is_there(self, review: Review) -> bool:
        return any(each.member == review.decision.member for each in self._house.there())


_WANTED: Final = (
    (9.5, "ben", "ana", "They come every Friday. Would you have given more?"),
    (7.0, "ana", "sam", "I wasn't sure whether the kitchen or the driver was late. Too much?"),
    (4.5, "priya", "mia", "Not what we usually do. Would you have called first?"),
)
"""Hours before the end, who asks whom, and what they would like to know."""


def looks_wanted(house: House, end: datetime) -> Iterator[tuple[datetime, Story]]:
    """Some ask for a look at a decision of their own, so that a visitor finds one to do."""
    for hours, asker, colleague, words in _WANTED:
        yield end - timedelta(hours=hours), _wanted(house, asker, colleague, words)


def _wanted(house: House, asker: str, colleague: str, words: str) -> Iterator[datetime]:
    member = next(each.member for each in house.there() if each.member.word == asker)
    other = next(each.member for each in house.there() if each.member.word == colleague)
    theirs = taken_alone().filter(member=member, reviews=None, lot=None).exclude(complaint__about=other)
    for decision in theirs.select_related("complaint").order_by("-at", "-pk")[:20]:
        if other.pk not in parties_to(decision):
            want_look(member, decision.pk, words=words, colleague=colleague)
            break
    yield from ()
