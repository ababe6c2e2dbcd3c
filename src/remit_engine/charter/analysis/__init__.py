"""What a charter means, exactly: dead ends, rules that never matter, the most that a role may do.

Nothing is sampled. Declared chains (`always`) are believed: what they rule out is never reported. Rules that
never matter are found in a fixed order among equals, so that all of them can be taken out together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from remit_engine.charter.analysis.dead_ends import DeadEnd, DeadEnds, dead_ends
from remit_engine.charter.analysis.growth import GrowthLoss, growth_losses
from remit_engine.charter.analysis.idle import Idle, IdleRule, idle_caps, idle_grants, idle_in_words
from remit_engine.charter.analysis.most import Most, Reached, most_of
from remit_engine.charter.analysis.searching import Search
from remit_engine.charter.diagram.boxes import space_of
from remit_engine.charter.diagram.days import joined
from remit_engine.charter.diagram.regions import Days, days_of
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.charter.sentences import day_in_words
from remit_engine.charter.stretches import Stretch, stretches


@dataclass(frozen=True, slots=True)
class Ended:
    """A rule that is over.

    Attributes:
        rule: its id.
        until: its last day.
    """

    rule: str
    until: date

    @property
    def sentence(self) -> str:
        """For people."""
        return f"{self.rule} ended on {day_in_words(self.until)}: take it out, or give it a new end."


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in a charter.

    Attributes:
        dead_ends: requests about which nobody may say yes, with the days on which it is so.
        dead_ends_complete_to: those that look at no more than so many facts are all there; None when all are.
        idle: rules that never matter on any of the days looked at; without all of them no level is another.
        growth: what members lose by growing, with the days on which it is so.
        ended: rules whose last day is over.
        most: the most that every role may do about every kind, with the days on which it is so; empty where
            it wasn't asked for.
    """

    dead_ends: tuple[tuple[Days, DeadEnd], ...]
    dead_ends_complete_to: int | None
    idle: tuple[IdleRule, ...]
    growth: tuple[tuple[Days, GrowthLoss], ...]
    ended: tuple[Ended, ...]
    most: tuple[tuple[Days, Most], ...]


def analyse(charter: Charter, day: date | None = None, *, reach: bool = True) -> Analysis:
    """What a charter means, stretch by stretch of its days.

    Args:
        charter: to look at.
        day: today; what is over before it isn't looked at. None looks at all days.
        reach: look for the most that every role may do, too.

    Raises:
        InputError: the rules tell too many cases apart.
    """
    every = [each for each in stretches(charter) if day is None or each.until is None or each.until >= day]
    looking = _Looking(every)
    dead = [looking.dead_ends(each) for each in every]
    return Analysis(
        tuple(joined([(days_of(each), of.found) for each, of in zip(every, dead, strict=True)])),
        min((of.facts for of in dead if of.facts is not None), default=None),
        (*_asking(charter), *looking.idle_everywhere(every)),
        tuple(joined([(days_of(each), looking.growth(each)) for each in every])),
        _ended(charter, day),
        tuple(joined([(days_of(each), looking.most(each)) for each in every])) if reach else (),
    )


class _Looking:
    """Looks at stretches, at those with the same rules once."""

    def __init__(self, every: Sequence[Stretch]) -> None:
        self._search = Search(space_of(*every))

    def dead_ends(self, stretch: Stretch) -> DeadEnds:
        return dead_ends(self._search, stretch)

    def growth(self, stretch: Stretch) -> Iterable[GrowthLoss]:
        return growth_losses(self._search, stretch)

    def most(self, stretch: Stretch) -> Iterable[Most]:
        return most_of(self._search, stretch)

    def idle_everywhere(self, every: Sequence[Stretch]) -> list[IdleRule]:
        """Rules that are idle in every stretch in which they hold, in the order of the document."""
        found = [{**idle_grants(self._search, each), **idle_caps(self._search, each)} for each in every]
        held = [{rule.id: rule for rule in (*each.grants, *each.caps)} for each in every]
        rules = {name: rule for each in held for name, rule in each.items()}
        idle: list[IdleRule] = []
        for name, rule in rules.items():
            ways = [of.get(name) for of, each in zip(found, held, strict=True) if name in each]
            if not all(ways):
                continue
            kinds = dict.fromkeys(way[0] for way in ways if way)
            instead = dict.fromkeys(way[1] for way in ways if way)
            why = next(iter(kinds))
            alone = next(iter(instead)) if len(instead) == 1 and len(kinds) == 1 else None
            idle.append(IdleRule(name, why, alone, idle_in_words(rule, why, alone)))
        return idle


def _asking(charter: Charter) -> list[IdleRule]:
    return [
        IdleRule(grant.id, Idle.ASKS, None, idle_in_words(grant, Idle.ASKS, None))
        for grant in charter.all_grants
        if grant.level == Level.ASK
    ]


def _ended(charter: Charter, day: date | None) -> tuple[Ended, ...]:
    return tuple(
        Ended(rule.id, rule.until)
        for rule in charter.all_rules
        if day is not None and rule.until is not None and rule.until < day
    )


__all__ = [
    "Analysis",
    "DeadEnd",
    "Ended",
    "GrowthLoss",
    "Idle",
    "IdleRule",
    "Most",
    "Reached",
    "analyse",
]
