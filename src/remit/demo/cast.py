"""Who works in the demo: the main team with people by name, and its lighter sisters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Final

from remit.demo.words.guests import STAFF_FAMILY, STAFF_GIVEN

ORGANISATION: Final = "Keller & Sons"
YEAR: Final = 365
"""Days that the main team looks back on."""


class Works(Enum):
    """When somebody usually works: first and last hour on the wall clock, and days (Monday is 0)."""

    DAYS = (10, 17, (0, 1, 2, 4, 5))
    WEEKEND = (11, 19, (3, 4, 5, 6))
    EVENINGS = (16, 24, (2, 3, 4, 5, 6))
    EARLY_EVENINGS = (16, 24, (0, 1, 3, 4, 5))
    NIGHTS = (22, 30, (0, 2, 4, 5, 6))
    OFFICE = (10, 19, (0, 1, 2, 3, 4, 5))
    NEVER = (0, 0, ())


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here.

    Attributes:
        since, until: days before the end of the demo's time; until 0 for those who are still there.
    """

    word: str
    name: str
    role: str
    works: Works
    since: int
    until: int = 0
    is_software: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A team.

    Attributes:
        since: days before the end at which it started with Remit.
        share: of all complaints of the sisters; 0 for the main team.
    """

    word: str
    name: str
    zone: str
    since: int
    share: float
    people: tuple[Colleague, ...]


OWNER: Final = Colleague("ola", "Ola Keller", "manager", Works.NEVER, YEAR + 7)
MAIN: Final = Place(
    "harbour-street",
    "Harbour Street",
    "Europe/Berlin",
    YEAR + 6,
    0,
    (
        Colleague("mia", "Mia Keller", "manager", Works.OFFICE, YEAR + 6),
        Colleague("sam", "Sam Lindqvist", "lead", Works.EVENINGS, YEAR + 6),
        Colleague("priya", "Priya Nair", "lead", Works.DAYS, YEAR + 6),
        Colleague("ana", "Ana Ruiz", "member", Works.EARLY_EVENINGS, YEAR + 6),
        Colleague("ben", "Ben Okafor", "member", Works.EVENINGS, YEAR + 6),
        Colleague("chloe", "Chloé Martin", "member", Works.DAYS, YEAR + 6),
        Colleague("emre", "Emre Yıldız", "member", Works.NIGHTS, YEAR + 6),
        Colleague("tomasz", "Tomasz Zieliński", "member", Works.WEEKEND, YEAR + 6, until=250),
        Colleague("jonas", "Jonas Weber", "member", Works.EVENINGS, YEAR + 6, until=161),
        Colleague("dao", "Dao Nguyen", "member", Works.WEEKEND, 301),
        Colleague("farah", "Farah Haddad", "member", Works.DAYS, 214),
        Colleague("luca", "Luca Bianchi", "member", Works.EVENINGS, 123),
        Colleague("kasia", "Kasia Nowak", "member", Works.EARLY_EVENINGS, 44),
        Colleague("pepper", "Pepper", "assistant", Works.NEVER, 198, is_software=True),
    ),
)
_SISTERS: Final = (
    ("market-square", "Market Square", "Europe/Berlin", 336, 0.17),
    ("hill-road", "Hill Road", "Europe/Dublin", 329, 0.14),
    ("station-street", "Station Street", "Europe/Berlin", 322, 0.15),
    ("old-mill", "Old Mill", "Europe/Vienna", 308, 0.10),
    ("river-bank", "River Bank", "Europe/Lisbon", 301, 0.11),
    ("garden-lane", "Garden Lane", "Europe/Berlin", 287, 0.10),
    ("lighthouse", "Lighthouse", "Europe/Helsinki", 280, 0.09),
    ("canal-corner", "Canal Corner", "Europe/Amsterdam", 266, 0.08),
    ("university-avenue", "University Avenue", "Europe/Madrid", 252, 0.06),
)


def sisters(rng: Random) -> list[Place]:
    """The other teams, each with a manager, a lead and three members."""
    given = rng.sample(STAFF_GIVEN, len(STAFF_GIVEN))
    found = []
    for at, (word, name, zone, since, share) in enumerate(_SISTERS):
        people = tuple(
            Colleague(
                f"{word}-{number}",
                f"{given[at * 5 + number]} {rng.choice(STAFF_FAMILY)}",
                role,
                works,
                since,
            )
            for number, (role, works) in enumerate(_CREW)
        )
        found.append(Place(word, name, zone, since + 1, share, people))
    return found


_CREW: Final = (
    ("manager", Works.OFFICE),
    ("lead", Works.EVENINGS),
    ("member", Works.DAYS),
    ("member", Works.EARLY_EVENINGS),
    ("member", Works.WEEKEND),
)
