"""Purpose in the demo: what each team works for, in versions, and objectives that moved over the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from remit.core import clock
from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.demo.bulk.record import Record
from remit.demo.bulk.rows import Rows
from remit.demo.playing import Story
from remit.people.access import place_in
from remit.people.models import Member
from remit.purpose.access import get_objective_for
from remit.purpose.actions.moving import move, moving
from remit.purpose.actions.rules import hang_rule
from remit.purpose.models import Closing, Measurement, Objective, Vision
from remit.purpose.vocabulary import BY_HAND, Outcome

_BEGUN: Final = 331
_CHANGED: Final = 164
"""Days before the end at which the vision of the main team was written, and changed."""
_SISTERS_AFTER: Final = timedelta(days=2)

_FIRST: Final = (
    "every guest leaves content",
    (
        "We cook what we would serve our own families. When something goes wrong, we put it right before "
        "the guest has left. Nobody has to raise their voice to be heard."
    ),
    "We said it at every staff meeting and each of us meant something else by it.",
)
_SECOND: Final = (
    "every guest leaves wanting to come back",
    (
        "We cook what we would serve our own families. When something goes wrong, whoever stands there puts "
        "it right, before the guest has left. Nobody has to raise their voice to be heard, and nobody here "
        "has to wait for a signature to do what is right."
    ),
    "Content is too little: content guests try the place next door. And the team asked to be part of it.",
)
_SISTER: Final = (
    "guests tell their friends about us",
    "Whatever goes wrong in our house is made right by the one who hears of it.",
    "We begin with Remit, and everybody should know what it is for.",
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An objective of the demo; days count back from the end, `until` ahead of it."""

    key: str
    title: str
    why: str
    owner: str
    measure: str
    unit: str
    start: str
    target: str
    opened: int
    until: int
    typed: tuple[tuple[int, str, str], ...] = ()


_TABLES: Final = (
    (160, "21", "Spring came, and the terrace opened."),
    (130, "24", ""),
    (99, "23", "Three weeks of rain."),
    (68, "29", "The neighbours' festival."),
    (37, "33", ""),
    (6, "34", "Counted by the reservations that say who sent them."),
)
"""Days before the end, tables, a word."""
_HOURS: Final = (
    (300, "19", ""),
    (252, "21", "Carnival: every bill was looked up twice."),
    (203, "17", ""),
    (151, "13", "Since the new charter fewer of them wait for a yes."),
    (101, "12", ""),
)
"""Days before the end, hours, a word."""

_OBJECTIVES: Final = (
    _Wanted(
        "made-right", "guests say that it was made right",
        "Whoever was made right comes back more often than whoever had no trouble at all.",
        "sam", "rating", "of 5", "3.8", "4.3", 240, 60,
    ),
    _Wanted(
        "without-asking", "guests don't wait while somebody looks for a manager",
        "On 412 of 415 times the answer was yes, and the guest stood there for it.",
        "mia", "decided-without-asking", "%", "45", "65", 210, 90,
    ),
    _Wanted(
        "answers-sooner", "whoever has to ask hears back while the guest is still there",
        "A yes after an hour reaches an empty table.",
        "priya", "waiting-for-answers", "min", "90", "30", 160, 45,
    ),
    _Wanted(
        "regulars", "regulars bring their friends",
        "Two of three new tables come since somebody told them; advertising brought four in a year.",
        "priya", BY_HAND, "tables a month", "18", "40", 190, 120, _TABLES,
    ),
    _Wanted(
        "quick-ends", "nobody hears from us for days about one cold dinner",
        "What takes longer than a day is told on, whatever we give in the end.",
        "sam", BY_HAND, "h", "20", "8", 320, 0, _HOURS,
    ),
)  # fmt: skip
_OF_SISTERS: Final = _Wanted(
    "made-right", "guests say that it was made right",
    "It is the one thing that we can ask every guest about.",
    "", "rating", "of 5", "3.8", "4.4", 0, 90,
)  # fmt: skip
_CLOSED: Final = 96
_HUNG: Final = (
    ("fix-on-the-spot", "without-asking"),
    ("say-sorry", "made-right"),
    ("something-sweet", "made-right"),
)
"""Rules of the charter, and the objectives on which they hang."""
_CAME: Final = (
    "Half of what took days was waiting for a yes. Since the charter of the summer that is gone; "
    "what is left are bills that the office has to look up."
)


