"""The rules of one cell as plain Python functions; each takes the values of a prepared request.

Only the tests that are still open once role and kind are known are written out, and the answer for a missing
fact costs nothing: see `charter.prepared`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from remit_engine.charter.cells import Cell, Open, level_of
from remit_engine.charter.document import Allowance, Cap, Grant
from remit_engine.charter.facts import OTHER, Between, Condition, Is, OneOf
from remit_engine.charter.left import Left
from remit_engine.charter.levels import Level
from remit_engine.charter.prepared import USED

Values = Mapping[str, Any]
Decided = tuple[Level, Grant | None, Cap | str | None, tuple[Left, ...]]
"""The level, the grant that reached furthest, the cap that held it down, and what is left of allowances."""
Holding = tuple[list[Grant], list[Cap]]
"""Grants and caps that hold whatever the amount, and whatever was used."""

SECOND_PERSON: Final = "second person"
"""Stands in place of a cap where a built-in guardrail holds."""
_PERSONAL: Final = frozenset({"about-me", "own-account"})


def level_function(cell: Cell) -> Callable[[Values], Level]:
    """A function that gives the level."""
    source = _Source(cell)
    return source.function(source.deciding("{level}", named=False))


def decided_function(cell: Cell) -> Callable[[Values], Decided]:
    """A function that gives the level with the rules that made it, and what is left."""
    source = _Source(cell)
    return source.function(source.deciding("{level}, grant, {cap}, left", named=True))


def holding_function(cell: Cell) -> Callable[[Values], Holding]:
    """A function that gives all rules that hold, whatever the amount and whatever was used."""
    source = _Source(cell)
    return source.function(source.holding())


def walked_function(cell: Cell) -> Callable[[Values], Holding]:
    """The same as `holding_function` without writing a program: quicker for whoever asks it a few times."""

    def answer(values: Values) -> Holding:
        grants = [grant for grant, open_ in cell.grants if _hold(open_, values, careful=False)]
        caps = [cap for cap, open_ in cell.caps if _hold(open_, values, careful=not cap.ignores_missing)]
        return grants, caps

    return answer


def _hold(conditions: Open, values: Values, *, careful: bool) -> bool:
    """Whether all conditions hold; a missing value (NaN, None) passes exactly if that is careful."""
    for name, condition in conditions:
        value = values[name]
        is_missing = value is None or value != value  # noqa: PLR0124 (what NaN is known by)
        if not (careful if is_missing else condition.holds(value)):
            return False
    return True


def tried_values(cell: Cell) -> dict[str, tuple[object, ...]]:
    """Values to try for missing facts: all words named, both sides of each end of a range, yes and no."""
    values: dict[str, dict[object, None]] = {}
    for _, conditions in (*cell.grants, *cell.caps):
        for name, condition in conditions:
            values.setdefault(name, {}).update(dict.fromkeys(_sides(condition)))
    return {name: tuple(these) for name, these in values.items()}


class _Source:
    """The text of a function, and the constants that it names."""

    def __init__(self, cell: Cell) -> None:
        self._cell = cell
        self._constants: dict[str, object] = {level.name: level for level in Level}
        self._constants |= {"new": tuple.__new__, "Left": Left}
        self._locals: dict[str, str] = {}

    def function(self, body: Sequence[str]) -> Callable[[Values], Any]:
        """Compile a body whose only argument is the values, `v`."""
        text = "\n".join(["def answer(v):", *self._unpacked(body)])
        names: dict[str, Any] = {}
        exec(text, self._constants | {"__builtins__": {}}, names)  # noqa: S102 (values go in as literals only)  # nosec B102
        answer: Callable[[Values], Any] = names["answer"]
        return answer

    def deciding(self, answer: str, *, named: bool) -> list[str]:
        """The highest grant that holds, then the lowest cap below it."""
        left = self._left() if named else []
        return [*self._reaching(named=named), *left, *self._capping(answer, named=named)]

    def holding(self) -> list[str]:
        """Every rule that holds."""
        body = ["    grants = []; caps = []"]
        for grant, conditions in self._cell.grants:
            test = self._all(conditions, careful=False)
            body.append(f"    if {test}: grants.append({self._constant('g', grant)})")
        for cap, conditions in self._cell.caps:
            test = self._all(conditions, careful=not cap.ignores_missing)
            body.append(f"    if {test}: caps.append({self._constant('c', cap)})")
        return [*body, "    return grants, caps"]

    def _reaching(self, *, named: bool) -> list[str]:
        """Look for the highest grant that holds; the loop runs once, and keeps long lists flat."""
        lines = ["    while 1:"]
        for grant, conditions in self._cell.winners:
            tests = [] if grant.upto is None else [f"{self._local('amount')} <= {grant.upto}"]
            tests += [self._test(name, condition, careful=False) for name, condition in conditions]
            test = " and ".join(tests) or "1"
            name = f"; grant = {self._constant('g', grant)}" if named else ""
            lines.append(f"        if {test}: reached = {grant.level.name}{name}; break")
        return [*lines, f"        reached = ASK{'; grant = None' if named else ''}; break"]

    def _capping(self, answer: str, *, named: bool) -> list[str]:
        """Look for the lowest cap that holds, as long as it is below what was reached."""
        caps = [(cap, conditions) for cap, conditions in self._cell.caps if cap.id not in _PERSONAL]
        highest = max((level_of(cap) for cap, _ in caps), default=Level.NEVER)
        lines: list[str] = []
        for level in list(Level)[:-1]:
            if level is Level.ASK:
                lines.append(f"    if reached is ASK: return {answer.format(level='ASK', cap='None')}")
                second = answer.format(level="ASK", cap=repr(SECOND_PERSON))
                lines.append(f"    if {self._local('second_person')}: return {second}")
            elif Level.ASK < level <= highest:
                uncapped = answer.format(level=level.name, cap="None")
                lines.append(f"    if reached is {level.name}: return {uncapped}")
            for cap, conditions in caps:
                if level_of(cap) == level:
                    name = self._constant("c", cap) if named else ""
                    test = self._cap_test(cap, conditions)
                    lines.append(f"    if {test}: return {answer.format(level=level.name, cap=name)}")
        return [*lines, f"    return {answer.format(level='reached', cap='None')}"]

    def _left(self) -> list[str]:
        """What is left of each allowance that the remedy is added to; None where it isn't known (NaN)."""
        parts: list[str] = []
        for allowance, conditions in self._cell.caps:
            if not isinstance(allowance, Allowance):
                continue
            used, most = self._local(f"{USED}{allowance.id}"), allowance.most
            left = f"{most} - {used} if {used} <= {most} else 0 if {used} > {most} else None"
            made = f"new(Left, ({self._constant('c', allowance)}, {left}))"
            test = self._all(conditions, careful=not allowance.ignores_missing)
            parts.append(f"{made}," if test == "1" else f"*(({made},) if {test} else ()),")
        return [f"    left = ({' '.join(parts)})"]

    def _cap_test(self, cap: Cap, conditions: Open) -> str:
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

    def _all(self, conditions: Open, *, careful: bool) -> str:
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

    def _unpacked(self, body: Sequence[str]) -> list[str]:
        """Take out of the values what the body uses; what it uses once is looked up just there."""
        text, first = "\n".join(body), []
        for name, local in self._locals.items():
            if text.count(local) == 1:
                text = text.replace(local, f"v[{name!r}]")
            else:
                first.append(f"    {local} = v[{name!r}]")
        return [*first, text]

    def _constant(self, letter: str, rule: Grant | Cap) -> str:
        name = f"{letter}_{rule.id}".replace("-", "_")
        place = 0
        while self._constants.setdefault(f"{name}_{place}", rule) is not rule:
            place += 1
        return f"{name}_{place}"


def _sides(condition: Condition) -> tuple[object, ...]:
    """Values that satisfy a condition, and values that don't."""
    if isinstance(condition, OneOf):
        return (*condition.values, OTHER)
    if isinstance(condition, Is):
        return True, False
    low, high = condition.at_least, condition.at_most
    ends = (low,) if high is None else (low, high, high + 1)
    return ends if low == 0 else (*ends, low - 1)


def _between(local: str, condition: Between, *, careful: bool) -> str:
    low, high = condition.at_least, condition.at_most
    if careful:
        if low and high is not None:
            return f"not ({local} < {low} or {local} > {high})"
        return f"not {local} < {low}" if high is None else f"not {local} > {high}"
    if low and high is not None:
        return f"{low} <= {local} <= {high}"
    return f"{local} >= {low}" if high is None else f"{local} <= {high}"
