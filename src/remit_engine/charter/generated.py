"""The rules of a stretch as plain Python, one set of functions for each role and kind, made when first used.

Most rules name a role or a kind, so few are left once both are known, and of those only the tests that are
still open are written out. The answer for a missing fact costs nothing: see `charter.prepared`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from remit_engine.charter.document import Allowance, Cap, Grant, Guardrail
from remit_engine.charter.facts import OTHER, Between, Condition, Is, OneOf
from remit_engine.charter.levels import Level
from remit_engine.charter.prepared import USED
from remit_engine.charter.stretches import Stretch

Values = dict[str, object]
Decided = tuple[Level, Grant | None, Cap | None, tuple[tuple[Allowance, int | float], ...]]
"""The level, the grant that reached it, the cap that held it down, and what was used of each allowance."""
Holding = tuple[list[Grant], list[Cap]]

SECOND_PERSON: Final = "second person"
"""Stands in place of a cap where a built-in guardrail holds."""
_PRUNED_UP_TO: Final = 150
"""Most grants of a cell among which covered ones are looked for; the search takes their square."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The functions for one role and one kind; all of them take the values of a prepared request.

    Attributes:
        level: the level.
        decided: the level with its rules and the allowances.
        holding: grants and caps that hold whatever the amount, and whatever was used.
        tried: for each fact that a rule looks at, values of which each rule takes another side.
    """

    level: Callable[[Values], Level]
    decided: Callable[[Values], Decided]
    holding: Callable[[Values], Holding]
    tried: dict[str, tuple[object, ...]]


def generate(stretch: Stretch, role: object, kind: object) -> Cell:
    """Write and compile the functions for one role and one kind.

    Args:
        stretch: the rules of the day.
        role: a role, None for a missing one, or any other value for one that no rule names.
        kind: a kind, or `other`.
    """
    source = _Source(stretch, role, kind)
    names: dict[str, object] = {}
    code = compile(source.text(), f"<charter {role!r} {kind!r}>", "exec")
    exec(code, source.constants | {"__builtins__": {}}, names)  # noqa: S102 (values go in as literals only)
    return Cell(names["level"], names["decided"], names["holding"], source.tried())  # type: ignore[arg-type]


class _Source:
    """The text of the functions of one cell, and the constants that it names."""

    def __init__(self, stretch: Stretch, role: object, kind: object) -> None:
        self.constants: dict[str, object] = {level.name: level for level in Level}
        self._locals: dict[str, str] = {}
        decided = {"role": role, "kind": kind}
        self._grants = [
            (grant, open_)
            for grant in stretch.grants
            if (open_ := _open_conditions(grant.conditions, decided, careful=False)) is not None
        ]
        self._grants.sort(
            key=lambda pair: (-pair[0].level, pair[0].upto is not None, -(pair[0].upto or 0), len(pair[1]))
        )
        self._winners = _without_covered(self._grants)
        self._caps = [
            (cap, open_)
            for cap in stretch.caps
            if (open_ := _open_conditions(cap.conditions, decided, careful=not cap.ignores_missing))
            is not None
        ]
        self._caps.sort(key=lambda pair: level_of(pair[0]))
        self._personal = {"about-me", "own-account"}

    def text(self) -> str:
        """The three functions."""
        return "\n".join([*self._level(), *self._decided(), *self._holding()])

    def tried(self) -> dict[str, tuple[object, ...]]:
        """Values to try for missing facts: all words named, both sides of each end of a range, yes and no."""
        values: dict[str, dict[object, None]] = {}
        for _, conditions in (*self._grants, *self._caps):
            for name, condition in conditions:
                values.setdefault(name, {}).update(dict.fromkeys(_sides(condition)))
        return {name: tuple(these) for name, these in values.items()}

    def _level(self) -> list[str]:
        body = self._reaching(self._winners, named=False) + self._capping("{level}", named=False)
        return ["def level(v):", *self._unpacked(body), *body]

    def _decided(self) -> list[str]:
        left = self._left()
        body = (
            self._reaching(self._winners, named=True)
            + left
            + self._capping("{level}, grant, {cap}, left", named=True)
        )
        return ["def decided(v):", *self._unpacked(body), *body]

    def _holding(self) -> list[str]:
        body = ["    grants = []; caps = []"]
        for grant, conditions in self._grants:
            test = self._all(conditions, careful=False)
            body.append(f"    if {test}: grants.append({self._constant('g', grant)})")
        for cap, conditions in self._caps:
            test = self._all(conditions, careful=not cap.ignores_missing)
            body.append(f"    if {test}: caps.append({self._constant('c', cap)})")
        body.append("    return grants, caps")
        return ["def holding(v):", *self._unpacked(body), *body]

    def _reaching(self, grants: Sequence[tuple[Grant, Conditions]], *, named: bool) -> list[str]:
        """Look for the highest grant that holds; the loop runs once, and keeps long lists flat."""
        lines = ["    while 1:"]
        for grant, conditions in grants:
            tests = [] if grant.upto is None else [f"{self._local('amount')} <= {grant.upto}"]
            tests += [self._test(name, condition, careful=False) for name, condition in conditions]
            test = " and ".join(tests) or "1"
            name = f"; grant = {self._constant('g', grant)}" if named else ""
            lines.append(f"        if {test}: reached = {grant.level.name}{name}; break")
        lines.append(f"        reached = ASK{'; grant = None' if named else ''}; break")
        return lines

    def _capping(self, answer: str, *, named: bool) -> list[str]:
        """Look for the lowest cap that holds, as long as it is below what was reached."""
        lines: list[str] = []
        for level in list(Level)[:-1]:
            here = [
                pair for pair in self._caps if level_of(pair[0]) == level and pair[0].id not in self._personal
            ]
            tests = [(self._cap_test(cap, conditions), cap) for cap, conditions in here]
            if level is Level.ASK:
                lines.append(f"    if reached is ASK: return {answer.format(level='ASK', cap='None')}")
                second = answer.format(level="ASK", cap=repr(SECOND_PERSON))
                lines.append(f"    if {self._local('second_person')}: return {second}")
            elif level > Level.ASK and any(level_of(cap) >= level for cap, _ in self._caps):
                lines.append(
                    f"    if reached is {level.name}: return {answer.format(level=level.name, cap='None')}"
                )
            for test, cap in tests:
                name = self._constant("c", cap) if named else ""
                lines.append(f"    if {test}: return {answer.format(level=level.name, cap=name)}")
        lines.append(f"    return {answer.format(level='reached', cap='None')}")
        return lines

    def _left(self) -> list[str]:
        counted = [pair for pair in self._caps if isinstance(pair[0], Allowance)]
        parts: list[str] = []
        for allowance, conditions in counted:
            pair = f"({self._constant('c', allowance)}, {self._local(USED + allowance.id)})"
            test = self._all(conditions, careful=not allowance.ignores_missing)
            parts.append(f"{pair}," if test == "1" else f"*(({pair},) if {test} else ()),")
        return [f"    left = ({' '.join(parts)})"]

    def _cap_test(self, cap: Cap, conditions: Conditions) -> str:
        careful = not cap.ignores_missing
        tests = [self._test(name, condition, careful=careful) for name, condition in conditions]
        if isinstance(cap, Allowance):
            used = self._local(f"{USED}{cap.id}")
            more = "1" if cap.counts else self._local("wish")
            tests.append(f"not {used} + {more} <= {cap.most}")
        elif cap.above is not None:
            amount = self._local("amount")
            tests.insert(0, f"not {amount} <= {cap.above}" if careful else f"{amount} > {cap.above}")
        return " and ".join(tests) or "1"

    def _all(self, conditions: Conditions, *, careful: bool) -> str:
        return " and ".join(self._test(name, each, careful=careful) for name, each in conditions) or "1"

    def _test(self, name: str, condition: Condition, *, careful: bool) -> str:
        """A test that a missing value (NaN, None) passes exactly if it is careful."""
        local = self._local(name)
        if isinstance(condition, OneOf):
            if len(condition.values) == 1 and not careful:
                return f"{local} == {condition.values[0]!r}"
            words = ", ".join(repr(word) for word in condition.values)
            return f"{local} in {{{words}{', None' if careful else ''}}}"
        if isinstance(condition, Is):
            return f"{local} is not {not condition.flag}" if careful else f"{local} is {condition.flag}"
        return _between(local, condition, careful=careful)

    def _local(self, name: str) -> str:
        return self._locals.setdefault(name, f"v{len(self._locals)}_")

    def _unpacked(self, body: list[str]) -> list[str]:
        """Take out of the values what the body uses."""
        text = "\n".join(body)
        return [f"    {local} = v[{name!r}]" for name, local in self._locals.items() if local in text]

    def _constant(self, letter: str, rule: Grant | Cap) -> str:
        name = f"{letter}_{rule.id}".replace("-", "_")
        place = 0
        while self.constants.setdefault(f"{name}_{place}", rule) is not rule:
            place += 1
        return f"{name}_{place}"


Conditions = tuple[tuple[str, Condition], ...]


def level_of(cap: Cap) -> Level:
    """What a cap leaves."""
    return cap.at_most if isinstance(cap, Guardrail) else cap.beyond


def _open_conditions(
    conditions: Conditions, decided: dict[str, object], *, careful: bool
) -> Conditions | None:
    """The conditions that are still open once role and kind are known; None when one of them fails."""
    still_open = []
    for name, condition in conditions:
        if name not in decided:
            still_open.append((name, condition))
            continue
        value = decided[name]
        if not (careful if value is None else condition.holds(value)):
            return None
    return tuple(still_open)


def _sides(condition: Condition) -> tuple[object, ...]:
    """Values that satisfy a condition, and values that don't."""
    if isinstance(condition, OneOf):
        return (*condition.values, OTHER)
    if isinstance(condition, Is):
        return True, False
    inside = (
        condition.at_least,
        *(() if condition.at_most is None else (condition.at_most, condition.at_most + 1)),
    )
    return inside if condition.at_least == 0 else (*inside, condition.at_least - 1)


