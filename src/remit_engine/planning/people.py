"""Who can be asked: skills, when they can come, what they would rather do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from remit_engine.planning.tasks import ANYBODY, Span

REST: Final = 11 * 60
"""Minutes between two days of work, as the European working time directive has it (2003/88/EC, article 3)."""
MOST_A_DAY: Final = 10 * 60
"""Minutes of work on one day."""
STRONGEST_WISH: Final = 3
"""No wish has a larger weight, for or against."""


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes in order, with spans that meet or touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody would rather do, or rather not. Exactly one of `tasks`, `skill` and `during` is said.

    Attributes:
        weight: 1 to 3 for it, -1 to -3 against it. No wish counts more than three, whoever asks.
        tasks: ids of tasks.
        skill: places in which this skill is used.
        during: tasks that begin in this span.
    """

    weight: int
    tasks: tuple[str, ...] = ()
    skill: str = ""
    during: Span | None = None

    @property
    def is_for(self) -> bool:
        """Whether it asks for something, rather than against it."""
        return self.weight > 0

    def touches(self, task: str, start: int, skill: str) -> bool:
        """Whether a place in a task is what the wish speaks of."""
        if self.during is not None:
            return self.during.start <= start < self.during.end
        return skill == self.skill if self.skill else task in self.tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who can be asked.

    Attributes:
        id: unique among people.
        name: as people call them; the id where none is given.
        skills: what they can do.
        available: when they can come, any order; a task has to lie in one of them (touching ones are one).
        wishes: what they would rather do, or not.
        rest: minutes between what they do on one day of work and what they do on another.
        most_a_day: most minutes of work that begin on one day of work.
        carried: minutes that they have worked lately; they count when the load is shared out.
        only_skilled: whether they are asked for what they can do alone, and fill no place that is anybody's.
    """

    id: str
    name: str = ""
    skills: frozenset[str] = frozenset()
    available: tuple[Span, ...] = ()
    wishes: tuple[Wish, ...] = ()
    rest: int = REST
    most_a_day: int = MOST_A_DAY
    carried: int = 0
    only_skilled: bool = False

    @property
    def title(self) -> str:
        """As people call them."""
        return self.name or self.id

    def can(self, skill: str) -> bool:
        """Whether they can fill a place that asks for this skill."""
        return not self.only_skilled if skill == ANYBODY else skill in self.skills
