"""What two people made of one charter, put together: changes that don't touch each other are both kept.

A change touches another one where both change the same *part*. A rule has three parts: what it says for the
customer, its why, and all the rest together. Whom it is for, up to what and how freely belong together:
from one who raises the limit of a rule, and one who raises its level, nobody wanted both at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal, TypeVar

from remit_engine.charter.document import Charter
from remit_engine.charter.editing.rules import AnyRule, section_of
from remit_engine.charter.form import RULE_SECTIONS

_Key = TypeVar("_Key", bound=Hashable)

Side = Literal["mine", "theirs"]
Chosen = Mapping[str, str]
"""What somebody chose, `mine` or `theirs`, by the mark of the conflict."""

_WORDS: Final = ("why", "say")
"""Parts of a rule that are only words."""
_TOP: Final = ("name", "currency", "why")
_LISTS: Final[dict[str, Callable[[Any], Hashable]]] = {
    "facts": lambda fact: fact.name,
    "kinds": lambda kind: kind,
    "roles": lambda role: role,
    "steps": lambda step: step.name,
    "always": lambda chain: chain,
}
"""Lists at the top of a charter, and by what their entries are told apart."""
_NOTHING: Final = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part that two people changed, each in another way.

    Attributes:
        name: id of the rule, or name of what stands at the top (`why`, `facts: category`).
        part: `rule` for what a rule gives, `why`, `say`, `entry` for what stands at the top.
        base, mine, theirs: as it was, and what each made of it; None where it isn't there.
    """

    name: str
    part: str
    base: object
    mine: object
    theirs: object

    @property
    def mark(self) -> str:
        """What tells it from others: another one as soon as either side says something else."""
        held = repr((self.name, self.part, self.mine, self.theirs))
        return hashlib.sha256(held.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Merged:
    """What came out.

    Attributes:
        charter: with both people's changes; in conflicts that nobody chose about yet, theirs.
        conflicts: those that nobody chose about yet.
    """

    charter: Charter
    conflicts: tuple[Conflict, ...]


def merge_charters(base: Charter, mine: Charter, theirs: Charter, chosen: Chosen | None = None) -> Merged:
    """Put together what two people made of one charter.

    Args:
        base: what both began with.
        mine: what one made of it.
        theirs: what the other made of it.
        chosen: what was chosen in conflicts.
    """
    merging = _Merging(chosen or {})
    made: dict[str, Any] = {
        name: merging.one(name, "entry", *(getattr(each, name) for each in (base, mine, theirs)))
        for name in _TOP
    }
    made["extends"] = _above(base, mine, theirs)
    for name, key_of in _LISTS.items():
        made[name] = merging.several(name, key_of, *(getattr(each, name) for each in (base, mine, theirs)))
    made |= merging.rules(base, mine, theirs)
    return Merged(replace(theirs, **made), tuple(merging.conflicts))


def _above(base: Charter, mine: Charter, theirs: Charter) -> Charter | None:
    """What is extended: whoever began or stopped to extend something is followed."""
    if (base.extends is None) == (mine.extends is None):
        return theirs.extends
    return mine.extends


class _Merging:
    """Decides part by part, and remembers what can't be decided."""

    def __init__(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self.conflicts: list[Conflict] = []

    def one(self, name: str, part: str, base: object, mine: object, theirs: object) -> object:
        """A part: what the one made of it who changed it."""
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        conflict = Conflict(name, part, base, mine, theirs)
        choice = self._chosen.get(conflict.mark)
        if choice not in {"mine", "theirs"}:
            self.conflicts.append(conflict)
        return mine if choice == "mine" else theirs

    def several(
        self,
        name: str,
        key_of: Callable[[Any], Hashable],
        base: Sequence[Any],
        mine: Sequence[Any],
        theirs: Sequence[Any],
    ) -> tuple[Any, ...]:
        """A list, entry by entry."""
        sides = [{key_of(each): each for each in side} for side in (base, mine, theirs)]
        kept: dict[Hashable, Any] = {}
        for key in dict.fromkeys((*sides[2], *sides[1], *sides[0])):
            value = self.one(f"{name}: {_shown(key)}", "entry", *(side.get(key) for side in sides))
            if value is not _NOTHING:
                kept[key] = value
        return tuple(kept[key] for key in _in_order(*sides, kept=kept))

    def rules(self, base: Charter, mine: Charter, theirs: Charter) -> dict[str, tuple[AnyRule, ...]]:
        """All rules, by section. Two new ones that happen to have one id are both kept."""
        mine = _with_ids_apart(base, mine, theirs)
        made: dict[str, tuple[AnyRule, ...]] = {}
        for section in RULE_SECTIONS:
            sides = [{rule.id: rule for rule in getattr(each, section)} for each in (base, mine, theirs)]
            kept: dict[str, AnyRule] = {}
            for key in dict.fromkeys((*sides[2], *sides[1], *sides[0])):
                rule = self._rule(key, *(side.get(key) for side in sides))
                if rule is not None:
                    kept[key] = rule
            made[section] = tuple(kept[key] for key in _in_order(*sides, kept=kept))
        return made

    def _rule(
        self, name: str, base: AnyRule | None, mine: AnyRule | None, theirs: AnyRule | None
    ) -> AnyRule | None:
        if base is None or mine is None or theirs is None or base in (mine, theirs):
            found = self.one(name, "rule", base, mine, theirs)
            assert found is None or isinstance(found, AnyRule)  # noqa: S101 -- said for the type checker
            return found
        rest = self.one(name, "rule", *(_without_words(each) for each in (base, mine, theirs)))
        words = {
            part: self.one(name, part, *(getattr(each, part) for each in (base, mine, theirs)))
            for part in _WORDS
            if hasattr(theirs, part)
        }
        assert isinstance(rest, AnyRule)  # noqa: S101 -- said for the type checker
        return replace(rest, **words)  # type: ignore[arg-type] # a why and what is said are texts


def _without_words(rule: AnyRule) -> AnyRule:
    """A rule without the parts that stand for themselves."""
    words: dict[str, Any] = {field.name: "" for field in fields(rule) if field.name in _WORDS}
    return replace(rule, **words)


def _with_ids_apart(base: Charter, mine: Charter, theirs: Charter) -> Charter:
    """Mine, with another id for each new rule whose id somebody else gave to another new one."""
    old = {rule.id for rule in base.all_rules}
    others = {rule.id: rule for rule in _own(theirs)}
    taken = {rule.id for side in (base, mine, theirs) for rule in side.all_rules}
    for rule in _own(mine):
        other = others.get(rule.id)
        if rule.id in old or other is None or other == rule:
            continue
        number = 2
        while f"{rule.id}-{number}" in taken:
            number += 1
        taken.add(f"{rule.id}-{number}")
        section = section_of(rule)
        renamed: dict[str, Any] = {
            section: tuple(
                replace(each, id=f"{rule.id}-{number}") if each.id == rule.id else each
                for each in getattr(mine, section)
            )
        }
        mine = replace(mine, **renamed)
    return mine


def _own(charter: Charter) -> tuple[AnyRule, ...]:
    return (*charter.grants, *charter.guardrails, *charter.allowances)


def _in_order(
    base: Mapping[_Key, object],
    mine: Mapping[_Key, object],
    theirs: Mapping[_Key, object],
    *,
    kept: Mapping[_Key, object],
) -> list[_Key]:
    """The order of who changed it; what only the other one has stands behind what it stood behind there."""
    leads, follows = (mine, theirs) if _order(base, theirs) else (theirs, mine)
    order = [key for key in leads if key in kept]
    last: _Key | None = None
    for key in follows:
        if key in kept and key not in order:
            order.insert(order.index(last) + 1 if last is not None else 0, key)
        if key in order:
            last = key
    return order


def _order(base: Mapping[_Key, object], side: Mapping[_Key, object]) -> bool:
    """Whether a side left what was there in the order it had."""
    return [key for key in side if key in base] == [key for key in base if key in side]


def _shown(key: Hashable) -> str:
    return " <= ".join(map(str, key)) if isinstance(key, tuple) else str(key)
