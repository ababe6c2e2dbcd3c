"""The board: a charter as ladders, by role and kind, kinds split by the conditions that matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from remit.charters.sentences import about
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.document import Charter, Grant, Guardrail, Rule
from remit_engine.charter.facts import (
    NO_STEP,
    OTHER,
    Between,
    ChoiceFact,
    Condition,
    Conditions,
    Fact,
    FlagFact,
    OneOf,
)
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.on_a_line import largest_end
from remit_engine.charter.request import Request, Value
from remit_engine.charter.sentences import capital, ladder_in_words, listed, plural, readable

_SOMEBODY = "somebody"
"""Asks where it doesn't matter who does."""
_GUARDED = 100
"""A value that a guardrail is for is that much less usual than one that a grant is for."""

Rungs = tuple[tuple[object, int | None], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Whose ladders stand below one another: a role, or those of a role who hold a step.

    Attributes:
        role: None for everybody, where a charter names no role.
        step: the step, or `none`.
        is_mine: whether it is the one who looks.
    """

    role: str | None
    step: str = NO_STEP
    is_mine: bool = False

    @property
    def title(self) -> str:
        """What stands above it: `Member`, `Member with step first`."""
        role = capital(readable(self.role)) if self.role else "Everybody"
        return role if self.step == NO_STEP else f"{role}, step {readable(self.step)}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One ladder.

    Attributes:
        column: whose.
        ladder: as the engine draws it, nothing used of any allowance yet.
        words: the same in words.
    """

    column: Column
    ladder: Ladder
    words: str

    @property
    def rungs(self) -> Rungs:
        """Its levels and their ends: two cells with the same ones look the same."""
        return tuple((rung.level, rung.upto) for rung in self.ladder.rungs)


@dataclass(frozen=True, slots=True)
class Row:
    """Some kinds under one condition.

    Attributes:
        kinds: words of the charter.
        about: the condition in words: `late or cold`; `everything else` beside other rows; "" alone.
        cells: one a column.
    """

    kinds: tuple[str, ...]
    about: str
    cells: tuple[Cell, ...]

    @property
    def title(self) -> str:
        """Its kinds as people read them: `Refund and credit`."""
        return capital(listed(readable(kind) for kind in self.kinds))

    @property
    def things(self) -> str:
        """Its kinds in a sentence: `Refunds and credits`."""
        return capital(listed(plural(readable(kind)) for kind in self.kinds))


@dataclass(frozen=True, slots=True)
class Board:
    """Every ladder of a charter on one scale.

    Attributes:
        columns: whose ladders.
        rows: a kind of remedy each, with a cell a column.
        currency: of all amounts.
        largest: the largest amount at which any ladder changes, in minor units.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    currency: str
    largest: int


def board_of(
    compiled: CompiledCharter,
    day: date,
    team: str | None,
    *,
    mine: tuple[str, str] | None = None,
    columns: Sequence[Column] = (),
    kinds: Sequence[str] = (),
    within: Conditions = (),
    usual_only: bool = False,
) -> Board:
    """The board of a charter on a day.

    Args:
        compiled: the charter.
        day: on which rules have to be in force.
        team: the word of the team, for rules that name one.
        mine: role and step of the one who looks.
        columns: whose ladders; by default those of every role, and of steps where they matter.
        kinds: of remedy; by default all.
        within: only requests that satisfy these conditions.
        usual_only: leave out the cases that kinds are split into.
    """
    charter = compiled.charter
    board = _Board(compiled, day, team, within)
    chosen = tuple(columns) or tuple(_columns(charter, board.rules, mine))
    rows_of = board.usual_row_of if usual_only else board.rows_of
    rows = [row for kind in kinds or charter.all_kinds for row in rows_of(kind, chosen)]
    together = tuple(_kinds_together(rows))
    largest = max((largest_end(cell.ladder) for row in together for cell in row.cells), default=0)
    return Board(chosen, together, charter.currency, largest)


class _Board:
    """Makes rows for one charter, day and team."""

    def __init__(self, compiled: CompiledCharter, day: date, team: str | None, within: Conditions) -> None:
        self._compiled = compiled
        self._day = day
        self._team = team
        self._within = dict(within)
        charter = compiled.charter
        rules: list[Grant | Guardrail] = [*charter.all_grants, *charter.all_guardrails]
        self.rules = [rule for rule in rules if _holds_on(rule, day)]
        self._usual_values: dict[tuple[str, str, Condition | None], Value | None] = {}
        self._named_of: dict[tuple[str, str], dict[Value, int]] = {}
        self._tried_values: dict[str, list[Value]] = {}

    def usual_row_of(self, kind: str, columns: Sequence[Column]) -> Iterator[Row]:
        """The usual case alone."""
        yield self._row(kind, "", {}, columns)

    def rows_of(self, kind: str, columns: Sequence[Column]) -> Iterator[Row]:
        """The usual case, and each condition of a grant under which some ladder is another one."""
        usual = self._row(kind, "", {}, columns)
        whens = dict.fromkeys(
            rule.when
            for rule in self.rules
            if isinstance(rule, Grant) and rule.when and (not rule.kinds or kind in rule.kinds)
        )
        others: list[Row] = []
        for when in whens:
            if self._is_possible(when):
                row = self._row(kind, about(self._compiled.charter, when), dict(when), columns)
                known = [each.cells for each in others]
                if _looks(row.cells) not in [_looks(cells) for cells in (usual.cells, *known)]:
                    others.append(row)
        yield from others
        yield Row(usual.kinds, "everything else", usual.cells) if others else usual

    def _is_possible(self, when: Conditions) -> bool:
        """Whether a condition can be met within what is looked at."""
        facts = self._compiled.charter.all_facts
        return all(self._values(facts[name], condition) for name, condition in when if name in facts)

    def _row(self, kind: str, words: str, when: dict[str, Condition], columns: Sequence[Column]) -> Row:
        charter = self._compiled.charter
        facts = {name: self._usual(fact, kind, when.get(name)) for name, fact in charter.all_facts.items()}
        unused = {allowance.id: 0 for allowance in charter.all_allowances}
        cells = []
        for column in columns:
            ladder = self._compiled.ladder(
                Request(
                    kind=kind,
                    role=column.role,
                    step=column.step,
                    member=_SOMEBODY,
                    team=self._team,
                    day=self._day,
                    facts=facts,
                    used=unused,
                )
            )
            said = ladder_in_words([(rung.level, rung.upto) for rung in ladder.rungs], charter.currency)
            cells.append(Cell(column, ladder, said))
        return Row((kind,), words, tuple(cells))

    def _usual(self, fact: Fact, kind: str, condition: Condition | None) -> Value | None:
        """The value of a fact that the fewest rules are for, guardrails before all."""
        key = (fact.name, kind, condition)
        if key not in self._usual_values:
            self._usual_values[key] = self._least_named(fact, kind, condition)
        return self._usual_values[key]

    def _least_named(self, fact: Fact, kind: str, condition: Condition | None) -> Value | None:
        values = self._values(fact, condition)
        if not values:
            return None
        named = self._named(fact, kind)
        return min(values, key=lambda value: named[value])

    def _named(self, fact: Fact, kind: str) -> dict[Value, int]:
        """How much the rules for a kind that name a value count, value by value."""
        key = (fact.name, kind)
        if key not in self._named_of:
            tests: Counter[Condition] = Counter()
            for rule in self.rules:
                if not rule.kinds or kind in rule.kinds:
                    weight = _GUARDED if isinstance(rule, Guardrail) else 1
                    tests.update({each: weight for name, each in rule.when if name == fact.name})
            self._named_of[key] = _weighed(self._tried(fact), tests)
        return self._named_of[key]

    def _values(self, fact: Fact, condition: Condition | None) -> list[Value]:
        """Values worth trying that satisfy a condition and what is looked at."""
        held = [each for each in (condition, self._within.get(fact.name)) if each is not None]
        return [value for value in self._tried(fact) if all(each.holds(value) for each in held)]

    def _tried(self, fact: Fact) -> list[Value]:
        if fact.name not in self._tried_values:
            self._tried_values[fact.name] = self._worth_trying(fact)
        return self._tried_values[fact.name]

    def _worth_trying(self, fact: Fact) -> list[Value]:
        if isinstance(fact, ChoiceFact):
            return [OTHER, *fact.values]
        if isinstance(fact, FlagFact):
            return [False, True]
        ends = {0}
        conditions = [each for rule in self.rules for name, each in rule.when if name == fact.name]
        for each in conditions:
            if isinstance(each, Between):
                ends |= {each.at_least, max(each.at_least - 1, 0)}
                ends |= set() if each.at_most is None else {each.at_most, each.at_most + 1}
        return sorted(ends)


def _weighed(values: Sequence[Value], tests: Mapping[Condition, int]) -> dict[Value, int]:
    """How much the conditions that hold for each value count together.

    Args:
        values: numbers in their order, both ends of every range among them; or words, or yes and no.
        tests: how much each condition counts.
    """
    place = {value: number for number, value in enumerate(values)}
    steps = [0] * (len(values) + 1)
    for condition, weight in tests.items():
        if isinstance(condition, Between):
            steps[place[condition.at_least]] += weight
            steps[place[condition.at_most + 1] if condition.at_most is not None else -1] -= weight
        else:
            held = condition.values if isinstance(condition, OneOf) else (condition.flag,)
            for value in held:
                steps[place[value]] += weight
                steps[place[value] + 1] -= weight
    return dict(zip(values, accumulate(steps), strict=False))


def _columns(charter: Charter, rules: Iterable[Rule], mine: tuple[str, str] | None) -> Iterator[Column]:
    steps_of: dict[str | None, set[str]] = {}
    for rule in rules:
        who = dict(rule.who)
        steps, roles = who.get("step"), who.get("role")
        if isinstance(steps, OneOf):
            named = roles.values if isinstance(roles, OneOf) else charter.all_roles or (None,)
            for role in named:
                steps_of.setdefault(role, set()).update(steps.values)
    for role in charter.all_roles or (None,):
        held = steps_of.get(role, set())
        for step in charter.step_names:
            if step == NO_STEP or step in held:
                yield Column(role, step, is_mine=mine == (role, step))


def _looks(cells: Iterable[Cell]) -> tuple[Rungs, ...]:
    return tuple(cell.rungs for cell in cells)


def _kinds_together(rows: Iterable[Row]) -> Iterator[Row]:
    """Kinds with the same rows stand together."""
    of_kind: dict[str, list[Row]] = {}
    for row in rows:
        of_kind.setdefault(row.kinds[0], []).append(row)
    alike: dict[tuple[object, ...], list[str]] = {}
    for kind, those in of_kind.items():
        alike.setdefault(tuple((row.about, _looks(row.cells)) for row in those), []).append(kind)
    for kinds in alike.values():
        for row in of_kind[kinds[0]]:
            yield Row(tuple(kinds), row.about, row.cells)


def _holds_on(rule: Rule, day: date) -> bool:
    return (rule.since is None or rule.since <= day) and (rule.until is None or day <= rule.until)