def directed(
    rows: Rows, trail: Record, houses: Iterable[House], end: datetime
) -> Iterator[tuple[datetime, Story]]:
    """Stories of what each team works for.

    Args:
        rows: where they go.
        trail: where their acts go.
        houses: the main team first.
        end: of the demo's time.
    """
    main, *sisters = (_Directing(rows, trail, house, end) for house in houses)
    yield main.ago(_BEGUN), main.vision("ola", 1, _FIRST)
    yield main.ago(_CHANGED), main.vision("mia", 2, _SECOND)
    for wanted in _OBJECTIVES:
        yield main.ago(wanted.opened), main.objective("mia", wanted)
    for sister in sisters:
        begun = sister.house.memberships[1].since + _SISTERS_AFTER
        yield begun, sister.small()


def moved(main: House, end: datetime) -> None:
    """What moves by itself is measured, as every night and every minute; and Mia hung some rules.

    Args:
        main: the main team.
        end: of the demo's time.
    """
    with clock.at(end):
        mia = next(each.member for each in main.there() if each.member.word == "mia")
        for rule, key in _HUNG:
            objective = get_objective_for(mia, f"{main.team.word}/{key}")
            hang_rule(place_in(mia, main.team), rule, objective)
        for number in moving().values_list("pk", flat=True):
            move(number)


@dataclass(frozen=True, slots=True)
class _Directing:
    """Stories of one team."""

    rows: Rows
    trail: Record
    house: House
    end: datetime

    def ago(self, days: float) -> datetime:
        return self.end - timedelta(days=days)

    def vision(self, by: str, number: int, said: tuple[str, str, str]) -> Story:
        so_that, text, why = said
        member, team = self._member(by), self.house.team
        vision = Vision(team=team, number=number, so_that=so_that, text=text, why=why, by=member, at=now())
        self.rows.add(vision)
        self.trail.record("vision-written", vision.subject, by=member, team=team, words=why, version=number)
        yield from ()

    def objective(self, by: str, wanted: _Wanted) -> Story:
        opener, team = self._member(by), self.house.team
        objective = self.rows.add(
            Objective(
                team=team,
                key=wanted.key,
                title=wanted.title,
                why=wanted.why,
                owner=self._member(wanted.owner),
                measure=wanted.measure,
                unit=wanted.unit,
                start=Decimal(wanted.start),
                target=Decimal(wanted.target),
                begins=self._day(now()),
                until=self._day(self.end + timedelta(days=wanted.until)),
                opened_by=opener,
                opened_at=now(),
            )
        )
        self._record("objective-opened", objective, opener, words=wanted.why)
        yield from self._typed(objective, wanted)
        if not wanted.until:
            yield self.ago(_CLOSED)
            self._closed(objective, opener)

    def small(self) -> Story:
        """What a sister works for, since it began."""
        manager, lead = (each.member.word for each in self.house.memberships[1:3])
        yield from self.vision(manager, 1, _SISTER)
        yield from self.objective(manager, replace(_OF_SISTERS, owner=lead))

    def _typed(self, objective: Objective, wanted: _Wanted) -> Story:
        for days, value, words in wanted.typed:
            yield self.ago(days)
            day, by = self._day(now()), objective.owner
            row = Measurement(
                objective=objective, day=day, value=Decimal(value), words=words, by=by, at=now()
            )
            self.rows.add(row)
            self._record("objective-measured", objective, by, value=value, day=day.isoformat())

    def _closed(self, objective: Objective, by: Member) -> None:
        why, outcome = "It is a habit by now, and the next one matters more.", Outcome.PARTLY
        self.rows.add(
            Closing(
                objective=objective, outcome=outcome, came=_CAME, why=why, value=Decimal(12), by=by, at=now()
            )
        )
        self._record("objective-closed", objective, by, words=why, outcome=outcome.label)

    def _record(self, act: str, objective: Objective, by: Member, *, words: str = "", **data: object) -> None:
        data = {"objective": objective.key, **data}
        self.trail.record(act, objective.subject, by=by, team=objective.team, words=words, **data)

    def _member(self, word: str) -> Member:
        return next(each.member for each in self.house.memberships if each.member.word == word)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.house.team.zone).date()
