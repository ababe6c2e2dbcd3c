"""Why this person does this task: found by putting everybody else in their place, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from remit_engine.errors import InputError
from remit_engine.planning.conflicts import (
    Conflict,
    Work,
    in_hours,
    person_conflicts,
    taken_out,
    works_of_people,
)
from remit_engine.planning.event import Event
from remit_engine.planning.people import Person
from remit_engine.planning.plan import Pin, Place, Placed, Plan
from remit_engine.planning.score import Weights, loads_of, score

_NAMED: Final = 3
"""Of so many others it is said what keeps them from it."""


class Because(StrEnum):
    """What speaks for somebody; several may."""

    BY_HAND = "set by hand"
    ONLY_SKILLED = "the only one with the skill"
    ONLY_FREE = "the only one with the skill who could"
    WISHED = "wished for it"
    OTHERS_RATHER_NOT = "others would rather not"
    LEAST_LOAD = "the least load"
    AS_BEFORE = "as in the plan before"
    NO_BETTER = "nobody would be better"
    ANOTHER_AS_GOOD = "another one would do as well"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """Somebody else, put in the same place.

    Attributes:
        person: id.
        conflicts: what could then not be; empty if they could do it.
        costs: by how much the plan would cost more; below 0 it would be better. 0 where they couldn't do it.
    """

    person: str
    conflicts: tuple[Conflict, ...]
    costs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody does a task.

    Attributes:
        because: what speaks for them, the strongest first.
        instead: everybody else with the skill who isn't in the task, each tried in their place.
        sentence: the same for people.
    """

    because: tuple[Because, ...]
    instead: tuple[Instead, ...]
    sentence: str


def why(
    event: Event,
    plan: Plan,
    task: str,
    person: str,
    *,
    pins: Iterable[Pin] = (),
    earlier: Plan | None = None,
    weights: Weights | None = None,
) -> Reason:
    """Why somebody does a task. Each other one is tried in their place, with the rest of the plan as it is.

    Raises:
        InputError: they aren't in it.
    """
    placed = plan.of.get(task)
    is_pinned = Pin(task=task, person=person) in tuple(pins)
    mine = next((each for each in placed.people if each.person == person), None) if placed else None
    if placed is None or mine is None:
        raise InputError(
            "not-in-task", f"{person!r} isn't in the task {task!r}.", "Ask about somebody who is in it."
        )
    asked = _Asked(
        event=event,
        plan=plan,
        placed=placed,
        mine=mine,
        earlier=earlier,
        weights=weights or Weights(),
        is_pinned=is_pinned,
    )
    instead = tuple(asked.everybody_else())
    because = tuple(asked.because(instead))
    return Reason(because=because, instead=instead, sentence=asked.sentence(because, instead))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The question: why does somebody fill this place?"""

    event: Event
    plan: Plan
    placed: Placed
    mine: Place
    earlier: Plan | None
    weights: Weights
    is_pinned: bool

    def everybody_else(self) -> Iterable[Instead]:
        """Everybody else with the skill, tried in the place."""
        event, task = self.event, self.event.task[self.placed.task]
        works = works_of_people(event, self.plan)
        costs = self._cost(self.plan)
        inside = {place.person for place in self.placed.people}
        new = Work(task.at(self.placed.start), task.title, task.id)
        for person in event.people:
            if person.id in inside or not person.can(self.mine.skill):
                continue
            booked = [Work(each.span, each.name) for each in event.booked.get(person.id, ())]
            theirs = sorted([*works.get(person.id, booked), new], key=lambda work: (work.span, work.task))
            all_against = person_conflicts(event.timeline, person, theirs)
            against = tuple(each for each in all_against if task.id in each.tasks)
            if person.id in task.not_by:
                against = (taken_out(task, person), *against)
            more = 0 if against else self._cost(self._with(person)) - costs
            yield Instead(person=person.id, conflicts=against, costs=more)

    def _cost(self, plan: Plan) -> int:
        return score(self.event, plan, self.earlier, self.weights).cost.total

    def _with(self, person: Person) -> Plan:
        mine = self.mine
        people = (Place(person.id, each.skill) if each == mine else each for each in self.placed.people)
        return self.plan.replaced(replace(self.placed, people=tuple(people)))

    def because(self, instead: Sequence[Instead]) -> Iterable[Because]:
        """What speaks for them."""
        could = [each for each in instead if not each.conflicts]
        if self.is_pinned:
            yield Because.BY_HAND
        if not instead:
            yield Because.ONLY_SKILLED
        elif not could:
            yield Because.ONLY_FREE
        if self._wishes(self.mine.person, is_for=True):
            yield Because.WISHED
        if could:
            yield from self._beside(could)

    def _beside(self, could: Sequence[Instead]) -> Iterable[Because]:
        """What speaks for them beside those who could as well."""
        if all(self._wishes(each.person, is_for=False) for each in could):
            yield Because.OTHERS_RATHER_NOT
        load = loads_of(self.event, self.plan)
        before = load[self.mine.person] - self.event.task[self.placed.task].length
        if all(before < load[each.person] for each in could):
            yield Because.LEAST_LOAD
        was = self.earlier.of.get(self.placed.task) if self.earlier else None
        if was is not None and any(place.person == self.mine.person for place in was.people):
            yield Because.AS_BEFORE
        yield Because.NO_BETTER if all(each.costs > 0 for each in could) else Because.ANOTHER_AS_GOOD

    def _wishes(self, person: str, *, is_for: bool) -> bool:
        """Whether somebody wishes for the place, or against it."""
        placed, skill = self.placed, self.mine.skill
        return any(
            wish.is_for == is_for and wish.touches(placed.task, placed.start, skill)
            for wish in self.event.person[person].wishes
        )

    def sentence(self, because: Iterable[Because], instead: Sequence[Instead]) -> str:
        """What speaks for them, for people."""
        title = self.event.person[self.mine.person].title
        skill = f" with {self.mine.skill!r}" if self.mine.skill else ""
        load = in_hours(loads_of(self.event, self.plan)[self.mine.person])
        could = sorted((each for each in instead if not each.conflicts), key=lambda each: each.costs)
        why_not = " ".join(each.conflicts[0].sentence for each in instead[:_NAMED] if each.conflicts)
        others = "One other was" if len(could) == 1 else f"{len(could)} others were"
        other = self.event.person[could[0].person].title if could else ""
        well = "better" if could and could[0].costs < 0 else "as well"
        said = {
            Because.BY_HAND: f"{title} was set by hand.",
            Because.ONLY_SKILLED: f"{title} is the only one{skill}.",
            Because.ONLY_FREE: f"{title} is the only one{skill} who could. {why_not}",
            Because.WISHED: f"{title} wished for it.",
            Because.OTHERS_RATHER_NOT: "Everybody else who could would rather not.",
            Because.LEAST_LOAD: f"{title} has the least to do of all who could: {load} with it.",
            Because.AS_BEFORE: "It was so in the plan before.",
            Because.NO_BETTER: f"{others} tried instead; with each the plan would be worse.",
            Because.ANOTHER_AS_GOOD: f"{other} would do it {well}.",
        }
        return " ".join(said[each] for each in because)
