"""Reads of the hats: what was found is read, and nothing reckoned anew.

The page of the balance, or any other, shows the first ones with two lines:

    first = hats_of(place).now                       # in a view
    {% include "insight/hats/parts/hats.html" with hats=first team=place.team %}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from remit.core.clock import now
from remit.events.models import Event
from remit.findings.access import hats_for
from remit.findings.models import Dismissal, Finding, HatLook, PutOn
from remit.findings.vocabulary import WORN_FOR, Because, Hat
from remit.insight.hats.learning import Learned, learned_from, left_lately
from remit.insight.hats.words import Names, Said, said_of, worth_in_words
from remit.people.access import Place
from remit.procedures.models import Procedure

MOST: Final = 5
_ICONS: Final = {
    Hat.LET_GO: "bird",
    Hat.HOLD_ON: "eye",
    Hat.EXPLAIN: "book-open",
    Hat.ASK: "lightbulb",
    Hat.HAND_OVER: "mic",
    Hat.STEP_IN: "life-buoy",
    Hat.THANK: "heart-handshake",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A hat as it is shown.

    Attributes:
        finding: its row.
        hat: which one.
        said: its words.
        worth: hours of somebody a week, as they count in this team.
        put_on: who goes about it; None where nobody does.
        left: why not now; None where it isn't left.
    """

    finding: Finding
    hat: Hat
    said: Said
    worth: float
    put_on: PutOn | None = None
    left: Dismissal | None = None

    @property
    def icon(self) -> str:
        """Drawn before it."""
        return _ICONS[self.hat]

    @property
    def worth_words(self) -> str:
        """`2.5 h a week`."""
        return worth_in_words(self.worth)

    @property
    def because(self) -> str:
        """Why it was left, in a few words."""
        return str(Because(self.left.because).label) if self.left else ""


@dataclass(frozen=True, slots=True)
class Hats:
    """The hats of a team for somebody who leads it.

    Attributes:
        now: at most five, one of each hat, the worthiest first.
        put_on: those that somebody goes about.
        left: those that were left, for as long as they stay away.
        learned: kinds that count for less here.
        looked_at: when it was looked last; None: not yet.
    """

    now: Sequence[Line]
    put_on: Sequence[Line]
    left: Sequence[Line]
    learned: Sequence[Learned]
    looked_at: datetime | None


def hats_of(place: Place) -> Hats:
    """The hats of a team, in at most six queries."""
    rows = list(hats_for(place))
    left = left_lately(place.team)
    learned = learned_from(left)
    around = _Around(
        learned,
        {row.finding_id: row for row in _worn(rows)},
        {row.finding.key: row for row in reversed(left) if row.until and row.until > now()},
    )
    names = _names(rows)
    lines = [_line(row, place, names, around) for row in rows]
    lines.sort(key=lambda line: (-line.worth, line.finding.pk))
    free = [line for line in lines if line.put_on is None and line.left is None]
    look = HatLook.objects.filter(team=place.team).first()
    return Hats(
        now=_one_of_each(free)[:MOST],
        put_on=[line for line in lines if line.put_on is not None],
        left=[line for line in lines if line.left is not None and line.put_on is None],
        learned=[each for each in learned.values() if each.counts < 1],
        looked_at=look.looked_at if look else None,
    )


def line_of(place: Place, finding: Finding) -> Line:
    """One hat, as it is shown."""
    return _line(finding, place, _names([finding]), _Around())


@dataclass(frozen=True, slots=True)
class _Around:
    """What was made of the hats of a team: what was learned, by kind; put on, by number; left, by key."""

    learned: Mapping[str, Learned] = field(default_factory=dict)
    worn: Mapping[int, PutOn] = field(default_factory=dict)
    held: Mapping[str, Dismissal] = field(default_factory=dict)


def _line(row: Finding, place: Place, names: Names, around: _Around) -> Line:
    learned = around.learned.get(row.reason)
    counts = learned.counts if learned else 1.0
    return Line(
        finding=row,
        hat=Hat(row.state),
        said=said_of(row, place.team, names),
        worth=row.evidence["worth"] * counts,
        put_on=around.worn.get(row.pk),
        left=around.held.get(row.key),
    )


def _one_of_each(lines: Iterable[Line]) -> list[Line]:
    """The first line of each hat."""
    found: dict[Hat, Line] = {}
    for line in lines:
        found.setdefault(line.hat, line)
    return list(found.values())


def _worn(rows: Sequence[Finding]) -> list[PutOn]:
    if not rows:
        return []
    found = PutOn.objects.filter(finding__in=rows, ended_at=None, at__gt=now() - WORN_FOR)
    return list(found.select_related("by"))


def _names(rows: Iterable[Finding]) -> Names:
    """How procedures and big days are called; a query for each of the two that is needed."""
    procedures = {row.evidence["procedure"] for row in rows if "procedure" in row.evidence}
    events = {row.evidence["event"] for row in rows if "event" in row.evidence}
    titles = Procedure.objects.filter(pk__in=procedures).values_list("pk", "title") if procedures else ()
    days = Event.objects.filter(pk__in=events).values_list("pk", "title") if events else ()
    return Names(dict(titles), dict(days))