def _between(local: str, condition: Between, *, careful: bool) -> str:
    low, high = condition.at_least, condition.at_most
    if careful:
        if low and high is not None:
            return f"not ({local} < {low} or {local} > {high})"
        return f"not {local} < {low}" if high is None else f"not {local} > {high}"
    if low and high is not None:
        return f"{low} <= {local} <= {high}"
    return f"{local} >= {low}" if high is None else f"{local} <= {high}"


def _without_covered(grants: Sequence[tuple[Grant, Conditions]]) -> list[tuple[Grant, Conditions]]:
    """Grants in their order, without those that hold only where an earlier one does and reaches as far."""
    if len(grants) > _PRUNED_UP_TO:
        return list(grants)
    kept: list[tuple[Grant, Conditions]] = []
    for grant, conditions in grants:
        mine = dict(conditions)
        if not any(
            (other.upto is None or (grant.upto is not None and grant.upto <= other.upto))
            and all(name in mine and implies(mine[name], condition) for name, condition in theirs)
            for other, theirs in kept
        ):
            kept.append((grant, conditions))
    return kept


def implies(narrow: Condition, wide: Condition) -> bool:
    """Whether every known value that satisfies the first condition satisfies the second."""
    if isinstance(narrow, OneOf) and isinstance(wide, OneOf):
        return set(narrow.values) <= set(wide.values)
    if isinstance(narrow, Between) and isinstance(wide, Between):
        ends = wide.at_most is None or (narrow.at_most is not None and narrow.at_most <= wide.at_most)
        return ends and wide.at_least <= narrow.at_least
    return narrow == wide
