"""What the list shows, as it stands in its address: filters are links, and a saved view is an address."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

from django.http import QueryDict

from remit.complaints.vocabulary import Channel, Severity

_LONGEST: Final = 120


YEARS: Final = range(1900, 2200)
"""Whatever lies outside has no day before or after it in some time zone, and no complaint either."""


class Tab(StrEnum):
    """The lists that everybody has."""

    MINE = "mine"
    DUE = "due"
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


TAB_WORDS: Final = {
    Tab.MINE: "Mine",
    Tab.DUE: "Due soon",
    Tab.UNASSIGNED: "Free to take",
    Tab.WAITING: "Waiting for a yes",
    Tab.OPEN: "Open",
    Tab.CLOSED: "Closed",
    Tab.ALL: "All",
}
"""What the tabs say."""

NOBODY: Final = "nobody"
"""Stands for the assignee of a complaint that nobody took up."""
TOGETHER: Final = "together"
"""Stands for amounts just under a line that are looked at together."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list shows.

    Attributes:
        tab: which list.
        team, category, severity, channel, assignee, tag: only these; "" for all.
        look: `together` for those with an amount that is to be looked at together.
        since, until: opened on these days, by the wall clock of each team.
        q: words that are looked for.
        after: where the page begins; "" for the first.
    """

    tab: Tab = Tab.OPEN
    team: str = ""
    category: str = ""
    severity: str = ""
    channel: str = ""
    assignee: str = ""
    tag: str = ""
    look: str = ""
    since: date | None = None
    until: date | None = None
    q: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read them out of an address; what can't be understood isn't there."""
        said = {name: query.get(name, "").strip()[:_LONGEST] for name in _NAMES}
        q = said["q"]
        tab = said["tab"] if said["tab"] in set(Tab) else (Tab.ALL if q else Tab.OPEN)
        return cls(
            tab=Tab(tab),
            team=said["team"],
            category=said["category"],
            severity=said["severity"] if said["severity"] in {str(each) for each in Severity} else "",
            channel=said["channel"] if said["channel"] in Channel.values else "",
            assignee=said["assignee"],
            tag=said["tag"],
            look=TOGETHER if said["look"] == TOGETHER else "",
            since=_day(said["since"]),
            until=_day(said["until"]),
            q=q,
            after=said["after"],
        )

    def changed(self, **changes: Any) -> Self:  # noqa: ANN401
        """The same with something else, from the first page on."""
        return replace(self, **{"after": "", **changes})

    @property
    def query(self) -> str:
        """As an address says it, without its question mark; what is usual isn't said."""
        said = QueryDict(mutable=True)
        for name in _NAMES:
            value = getattr(self, name)
            if value and not (name == "tab" and value == (Tab.ALL if self.q else Tab.OPEN)):
                said[name] = value.isoformat() if isinstance(value, date) else str(value)
        return said.urlencode()

    @property
    def without_page(self) -> Self:
        """The same from the first page on."""
        return self.changed()

    @property
    def narrowing(self) -> list[tuple[str, str]]:
        """What narrows the list beyond its tab: name and words of each."""
        said: list[tuple[str, str]] = []
        for name in _NARROWING:
            value = getattr(self, name)
            if value:
                said.append((name, _in_words(name, value)))
        return said


_NAMES: Final = tuple(each.name for each in fields(Filters))
_NARROWING: Final = (
    "q",
    "team",
    "category",
    "severity",
    "channel",
    "assignee",
    "tag",
    "look",
    "since",
    "until",
)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _in_words(name: str, value: object) -> str:
    said = str(value)
    if name == "severity":
        return Severity(int(said)).label
    if name == "channel":
        return Channel(said).label
    return _SAID.get(name, "{}").format(said)


_SAID: Final = {
    "since": "since {}",
    "until": "until {}",
    "q": "“{}”",
    "tag": "#{}",
    "look": "to look at {}",
}
"""How what narrows the list is said, where it isn't its own word."""
